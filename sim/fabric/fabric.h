// The network: turns "this machine sends that many bytes to that machine" into an instant, or a drop.
//
// A message passes in two steps, because a link is reserved in the order in which messages reach it:
//   depart  when the sender lets go of it: reserves the sender's uplink, draws loss and latency, says when it arrives;
//   arrive  when it gets there: reserves the receiver's downlink, says when it is handed over (often: now).
//
// Under `fifo`, the default:
//   - A small message (one packet, at most 1460 bytes) passes between the packets of larger ones: it waits only for
//     other small ones and takes its own time at both links (store and forward). What it takes is missing to the larger
//     ones that come after it; those under way keep their times.
//   - A larger message waits until the uplink has sent everything before it, and streams: the downlink works while the
//     uplink still sends. On an idle path it takes latency + bits / (rate of the slower link).
// Under `one-at-a-time` (SimBlock's law): bulk takes latency + bits / min(uplink, downlink) + overhead, one upload at a
// time per machine, the next starting when the one before was delivered; everything else takes latency + overhead.
//
// Latency: the law of the two regions, plus what the access of either end adds, times the degradation of either end.
// Draws come from the sender's own stream, so that one sender's traffic never shifts another's luck. With `per link`,
// a link has one latency for ever, the same in both directions. Drawn per message, a message may overtake an earlier one.
// Between the sides of a detour messages take that much longer, or are lost; who sends them notices nothing.
// Machines on the two sides of a cut exchange nothing; what is under way when it would arrive during a cut is dropped.
// A lost message has used the uplink. A machine talking to itself uses no network and takes no time.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "models/base/big_pages.h"
#include "models/base/cut_shape.h"
#include "models/base/ids.h"
#include "models/base/lookup.h"
#include "models/base/random.h"
#include "models/base/time.h"
#include "models/network/network_model.h"

namespace peerlab {

/// What became of a message at one step.
enum class Fate : std::uint8_t { passed, lost, cut };

struct Passage {
  Fate fate = Fate::passed;
  Time at;  ///< depart: when to call arrive; arrive: when to hand over. Meaningless when it did not pass
  [[nodiscard]] bool passed() const { return fate == Fate::passed; }
};

/// What a machine has sent and received. Bytes sent include those that were lost afterwards.
struct Traffic {
  std::uint64_t messages_sent = 0;
  std::uint64_t bytes_sent = 0;
  std::uint64_t messages_received = 0;
  std::uint64_t bytes_received = 0;
  std::uint64_t lost = 0;  ///< of those sent: lost on the way
  std::uint64_t cut = 0;   ///< not sent, or not let through, because of a cut; counted at the sender
};

class Fabric {
 public:
  /// A message of at most this many bytes is one packet: 1500 minus the headers of IP and TCP.
  static constexpr std::uint32_t packet_bytes = 1460;

  /// What receiving changes at a machine. A host may keep it beside what else it touches when a message comes.
  struct alignas(32) Downlink {
    Time small_free{};
    Time free{};
    std::uint64_t messages = 0;
    std::uint64_t bytes = 0;
  };
  /// Where the downlinks are: that of machine i lies i times `stride` bytes behind `first`.
  struct DownlinkPlaces {
    Downlink* first;
    std::size_t stride;
    [[nodiscard]] Downlink& operator[](std::size_t i) const {
      return *reinterpret_cast<Downlink*>(reinterpret_cast<std::byte*>(first) + i * stride);
    }
  };

  /// Machine i lives at model.machines[i]. `downlinks`, if given, are fresh, one for each machine, and outlive the fabric.
  Fabric(NetworkModel model, std::uint64_t seed, DownlinkPlaces downlinks = {nullptr, 0});

  /// One message on its way out, to one receiver or to many: what does not depend on the receiver is looked up once.
  class Departure;
  /// The sender lets go of a message of `bytes` bytes at `now`. `bulk` marks bodies (see the law one-at-a-time).
  [[nodiscard]] Departure departure(MachineId from, std::uint32_t bytes, bool bulk, Time now);
  Passage depart(MachineId from, MachineId to, std::uint32_t bytes, bool bulk, Time now);
  /// The message that `depart` announced for `now` is there. Returns when it is handed over: `now`
  /// itself unless the downlink is busy. Call it once for every message that departed, in the order of events.
  Passage arrive(MachineId from, MachineId to, std::uint32_t bytes, Time now);

  /// Between machines of different groups passes what the shape lets through, until cut `number` is healed.
  /// `group_of_machine[i]` is the group of machine i, or `no_group`, which keeps all its links. A second cut of the same
  /// number replaces the first.
  void cut(std::uint32_t number, std::span<const std::uint8_t> group_of_machine, CutShape shape = CutShape::sides);
  void heal(std::uint32_t number);
  static constexpr std::uint8_t no_group = 0;
  /// True unless a cut forbids this way.
  [[nodiscard]] bool passes(MachineId from, MachineId to) const;
  /// True when both ways are free, as a handshake needs them.
  [[nodiscard]] bool connected(MachineId a, MachineId b) const { return passes(a, b) && passes(b, a); }

  /// What leaves for a machine of another group (0: none) arrives `delay` later, or with probability `loss` never, until the detour of
  /// that number is ended. A second detour of the same number replaces the first.
  void detour(std::uint32_t number, std::span<const std::uint8_t> group_of_machine, Duration delay, double loss);
  void end_detour(std::uint32_t number);

  /// From now on latency, bandwidth and loss of the machine differ by these from what it had at the start; (1, 1, 0)
  /// restores it. What has a place in a queue keeps it. Needs bandwidth_factor > 0.
  void degrade(MachineId machine, double latency_factor, double bandwidth_factor, double added_loss);
  /// The machine was switched off: what waited at its links is gone.
  void clear_queues(MachineId machine);

  /// `arrive` will soon be called for this receiver.
  void prefetch(MachineId to) const { __builtin_prefetch(&downlinks_[to.index()], 1); }
  /// This machine will send something.
  void prefetch_uplink(MachineId from) const { __builtin_prefetch(&uplinks_[from.index()], 1); }
  /// Something will be sent to this receiver.
  void prefetch_sending(MachineId to) const { __builtin_prefetch(&terms_of_[to.index()]); }

  [[nodiscard]] std::size_t machines() const { return terms_of_.size(); }
  [[nodiscard]] Traffic traffic(MachineId machine) const;
  [[nodiscard]] std::size_t memory() const;

 private:
  // A machine's interface lies in three places, by who needs it: a message touches one line of each, and the sender's
  // stay in the cache while it talks to all its neighbours. Most machines have the same terms as many others: each
  // remembers a row of the table of those that differ, four bytes instead of forty.
  /// What sending changes.
  struct alignas(64) Uplink {
    Stream random;      ///< draws of this sender
    Time small_free{};  ///< when all small messages are sent
    Time free{};        ///< when everything is sent; one-at-a-time: when the last upload is delivered
    std::uint64_t messages = 0;
    std::uint64_t bytes = 0;
  };
  /// What both ends need to know of each other.
  struct Terms {
    double up_ns_per_byte = 0;  ///< 0: no limit
    double down_ns_per_byte = 0;
    double kept = 1;  ///< probability that this end loses nothing
    float latency_factor = 1;
    std::uint8_t region = 0;
    std::uint8_t access = 0;
    bool plain = false;  ///< loses nothing, adds nothing to the latency and does not change it
    friend bool operator==(const Terms&, const Terms&) = default;
  };
  struct Losses {
    std::uint64_t lost = 0;
    std::uint64_t cut = 0;
  };
  struct Cut {
    std::uint32_t number;
    std::vector<std::uint8_t> group_of_machine;
    CutShape shape = CutShape::sides;
    std::uint8_t groups = 0;  ///< the largest number
  };

  Losses& losses(MachineId machine) {
    if (losses_.empty()) losses_.resize(machines());
    return losses_[machine.index()];
  }
  /// The latency between two ends of which one at least is not plain, or with a latency per link.
  [[nodiscard]] Duration latency(MachineId from, MachineId to);
  /// Time that `bytes` occupy a link; to the nearest nanosecond.
  static Duration time_on(double ns_per_byte, std::uint32_t bytes) {
    return {static_cast<std::int64_t>(ns_per_byte * static_cast<double>(bytes) + 0.5)};
  }
  /// One link as a server that serves first come, first served: what is put in at `now` leaves when it has gone through.
  static Time reserve(Time& free, Time now, Duration busy) {
    free = std::max(free, now) + busy;
    return free;
  }

  [[nodiscard]] const Terms& terms(MachineId machine) const { return terms_[terms_of_[machine.index()]]; }
  /// The row of these terms of a machine at that place, made if there was none.
  std::uint32_t row_of(const Terms& terms, const Place& place);
  void set_terms(MachineId machine, const Place& place, double latency_factor, double bandwidth_factor,
                 double added_loss);

  NetworkModel model_;  ///< without its machines: see places_
  std::uint64_t seed_;
  double kept_;                         ///< probability that nothing but the two ends loses a message
  std::vector<LatencySampler> access_;  ///< what each row of access_profiles() adds
  BigVector<Uplink> uplinks_;
  BigVector<Downlink> own_downlinks_;  ///< empty where the host keeps them
  DownlinkPlaces downlinks_;
  std::vector<Terms> terms_;                           ///< those that differ
  std::vector<Place> places_;                          ///< by row: of its machines, as the model had it
  Lookup<std::uint64_t, std::uint32_t> rows_by_hash_;  ///< row in terms_, by a hash of its content
  BigVector<std::uint32_t> terms_of_;                  ///< by machine: its row
  std::vector<Losses> losses_;                         ///< made when something is first lost
  std::vector<Cut> cuts_;
  struct Astray {
    std::uint32_t number;
    std::vector<std::uint8_t> group_of_machine;
    Duration delay;
    double kept;
  };
  /// What the detours on this way add to the latency; `kept` is multiplied by what they let through.
  [[nodiscard]] Duration astray(MachineId from, MachineId to, double& kept) const;
  std::vector<Astray> detours_;
};

// --- the way of a message --------------------------------------------------------------------------------------------

class Fabric::Departure {
 public:
  /// To one receiver; again for the next one.
  [[gnu::always_inline]] Passage to(MachineId receiver) {
    const Terms& terms = fabric_.terms(receiver);
    if (plain_ && terms.plain && from_ != receiver) [[likely]] {
      ++messages_;
      return {Fate::passed, arrival(terms, between(terms.region))};
    }
    return with_care(receiver);
  }
  ~Departure() {
    uplink_.messages += messages_;
    uplink_.bytes += messages_ * bytes_;
  }
  Departure(const Departure&) = delete;
  Departure& operator=(const Departure&) = delete;

 private:
  friend class Fabric;
  /// Where something is cut, lost, drawn for the link, or on its way to the sender himself.
  [[gnu::noinline]] Passage with_care(MachineId receiver) {
    if (from_ == receiver) return {Fate::passed, now_};
    if (!fabric_.cuts_.empty() && !fabric_.passes(from_, receiver)) [[unlikely]] {
      ++fabric_.losses(from_).cut;
      return {Fate::cut, now_};
    }
    const Terms& terms = fabric_.terms(receiver);
    ++messages_;
    double kept = fabric_.kept_ * sender_.kept * terms.kept;
    const Duration longer = fabric_.detours_.empty() ? Duration{} : fabric_.astray(from_, receiver, kept);
    const bool lost = kept < 1 && uplink_.random.uniform() >= kept;
    const Time at = arrival(terms, fabric_.latency(from_, receiver)) + longer;
    if (!lost) return {Fate::passed, at};
    ++fabric_.losses(from_).lost;
    return {Fate::lost, at};
  }
  Departure(Fabric& fabric, MachineId from, std::uint32_t bytes, bool bulk, Time now)
      : fabric_(fabric),
        uplink_(fabric.uplinks_[from.index()]),
        sender_(fabric.terms(from)),
        latency_(fabric.model_.latency.from(RegionId(sender_.region))),
        from_(from),
        bytes_(bytes),
        bulk_(bulk),
        plain_(sender_.plain && fabric.kept_ == 1 && !fabric.model_.latency_per_link && fabric.detours_.empty() &&
               fabric.cuts_.empty()),
        now_(now),
        overhead_(bulk ? fabric.model_.bulk_overhead : fabric.model_.control_overhead),
        busy_(time_on(sender_.up_ns_per_byte, bytes)) {}

  [[gnu::always_inline]] Duration between(std::uint8_t region) {
    const LatencySampler& law = latency_.to(RegionId(region));
    return law.is_constant() ? law.at(0) : law.at(uplink_.random.bits());
  }
  [[gnu::always_inline]] Time arrival(const Terms& receiver, Duration latency) {
    const Duration way = latency + overhead_;
    if (fabric_.model_.uplink == UplinkLaw::one_at_a_time) {
      if (!bulk_) return now_ + way;
      const double ns_per_byte = std::max(sender_.up_ns_per_byte, receiver.down_ns_per_byte);
      return reserve(uplink_.free, now_, way + time_on(ns_per_byte, bytes_));
    }
    if (bytes_ <= packet_bytes) {  // between the packets of larger ones, which then leave later
      reserve(uplink_.free, now_, busy_);
      return reserve(uplink_.small_free, now_, busy_) + way + time_on(receiver.down_ns_per_byte, bytes_);
    }
    return reserve(uplink_.free, now_, busy_) - busy_ + way;  // when its first byte arrives
  }

  Fabric& fabric_;
  Uplink& uplink_;
  const Terms& sender_;
  LatencyMap::From latency_;
  MachineId from_;
  std::uint32_t bytes_;
  bool bulk_;
  bool plain_;  ///< between this sender and a plain receiver only the regions matter
  Time now_;
  Duration overhead_;
  Duration busy_;
  std::uint64_t messages_ = 0;  ///< that have used the uplink
};

inline Fabric::Departure Fabric::departure(MachineId from, std::uint32_t bytes, bool bulk, Time now) {
  return {*this, from, bytes, bulk, now};
}

inline Passage Fabric::depart(MachineId from, MachineId to, std::uint32_t bytes, bool bulk, Time now) {
  return departure(from, bytes, bulk, now).to(to);
}

inline Passage Fabric::arrive(MachineId from, MachineId to, std::uint32_t bytes, Time now) {
  if (from == to) return {Fate::passed, now};
  if (!cuts_.empty() && !passes(from, to)) [[unlikely]] {
    ++losses(from).cut;
    return {Fate::cut, now};
  }
  Downlink& downlink = downlinks_[to.index()];
  ++downlink.messages;
  downlink.bytes += bytes;
  if (model_.uplink == UplinkLaw::one_at_a_time) return {Fate::passed, now};

  const Duration busy = time_on(terms(to).down_ns_per_byte, bytes);
  if (bytes <= packet_bytes) {  // depart has counted its own time on this link already: it began that much earlier
    reserve(downlink.free, now - busy, busy);
    return {Fate::passed, reserve(downlink.small_free, now - busy, busy)};
  }
  // It is there when both links are through with it.
  const Time sent = now + time_on(terms(from).up_ns_per_byte, bytes);
  return {Fate::passed, std::max(reserve(downlink.free, now, busy), sent)};
}

}  // namespace peerlab
