#include "models/replication/compact.h"

#include <algorithm>
#include <bit>

#include "models/base/check.h"
#include "models/crypto/sha256.h"
#include "models/crypto/siphash.h"

namespace peerlab {

ShortIdKey ShortIdKey::of(const Header& header, std::uint64_t nonce) {
  Bytes bytes;
  Writer w(bytes);
  encode(header, w);
  w.u64(nonce);
  const Hash256 hash = sha256(bytes);
  Reader in(hash.view());
  ShortIdKey key;
  key.k0 = in.u64();
  key.k1 = in.u64();
  return key;
}

std::uint64_t ShortIdKey::short_id(const Hash256& txid) const { return siphash(k0, k1, txid.view()) & mask; }

std::shared_ptr<const CompactBlock> make_compact(const BlockPool& pool, BlockRef block, std::uint64_t mask) {
  const BodyRef body = pool.state.body(block);
  CHECK(body.valid());
  const auto list = pool.bodies.list(body);
  auto compact = std::make_shared<CompactBlock>();
  compact->block = block;
  compact->nonce = mix64(pool.headers.name(block));
  compact->key = ShortIdKey::of(pool.headers.header(block), compact->nonce);
  compact->key.mask = mask;
  compact->prefilled.push_back({0, list[0]});
  compact->short_ids.reserve(list.size() - 1);
  for (const TxRef tx : list.subspan(1)) compact->short_ids.push_back(compact->key.short_id(pool.transactions.id(tx)));
  return compact;
}

namespace {

/// An empty list with the prefilled transactions in place; false when their places make no sense.
bool lay_out(const CompactBlock& compact, std::vector<TxRef>& list) {
  list.assign(compact.transactions(), TxRef{});
  for (const Prefilled& p : compact.prefilled) {
    if (p.place >= list.size()) return false;
    list[p.place] = p.tx;
  }
  return true;
}

void note_missing(Rebuilt& rebuilt) {
  for (std::uint32_t i = 0; i < rebuilt.list.size(); ++i) {
    if (!rebuilt.list[i].valid()) rebuilt.missing.push_back(i);
  }
}

/// Calls f(place, short id) for every place that is not prefilled.
template <class F>
void each_short_id(const CompactBlock& compact, F&& f) {
  std::size_t next_prefilled = 0;
  std::size_t next_short = 0;
  for (std::uint32_t place = 0; place < compact.transactions(); ++place) {
    if (next_prefilled < compact.prefilled.size() && compact.prefilled[next_prefilled].place == place) {
      ++next_prefilled;
    } else if (next_short < compact.short_ids.size()) {
      f(place, compact.short_ids[next_short++]);
    }
  }
}

}  // namespace

Rebuilt rebuild(const BlockPool& pool, const CompactBlock& compact, const TxSet& mempool) {
  Rebuilt rebuilt;
  if (!lay_out(compact, rebuilt.list)) {
    note_missing(rebuilt);
    return rebuilt;
  }
  FlatIndex place_of;
  std::vector<bool> spoilt(rebuilt.list.size());
  each_short_id(compact, [&](std::uint32_t place, std::uint64_t id) {
    const std::uint32_t twin = place_of.find(id);
    if (twin == FlatIndex::none) {
      place_of.set(id, place);
    } else {
      spoilt[twin] = true;
      spoilt[place] = true;
    }
  });
  mempool.each([&](TxRef tx) {
    const std::uint32_t place = place_of.find(compact.key.short_id(pool.transactions.id(tx)));
    if (place == FlatIndex::none || spoilt[place]) return;
    if (rebuilt.list[place].valid()) {
      spoilt[place] = true;
      rebuilt.list[place] = TxRef{};
    } else {
      rebuilt.list[place] = tx;
    }
  });
  note_missing(rebuilt);
  return rebuilt;
}

ShortIdTable::ShortIdTable(const BlockPool& pool, std::shared_ptr<const CompactBlock> compact)
    : compact_(std::move(compact)) {
  each_short_id(*compact_, [&](std::uint32_t place, std::uint64_t id) {
    const std::uint32_t twin = place_of_.find(id);
    if (twin == FlatIndex::none) {
      place_of_.set(id, place);
    } else {
      twins_.push_back(twin);
      twins_.push_back(place);
    }
  });
  const auto list = pool.bodies.list(pool.state.body(compact_->block));
  for (const TxRef tx : list) seen_.add(tx);
}

// Only what lies in somebody's mempool can be mistaken for a transaction of the block, and mempools hold much the same.
void ShortIdTable::look_at(const BlockPool& pool, const TxSet& mempool) {
  if (compact_->short_ids.empty()) return;  // nothing but what is prefilled
  mempool.each_word([&](MaskWord m) {
    for (std::uint64_t left = seen_.add(m); left != 0; left &= left - 1) {
      const TxRef tx = TxRef::of(std::size_t{m.word} * 64 + static_cast<std::size_t>(std::countr_zero(left)));
      const std::uint32_t place = place_of_.find(compact_->key.short_id(pool.transactions.id(tx)));
      if (place != FlatIndex::none) rivals_.push_back({place, tx});
    }
  });
}

Rebuilt ShortIdTable::rebuild(const BlockPool& pool, const TxSet& mempool) {
  look_at(pool, mempool);
  Rebuilt rebuilt;
  const BodyRef body = pool.state.body(compact_->block);
  const auto list = pool.bodies.list(body);
  rebuilt.list.assign(list.begin(), list.end());
  std::size_t absent = 0;
  mempool.each_missing(pool.bodies.mask(body), [&](TxRef) { ++absent; });
  if (absent > compact_->prefilled.size()) {  // more than what no mempool holds: the coinbase
    for (TxRef& tx : rebuilt.list) {
      if (!mempool.has(tx)) tx = TxRef{};
    }
  }
  for (const std::uint32_t place : twins_) rebuilt.list[place] = TxRef{};
  for (std::size_t i = 0; i < rivals_.size(); ++i) {
    if (!mempool.has(rivals_[i].tx)) continue;
    TxRef& place = rebuilt.list[rivals_[i].place];
    if (std::find(twins_.begin(), twins_.end(), rivals_[i].place) != twins_.end()) continue;
    // One rival alone is a wrong guess, as the definition makes it; with the right one or with another rival, nobody can tell.
    bool alone = !place.valid();
    for (std::size_t j = 0; alone && j < rivals_.size(); ++j) {
      alone = j == i || rivals_[j].place != rivals_[i].place || !mempool.has(rivals_[j].tx);
    }
    place = alone ? rivals_[i].tx : TxRef{};
  }
  for (const Prefilled& p : compact_->prefilled) rebuilt.list[p.place] = p.tx;
  note_missing(rebuilt);
  return rebuilt;
}

ShortIdTable& CompactCache::table(const BlockPool& pool, BlockRef block) {
  for (std::size_t i = tables_.size(); i-- > 0;) {
    if (tables_[i]->compact()->block == block) return *tables_[i];
  }
  if (tables_.size() == most) tables_.erase(tables_.begin());
  tables_.push_back(std::make_unique<ShortIdTable>(pool, make_compact(pool, block)));
  return *tables_.back();
}

ShortIdTable* CompactCache::table_of(const CompactBlock& compact) {
  for (std::size_t i = tables_.size(); i-- > 0;) {
    if (tables_[i]->compact().get() == &compact) return tables_[i].get();
  }
  return nullptr;
}

}  // namespace peerlab
