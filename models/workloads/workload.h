// Who asks for what and when: the open-loop demand that every system faces.
//
// A workload is drawn before the run from the seed alone. Its lines (`{kind: publish, rate: ...}`) each have streams of
// their own, named by kind and by how many lines of that kind came before, so that adding a line or a user moves nobody
// else's instants, people, sizes or names. Nothing depends on a system's answers: a read, transfer, update or erase
// names a record that was asked for earlier in this drawn history, and the owner whom that history gives it.
//
// How a line is drawn:
//   1. arrivals: Poisson or even, in total or per user, from `from` to `until`, never in the last `settle` of the run, more
//      often in a `burst` and at the hours that `daily` prefers;
//   2. all lines' arrivals are merged in the order (instant, line, user, part, count);
//   3. in that order the row of each line completes its request, looking only at requests before it.
// An arrival that finds nothing to ask about (a read before the first publish) is left out.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "models/base/field.h"
#include "models/base/random.h"
#include "models/base/time.h"
#include "models/node/request.h"
#include "models/workloads/history.h"

namespace peerlab {

/// What a workload is drawn from: the users and the run, and nothing of any system.
struct WorkloadContext {
  std::uint64_t seed = 0;
  std::uint32_t users = 0;
  Time end;                           ///< of the run
  Duration settle{};                  ///< no new requests this long before the end
  std::uint32_t size_most = 1000000;  ///< largest content in bytes: what every system can store in one piece
  std::vector<Duration> clocks{};     ///< per user how far his clock is ahead of UTC; empty: everybody's shows UTC
};

/// One line of a workload, at work: completes the requests of its arrivals.
class Asker {
 public:
  virtual ~Asker() = default;
  /// `request` comes with `issued`, `user` and `deadline`; this fills in the rest, and may name another user (the owner
  /// of a record). `random` belongs to this request alone. False: there is nothing to ask about, leave it out.
  virtual bool ask(Stream& random, History& history, Request& request) = 0;
};

/// A kind of line.
struct WorkloadRow {
  std::string name{};  ///< what a scenario writes after `kind:`
  std::string sentence{};
  Fields (*fields)() = nullptr;  ///< all its keys, those of the arrivals included
  bool needs_records = false;    ///< asks about records, so that some line must publish
  bool needs_two_users = false;  ///< names a second user
  /// Problem of parameters that are fine one by one: {field, sentence}, both empty when all is well.
  std::pair<std::string, std::string> (*check)(const Params&) = nullptr;
  /// `nth` counts the lines of this kind, from 0.
  std::unique_ptr<Asker> (*make)(const Params&, const WorkloadContext&, std::uint32_t nth) = nullptr;
};

/// One line of a scenario's `workload:`.
struct WorkloadSpec {
  const WorkloadRow* row = nullptr;
  Params params;
};

/// Something wrong with a workload, in words.
struct WorkloadProblem {
  std::size_t line = 0;  ///< index of the spec
  std::string field;     ///< the key it is about; empty: the whole line
  std::string sentence{};
};

/// More requests than this in one run are refused: they would fill the memory before anything runs.
inline constexpr double most_requests = 16e6;

/// What a user must mend before the workload can be drawn. Empty when all is well.
std::vector<WorkloadProblem> check_workload(std::span<const WorkloadSpec> specs, const WorkloadContext& context);

/// All requests in the order (issued, line, user), numbered from 0. The specs must pass check_workload.
std::vector<Request> draw_workload(std::span<const WorkloadSpec> specs, const WorkloadContext& context);

}  // namespace peerlab
