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

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "sim/engine/event.h"

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
  void push(const Event& event);
  /// Takes the first event strictly before `horizon`; false when there is none. An event at Time::never() never comes.
  bool pop_before(Time horizon, Event& out);

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
  static constexpr std::uint32_t slab_chunks = 4096;
  static constexpr std::uint32_t no_chunk = 0xffffffff;

  struct Chunk {
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
  void put(const Event& event);
  void append(Level& level, std::uint32_t index, const Event& event);
  // Bringing the next bucket to hand.
  bool advance(Time horizon);
  void activate(std::uint32_t index, std::uint64_t start);
  bool bring_near(Time horizon);
  void put_again(Bucket bucket);
  static std::uint32_t next_filled(const Level& level, std::uint32_t from);
  static Bucket take_bucket(Level& level, std::uint32_t index);
  // The width of buckets.
  void consider_width();
  void rebuild(int shift);
  // Chunks.
  [[nodiscard]] Chunk& chunk(std::uint32_t number) { return slabs_[number / slab_chunks][number % slab_chunks]; }
  std::uint32_t take_chunk();
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
  std::vector<Event> late_;  ///< heap of events pushed into the bucket at hand, or before it
  std::unique_ptr<std::array<Level, levels>> wheel_;
  std::vector<Event> far_;  ///< beyond all levels, in no order

  std::vector<std::unique_ptr<Chunk[]>> slabs_;
  std::vector<std::uint32_t> next_chunk_;  ///< by chunk: the one before it in its bucket, or the next free one
  std::uint32_t first_free_ = no_chunk;

  std::uint64_t pops_until_look_;  ///< when the width is considered again
  std::uint64_t pops_per_look_;    ///< pops from the last look to the next one
  std::uint64_t activated_ = 0;    ///< buckets brought to hand since the last look
};

}  // namespace peerlab
