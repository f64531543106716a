#include "models/ledger/header_tree.h"

#include <algorithm>
#include <array>

#include "models/base/check.h"

namespace peerlab {

namespace {

std::uint32_t without_lowest_bit(std::uint32_t n) { return n & (n - 1); }

// How far a block's skip pointer reaches: heights with few bits, so that any ancestor is O(log n) steps away.
std::uint32_t skip_height(std::uint32_t height) {
  if (height < 2) return 0;
  return height % 2 == 1 ? without_lowest_bit(without_lowest_bit(height - 1)) + 1 : without_lowest_bit(height);
}

}  // namespace

HeaderTree::HeaderTree(const Rules& rules, const Header& genesis) : rules_(rules) {
  CHECK(rules_.median_span >= 1);
  const BlockRef b = refer(genesis.id());
  present_.add(b.value);
  headers_[0] = genesis;
  height_[0] = 0;
  work_[0] = work_of(genesis.bits);
  known_[0] = Known::judged;
  favoured_.push_back(b);
}

BlockRef HeaderTree::find(const Hash256& id) const {
  const BlockRef* const b = by_id_.find(id);
  return b == nullptr ? BlockRef{} : *b;
}

BlockRef HeaderTree::refer(const Hash256& id) {
  const auto [b, added] = by_id_.insert(id, BlockRef::of(headers_.size()));
  if (!added) return *b;
  height_.push_back(no_height);
  parent_.emplace_back();
  skip_.emplace_back();
  names_.push_back(id.low64());
  work_.emplace_back();
  known_.push_back(Known::not_judged);
  verdict_.push_back(Verdict::ok);
  known_alone_.push_back(Known::not_judged);
  verdict_alone_.push_back(Verdict::ok);
  ids_.push_back(id);
  headers_.emplace_back();
  return *b;
}

BlockRef HeaderTree::intern(const Header& header) {
  const BlockRef b = refer(header.id());
  if (!present_.add(b.value)) return b;
  headers_[b.index()] = header;

  // Children that came before may now know their parent.
  if (const std::vector<BlockRef>* const children = waiting_.find(ids_[b.index()])) {
    for (const BlockRef child : *children) parent_[child.index()] = b;
  }
  const BlockRef parent = find(header.previous);
  if (parent.valid() && present(parent)) parent_[b.index()] = parent;
  if (parent_[b.index()].valid() && linked(parent)) {
    link(b);
  } else {
    waiting_[header.previous].push_back(b);
  }
  return b;
}

// Gives `first`, whose parent is linked, its place, and then all that waited for it. A list instead of recursion:
// orphans may come in any number and in reverse.
void HeaderTree::link(BlockRef first) {
  std::vector<BlockRef> todo{first};
  while (!todo.empty()) {
    const BlockRef b = todo.back();
    todo.pop_back();
    const BlockRef parent = parent_[b.index()];
    const std::uint32_t height = height_[parent.index()] + 1;
    CHECK(height != no_height);
    const std::uint32_t bits = headers_[b.index()].bits;
    if (bits != last_bits_) {
      last_bits_ = bits;
      last_work_ = work_of(bits);
    }
    work_[b.index()] = work_[parent.index()] + last_work_;
    skip_[b.index()] = ancestor(parent, skip_height(height));
    height_[b.index()] = height;
    if (const std::vector<BlockRef>* const children = waiting_.find(ids_[b.index()])) {
      todo.insert(todo.end(), children->begin(), children->end());
      waiting_.erase(ids_[b.index()]);
    }
  }
}

BlockRef HeaderTree::ancestor(BlockRef b, std::uint32_t height) const {
  std::uint32_t at = height_[b.index()];
  CHECK(at != no_height);
  CHECK(height <= at);
  while (at > height) {
    if (on_favoured(b)) return favoured_[height];
    // The skip pointer, unless the parent's would go farther without overshooting.
    const std::uint32_t skip = skip_height(at);
    const std::uint32_t parent_skip = skip_height(at - 1);
    const bool take_skip = skip == height || (skip > height && !(parent_skip + 2 < skip && parent_skip >= height));
    b = take_skip ? skip_[b.index()] : parent_[b.index()];
    at = take_skip ? skip : at - 1;
  }
  return b;
}

BlockRef HeaderTree::fork(BlockRef a, BlockRef b) const {
  if (parent_[b.index()] == a) return a;  // as nearly always
  const std::uint32_t low = std::min(height(a), height(b));
  a = ancestor(a, low);
  b = ancestor(b, low);
  while (a != b) {
    const std::uint32_t h = height_[a.index()];
    const std::uint32_t skip = skip_height(h);
    const bool both_skip = skip_[a.index()] != skip_[b.index()];  // the fork is at or below the skip's target
    a = both_skip ? ancestor(a, skip) : parent_[a.index()];
    b = both_skip ? ancestor(b, skip) : parent_[b.index()];
  }
  return a;
}

Verdict HeaderTree::look_at(BlockRef b) const {
  const std::uint32_t bits = header(b).bits;
  const std::optional<U256> target = target_of(bits);
  if (!target || *target > rules_.pow_limit) return Verdict::bad_target;
  return meets_target(id(b), bits) ? Verdict::ok : Verdict::bad_proof_of_work;
}

Judged HeaderTree::judge_alone(BlockRef b) {
  if (known_alone_[b.index()] == Known::not_judged) {
    CHECK(present(b));
    verdict_alone_[b.index()] = look_at(b);
    known_alone_[b.index()] = Known::judged;
  }
  return {verdict_alone_[b.index()], {.headers = 1}};
}

Judged HeaderTree::judge(BlockRef b) {
  CHECK(linked(b));
  Judged judged{Verdict::ok, {.headers = 1}};
  if (known_[b.index()] == Known::judged) {
    judged.verdict = verdict_[b.index()];
    return judged;
  }
  const BlockRef before = parent(b);
  CHECK_SAYING(known_[before.index()] == Known::judged, "headers are judged from the genesis block up");
  const Header& h = header(b);
  if (verdict_[before.index()] != Verdict::ok) {
    judged.verdict = Verdict::previous_invalid;
  } else if (h.bits != next_bits(before)) {
    judged.verdict = Verdict::bad_target;
  } else if (const Verdict alone = judge_alone(b).verdict; alone != Verdict::ok) {
    judged.verdict = alone;
  } else if (h.time <= median_time(before)) {
    judged.verdict = Verdict::too_early;
  }
  known_[b.index()] = Known::judged;
  verdict_[b.index()] = judged.verdict;
  if (judged.ok()) favour(b);
  return judged;
}

bool HeaderTree::too_far_ahead(BlockRef b, Time now) const {
  const std::int64_t latest = std::int64_t{rules_.clock(now)} + rules_.max_future.ns / 1'000'000'000;
  return std::int64_t{header(b).time} > latest;
}

std::uint32_t HeaderTree::next_bits(BlockRef parent) const {
  const Header& last = header(parent);
  const std::uint32_t next = height(parent) + 1;
  if (rules_.retarget_interval == 0 || next % rules_.retarget_interval != 0) return last.bits;
  const Header& first = header(ancestor(parent, next - rules_.retarget_interval));
  return retarget(rules_, first.time, last.time, last.bits);
}

std::uint32_t HeaderTree::median_time(BlockRef b) const {
  std::array<std::uint32_t, 32> few{};
  std::vector<std::uint32_t> many;
  std::span<std::uint32_t> times = few;
  if (rules_.median_span > few.size()) {
    many.resize(rules_.median_span);
    times = many;
  }
  std::size_t n = 0;
  for (; n < rules_.median_span && b.valid(); ++n, b = parent(b)) times[n] = header(b).time;
  const auto middle = times.begin() + static_cast<std::ptrdiff_t>(n / 2);
  std::nth_element(times.begin(), middle, times.begin() + static_cast<std::ptrdiff_t>(n));
  return *middle;
}

void HeaderTree::favour(BlockRef tip) {
  if (work(tip) <= work(favoured_.back())) return;
  favoured_.resize(std::size_t{height(tip)} + 1);
  for (BlockRef b = tip; favoured_[height(b)] != b; b = parent(b)) favoured_[height(b)] = b;
}

std::size_t HeaderTree::memory() const {
  const std::size_t each = sizeof(Header) + 2 * sizeof(Hash256) + sizeof(U256) + 4 * sizeof(std::uint32_t) + 8 + 32;
  return headers_.capacity() * each;
}

}  // namespace peerlab
