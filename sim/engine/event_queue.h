// The pending events of a run, handed out in their total order. A hierarchical timing wheel.
//
// Four levels of 4096 buckets; a bucket of level 0 is 2^shift nanoseconds wide, one of level k is as wide as all of
// level k-1. An event goes to the lowest level whose current turn holds its instant; what lies beyond all levels waits
// in `far_`. Buckets are lists of small contiguous chunks, and a freed chunk is used again, so that a steady run
// allocates nothing. Only the bucket at hand is sorted. A bitmap per level finds the next bucket in a few instructions.
//
// Invariants
//  1. Every event in the wheel is at or after `active_end_`, and shares with `cursor_` all time bits above its level.
//  2. Every event in `run_` (sorted) and `late_` (a heap) is before `active_end_`.
//  3. What was popped is at or before everything that is pending; pushing earlier than the last popped instant is a fault.
//
// `pop_before(horizon)` never moves `cursor_` to the horizon or beyond. So after it returned false, an event may still
// be pushed at any instant from the last popped one on; what falls before `active_end_` goes to the heap.
//
// The width of a bucket follows the traffic: after as many pops as there are pending events the queue looks how full
// the buckets were, and rebuilds itself with narrower or wider ones when they were far from a few events each. The
// order of events does not depend on the width. Cost: 20 to 50 ns for a pop and a push, up to ten million pending.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "models/base/big_pages.h"
#include "models/base/check.h"
#include "sim/engine/event.h"
#include "sim/engine/tie_shuffle.h"

namespace peerlab {

/// How events of equal time and class are ordered among different sources. Normally by the source's number; a test that
/// gives a seed gets another order at every instant, and expects that no statistic moves. A source's own events keep
/// their order, which it has chosen, and classes keep theirs.
struct TieOrder {
  std::optional<std::uint64_t> shuffle_seed;
};

class EventQueue {
 public:
  explicit EventQueue(TieOrder ties = {});

  /// Adds an event. Its time must not be before the last popped one.
  void push(Event event);
  /// Takes the first event strictly before `horizon`; false when there is none. An event at Time::never() never comes.
  bool pop_before(Time horizon, Event& out);

  /// What will probably be popped k pops from now, or nullptr: for a host that fetches memory ahead of its use. The order is right
  /// within the bucket at hand, and arbitrary in the next one.
  [[nodiscard]] const Event* ahead(std::size_t k) const {
    std::size_t i = run_next_ + k;
    if (i < run_.size()) return &run_[i];
    i -= run_.size();
    return i < soon_count_ ? &soon_[i] : nullptr;
  }

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  /// Bytes held, whether used now or kept for later.
  [[nodiscard]] std::size_t memory() const;
  /// Width of the narrowest buckets, for benchmarks and tests.
  [[nodiscard]] Duration bucket_width() const { return {std::int64_t{1} << shift_}; }

 private:
  static constexpr int levels = 4;
  static constexpr int level_bits = 12;
  static constexpr std::uint32_t buckets = 1U << level_bits;
  static constexpr std::uint32_t chunk_events = 8;
  static constexpr std::uint32_t slab_chunks = 8192;
  static constexpr std::uint32_t no_chunk = 0xffffffff;

  struct alignas(64) Chunk {
    std::array<Event, chunk_events> events;
  };
  struct Bucket {
    std::uint32_t chunk = no_chunk;  ///< the last chunk of its list; the chunks before it are full
    std::uint32_t count = 0;
  };
  struct Level {
    std::array<Bucket, buckets> bucket;
    std::array<std::uint64_t, buckets / 64> filled{};  ///< a bit per bucket that is not empty
    std::uint64_t filled_words = 0;                    ///< a bit per word of `filled` that is not zero
  };

  // Putting an event where it belongs.
  // By value: an event whose address is taken would be written piece by piece and read whole right after, which stalls.
  void put(Event event);
  void put_late(Event event);
  void put_far(Event event);
  void pop_late(Event& out);
  void append(Level& level, std::uint32_t index, Event event);
  // Bringing the next bucket to hand.
  bool advance(Time horizon);
  void activate(std::uint32_t index, std::uint64_t start);
  void look_ahead();
  bool bring_near(Time horizon);
  void put_again(Bucket bucket);
  /// The first bucket from `from` on that is not empty, or `buckets`.
  static std::uint32_t next_filled(const Level& level, std::uint32_t from);
  static Bucket take_bucket(Level& level, std::uint32_t index);
  // The width of buckets.
  void consider_width();
  void rebuild(int shift);
  // Chunks.
  [[nodiscard]] Chunk& chunk(std::uint32_t number) { return slabs_[number / slab_chunks][number % slab_chunks]; }
  [[nodiscard]] const Chunk& chunk(std::uint32_t number) const {
    return slabs_[number / slab_chunks][number % slab_chunks];
  }
  std::uint32_t take_chunk();
  void more_chunks();
  void free_chunk(std::uint32_t number);

  TieOrder ties_;
  int shift_;
  std::uint64_t cursor_ = 0;      ///< start of the bucket at hand
  std::uint64_t active_end_ = 0;  ///< events before it are in `run_` or `late_`
  std::size_t size_ = 0;
  Time last_popped_{};
  std::uint64_t last_key_ = ~std::uint64_t{0};

  std::vector<Event> run_;  ///< the bucket at hand, sorted
  std::size_t run_next_ = 0;
  const Event* soon_ = nullptr;  ///< some events of the bucket after it
  std::size_t soon_count_ = 0;
  std::vector<Event> late_;  ///< heap of events pushed into the bucket at hand, or before it
  std::unique_ptr<std::array<Level, levels>> wheel_;
  std::vector<Event> far_;  ///< beyond all levels, in no order

  std::vector<BigVector<Chunk>> slabs_;
  std::vector<std::uint32_t> next_chunk_;  ///< by chunk: the one before it in its bucket, or the next free one
  std::uint32_t first_free_ = no_chunk;

  std::uint64_t pops_until_look_;  ///< when the width is considered again
  std::uint64_t pops_per_look_;    ///< pops from the last look to the next one
  std::uint64_t activated_ = 0;    ///< buckets brought to hand since the last look
};

// --- on the way of every event, hence here -----------------------------------------------------------------------------

inline void EventQueue::push(Event event) {
  CHECK_SAYING(event.at >= last_popped_, "an event was pushed into the past");
  ++size_;
  if (ties_.shuffle_seed) [[unlikely]] {
    const Event given = event;
    event.key = tie_shuffle::shuffled(given, *ties_.shuffle_seed);
  }
  put(event);
}

inline bool EventQueue::pop_before(Time horizon, Event& out) {
  for (;;) {
    const Event* head = run_next_ < run_.size() ? &run_[run_next_] : nullptr;
    if (!late_.empty() && (head == nullptr || comes_before(late_.front(), *head))) {
      if (late_.front().at >= horizon) return false;
      pop_late(out);
      break;
    }
    if (head != nullptr) {
      if (head->at >= horizon) return false;
      out = *head;
      ++run_next_;
      break;
    }
    if (!advance(horizon)) return false;
  }
  --size_;
  if (ties_.shuffle_seed) [[unlikely]]
    out.key = tie_shuffle::restored(out, *ties_.shuffle_seed);
  CHECK_SAYING(out.at != last_popped_ || out.key != last_key_, "two events have the same time and key");
  last_popped_ = out.at;
  last_key_ = out.key;
  if (--pops_until_look_ == 0) consider_width();
  return true;
}

inline void EventQueue::put(Event event) {
  const auto at = static_cast<std::uint64_t>(event.at.ns);
  if (at < active_end_) return put_late(event);
  // The highest time bit in which it differs from the cursor names the level.
  const std::uint64_t ticks = at >> shift_;
  const auto highest = static_cast<int>(std::bit_width((ticks ^ (cursor_ >> shift_)) | 1)) - 1;
  const int level = highest / level_bits;
  if (level >= levels) return put_far(event);
  const auto index = static_cast<std::uint32_t>(ticks >> (level_bits * level)) & (buckets - 1);
  append((*wheel_)[static_cast<std::size_t>(level)], index, event);
}

inline void EventQueue::append(Level& level, std::uint32_t index, Event event) {
  Bucket& bucket = level.bucket[index];
  const std::uint32_t place = bucket.count % chunk_events;
  if (place == 0) {
    const std::uint32_t fresh = take_chunk();
    next_chunk_[fresh] = bucket.chunk;
    bucket.chunk = fresh;
    level.filled[index / 64] |= std::uint64_t{1} << (index % 64);
    level.filled_words |= std::uint64_t{1} << (index / 64);
  }
  chunk(bucket.chunk).events[place] = event;
  ++bucket.count;
}

inline std::uint32_t EventQueue::next_filled(const Level& level, std::uint32_t from) {
  if (from == buckets) return buckets;
  const std::uint32_t word = from / 64;
  const std::uint64_t rest = level.filled[word] >> (from % 64);
  if (rest != 0) return from + static_cast<std::uint32_t>(std::countr_zero(rest));
  if (word == 63) return buckets;
  const std::uint64_t words = level.filled_words >> (word + 1);
  if (words == 0) return buckets;
  const std::uint32_t found = word + 1 + static_cast<std::uint32_t>(std::countr_zero(words));
  return found * 64 + static_cast<std::uint32_t>(std::countr_zero(level.filled[found]));
}

inline std::uint32_t EventQueue::take_chunk() {
  if (first_free_ == no_chunk) [[unlikely]]
    more_chunks();
  return std::exchange(first_free_, next_chunk_[first_free_]);
}

inline void EventQueue::free_chunk(std::uint32_t number) {
  next_chunk_[number] = first_free_;
  first_free_ = number;
}

}  // namespace peerlab
