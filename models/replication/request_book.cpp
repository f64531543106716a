#include "models/replication/request_book.h"

#include <algorithm>

#include "models/base/check.h"

namespace peerlab {

bool RequestBook::is_silent(NodeId peer) const {
  return std::find(silent_.begin(), silent_.end(), peer) != silent_.end();
}

std::uint32_t RequestBook::find(Wanted thing) const {
  if (entries_.size() > few) return index_.find(thing.ref);
  for (std::uint32_t place = 0; place < entries_.size(); ++place) {
    if (entries_[place].used && entries_[place].thing == thing) return place;
  }
  return FlatIndex::none;
}

void RequestBook::enter(std::uint32_t place) {
  if (entries_.size() <= few) return;
  if (place == few && index_.size() == 0) {  // the first one that is too many: from now on all are in the index
    for (std::uint32_t i = 0; i < few; ++i) {
      if (entries_[i].used) index_.set(entries_[i].thing.ref, i);
    }
  }
  index_.set(entries_[place].thing.ref, place);
}

void RequestBook::add_announcer(Entry& entry, NodeId peer) {
  auto& all = entry.announcers;
  if (all.size() < most_announcers && std::find(all.begin(), all.end(), peer) == all.end()) all.push_back(peer);
}

void RequestBook::announced_too(Wanted thing, std::span<const NodeId> peers) {
  CHECK(!of_transactions(thing));
  const std::uint32_t place = find(thing);
  if (place == FlatIndex::none) return;
  for (const NodeId peer : peers) add_announcer(entries_[place], peer);
}

void RequestBook::announced(std::span<const MaskWord> mask, std::span<const TxRef> list, NodeId peer, Time now,
                            std::vector<TxRef>& ask, TxMask* ask_mask) {
  transactions_.announced(mask, list, peer, deadline(Wanted::Class::transaction, now), serial_, ask, ask_mask);
}

NodeId RequestBook::announced(Wanted thing, NodeId peer, Time now) {
  if (of_transactions(thing)) {
    const TxRef tx(thing.ref);
    const MaskWord mask = mask_of(tx);
    std::vector<TxRef> ask;
    announced({&mask, 1}, {&tx, 1}, peer, now, ask);
    return ask.empty() ? nobody : peer;
  }
  std::uint32_t place = find(thing);
  if (place != FlatIndex::none) {
    add_announcer(entries_[place], peer);
    return nobody;
  }
  if (free_.empty()) {
    place = static_cast<std::uint32_t>(entries_.size());
    entries_.emplace_back();
  } else {
    place = free_.back();
    free_.pop_back();
  }
  Entry& entry = entries_[place];
  entry.thing = thing;
  entry.used = true;
  entry.announcers.assign(1, peer);
  entry.tried = 0;
  enter(place);
  return ask_next(place, now);
}

NodeId RequestBook::ask_next(std::uint32_t place, Time now) {
  Entry& entry = entries_[place];
  std::size_t chosen = entry.announcers.size();
  for (std::size_t i = 0; i < entry.announcers.size(); ++i) {
    if ((entry.tried >> i & 1) != 0) continue;
    if (!is_silent(entry.announcers[i])) {
      chosen = i;
      break;
    }
    chosen = std::min(chosen, i);
  }
  if (chosen == entry.announcers.size()) {
    forget(place);
    return nobody;
  }
  entry.tried |= std::uint64_t{1} << chosen;
  entry.asked = entry.announcers[chosen];
  entry.serial = ++serial_;
  deadlines_.rows.push_back({deadline(entry.thing.what, now), place, entry.serial});
  return entry.asked;
}

NodeId RequestBook::ask_next(TxRef tx, Time now) {
  return transactions_.ask_next(tx, silent_, deadline(Wanted::Class::transaction, now), serial_);
}

void RequestBook::forget(std::uint32_t place) {
  Entry& entry = entries_[place];
  CHECK(entry.used);
  if (entries_.size() > few) index_.erase(entry.thing.ref);
  entry.used = false;
  entry.asked = nobody;
  entry.serial = 0;
  free_.push_back(place);
}

void RequestBook::settled(Wanted thing) {
  if (of_transactions(thing)) {
    const MaskWord mask = mask_of(TxRef(thing.ref));
    return transactions_.settled({&mask, 1}, [](NodeId, MaskWord) {});
  }
  const std::uint32_t place = find(thing);
  if (place != FlatIndex::none) forget(place);
}

void RequestBook::silent(NodeId peer) {
  if (!is_silent(peer)) silent_.push_back(peer);
}

void RequestBook::heard(NodeId peer) {
  if (!silent_.empty()) erase(silent_, peer);
}

NodeId RequestBook::failed(Wanted thing, Time now) {
  if (of_transactions(thing)) return wants(thing) ? ask_next(TxRef(thing.ref), now) : nobody;
  const std::uint32_t place = find(thing);
  return place == FlatIndex::none ? nobody : ask_next(place, now);
}

void RequestBook::drop_void_deadlines() {
  Queue& queue = deadlines_;
  while (queue.front < queue.rows.size()) {
    const Deadline& first = queue.rows[queue.front];
    if (entries_[first.entry].used && entries_[first.entry].serial == first.serial) break;
    ++queue.front;
  }
  if (queue.front == queue.rows.size()) {
    queue.rows.clear();
    queue.front = 0;
  } else if (queue.front > 64 && 2 * queue.front > queue.rows.size()) {
    queue.rows.erase(queue.rows.begin(), queue.rows.begin() + static_cast<std::ptrdiff_t>(queue.front));
    queue.front = 0;
  }
}

std::span<const RequestBook::Late> RequestBook::expire(Time now) {
  late_.clear();
  for (drop_void_deadlines(); deadlines_.front < deadlines_.rows.size(); drop_void_deadlines()) {
    const Deadline first = deadlines_.rows[deadlines_.front];
    if (first.at > now) break;
    ++deadlines_.front;
    Entry& entry = entries_[first.entry];
    const Wanted thing = entry.thing;
    const NodeId late = entry.asked;
    silent(late);
    const NodeId next = ask_next(first.entry, now);
    late_.push_back({thing, late, next});
  }
  while (transactions_.next_deadline() <= now) {
    const auto [tx, late] = transactions_.first();
    silent(late);
    const NodeId next = ask_next(tx, now);
    late_.push_back({{Wanted::Class::transaction, tx.value}, late, next});
  }
  return {late_.data(), late_.size()};
}

std::span<const RequestBook::Late> RequestBook::gone(NodeId peer, Time now) {
  late_.clear();
  heard(peer);
  // In the order of asking, which is the order of serial numbers.
  struct Held {
    std::uint32_t serial;
    std::uint32_t place;  ///< of a block's entry
    TxRef tx;             ///< otherwise
  };
  std::vector<Held> held;
  for (std::uint32_t place = 0; place < entries_.size(); ++place) {
    Entry& entry = entries_[place];
    if (!entry.used) continue;
    for (std::size_t i = entry.announcers.size(); i-- > 0;) {
      if (entry.announcers[i] != peer) continue;
      entry.announcers.erase(entry.announcers.begin() + static_cast<std::ptrdiff_t>(i));
      const std::uint64_t below = (std::uint64_t{1} << i) - 1;
      entry.tried = (entry.tried & below) | (entry.tried >> 1 & ~below);
    }
    if (entry.asked == peer) held.push_back({entry.serial, place, {}});
  }
  std::vector<std::pair<std::uint32_t, TxRef>> transactions;
  transactions_.gone(peer, transactions);
  for (const auto& [serial, tx] : transactions) held.push_back({serial, 0, tx});
  std::sort(held.begin(), held.end(), [](const Held& a, const Held& b) { return a.serial < b.serial; });
  for (const Held& h : held) {
    const Wanted thing = h.tx.valid() ? Wanted{Wanted::Class::transaction, h.tx.value} : entries_[h.place].thing;
    const NodeId next = h.tx.valid() ? ask_next(h.tx, now) : ask_next(h.place, now);
    late_.push_back({thing, peer, next});
  }
  return {late_.data(), late_.size()};
}

Time RequestBook::next_deadline() {
  drop_void_deadlines();
  Time first = transactions_.next_deadline();
  if (deadlines_.front < deadlines_.rows.size()) first = std::min(first, deadlines_.rows[deadlines_.front].at);
  return first;
}

NodeId RequestBook::asked(Wanted thing) const {
  if (of_transactions(thing)) return transactions_.asked(TxRef(thing.ref));
  const std::uint32_t place = find(thing);
  return place == FlatIndex::none ? nobody : entries_[place].asked;
}

std::span<const NodeId> RequestBook::announcers(Wanted thing) const {
  if (of_transactions(thing)) {
    named_.clear();
    transactions_.announcers(TxRef(thing.ref), named_);
    return named_;
  }
  const std::uint32_t place = find(thing);
  if (place == FlatIndex::none) return {};
  return {entries_[place].announcers.data(), entries_[place].announcers.size()};
}

std::uint32_t RequestBook::in_flight(NodeId peer, Wanted::Class what) const {
  if (what == Wanted::Class::transaction) return transactions_.in_flight(peer);
  std::uint32_t n = 0;
  for (const Entry& entry : entries_) n += entry.used && entry.asked == peer ? 1U : 0U;
  return n;
}

}  // namespace peerlab
