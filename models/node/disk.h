// What survives a crash. The host owns the disks; a node writes entries and asks for a sync.
//
// A crash keeps what was synced, a wipe keeps nothing, a restart hands the survivors to the node's `start`. Entries are
// small: the bytes of a block or a record live in the pool, the entry counts them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace peerlab {

/// One entry of a disk's log. What `kind` and `ref` mean is the writer's business.
struct DiskEntry {
  std::uint32_t kind = 0;
  std::uint32_t ref = 0;
  std::uint64_t bytes = 0;  ///< what it occupies
};

class Disk {
 public:
  void write(const DiskEntry& entry) {
    entries_.push_back(entry);
    bytes_ += entry.bytes;
  }
  /// Everything written so far survives a crash from now on.
  void sync() { synced_ = entries_.size(); }
  /// Loses what was not synced.
  void crash() {
    while (entries_.size() > synced_) {
      bytes_ -= entries_.back().bytes;
      entries_.pop_back();
    }
  }
  void wipe() {
    entries_.clear();
    synced_ = 0;
    bytes_ = 0;
  }
  [[nodiscard]] std::span<const DiskEntry> entries() const { return entries_; }
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

 private:
  std::vector<DiskEntry> entries_;
  std::size_t synced_ = 0;
  std::uint64_t bytes_ = 0;
};

}  // namespace peerlab
