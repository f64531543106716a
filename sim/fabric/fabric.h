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
// Machines on the two sides of a cut exchange nothing; what is under way when it would arrive during a cut is dropped.
// A lost message has used the uplink. A machine talking to itself uses no network and takes no time.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/base/ids.h"
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

  /// Machine i lives at model.machines[i].
  Fabric(NetworkModel model, std::uint64_t seed);

  /// The sender lets go of a message of `bytes` bytes at `now`. `bulk` marks bodies (see the law one-at-a-time).
  Passage depart(MachineId from, MachineId to, std::uint32_t bytes, bool bulk, Time now);
  /// The message that `depart` announced for `now` is there. Same arguments. Returns when it is handed over: `now`
  /// itself unless the downlink is busy. Call it once for every message that departed, in the order of events.
  Passage arrive(MachineId from, MachineId to, std::uint32_t bytes, bool bulk, Time now);

  /// Nothing passes between machines of different groups until cut `number` is healed. `group_of_machine[i]` is the group
  /// of machine i, or `no_group`, which keeps all its links. A second cut of the same number replaces the first.
  void cut(std::uint32_t number, std::span<const std::uint8_t> group_of_machine);
  void heal(std::uint32_t number);
  static constexpr std::uint8_t no_group = 0;
  /// True unless a cut stands between the two.
  [[nodiscard]] bool connected(MachineId a, MachineId b) const;

  /// From now on latency, bandwidth and loss of the machine differ by these from what it had at the start; (1, 1, 0)
  /// restores it. What has a place in a queue keeps it. Needs bandwidth_factor > 0.
  void degrade(MachineId machine, double latency_factor, double bandwidth_factor, double added_loss);
  /// The machine was switched off: what waited at its links is gone.
  void clear_queues(MachineId machine);

  [[nodiscard]] std::size_t machines() const { return terms_.size(); }
  [[nodiscard]] Traffic traffic(MachineId machine) const;
  [[nodiscard]] const NetworkModel& model() const { return model_; }
  [[nodiscard]] std::size_t memory() const;

 private:
  // A machine's interface lies in three places, by who needs it: a message touches one line of each, and the sender's
  // stay in the cache while it talks to all its neighbours.
  /// What sending changes.
  struct alignas(64) Uplink {
    Stream random;      ///< draws of this sender
    Time small_free{};  ///< when all small messages are sent
    Time free{};        ///< when everything is sent; one-at-a-time: when the last upload is delivered
    std::uint64_t messages = 0;
    std::uint64_t bytes = 0;
  };
  /// What receiving changes.
  struct alignas(32) Downlink {
    Time small_free{};
    Time free{};
    std::uint64_t messages = 0;
    std::uint64_t bytes = 0;
  };
  /// What both ends need to know of each other.
  struct alignas(32) Terms {
    double up_ns_per_byte = 0;  ///< 0: no limit
    double down_ns_per_byte = 0;
    double kept = 1;  ///< probability that this end loses nothing
    float latency_factor = 1;
    std::uint8_t region = 0;
    std::uint8_t access = 0;
  };
  struct Losses {
    std::uint64_t lost = 0;
    std::uint64_t cut = 0;
  };
  struct Cut {
    std::uint32_t number;
    std::vector<std::uint8_t> group_of_machine;
  };

  [[nodiscard]] Duration latency(MachineId from, MachineId to);

  NetworkModel model_;
  std::uint64_t seed_;
  double kept_;                         ///< probability that nothing but the two ends loses a message
  std::vector<LatencySampler> access_;  ///< what each row of access_profiles() adds
  std::vector<Uplink> uplinks_;
  std::vector<Downlink> downlinks_;
  std::vector<Terms> terms_;
  std::vector<Losses> losses_;
  std::vector<Cut> cuts_;
};

}  // namespace peerlab
