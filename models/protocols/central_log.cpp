#include "models/protocols/central_log.h"

#include <algorithm>

#include "models/base/check.h"
#include "models/protocols/checked_bytes.h"

namespace peerlab {
namespace {

constexpr std::uint32_t entry_head = 17;

}  // namespace

std::uint32_t encoded_size(const LogEntry& entry) {
  return entry_head + (entry.operation ? entry.operation->full_size : 0);
}

Bytes encode_entry(const LogEntry& entry) {
  Bytes body;
  Writer w(body);
  w.u32(entry.index);
  w.u32(entry.epoch);
  w.u8(entry.operation ? 1 : 0);
  if (entry.operation) encode(*entry.operation, OperationForm::full, w);
  return with_checksum(body);
}

std::optional<LogEntry> decode_entry(ByteView bytes) {
  const std::optional<ByteView> body = body_of(bytes);
  if (!body) return std::nullopt;
  Reader inside(*body);
  LogEntry entry;
  entry.index = inside.u32();
  entry.epoch = inside.u32();
  const std::uint8_t has = inside.u8();
  if (has > 1) return std::nullopt;
  if (has == 1) {
    entry.operation = decode_operation(inside, OperationForm::full);
    if (entry.operation == nullptr) return std::nullopt;
  }
  if (!inside.finished()) return std::nullopt;
  return entry;
}

CentralLog::Promises CentralLog::replay(std::span<const DiskEntry> disk, Work& work) {
  CHECK(places_.empty());
  CHECK(!snapshot_);
  Promises found;
  for (const DiskEntry& e : disk) {
    ++on_disk_;
    work.bytes_read += e.bytes;
    const bool torn_note = static_cast<Stored>(e.kind) != Stored::entry &&
                           static_cast<Stored>(e.kind) != Stored::snapshot && e.bytes < note_bytes;
    if (torn_note) ++found.torn;
    switch (static_cast<Stored>(e.kind)) {
      case Stored::entry: {
        const LogEntry& meant = journal_.at(e.ref);
        const Bytes all = encode_entry(meant);
        work.bytes_hashed += e.bytes;
        if (at_rest_) work.bytes_coded += e.bytes;
        if (!decode_entry(ByteView(all).first(std::min<std::size_t>(all.size(), e.bytes)))) {
          ++found.torn;
          break;
        }
        CHECK_SAYING(meant.index == length() + 1, "a log has no gaps");
        put(e.ref);
        since_ += e.bytes;
        written_.push_back(e);
        break;
      }
      case Stored::cut:
        if (torn_note) break;  // the overruled entries will be cut once more
        shorten(std::min(length(), std::max(e.ref, base())));
        written_.push_back(e);
        break;
      case Stored::epoch:
        if (!torn_note) found.epoch = std::max(found.epoch, e.ref);
        break;
      case Stored::vote:
        if (!torn_note) found.voted = std::max(found.voted, e.ref);
        break;
      case Stored::whole: found.whole = found.whole || !torn_note; break;
      case Stored::snapshot: {
        const Bytes all = encode_snapshot(journal_.snapshot_at(e.ref));
        work.bytes_hashed += e.bytes;
        if (at_rest_) work.bytes_coded += e.bytes;
        std::optional<Snapshot> read = decode_snapshot(ByteView(all).first(std::min<std::size_t>(all.size(), e.bytes)));
        if (!read) {
          ++found.torn;  // what it was to replace stands before it
          break;
        }
        places_.clear();
        histories_.clear();
        snapshot_ = std::move(read);
        written_.assign(1, e);
        since_ = 0;
        stale_ = on_disk_ - 1;
        break;
      }
    }
  }
  found.epoch = std::max({found.epoch, found.voted, last_epoch()});
  promised_ = found;
  return found;
}

void CentralLog::put_back(std::span<const DiskEntry> backup, Outbox& out) const {
  for (const DiskEntry& e : backup) {
    out.write(e);
    out.work.bytes_read += e.bytes;
    out.work.bytes_written += e.bytes;
  }
}

void CentralLog::put(std::uint32_t place) {
  const LogEntry& entry = journal_.at(place);
  const std::uint64_t what = entry.operation ? entry.operation->id.low64() : 0;
  const std::uint64_t where = std::uint64_t{entry.epoch} << 32 | entry.index;
  histories_.push_back(mix64(mix64(mix64(history_at(length())) + where) ^ what));
  places_.push_back(place);
}

void CentralLog::shorten(std::uint32_t length) {
  places_.resize(length - base());
  histories_.resize(length - base());
}

void CentralLog::write(Stored kind, std::uint32_t ref, std::uint64_t bytes, Outbox& out) {
  const DiskEntry e{static_cast<std::uint32_t>(kind), ref, bytes};
  out.write(e);
  out.work.bytes_written += bytes;
  if (kind == Stored::entry) since_ += bytes;
  written_.push_back(e);
  ++on_disk_;
}

void CentralLog::append(LogEntry entry, Outbox& out) {
  CHECK(entry.index == length() + 1);
  const std::uint32_t bytes = encoded_size(entry);
  out.work.bytes_hashed += bytes;
  if (at_rest_) out.work.bytes_coded += bytes;
  const std::uint32_t place = journal_.add(std::move(entry));
  put(place);
  write(Stored::entry, place, bytes, out);
}

void CentralLog::cut(std::uint32_t length_from_now, Outbox& out) {
  CHECK(length_from_now < length());
  CHECK(length_from_now >= base());
  for (std::uint32_t i = length_from_now + 1; i <= length(); ++i) overruled_.push_back(at(i));
  shorten(length_from_now);
  write(Stored::cut, length_from_now, note_bytes, out);
}

void CentralLog::promise(Stored what, std::uint32_t value, Outbox& out) {
  CHECK(what == Stored::epoch || what == Stored::vote || what == Stored::whole);
  if (what == Stored::epoch) promised_.epoch = std::max(promised_.epoch, value);
  if (what == Stored::vote) promised_.voted = std::max(promised_.voted, value);
  if (what == Stored::whole) promised_.whole = true;
  out.write({static_cast<std::uint32_t>(what), value, note_bytes});
  out.work.bytes_written += note_bytes;
  ++on_disk_;
}

void CentralLog::write_snapshot(Snapshot snapshot, Outbox& out) {
  const std::uint64_t bytes = encoded_size(snapshot);
  out.work.bytes_hashed += bytes;
  if (at_rest_) out.work.bytes_coded += bytes;
  stale_ = on_disk_;
  written_.clear();
  since_ = 0;
  snapshot_ = snapshot;
  write(Stored::snapshot, journal_.add(std::move(snapshot)), bytes, out);
  if (promised_.epoch > 0) promise(Stored::epoch, promised_.epoch, out);
  if (promised_.voted > 0) promise(Stored::vote, promised_.voted, out);
  if (promised_.whole) promise(Stored::whole, 1, out);
}

void CentralLog::compact(Snapshot snapshot, Outbox& out) {
  CHECK(!compacting());
  CHECK(snapshot.index > base());
  CHECK(snapshot.index <= length());
  CHECK(snapshot.history == history_at(snapshot.index));
  const auto folded = static_cast<std::ptrdiff_t>(snapshot.index - base());
  places_.erase(places_.begin(), places_.begin() + folded);
  histories_.erase(histories_.begin(), histories_.begin() + folded);
  write_snapshot(std::move(snapshot), out);
  for (const std::uint32_t place : places_) write(Stored::entry, place, encoded_size(journal_.at(place)), out);
}

void CentralLog::finish_compaction(Outbox& out) {
  out.sync();
  ++out.work.syncs;
  if (stale_ > 0) out.forget(stale_);
  on_disk_ -= stale_;
  stale_ = 0;
}

void CentralLog::install(Snapshot snapshot, Outbox& out) {
  for (std::uint32_t i = base() + 1; i <= length(); ++i) overruled_.push_back(at(i));
  places_.clear();
  histories_.clear();
  write_snapshot(std::move(snapshot), out);
  finish_compaction(out);
}

}  // namespace peerlab
