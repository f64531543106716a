#include "models/replication/wanted_transactions.h"

#include <algorithm>
#include <array>
#include <bit>

#include "models/base/check.h"

namespace peerlab {

void WantedTransactions::put(ThinVector<Row>& rows, MaskWord more) {
  for (Row& row : rows) {
    if (row.word != more.word) continue;
    row.bits |= more.bits;
    return;
  }
  rows.push_back({more.word, more.bits, 0});
}

const WantedTransactions::Row* WantedTransactions::find(const ThinVector<Row>& rows, std::uint32_t word) {
  for (const Row& row : rows) {
    if (row.word == word) return &row;
  }
  return nullptr;
}

void WantedTransactions::pick(const ThinVector<Row>& rows, std::span<const TxRef> list, std::vector<TxRef>& picked) {
  const std::uint32_t low = rows.front().word;
  const std::uint32_t words = rows.back().word - low + 1;
  std::array<std::uint64_t, 129> small;
  std::vector<std::uint64_t> large;
  std::uint64_t* left = small.data();
  if (words >= small.size()) {
    large.resize(words + 1);
    left = large.data();
  }
  std::fill_n(left, words + 1, 0);
  for (const Row& row : rows) left[row.word - low] = row.bits;
  std::size_t end = picked.size();
  picked.resize(end + list.size() + 1);
  for (const TxRef tx : list) {  // as in a batch that is sent: no branch foresees which of them are in the rows
    picked[end] = tx;
    std::uint64_t& word = left[std::min((tx.value >> 6) - low, words)];
    const std::uint64_t bit = std::uint64_t{1} << (tx.value & 63);
    end += (word & bit) != 0 ? 1 : 0;
    word &= ~bit;  // in the list once more: picked once
  }
  picked.resize(end);
}

void WantedTransactions::announced(std::span<const MaskWord> mask, std::span<const TxRef> list, NodeId peer,
                                   Time deadline, std::uint32_t& serial, std::vector<TxRef>& ask, TxMask* ask_mask) {
  ThinVector<Row> heard;
  ThinVector<Row> fresh;
  std::uint32_t count = 0;
  heard.reserve(mask.size());
  for (const MaskWord& m : mask) {
    const std::uint64_t wanted = m.bits & wanted_.word(m.word);
    std::uint64_t told = 0;  // by this peer, before
    if (wanted != 0) {
      for (const Heard& one : heard_) {
        if (one.peer != peer) continue;
        if (const Row* const row = find(one.rows, m.word)) told |= row->bits;
      }
    }
    const std::uint64_t now_asked = m.bits & ~wanted;
    const std::uint64_t news = m.bits & ~(wanted & told);
    if (news != 0) heard.push_back({m.word, news, now_asked});
    if (now_asked == 0) continue;
    fresh.push_back({m.word, now_asked, 0});
    count += static_cast<std::uint32_t>(std::popcount(now_asked));
  }
  if (!heard.empty()) heard_.push_back({peer, std::move(heard)});
  if (count == 0) return;
  Asked& asked = asked_.emplace_back(Asked{deadline, peer, serial + 1, count, {}, {}});
  const std::size_t before = ask.size();
  for (const Row& row : fresh) {
    wanted_.add(MaskWord{row.word, row.bits});
    if (ask_mask != nullptr) ask_mask->push_back({row.word, row.bits});
  }
  if (list.size() == count) {  // all of it is news
    ask.insert(ask.end(), list.begin(), list.end());
  } else {
    pick(fresh, list, ask);
  }
  CHECK_SAYING(ask.size() == before + count, "an announcement lists what its mask says");
  asked.order.assign(ask.begin() + static_cast<std::ptrdiff_t>(before), ask.end());
  asked.rows = std::move(fresh);
  serial += count;
}

void WantedTransactions::unask(std::span<const MaskWord> mask) {
  for (Asked& asked : asked_) {
    for (Row& row : asked.rows) {
      for (const MaskWord& m : mask) {
        if (m.word != row.word) continue;
        asked.left -= static_cast<std::uint32_t>(std::popcount(row.bits & m.bits));
        row.bits &= ~m.bits;
      }
    }
  }
  erase_if(asked_, [](const Asked& asked) { return asked.left == 0; });
}

void WantedTransactions::forget(std::span<const MaskWord> mask) {
  wanted_.remove_all(mask);
  if (wanted_.empty()) {
    heard_.clear();
    asked_.clear();
    return;
  }
  unask(mask);
  for (Heard& heard : heard_) {
    for (Row& row : heard.rows) {
      for (const MaskWord& m : mask) {
        if (m.word == row.word) row.bits &= ~m.bits;
      }
    }
    erase_if(heard.rows, [](const Row& row) { return row.bits == 0; });
  }
  erase_if(heard_, [](const Heard& heard) { return heard.rows.empty(); });
}

NodeId WantedTransactions::ask_next(TxRef tx, std::span<const NodeId> silent, Time deadline, std::uint32_t& serial) {
  const MaskWord one = mask_of(tx);
  Row* chosen = nullptr;
  NodeId peer;
  for (Heard& heard : heard_) {
    Row* const row = const_cast<Row*>(find(heard.rows, one.word));
    if (row == nullptr || (row->bits & ~row->tried & one.bits) == 0) continue;
    const bool quiet = std::find(silent.begin(), silent.end(), heard.peer) != silent.end();
    if (quiet && chosen != nullptr) continue;
    chosen = row;
    peer = heard.peer;
    if (!quiet) break;
  }
  if (chosen == nullptr) {
    forget({&one, 1});
    return nobody;
  }
  chosen->tried |= one.bits;
  unask({&one, 1});
  ++serial;
  // Together with what was asked of the same peer just before.
  const bool joins = !asked_.empty() && asked_.back().peer == peer && asked_.back().at == deadline &&
                     asked_.back().serial + asked_.back().order.size() == serial &&
                     std::find(asked_.back().order.begin(), asked_.back().order.end(), tx) == asked_.back().order.end();
  Asked& asked = joins ? asked_.back() : asked_.emplace_back(Asked{deadline, peer, serial, 0, {}, {}});
  asked.order.push_back(tx);
  put(asked.rows, one);
  ++asked.left;
  return peer;
}

std::pair<TxRef, NodeId> WantedTransactions::first() const {
  const Asked& asked = asked_.front();
  for (const TxRef tx : asked.order) {
    const MaskWord one = mask_of(tx);
    if (has(asked.rows, one)) return {tx, asked.peer};
  }
  CHECK_SAYING(false, "what is left of a batch is in its list");
}

void WantedTransactions::gone(NodeId peer, std::vector<std::pair<std::uint32_t, TxRef>>& held) {
  erase_if(heard_, [&](const Heard& heard) { return heard.peer == peer; });
  for (const Asked& asked : asked_) {
    if (asked.peer != peer) continue;
    for (std::uint32_t i = 0; i < asked.order.size(); ++i) {
      const MaskWord one = mask_of(asked.order[i]);
      if (has(asked.rows, one)) held.emplace_back(asked.serial + i, asked.order[i]);
    }
  }
}

NodeId WantedTransactions::asked(TxRef tx) const {
  if (!has(tx)) return nobody;
  const MaskWord one = mask_of(tx);
  for (const Asked& asked : asked_) {
    if (has(asked.rows, one)) return asked.peer;
  }
  return nobody;
}

std::uint32_t WantedTransactions::in_flight(NodeId peer) const {
  std::uint32_t n = 0;
  for (const Asked& asked : asked_) n += asked.peer == peer ? asked.left : 0;
  return n;
}

void WantedTransactions::announcers(TxRef tx, ThinVector<NodeId>& out) const {
  if (!has(tx)) return;
  const MaskWord one = mask_of(tx);
  for (const Heard& heard : heard_) {
    if (has(heard.rows, one)) out.push_back(heard.peer);
  }
}

}  // namespace peerlab
