// The requests a server has taken in: some in hand, the others waiting their turn, first come, first served.
//
// `workers` requests are in hand at once, each for a time drawn from the service law when a worker takes it up. What comes when
// all workers are busy waits, and is turned away when `limit` wait already. With exponential gaps and service this is the M/M/c
// queue of the textbooks (with c + limit places, M/M/c/K), with a constant service M/D/c.
//
// Without a law the time in hand is zero here: the price of the work is the host's business. Then up to `workers` requests
// finish together, and can share one flush of the log.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "models/base/distribution.h"
#include "models/base/ids.h"
#include "models/base/time.h"
#include "models/protocols/central_operation.h"

namespace peerlab {

/// A request in the queue.
struct Job {
  NodeId client;
  UserId user;  ///< whose session it came in
  std::uint32_t number = 0;
  RecordName record;       ///< read
  OperationPtr write;      ///< null: a read
  std::uint32_t seen = 0;  ///< entries of the audit log that the client has seen
};

class ServiceQueue {
 public:
  ServiceQueue(std::uint32_t workers, std::uint32_t limit, std::optional<Distribution> service, Stream chance)
      : workers_(workers), limit_(limit), service_(service), chance_(chance) {}

  /// False: the queue is full.
  bool admit(Job job, Time now);
  /// Requests whose time is over by `now`, in the order in which they finish; workers take up the next ones. The span is
  /// valid until the next call.
  std::span<const Job> finished(Time now);
  /// When the next one is finished; never when nothing is in hand.
  [[nodiscard]] Time next() const;
  [[nodiscard]] std::size_t waiting() const { return waiting_.size(); }
  [[nodiscard]] std::size_t in_hand() const { return in_hand_.size(); }
  void clear();

 private:
  struct InHand {
    Time until;
    std::uint64_t order;
    Job job;
  };
  void take_up(Job job, Time now);

  std::uint32_t workers_;
  std::uint32_t limit_;
  std::optional<Distribution> service_;
  Stream chance_;
  std::vector<InHand> in_hand_;
  std::deque<Job> waiting_;
  std::vector<Job> done_;
  std::uint64_t order_ = 0;
};

}  // namespace peerlab
