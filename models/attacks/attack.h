// An attack on the level of one participant: an honest node whose outbox is edited.
//
// The wrapper owns the honest node, hands every call on to it and changes what it asked for, or adds wishes of its own
// (wrapper.h). So an attacker does all the real work that an honest peer does, and differs in what it says.
//
// A line of `attacks:` names its kind, who attacks, perhaps against whom (`victim`), and in which of the systems (`system`; in all of
// them when left out). An attack by mining also gets a share of the hash power: `hash_share` is what its machines
// have together, and the other miners share the rest in the proportions that they have anyway.
//
// An attack on machines has a director instead of a wrapper (director.h): a row has either `wrap` or `direct`. Then `who` is among which
// machines he chooses those that he breaks into, all when left out.
//
// Attacks compose. Several lines may choose the same machine when they decide different things there (`decides`): their wrappers then
// stand around the honest node in the order of the lines, the first next to it, so that a later one has the last word on what leaves.
// Each gets a timer of its own.
#pragma once

#include <iterator>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "models/attacks/director.h"
#include "models/base/field.h"
#include "models/node/node.h"

namespace peerlab {

/// What a wrapper is made from, besides the honest node. Everything in it outlives the wrapper, `home` excepted.
struct AttackSetup {
  const Home& home;
  const Params& params;
  std::span<const NodeId>
      attackers{};                    ///< all nodes of this line of the scenario, this one among them, in rising order
  std::span<const NodeId> victims{};  ///< whom `victim` chose, in rising order; nobody where the line names no victim
};

struct AttackRow {
  std::string_view name;      ///< as scenarios write it
  std::string_view sentence;  ///< what it does
  std::string_view source;    ///< where it is described
  Fields (*fields)() = nullptr;
  /// The attacker in place of `honest`, which may be wrapped already. Its timer: Wrapper::slot().
  std::unique_ptr<Node> (*wrap)(std::unique_ptr<Node> honest, const AttackSetup& setup) = nullptr;
  /// The director of an attack on machines; it has the fields of models/attacks/targets.h.
  std::unique_ptr<Director> (*direct)(const DirectorSetup& setup) = nullptr;

  /// Whether a line may say `victim`.
  enum class Victim : std::uint8_t { none, optional, wanted };
  Victim victim = Victim::none;
  /// By mining: it has the fields `hash_share` and `from` (mining_attack_fields), and without `who` one peer is drawn.
  bool mines = false;
  bool full_peer = false;    ///< not by mining, but only a full peer of a proof-of-work ledger can do it
  bool on_users = false;     ///< on machines: only those at which a user sits are of use
  bool one_machine = false;  ///< several could not act as one: `who` must choose a single machine
  /// What it decides at its machine, as the end of "both decide ...": of two such attacks a machine takes one. Empty: nothing that
  /// another attack could contradict.
  std::string_view decides = {};
  bool attempts = false;     ///< it is made in attempts, which the attacker reports (models/node/attempt.h)
  bool pays_victim = false;  ///< the victim is one merchant, who must be a full peer: he is asked what his chain is
  /// Further nodes that it runs on each of its machines, which take part as if each were somebody's: null for none. Only the
  /// wrapper tells them from the others.
  std::uint32_t (*identities)(const Params& params) = nullptr;
  /// Why a system with these values cannot be attacked so, as the end of a sentence; empty when it can. Null: any can.
  std::string (*fits)(const Params& system) = nullptr;
  /// What is wrong with these values together in a run of that length, as a sentence that begins with the field's name and a
  /// colon; empty when nothing is.
  std::string (*check)(const Params& params, Duration run) = nullptr;
  /// Why it can never succeed against a system with these values in a run of that length, worded like `check`.
  std::string (*hopeless)(const Params& params, const Params& system, Duration run) = nullptr;
};

/// What the attack decides, a miner over his blocks; empty: nothing.
[[nodiscard]] inline std::string_view decided_by(const AttackRow& row) {
  return row.mines ? "what is mined there" : row.decides;
}

/// The slots that honest participants leave to wrappers, the innermost one's first.
inline constexpr Slot attack_slots[] = {15, 13, 12, 11};
inline constexpr std::size_t most_wrappers = std::size(attack_slots);

}  // namespace peerlab
