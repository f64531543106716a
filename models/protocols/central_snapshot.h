// A log folded into what came of it: the store after the first entries, which then need not be kept.
//
// On disk, and in parts on its way to another server, a snapshot is
//
//   length 4 | checksum 4 | index 4 | epoch 4 | history 8 | store | audit log, where one is kept
//
// where index, epoch and history name the last entry that is in it (central_log.h). The checksum is that of a log's entry.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "models/protocols/audit_log.h"
#include "models/protocols/central_store.h"

namespace peerlab {

struct Snapshot {
  std::uint32_t index = 0;
  std::uint32_t epoch = 0;
  std::uint64_t history = 0;
  std::shared_ptr<const RecordStore> store;
  std::shared_ptr<const AuditLog> audit{};  ///< of the same entries; null where the service keeps none
};

std::uint64_t encoded_size(const Snapshot& snapshot);
Bytes encode_snapshot(const Snapshot& snapshot);
/// Nothing when it is torn or wrong.
std::optional<Snapshot> decode_snapshot(ByteView bytes);

}  // namespace peerlab
