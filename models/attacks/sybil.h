// One person with many identities: each machine of the attacker runs `identities` further nodes, which look like anybody's.
//
// They lie at addresses of that machine's network, are found by seed servers and gossip like other nodes, and fill the slots of
// those who choose them. What that gives is a share of the choices: of k slots drawn uniformly all are the attacker's with
// probability s^k, s being his share of the identities (peerlab theory eclipse). With `mute` they pass no blocks and no transactions
// on, so that whoever has only such neighbours hears nothing.
#pragma once

#include "models/attacks/wrapper.h"

namespace peerlab {

class Sybil final : public Wrapper {
 public:
  Sybil(std::unique_ptr<Node> honest, const AttackSetup& setup);

 private:
  void edit(Time now, Outbox& out) override;
  bool mute_;
};

/// The fields of attacks that bring identities: `identities`.
Field identities_field(std::string_view fallback);
std::uint32_t identities_of(const Params& params);
/// Whether the nodes of a system choose their neighbours; otherwise the sentence that says so.
std::string needs_peer_selection(const Params& system);

/// The row of the table of attacks.
AttackRow sybil_row();

}  // namespace peerlab
