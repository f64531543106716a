#include "models/protocols/audit_tree.h"

#include <bit>

#include "models/base/check.h"
#include "models/crypto/sha256.h"

namespace peerlab {
namespace {

/// The node above two, charged to whoever checks.
Hash256 above(const Hash256& left, const Hash256& right, Work& work) {
  work.bytes_hashed += audit_node_bytes;
  return audit_node(left, right);
}

/// The largest power of two below `count`, which is at least two.
std::uint32_t split_of(std::uint32_t count) { return std::bit_floor(count - 1); }

}  // namespace

Hash256 audit_leaf(ByteView data) {
  Bytes text;
  Writer w(text);
  w.u8(0);
  w.raw(data);
  return sha256(text);
}

Hash256 audit_node(const Hash256& left, const Hash256& right) {
  std::array<std::uint8_t, audit_node_bytes> text{};
  text[0] = 1;
  std::copy(left.bytes.begin(), left.bytes.end(), text.begin() + 1);
  std::copy(right.bytes.begin(), right.bytes.end(), text.begin() + 33);
  return sha256(text);
}

void AuditTree::append(const Hash256& leaf, Work& work) {
  Hash256 hash = leaf;
  for (std::size_t level = 0;; ++level) {
    if (level == levels_.size()) levels_.emplace_back();
    levels_[level].push_back(hash);
    const std::size_t count = levels_[level].size();
    if (count % 2 == 1) return;
    hash = above(levels_[level][count - 2], levels_[level][count - 1], work);
  }
}

void AuditTree::replace(std::uint32_t index, const Hash256& leaf) {
  CHECK(index < size());
  levels_.front()[index] = leaf;
  for (std::size_t level = 1; level < levels_.size(); ++level) {
    index /= 2;
    if (index >= levels_[level].size()) return;
    const std::vector<Hash256>& below = levels_[level - 1];
    levels_[level][index] = audit_node(below[2 * std::size_t{index}], below[2 * std::size_t{index} + 1]);
  }
}

/// The hash over `count` leaves from `first` on, a multiple of the power of two at or above `count`.
Hash256 AuditTree::over(std::uint32_t first, std::uint32_t count) const {
  if (std::has_single_bit(count)) {
    const auto level = static_cast<std::size_t>(std::countr_zero(count));
    return levels_[level][first >> level];
  }
  const std::uint32_t left = split_of(count);
  return audit_node(over(first, left), over(first + left, count - left));
}

Hash256 AuditTree::root() const { return size() == 0 ? sha256({}) : over(0, size()); }

void AuditTree::path(std::uint32_t index, std::uint32_t first, std::uint32_t count, std::vector<Hash256>& out) const {
  if (count == 1) return;
  const std::uint32_t left = split_of(count);
  if (index < left) {
    path(index, first, left, out);
    out.push_back(over(first + left, count - left));
  } else {
    path(index - left, first + left, count - left, out);
    out.push_back(over(first, left));
  }
}

std::vector<Hash256> AuditTree::inclusion(std::uint32_t index) const {
  CHECK(index < size());
  std::vector<Hash256> out;
  path(index, 0, size(), out);
  return out;
}

// `whole`: the subtree is one that whoever checks knows by its root.
void AuditTree::shared(std::uint32_t before, std::uint32_t first, std::uint32_t count, bool whole,
                       std::vector<Hash256>& out) const {
  if (before == count) {
    if (!whole) out.push_back(over(first, count));
    return;
  }
  const std::uint32_t left = split_of(count);
  if (before <= left) {
    shared(before, first, left, whole, out);
    out.push_back(over(first + left, count - left));
  } else {
    shared(before - left, first + left, count - left, false, out);
    out.push_back(over(first, left));
  }
}

std::vector<Hash256> AuditTree::consistency(std::uint32_t before) const {
  CHECK(before <= size());
  std::vector<Hash256> out;
  if (before > 0) shared(before, 0, size(), true, out);
  return out;
}

bool is_included(const Hash256& leaf, std::uint32_t index, std::uint32_t size, std::span<const Hash256> path,
                 const Hash256& root, Work& work) {
  if (index >= size) return false;
  std::uint32_t at = index;
  std::uint32_t last = size - 1;
  Hash256 hash = leaf;
  for (const Hash256& beside : path) {
    if (last == 0) return false;
    if (at % 2 == 1 || at == last) {
      hash = above(beside, hash, work);
      while (at % 2 == 0 && at != 0) {
        at /= 2;
        last /= 2;
      }
    } else {
      hash = above(hash, beside, work);
    }
    at /= 2;
    last /= 2;
  }
  return last == 0 && hash == root;
}

bool is_continued(std::uint32_t before, const Hash256& root_before, std::uint32_t size, const Hash256& root,
                  std::span<const Hash256> path, Work& work) {
  if (before == 0) return path.empty();
  if (before > size) return false;
  if (before == size) return path.empty() && root_before == root;
  std::uint32_t at = before - 1;
  std::uint32_t last = size - 1;
  while (at % 2 == 1) {
    at /= 2;
    last /= 2;
  }
  // A tree of a power of two leaves is itself the first subtree that both have.
  const bool itself = std::has_single_bit(before);
  if (!itself && path.empty()) return false;
  Hash256 old_root = itself ? root_before : path.front();
  Hash256 new_root = old_root;
  for (const Hash256& beside : itself ? path : path.subspan(1)) {
    if (last == 0) return false;
    if (at % 2 == 1 || at == last) {
      old_root = above(beside, old_root, work);
      new_root = above(beside, new_root, work);
      while (at % 2 == 0 && at != 0) {
        at /= 2;
        last /= 2;
      }
    } else {
      new_root = above(new_root, beside, work);
    }
    at /= 2;
    last /= 2;
  }
  return last == 0 && old_root == root_before && new_root == root;
}

}  // namespace peerlab
