#include "models/protocols/central_backup.h"

#include <algorithm>
#include <span>
#include <utility>

namespace peerlab {
namespace {

/// The snapshot that a list of entries of a log begins with, by its place in the journal.
std::optional<std::uint32_t> snapshot_of(std::span<const DiskEntry> entries) {
  if (entries.empty() || entries.front().kind != static_cast<std::uint32_t>(CentralLog::Stored::snapshot)) return {};
  return entries.front().ref;
}

}  // namespace

bool CentralBackup::find(const Disk& survived) {
  entries_ = survived.backup().size();
  snapshot_ = snapshot_of(survived.backup());
  restoring_ = survived.entries().empty() && !survived.backup().empty();
  if (restoring_) found_.assign(survived.backup().begin(), survived.backup().end());
  return restoring_;
}

std::vector<DiskEntry> CentralBackup::put_back(const CentralLog& log, Outbox& out) {
  restoring_ = false;
  log.put_back(found_, out);
  return std::exchange(found_, {});
}

void CentralBackup::recognise(const CentralLog& log) {
  const bool same = snapshot_ == snapshot_of(log.written());
  copied_ = same ? std::min(entries_, log.written().size()) : 0;
}

bool CentralBackup::behind(const CentralLog& log) const {
  const bool same = snapshot_ == snapshot_of(log.written());
  return (same ? copied_ : 0) < log.written().size();
}

void CentralBackup::copy(const CentralLog& log, Outbox& out) {
  const std::span<const DiskEntry> all = log.written();
  const std::optional<std::uint32_t> snapshot = snapshot_of(all);
  const bool anew = snapshot != snapshot_;
  if (anew) copied_ = 0;
  const std::size_t old = anew ? std::exchange(entries_, 0) : 0;
  for (; copied_ < all.size(); ++copied_, ++entries_) {
    const DiskEntry& e = all[copied_];
    out.write({e.kind | backup_area, e.ref, e.bytes});
    out.work.bytes_read += e.bytes;
    out.work.bytes_written += e.bytes;
  }
  if (old > 0) out.forget_backup(static_cast<std::uint32_t>(old));
  snapshot_ = snapshot;
}

}  // namespace peerlab
