#include "models/ledger/tx_set.h"

#include <algorithm>

#include "models/base/check.h"

namespace peerlab {

bool TxSet::add(TxRef tx) {
  CHECK(tx.valid());
  return add(MaskWord{tx.value >> 6, std::uint64_t{1} << (tx.value & 63)}) != 0;
}

std::uint64_t TxSet::add(MaskWord more) {
  if (more.bits == 0) return 0;
  const std::uint32_t w = more.word;
  if (words_.empty()) first_ = w;
  if (w < first_) {  // rare: something older than all that is here
    words_.insert(words_.begin(), first_ - w, 0);
    first_ = w;
  }
  if (w - first_ >= words_.size()) words_.resize(w - first_ + 1);
  head_ = std::min(head_, w - first_);
  std::uint64_t& word = words_[w - first_];
  const std::uint64_t fresh = more.bits & ~word;
  word |= fresh;
  size_ += static_cast<std::uint32_t>(std::popcount(fresh));
  return fresh;
}

bool TxSet::remove(TxRef tx) {
  if (!has(tx)) return false;
  words_[(tx.value >> 6) - first_] &= ~(std::uint64_t{1} << (tx.value & 63));
  --size_;
  trim();
  return true;
}

std::size_t TxSet::remove_all(std::span<const MaskWord> mask) {
  std::size_t removed = 0;
  for (const MaskWord& m : mask) {
    const std::uint64_t common = word(m.word) & m.bits;
    if (common == 0) continue;
    words_[m.word - first_] &= ~common;
    removed += static_cast<std::size_t>(std::popcount(common));
  }
  size_ -= static_cast<std::uint32_t>(removed);
  trim();
  return removed;
}

void TxSet::clear() {
  words_.clear();
  head_ = 0;
  size_ = 0;
}

// Empty words at either end go: that is how the window slides. At the front only when they are half of all, so that each
// word is moved a constant number of times.
void TxSet::trim() {
  if (size_ == 0) {
    words_.clear();
    head_ = 0;
    return;
  }
  while (words_.back() == 0) words_.pop_back();
  while (words_[head_] == 0) ++head_;
  if (2 * std::size_t{head_} > words_.size()) {
    words_.erase(words_.begin(), words_.begin() + head_);
    first_ += head_;
    head_ = 0;
  }
}

}  // namespace peerlab
