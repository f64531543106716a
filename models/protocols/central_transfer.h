// How a snapshot travels to another server: in parts, in whatever order they arrive, each one acknowledged.
//
// The sender keeps a few parts under way and sends one more for each that was taken; what nobody acknowledged for a while it
// sends again. The receiver keeps the parts of one snapshot, named by the primary's epoch, the index of its last entry and its
// length, until it has all of them; a part of another snapshot begins anew. So it arrives over any link that lets some parts
// through, however long that takes, and nothing that has arrived is sent again.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "models/node/outbox.h"
#include "models/protocols/central_messages.h"
#include "models/protocols/central_snapshot.h"

namespace peerlab {

/// The primary's side: one snapshot on its way to one backup.
class SnapshotSender {
 public:
  /// Bytes of a snapshot in one message.
  static constexpr std::size_t part_size = 1'000'000;
  /// Parts under way at a time.
  static constexpr std::size_t window = 8;

  /// `all` is the encoded snapshot whose last entry is `index`.
  void begin(std::shared_ptr<const Bytes> all, std::uint32_t index, Time now);
  /// Sends as many more parts as the window allows.
  void send(NodeId to, std::uint32_t epoch, Parcels& parcels, Time now, Outbox& out);
  /// Sends again what is under way, if nothing was acknowledged for `patience`.
  void remind(NodeId to, std::uint32_t epoch, Duration patience, Parcels& parcels, Time now, Outbox& out);
  /// The part at `offset` of the snapshot at `index` has arrived.
  void taken(std::uint32_t index, std::uint32_t offset, Time now);
  /// Every part has arrived, the last one at progress().
  [[nodiscard]] bool arrived() const { return taken_count_ == taken_.size(); }
  /// The last sign that the other side takes parts, or the beginning.
  [[nodiscard]] Time progress() const { return progress_; }

 private:
  void send_part(std::size_t part, NodeId to, std::uint32_t epoch, Parcels& parcels, Outbox& out);

  std::shared_ptr<const Bytes> all_;
  std::uint32_t index_ = 0;
  std::vector<bool> taken_;                        ///< by part
  std::vector<std::optional<std::uint64_t>> sum_;  ///< by part, of those that were sent: who is down is reminded often
  std::size_t taken_count_ = 0;
  std::size_t next_ = 0;  ///< parts from here on were never sent
  Time progress_;
};

/// The backup's side.
class SnapshotReceiver {
 public:
  /// Nothing while parts are missing, or when what the parts come to is no snapshot. Charges the reading of the whole.
  [[nodiscard]] std::optional<Snapshot> take(const SnapshotPartParcel& part, Work& work);

 private:
  std::uint32_t epoch_ = 0;
  std::uint32_t index_ = 0;
  std::uint32_t total_ = 0;
  std::vector<Bytes> parts_;
  std::size_t missing_ = 0;
};

}  // namespace peerlab
