// The backup of a server: a copy of its log on other hardware, which survives a wipe (models/node/disk.h).
//
// It holds what CentralLog::written() held when it was last copied, and so is extended entry by entry; when the log was compacted in the
// meantime it begins again with the snapshot, and what it held before is forgotten only then. A server that finds its disk empty
// and a backup beside it puts the backup in place first, and until then answers nobody.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "models/node/disk.h"
#include "models/node/outbox.h"
#include "models/protocols/central_log.h"

namespace peerlab {

class CentralBackup {
 public:
  /// Looks at what a start found. True when the backup has to be put in place first.
  bool find(const Disk& survived);
  /// Whether it still has to.
  [[nodiscard]] bool restoring() const { return restoring_; }
  /// Writes it to the disk, and returns what the log is to be read from. The caller syncs.
  std::vector<DiskEntry> put_back(const CentralLog& log, Outbox& out);
  /// The log was read from the disk: finds out how much of it the backup has.
  void recognise(const CentralLog& log);

  /// Whether the log holds what the backup lacks.
  [[nodiscard]] bool behind(const CentralLog& log) const;
  /// Copies that. The caller has synced the disk, for a backup is never ahead of it.
  void copy(const CentralLog& log, Outbox& out);

 private:
  std::size_t copied_ = 0;                 ///< of log.written()
  std::size_t entries_ = 0;                ///< of the backup
  std::optional<std::uint32_t> snapshot_;  ///< which it begins with, by its place in the journal
  bool restoring_ = false;
  std::vector<DiskEntry> found_;  ///< while restoring
};

}  // namespace peerlab
