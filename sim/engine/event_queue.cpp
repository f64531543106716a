#include "sim/engine/event_queue.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "models/base/check.h"
#include "sim/engine/tie_shuffle.h"

namespace peerlab {

namespace {

constexpr int first_shift = 16;  // 66 us; the range reaches from 1 us to 4 ms
constexpr int least_shift = 10;
constexpr int most_shift = 22;
constexpr std::uint64_t least_pops_per_look = 1U << 16;
// Buckets should hold about a dozen events: more must be sorted, fewer make many buckets, and are fetched too late.
constexpr std::uint64_t few_events = 12;
constexpr std::uint64_t too_many_events = 48;
constexpr std::uint64_t too_few_events = 6;

std::uint64_t instant(const Event& event) { return static_cast<std::uint64_t>(event.at.ns); }

// The heap's top must be the first event: std::push_heap keeps the largest there.
bool comes_after(const Event& a, const Event& b) { return comes_before(b, a); }

}  // namespace

EventQueue::EventQueue(TieOrder ties)
    : ties_(ties),
      shift_(first_shift),
      wheel_(std::make_unique<std::array<Level, levels>>()),
      pops_until_look_(least_pops_per_look),
      pops_per_look_(least_pops_per_look) {}

// --- putting an event where it belongs -------------------------------------------------------------------------------

void EventQueue::put_late(Event event) {
  late_.push_back(event);
  std::push_heap(late_.begin(), late_.end(), comes_after);
}

void EventQueue::put_far(Event event) { far_.push_back(event); }

void EventQueue::pop_late(Event& out) {
  out = late_.front();
  std::pop_heap(late_.begin(), late_.end(), comes_after);
  late_.pop_back();
}

// --- bringing the next bucket to hand --------------------------------------------------------------------------------

bool EventQueue::advance(Time horizon) {
  const auto end = static_cast<std::uint64_t>(std::max<std::int64_t>(horizon.ns, 0));
  for (;;) {
    bool moved = false;
    for (int k = 0; k < levels && !moved; ++k) {
      Level& level = (*wheel_)[static_cast<std::size_t>(k)];
      const int low_bits = shift_ + level_bits * k;
      const std::uint32_t here = static_cast<std::uint32_t>(cursor_ >> low_bits) & (buckets - 1);
      const std::uint32_t index = next_filled(level, here);
      if (index == buckets) continue;
      const std::uint64_t turn = cursor_ & ~((std::uint64_t{buckets} << low_bits) - 1);
      const std::uint64_t start = turn | std::uint64_t{index} << low_bits;
      if (start >= end) return false;
      if (k == 0) {
        activate(index, start);
        return true;
      }
      cursor_ = active_end_ = start;
      put_again(take_bucket(level, index));
      moved = true;
    }
    if (!moved && !bring_near(horizon)) return false;
  }
}

void EventQueue::activate(std::uint32_t index, std::uint64_t start) {
  const Bucket bucket = take_bucket((*wheel_)[0], index);
  run_.resize(bucket.count);
  run_next_ = 0;
  std::size_t end = bucket.count;
  for (std::uint32_t number = bucket.chunk;
       end > 0;) {  // the last chunk may be partly filled, those before it are full
    const std::size_t held = (end - 1) % chunk_events + 1;
    const Chunk& from = chunk(number);
    end -= held;
    std::copy_n(from.events.begin(), held, run_.begin() + static_cast<std::ptrdiff_t>(end));
    free_chunk(std::exchange(number, next_chunk_[number]));
  }
  if (run_.size() > 1) std::sort(run_.begin(), run_.end(), ComesBefore{});
  cursor_ = start;
  active_end_ = start + (std::uint64_t{1} << shift_);
  ++activated_;
  look_ahead();
}

// Finds what `ahead` shows of the next bucket, and fetches the first lines of the one after that.
void EventQueue::look_ahead() {
  const Level& level = (*wheel_)[0];
  std::uint32_t index = next_filled(level, static_cast<std::uint32_t>(cursor_ >> shift_) & (buckets - 1));
  soon_count_ = 0;
  if (index == buckets) return;
  soon_ = chunk(level.bucket[index].chunk).events.data();
  soon_count_ = (level.bucket[index].count - 1) % chunk_events + 1;
  index = next_filled(level, index + 1);
  if (index == buckets) return;
  const char* const lines = reinterpret_cast<const char*>(&chunk(level.bucket[index].chunk));
  for (std::size_t at = 0; at < sizeof(Chunk); at += 64) __builtin_prefetch(lines + at);
}

// Everything pending is beyond the levels: goes to the first of it and takes along what the levels hold from there.
bool EventQueue::bring_near(Time horizon) {
  if (far_.empty()) return false;
  const Event& first = *std::min_element(far_.begin(), far_.end(), comes_before);
  if (first.at >= horizon) return false;
  cursor_ = active_end_ = instant(first) >> shift_ << shift_;
  std::vector<Event> far;
  far.swap(far_);
  for (const Event& event : far) put(event);
  return true;
}

// Puts the events of a bucket that was taken out of the wheel where they belong now.
void EventQueue::put_again(Bucket bucket) {
  while (bucket.count > 0) {
    const std::uint32_t held = (bucket.count - 1) % chunk_events + 1;
    const std::uint32_t number = bucket.chunk;
    const Chunk copy = chunk(number);
    bucket.chunk = next_chunk_[number];
    bucket.count -= held;
    free_chunk(number);
    for (std::uint32_t i = 0; i < held; ++i) put(copy.events[i]);
  }
}

EventQueue::Bucket EventQueue::take_bucket(Level& level, std::uint32_t index) {
  std::uint64_t& word = level.filled[index / 64];
  word &= ~(std::uint64_t{1} << (index % 64));
  if (word == 0) level.filled_words &= ~(std::uint64_t{1} << (index / 64));
  return std::exchange(level.bucket[index], Bucket{});
}

// --- the width of buckets --------------------------------------------------------------------------------------------

void EventQueue::consider_width() {
  const std::uint64_t per_bucket = pops_per_look_ / std::max<std::uint64_t>(activated_, 1);
  int shift = shift_;
  if (per_bucket > too_many_events) {
    shift -= static_cast<int>(std::bit_width(per_bucket / few_events)) - 1;
  } else if (per_bucket < too_few_events) {
    shift += static_cast<int>(std::bit_width(few_events / std::max<std::uint64_t>(per_bucket, 1))) - 1;
  }
  shift = std::clamp(shift, least_shift, most_shift);
  // A rebuild touches every pending event; at most one in as many pops keeps it cheap.
  pops_per_look_ = pops_until_look_ = std::max<std::uint64_t>(least_pops_per_look, 2 * size_);
  activated_ = 0;
  if (shift != shift_) rebuild(shift);
}

void EventQueue::rebuild(int shift) {
  std::vector<Bucket> taken;
  for (Level& level : *wheel_) {
    for (std::uint32_t index = next_filled(level, 0); index < buckets; index = next_filled(level, index)) {
      taken.push_back(take_bucket(level, index));
    }
  }
  std::vector<Event> others(run_.begin() + static_cast<std::ptrdiff_t>(run_next_), run_.end());
  others.insert(others.end(), late_.begin(), late_.end());
  others.insert(others.end(), far_.begin(), far_.end());
  run_.clear();
  run_next_ = 0;
  soon_count_ = 0;
  late_.clear();
  far_.clear();

  shift_ = shift;
  cursor_ = active_end_ = static_cast<std::uint64_t>(last_popped_.ns) >> shift_ << shift_;
  for (const Bucket& bucket : taken) put_again(bucket);
  for (const Event& event : others) put(event);
}

// --- chunks ----------------------------------------------------------------------------------------------------------

void EventQueue::more_chunks() {
  const auto first = static_cast<std::uint32_t>(next_chunk_.size());
  CHECK(first < no_chunk - slab_chunks);
  slabs_.emplace_back(slab_chunks);
  next_chunk_.resize(first + slab_chunks);
  for (std::uint32_t i = slab_chunks; i-- > 0;) free_chunk(first + i);
}

std::size_t EventQueue::memory() const {
  return sizeof(*this) + sizeof(*wheel_) + slabs_.size() * slab_chunks * sizeof(Chunk) +
         next_chunk_.capacity() * sizeof(std::uint32_t) +
         (run_.capacity() + late_.capacity() + far_.capacity()) * sizeof(Event);
}

}  // namespace peerlab
