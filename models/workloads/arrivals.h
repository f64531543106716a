// When the users of one line ask: instants and people, before it is known what for.
//
// Two streams belong to a line, named by its kind and by how many lines of that kind came before it: one for instants and
// people, one for what is asked. With a rate `per user` each user has a pair of streams of his own (owner = user), so that
// one more user shifts nobody; with a rate `in total` the line has one pair and draws a user for each arrival. The k-th
// arrival finds the second stream at position 256 k: it may draw as much as it needs and shifts no later arrival.
//
// Rates that change are exact, and moves are as few as can be (Lewis, Shedler: "Simulation of nonhomogeneous Poisson
// processes by thinning", Naval Research Logistics Quarterly 26 (1979), 403-413):
//   a burst of factor f > 1 lays a second process of rate (f - 1) r over the first, with streams of its own: without the
//   burst the very same requests remain;
//   a burst of factor f < 1 keeps each arrival with probability f: what remains was there without it;
//   a daily curve draws candidates at the rate of its peak and keeps each with the ratio of the asker's own factor to that.
// Only Poisson arrivals can be laid over one another and thinned, so even spacing takes neither.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "models/base/field.h"
#include "models/base/random.h"
#include "models/base/time.h"
#include "models/workloads/workload.h"

namespace peerlab {

struct Arrival {
  Time issued;
  std::uint32_t line = 0;  ///< index of the spec
  UserId user;
  std::uint32_t owner = 0;  ///< of the streams: the user, or `everybody`
  std::uint32_t part = 0;   ///< 0: the line's own process, 1: what a burst adds
  std::uint32_t count = 0;  ///< k: how many candidates of the same streams came before
};

/// The owner of the streams of a line whose rate is in total.
inline constexpr std::uint32_t everybody = 0xffffffff;

/// `rate`, `spacing`, `from`, `until`, `burst`, `daily`, `peak`, `deadline`; and `users`, unless the asker follows from what is asked.
Fields arrival_fields(std::string_view deadline, bool with_users);

/// The instants between which a line asks: [from, until), never in the last `settle`.
struct Window {
  Time from;
  Time until;
};
Window window_of(const Params& params, const WorkloadContext& context);

/// What is wrong with `burst`, `daily` and `spacing` together: {field, sentence}, both empty when all is well.
std::pair<std::string, std::string> check_rates(const Params& params, const WorkloadContext& context);

/// How many arrivals a line will have on average over whole days. The parameters must have passed check_rates.
double expected_arrivals(const Params& params, const WorkloadContext& context);

/// The arrivals of line number `line`, `nth` of its kind, in no particular order.
std::vector<Arrival> draw_arrivals(const WorkloadSpec& spec, const WorkloadContext& context, std::uint32_t line,
                                   std::uint32_t nth);

/// The stream from which the request of an arrival is drawn, in place.
Stream details_of(const WorkloadSpec& spec, std::uint32_t nth, const WorkloadContext& context, const Arrival& arrival);

}  // namespace peerlab
