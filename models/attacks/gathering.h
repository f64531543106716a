// What looks through somebody's holdings and wants the contents and the keys, all of them: nothing is known to it already.
#pragma once

#include <set>

#include "models/node/holdings.h"

namespace peerlab {

class Gathering : public HoldingsSink {
 public:
  void state_digest(const Hash256&) override {}
  void tip(std::uint32_t, const Hash256&) override {}
  void key(std::uint32_t user) override { keys_.insert(user); }
  bool begin_bundle(std::uint64_t) override { return true; }
  void end_bundle() override {}

  /// The users whose secret keys were found.
  [[nodiscard]] const std::set<std::uint32_t>& keys() const { return keys_; }

 private:
  std::set<std::uint32_t> keys_;
};

}  // namespace peerlab
