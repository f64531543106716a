// What an auditor or a thief finds in a node's memory.
#pragma once

#include <cstdint>
#include <string_view>

#include "models/base/bytes.h"

namespace peerlab {

class HoldingsSink {
 public:
  virtual ~HoldingsSink() = default;
  /// The digest of the node's state: equal digests mean equal copies.
  virtual void state_digest(const Hash256& digest) = 0;
  /// A record whose content lies here: publishing operation's record name (packed), size, and whether it is sealed.
  virtual void record(std::uint64_t name, std::uint64_t bytes, bool sealed) = 0;
  /// The chain the node stands on: height and id of its tip.
  virtual void tip(std::uint32_t height, const Hash256& id) = 0;
  /// A secret key that lies on this machine, by its owner.
  virtual void key(std::uint32_t user) = 0;
};

}  // namespace peerlab
