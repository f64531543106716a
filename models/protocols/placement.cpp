#include "models/protocols/placement.h"

#include <algorithm>
#include <numeric>

#include "models/base/check.h"
#include "models/base/random.h"

namespace peerlab {
namespace {

/// More sets than these are drawn by lots: nobody has so many records.
constexpr std::uint64_t many = 1'000'000;

/// Ways to choose k of n, or `many` where there are more.
std::uint64_t ways(std::uint64_t n, std::uint64_t k) {
  if (k > n) return 0;
  k = std::min(k, n - k);
  std::uint64_t all = 1;
  for (std::uint64_t i = 1; i <= k; ++i) {
    all = all * (n - k + i) / i;  // exact: a product of i numbers in a row
    if (all >= many) return many;
  }
  return all;
}

}  // namespace

Placement::Placement(Rule rule, std::uint32_t machines, std::uint32_t copies, std::uint32_t scatter, std::uint64_t seed)
    : rule_(rule), machines_(machines), copies_(copies), scatter_(scatter), seed_(seed) {
  CHECK(copies >= 1 && copies <= machines);
  CHECK(scatter + 1 >= copies && scatter + 1 <= machines);
  if (copies == 1) return;
  if (rule == Rule::random) {
    sets_ = ways(scatter, copies - 1);
    stride_ = std::max<std::uint64_t>(1, sets_ * 618 / 1000);
    while (std::gcd(stride_, sets_) != 1) ++stride_;
    if (scatter + 1 == machines) return;
    partners_.reserve(std::size_t{machines} * scatter);
    std::vector<std::uint32_t> drawn;
    for (std::uint32_t m = 0; m < machines; ++m) {
      Stream chance(seed, purpose("placement partners"), m);
      drawn.clear();
      for (std::uint32_t j = machines - 1 - scatter; j < machines - 1; ++j) {  // Floyd's sample without repetition
        const auto k = static_cast<std::uint32_t>(chance.below(j + 1));
        drawn.push_back(std::find(drawn.begin(), drawn.end(), k) == drawn.end() ? k : j);
      }
      std::sort(drawn.begin(), drawn.end());
      for (const std::uint32_t k : drawn) partners_.push_back(k < m ? k : k + 1);  // everybody but m
    }
    return;
  }
  sets_ = (scatter + copies - 2) / (copies - 1);
  for (std::uint32_t p = 0; p < sets_; ++p) {
    std::vector<std::uint32_t>& order = shuffles_.emplace_back(machines);
    std::iota(order.begin(), order.end(), 0U);
    Stream chance(seed, purpose("placement groups"), p);
    chance.shuffle(order);
    std::vector<std::uint32_t>& place = places_.emplace_back(machines);
    for (std::uint32_t i = 0; i < machines; ++i) place[order[i]] = i;
  }
}

NodeId Placement::partner(std::uint32_t m, std::uint32_t k) const {
  if (partners_.empty()) return NodeId(k < m ? k : k + 1);
  return NodeId(partners_[std::size_t{m} * scatter_ + k]);
}

std::vector<NodeId> Placement::set_of(std::uint32_t m, std::uint64_t i) const {
  std::vector<NodeId> set = {NodeId(m)};
  if (copies_ == 1) return set;
  if (rule_ == Rule::copysets) {
    const std::uint32_t first = places_[i][m] / copies_ * copies_;
    for (std::uint32_t k = 0; k < copies_; ++k) {
      const std::uint32_t other = shuffles_[i][(first + k) % machines_];
      if (other != m) set.emplace_back(other);
    }
    return set;
  }
  // The i-th combination in lexicographic order: at each step so many begin with partner k.
  std::uint32_t k = 0;
  for (std::uint32_t left = copies_ - 1; left > 0; --left, ++k) {
    for (std::uint64_t here = 0; i >= (here = ways(scatter_ - 1 - k, left - 1)); ++k) i -= here;
    set.push_back(partner(m, k));
  }
  return set;
}

std::vector<NodeId> Placement::holders(RecordName record) const {
  const std::uint32_t m = record.publisher.value;
  if (sets_ < many) {
    const std::uint64_t start = mix64(seed_ ^ mix64(std::uint64_t{m} + 1)) % sets_;
    return set_of(m, (start + (record.ordinal % sets_) * stride_) % sets_);
  }
  Stream chance(mix64(seed_ ^ mix64(record.packed())), purpose("placement"), m);
  std::vector<NodeId> set = {NodeId(m)};
  while (set.size() < copies_) {
    const NodeId other = partner(m, static_cast<std::uint32_t>(chance.below(scatter_)));
    if (std::find(set.begin(), set.end(), other) == set.end()) set.push_back(other);
  }
  return set;
}

std::vector<std::pair<NodeId, NodeId>> Placement::fellows() const {
  std::vector<std::pair<NodeId, NodeId>> all;
  if (copies_ == 1) return all;
  const auto add = [&](NodeId a, NodeId b) { all.emplace_back(std::min(a, b), std::max(a, b)); };
  if (rule_ == Rule::random && partners_.empty()) {
    for (std::uint32_t a = 0; a < machines_; ++a) {
      for (std::uint32_t b = a + 1; b < machines_; ++b) add(NodeId(a), NodeId(b));
    }
    return all;
  }
  for (std::uint32_t m = 0; m < machines_; ++m) {
    if (rule_ == Rule::copysets) {
      for (std::uint64_t i = 0; i < sets_; ++i) {
        for (const NodeId other : set_of(m, i)) {
          if (other.value != m) add(NodeId(m), other);
        }
      }
      continue;
    }
    for (std::uint32_t j = 0; j < scatter_; ++j) {
      add(NodeId(m), partner(m, j));
      for (std::uint32_t k = 0; k < j && copies_ > 2; ++k) add(partner(m, k), partner(m, j));
    }
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

}  // namespace peerlab
