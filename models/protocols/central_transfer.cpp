#include "models/protocols/central_transfer.h"

#include <algorithm>

namespace peerlab {
namespace {

std::size_t parts_of(std::size_t bytes) { return (bytes + SnapshotSender::part_size - 1) / SnapshotSender::part_size; }

}  // namespace

void SnapshotSender::begin(std::shared_ptr<const Bytes> all, std::uint32_t index, Time now) {
  all_ = std::move(all);
  index_ = index;
  taken_.assign(parts_of(all_->size()), false);
  sum_.assign(taken_.size(), std::nullopt);
  taken_count_ = 0;
  next_ = 0;
  progress_ = now;
}

void SnapshotSender::send_part(std::size_t part, NodeId to, std::uint32_t epoch, Parcels& parcels, Outbox& out) {
  const std::size_t from = part * part_size;
  const std::size_t end = std::min(all_->size(), from + part_size);
  Bytes bytes(all_->begin() + static_cast<std::ptrdiff_t>(from), all_->begin() + static_cast<std::ptrdiff_t>(end));
  if (!sum_[part]) sum_[part] = sum_of_part(bytes);
  out.send(to, snapshot_part(parcels, {epoch, index_, static_cast<std::uint32_t>(all_->size())},
                             static_cast<std::uint32_t>(from), std::move(bytes), *sum_[part]));
}

void SnapshotSender::send(NodeId to, std::uint32_t epoch, Parcels& parcels, Time now, Outbox& out) {
  if (next_ == taken_count_) progress_ = now;  // nothing was under way to be acknowledged
  for (; next_ < taken_.size() && next_ - taken_count_ < window; ++next_) send_part(next_, to, epoch, parcels, out);
}

void SnapshotSender::remind(NodeId to, std::uint32_t epoch, Duration patience, Parcels& parcels, Time now,
                            Outbox& out) {
  if (now - progress_ < patience || arrived()) return;
  progress_ = now;
  for (std::size_t part = 0; part < next_; ++part) {
    if (!taken_[part]) send_part(part, to, epoch, parcels, out);
  }
}

void SnapshotSender::taken(std::uint32_t index, std::uint32_t offset, Time now) {
  const std::size_t part = offset / part_size;
  if (index != index_ || part >= next_ || taken_[part]) return;
  taken_[part] = true;
  ++taken_count_;
  progress_ = now;
  if (arrived()) all_.reset();
}

std::optional<Snapshot> SnapshotReceiver::take(const SnapshotPartParcel& part, Work& work) {
  const SnapshotName& name = part.name;
  if (name.epoch != epoch_ || name.index != index_ || name.total != total_) {
    epoch_ = name.epoch;
    index_ = name.index;
    total_ = name.total;
    missing_ = parts_of(total_);
    parts_.assign(missing_, {});
  }
  const std::size_t place = part.offset / SnapshotSender::part_size;
  if (place >= parts_.size() || part.bytes.empty() || !parts_[place].empty()) return std::nullopt;
  parts_[place] = part.bytes;
  if (--missing_ > 0) return std::nullopt;
  Bytes all;
  all.reserve(total_);
  for (const Bytes& bytes : parts_) all.insert(all.end(), bytes.begin(), bytes.end());
  *this = {};
  work.bytes_coded += all.size();
  return decode_snapshot(all);
}

}  // namespace peerlab
