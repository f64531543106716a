// What survives a crash. The host owns the disks; a node writes entries and asks for a sync.
//
// A crash keeps what was synced, a wipe keeps nothing, a restart hands the survivors to the node's `start`. A disk is only
// appended to, and shortened at its beginning when what stood there is said again further on. Entries are
// small: the bytes of a block or a record live in the pool, the entry counts them.
//
// Beside it stands a backup, on other hardware: entries whose kind carries `backup_area` go there. It survives crash and
// wipe, and is listed and counted apart.
#pragma once

#include <cstdint>
#include <span>

#include "models/base/check.h"
#include "models/base/thin_vector.h"

namespace peerlab {

/// One entry of a disk's log. What `kind` and `ref` mean is the writer's business.
struct DiskEntry {
  std::uint32_t kind = 0;
  std::uint32_t ref = 0;
  std::uint64_t bytes = 0;  ///< what it occupies
};

/// Added to the kind of an entry: goes to the backup, not to the disk.
inline constexpr std::uint32_t backup_area = 0x80000000;

class Disk {
 public:
  void write(const DiskEntry& entry) {
    if ((entry.kind & backup_area) != 0) {
      backup_.push_back({entry.kind & ~backup_area, entry.ref, entry.bytes});
      return;
    }
    if (entries_.capacity() == 0) entries_.reserve(4);
    entries_.push_back(entry);
  }
  /// Everything written so far survives a crash from now on.
  void sync() { synced_ = static_cast<std::uint32_t>(entries_.size()); }
  /// Loses what was not synced.
  void crash() {
    while (entries_.size() > synced_) entries_.pop_back();
  }
  /// A crash in the middle of a write: half of the first entry that was not synced stays, if there is one.
  void tear() {
    if (entries_.size() == synced_) return;
    DiskEntry torn = entries_[synced_];
    torn.bytes /= 2;
    crash();
    write(torn);
    sync();
  }
  /// The first `count` entries are not needed any more: their place is free at once. They must have been synced.
  void forget(std::size_t count) {
    CHECK(count <= synced_);
    drop(entries_, count);
    synced_ -= static_cast<std::uint32_t>(count);
  }
  /// The same on the backup.
  void forget_backup(std::size_t count) { drop(backup_, count); }
  void wipe_backup() { forget_backup(backup_.size()); }
  void wipe() {
    entries_.clear();
    synced_ = 0;
  }
  [[nodiscard]] std::span<const DiskEntry> entries() const { return entries_; }
  /// Its entries will be written to soon.
  void fetch() const { __builtin_prefetch(entries_.head(), 1); }
  /// What they occupy; adds them up.
  [[nodiscard]] std::uint64_t bytes() const { return sum(entries_); }
  /// The backup's entries, without `backup_area` in their kinds.
  [[nodiscard]] std::span<const DiskEntry> backup() const { return backup_; }
  [[nodiscard]] std::uint64_t backup_bytes() const { return sum(backup_); }

 private:
  static std::uint64_t sum(std::span<const DiskEntry> entries) {
    std::uint64_t bytes = 0;
    for (const DiskEntry& entry : entries) bytes += entry.bytes;
    return bytes;
  }
  static void drop(ThinVector<DiskEntry>& from, std::size_t count) {
    CHECK(count <= from.size());
    from.erase(from.begin(), from.begin() + count);
  }
  ThinVector<DiskEntry> entries_;
  ThinVector<DiskEntry> backup_;
  std::uint32_t synced_ = 0;  ///< how many of `entries_`
};

}  // namespace peerlab
