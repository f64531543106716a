#include "models/ledger/tx_set.h"

#include "models/base/check.h"

namespace peerlab {

bool TxSet::add(TxRef tx) {
  CHECK(tx.valid());
  const std::uint32_t w = tx.value >> 6;
  if (words_.empty()) first_ = w;
  while (w < first_) {
    words_.push_front(0);
    --first_;
  }
  if (w - first_ >= words_.size()) words_.resize(w - first_ + 1);
  const std::uint64_t bit = std::uint64_t{1} << (tx.value & 63);
  if ((words_[w - first_] & bit) != 0) return false;
  words_[w - first_] |= bit;
  ++size_;
  return true;
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
  size_ -= removed;
  trim();
  return removed;
}

void TxSet::clear() {
  words_.clear();
  size_ = 0;
}

// Empty words at either end go: that is how the window slides.
void TxSet::trim() {
  while (!words_.empty() && words_.front() == 0) {
    words_.pop_front();
    ++first_;
  }
  while (!words_.empty() && words_.back() == 0) words_.pop_back();
}

}  // namespace peerlab
