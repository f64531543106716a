// A peer that feeds its neighbours what breaks the rules, while it otherwise takes part.
//
// Every `every` it makes the next of its chosen faults and sends it to all neighbours unasked:
//
//   work      a block whose header misses its own target
//   merkle    a block whose transactions do not hash to the header's root
//   coinbase  a block that takes more coins than subsidy and fees, with real work and the right root
//   mutated   a block whose last transaction stands twice, side by side (CVE-2012-2459)
//   garbage   bytes that are no message
//   all       each of them in turn
//
// Whoever receives one can tell from it alone, or from its place in the chain, that a rule is broken, and cuts the sender off. The
// wrapper makes them with the same code that honest peers use, so that they are wrong in exactly one way.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "models/attacks/wrapper.h"
#include "models/ledger/block.h"

namespace peerlab {

class BadPeer final : public Wrapper {
 public:
  enum class Fault : std::uint8_t { work, merkle, coinbase, mutated, garbage };

  BadPeer(std::unique_ptr<Node> honest, const Home& home, Duration every, std::vector<Fault> faults);

  void start(Time now, const Disk& survived, Outbox& out) override;

 private:
  /// Reads from the honest node's reports where its chain stands.
  void edit(Time now, Outbox& out) override;
  void strike(Time now, Outbox& out) override;
  void feed(Time now, Outbox& out);
  [[nodiscard]] Block spoilt(Fault fault, Time now);

  Duration every_;
  std::vector<Fault> faults_;
  std::uint32_t made_ = 0;
  BlockRef tip_;
};

/// The row of the table of attacks.
AttackRow bad_peer_row();

}  // namespace peerlab
