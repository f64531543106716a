// What a user asks of the system, drawn before the run and the same for every system.
#pragma once

#include <cstdint>

#include "models/base/ids.h"
#include "models/base/time.h"

namespace peerlab {

/// The name of a record: its first owner and that owner's count, so that it exists before any system has answered.
struct RecordName {
  UserId publisher;
  std::uint32_t ordinal = 0;
  friend constexpr auto operator<=>(RecordName, RecordName) = default;
  [[nodiscard]] constexpr std::uint64_t packed() const { return std::uint64_t{publisher.value} << 32 | ordinal; }
};

enum class Asked : std::uint8_t { publish, read, transfer, pay, update, erase };

/// One operation. `number` is its place in the workload, from 0, and names it in every observation.
struct Request {
  std::uint32_t number = 0;
  Asked what = Asked::publish;
  bool is_private = false;   ///< the content is meant for its owner only
  UserId user;               ///< who asks
  UserId other;              ///< who receives (transfer, pay)
  RecordName record;         ///< what it is about (publish, read, transfer, update, erase)
  std::uint32_t size = 0;    ///< content in bytes (publish, update)
  std::uint64_t amount = 0;  ///< smallest coin units (pay)
  Time issued;
  Duration deadline{};
};

}  // namespace peerlab
