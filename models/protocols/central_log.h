// A server's write-ahead log: what is written here before it is done, and read back after a crash.
//
// Entries are counted from 1. Each holds the epoch of the primary who wrote it and one operation; an entry without one marks the
// beginning of an epoch. On disk an entry is
//
//   length 4 | checksum 4 | index 4 | epoch 4 | 1 if an operation follows | operation, content included
//
// and the checksum (first 4 bytes of the SHA-256 of what follows it) tells an entry that was torn by a power cut. What a new
// primary overrules is cut off by a note that says how long the log is from then on. Beside the log the disk keeps promises: the
// latest epoch seen, the latest voted in, and that the log is whole (see central_group.h).
//
// A log is compacted by writing a snapshot of what its first entries came to, and behind it once more whatever else still
// counts: the promises and the entries that are not in it. Only when all that is synced is what stood before forgotten, so that a
// power cut at any instant leaves the old or the new. base() is the last entry in the snapshot; entries up to it are gone.
//
// The bytes of entries and snapshots are held once for the whole world, in the Journal, whose places the disk names.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "models/node/disk.h"
#include "models/node/outbox.h"
#include "models/protocols/central_operation.h"
#include "models/protocols/central_snapshot.h"

namespace peerlab {

struct LogEntry {
  std::uint32_t index = 0;
  std::uint32_t epoch = 0;
  OperationPtr operation;  ///< null: an epoch begins
};
std::uint32_t encoded_size(const LogEntry& entry);
Bytes encode_entry(const LogEntry& entry);
/// Nothing when it is torn or wrong.
std::optional<LogEntry> decode_entry(ByteView bytes);

/// What stands on disks, for all servers of a world.
class Journal {
 public:
  std::uint32_t add(LogEntry entry) {
    entries_.push_back(std::move(entry));
    return static_cast<std::uint32_t>(entries_.size() - 1);
  }
  [[nodiscard]] const LogEntry& at(std::uint32_t place) const { return entries_[place]; }
  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  std::uint32_t add(Snapshot snapshot) {
    snapshots_.push_back(std::move(snapshot));
    return static_cast<std::uint32_t>(snapshots_.size() - 1);
  }
  [[nodiscard]] const Snapshot& snapshot_at(std::uint32_t place) const { return snapshots_[place]; }
  [[nodiscard]] std::span<const Snapshot> snapshots() const { return snapshots_; }

 private:
  std::vector<LogEntry> entries_;
  std::vector<Snapshot> snapshots_;
};

class CentralLog {
 public:
  /// Kinds of entries on a server's disk.
  enum class Stored : std::uint32_t { entry = 1, cut, epoch, vote, whole, snapshot };
  /// Size of everything on the disk that is no entry of the log.
  static constexpr std::uint64_t note_bytes = 16;
  /// So many bytes are written again at any time.
  static constexpr std::uint64_t small_snapshot = 1'000'000;
  /// What a disk said besides the entries.
  struct Promises {
    std::uint32_t epoch = 0;
    std::uint32_t voted = 0;  ///< the latest epoch in which it voted
    bool whole = false;
    std::uint32_t torn = 0;  ///< entries that were not intact
  };

  /// `at_rest`: entries are encrypted on disk, which costs work.
  CentralLog(Journal& journal, bool at_rest) : journal_(journal), at_rest_(at_rest) {}

  /// Reads a disk (or a backup) from the beginning. Charges reading and checking.
  Promises replay(std::span<const DiskEntry> disk, Work& work);
  /// Writes what a backup held to the disk, as it stands in the backup; replay() comes after it.
  void put_back(std::span<const DiskEntry> backup, Outbox& out) const;

  /// Appends and writes; the caller syncs. The index of the entry must be length() + 1.
  void append(LogEntry entry, Outbox& out);
  /// Everything behind `length` is no longer there, but for take_overruled().
  void cut(std::uint32_t length, Outbox& out);
  void promise(Stored what, std::uint32_t value, Outbox& out);

  /// Whether what stands behind the snapshot is at least half as large, or the snapshot small: folded more often, copies of a store that
  /// only grows would take time and place that grow with the square of the writes.
  [[nodiscard]] bool worth_folding() const {
    const std::uint64_t snapshot = snapshot_ && !written_.empty() ? written_.front().bytes : 0;
    return snapshot <= small_snapshot || 2 * since_ >= snapshot;
  }
  /// Folds the entries up to snapshot.index, which are in this log, into the snapshot. The caller finishes it later.
  void compact(Snapshot snapshot, Outbox& out);
  /// Whether a compaction waits for finish_compaction().
  [[nodiscard]] bool compacting() const { return stale_ > 0; }
  /// Syncs, and forgets on disk what stood before the snapshot.
  void finish_compaction(Outbox& out);
  /// Takes another server's snapshot in place of everything that is here.
  void install(Snapshot snapshot, Outbox& out);

  [[nodiscard]] std::uint32_t length() const { return base() + static_cast<std::uint32_t>(places_.size()); }
  /// The last entry that is only in the snapshot; 0 without one.
  [[nodiscard]] std::uint32_t base() const { return snapshot_ ? snapshot_->index : 0; }
  [[nodiscard]] const std::optional<Snapshot>& snapshot() const { return snapshot_; }
  /// base() + 1 .. length().
  [[nodiscard]] const LogEntry& at(std::uint32_t index) const { return journal_.at(places_[index - base() - 1]); }
  /// Of the entry at `index`, from base() on; 0 at index 0.
  [[nodiscard]] std::uint32_t epoch_at(std::uint32_t index) const {
    return index > base() ? at(index).epoch : snapshot_ ? snapshot_->epoch : 0;
  }
  /// The name of the whole history up to the entry at `index`, from base() on: equal names, equal entries from the first on. 0
  /// at index 0.
  [[nodiscard]] std::uint64_t history_at(std::uint32_t index) const {
    return index > base() ? histories_[index - base() - 1] : snapshot_ ? snapshot_->history : 0;
  }
  [[nodiscard]] std::uint32_t last_epoch() const { return epoch_at(length()); }
  /// What cuts took away since the last call.
  [[nodiscard]] std::vector<LogEntry> take_overruled() { return std::exchange(overruled_, {}); }
  /// The entries, cuts and the snapshot before them on the disk in the order of writing: what a backup copies.
  [[nodiscard]] std::span<const DiskEntry> written() const { return written_; }

 private:
  void put(std::uint32_t place);
  void shorten(std::uint32_t length);
  void write(Stored kind, std::uint32_t ref, std::uint64_t bytes, Outbox& out);
  void write_snapshot(Snapshot snapshot, Outbox& out);

  Journal& journal_;
  bool at_rest_;
  std::vector<std::uint32_t> places_;
  std::vector<std::uint64_t> histories_;  ///< by place in the log, like places_
  std::optional<Snapshot> snapshot_;
  Promises promised_;          ///< what a compacted disk must say again
  std::uint32_t on_disk_ = 0;  ///< entries of the disk, of every kind
  std::uint32_t stale_ = 0;    ///< of them, those before a snapshot that is being written
  std::uint64_t since_ = 0;    ///< bytes of the entries that stand behind the snapshot
  std::vector<DiskEntry> written_;
  std::vector<LogEntry> overruled_;
};

}  // namespace peerlab
