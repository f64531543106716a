// A small map from 64-bit keys to 32-bit places in one flat array: no allocation once it has grown, nothing to iterate.
//
// Linear probing at most half full; erasing shifts back, so there are no tombstones.
#pragma once

#include <cstdint>
#include <utility>

#include "models/base/random.h"
#include "models/base/thin_vector.h"

namespace peerlab {

class FlatIndex {
 public:
  static constexpr std::uint32_t none = 0xffffffff;

  [[nodiscard]] std::uint32_t find(std::uint64_t key) const {
    if (count_ == 0) return none;
    for (std::size_t i = home(key);; i = next(i)) {
      if (rows_[i].value == none) return none;
      if (rows_[i].key == key) return rows_[i].value;
    }
  }
  /// Sets the place of `key`; `value` must not be `none`.
  void set(std::uint64_t key, std::uint32_t value) {
    if (2 * (count_ + 1) > rows_.size()) grow();
    std::size_t i = home(key);
    while (rows_[i].value != none && rows_[i].key != key) i = next(i);
    if (rows_[i].value == none) ++count_;
    rows_[i] = {key, value};
  }
  bool erase(std::uint64_t key) {
    if (count_ == 0) return false;
    std::size_t hole = home(key);
    while (rows_[hole].value != none && rows_[hole].key != key) hole = next(hole);
    if (rows_[hole].value == none) return false;
    for (std::size_t i = next(hole); rows_[i].value != none; i = next(i)) {
      const std::size_t wanted = home(rows_[i].key);
      if (((i - wanted) & mask()) < ((i - hole) & mask())) continue;  // it would move before its home
      rows_[hole] = rows_[i];
      hole = i;
    }
    rows_[hole].value = none;
    --count_;
    return true;
  }
  void clear() {
    for (Row& row : rows_) row.value = none;
    count_ = 0;
  }
  [[nodiscard]] std::size_t size() const { return count_; }
  [[nodiscard]] std::size_t memory() const { return rows_.memory(); }

 private:
  struct Row {
    std::uint64_t key = 0;
    std::uint32_t value = none;
  };
  [[nodiscard]] std::size_t mask() const { return rows_.size() - 1; }
  [[nodiscard]] std::size_t home(std::uint64_t key) const { return static_cast<std::size_t>(mix64(key)) & mask(); }
  [[nodiscard]] std::size_t next(std::size_t i) const { return (i + 1) & mask(); }
  void grow() {
    ThinVector<Row> old = std::exchange(rows_, {});
    rows_.resize(old.empty() ? 8 : old.size() * 2);
    count_ = 0;
    for (const Row& row : old) {
      if (row.value != none) set(row.key, row.value);
    }
  }
  ThinVector<Row> rows_;
  std::uint32_t count_ = 0;
};

}  // namespace peerlab
