// What an attacker learns of the chain that his merchant stands on, over a link between the two.
//
// Goods are handed over when the payment lies deep enough in the merchant's chain, whatever the attacker's own node sees. So he
// connects to the merchant as any neighbour may, and asks for headers: the answer says what the merchant has beyond the last block that
// both know, or names the merchant's tip. That takes a round trip, and works while the link holds.
//
// A question that brought nothing new is asked again after a second, then after two, four, ... up to ten minutes.
#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "models/attacks/wrapper.h"
#include "models/ledger/header_tree.h"

namespace peerlab {

/// Opens a link to `peer` from a node that may have to let it in beside those that it chooses.
void reach_out(Node& participant, NodeId peer, Time now, Outbox& out);

class MerchantLine {
 public:
  MerchantLine(NodeId merchant, const Home& home) : merchant_(merchant), home_(home) {}

  [[nodiscard]] NodeId merchant() const { return merchant_; }
  [[nodiscard]] bool open() const;
  /// Asks for what the merchant has beyond the first of `known` that is on his chain, unless it is too early to repeat that; connects
  /// first where there is no link. `about` is what the question turns on: a new one is asked at once. Returns when to ask again.
  Time ask(Time now, BlockRef about, std::span<const BlockRef> known, Node& participant, Outbox& out);
  /// A message came. True when it says what the merchant's tip is: `knows` tells whether the attacker has a block.
  template <class Knows>
  bool hear(NodeId from, const Message& message, Knows&& knows) {
    const BlockRef named = named_by(from, message);
    if (!named.valid()) return false;
    const bool chain = !was_bare_;
    if (!chain && !knows(named)) return false;
    tip_ = named;
    return true;
  }
  /// The merchant's tip when last heard of; invalid before.
  [[nodiscard]] BlockRef tip() const { return tip_; }
  /// How deep `block` lay in the merchant's chain then, 1 at the tip; 0: not in it.
  [[nodiscard]] std::uint32_t depth(const HeaderTree& headers, BlockRef block) const;

 private:
  /// The last block that the message names; `was_bare_`: by its id alone.
  [[nodiscard]] BlockRef named_by(NodeId from, const Message& message);

  NodeId merchant_;
  Home home_;
  BlockRef tip_;
  bool was_bare_ = false;
  BlockRef about_;
  Duration pause_{};
  Time not_before_;
};

}  // namespace peerlab
