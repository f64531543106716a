#include "models/workloads/arrivals.h"

#include <algorithm>
#include <cstdint>
#include <string>

namespace peerlab {

namespace {

constexpr std::uint64_t draws_per_request = 256;
constexpr double ns_per_second = 1e9;

Purpose purpose_of(const WorkloadSpec& spec, std::uint32_t nth, std::string_view part) {
  return purpose("workload " + spec.row->name + " " + std::to_string(nth) + " " + std::string(part));
}

/// Who takes part in a line, in rising order: a share of all, the same people for the same seed, kind and number of line.
std::vector<UserId> participants(const WorkloadSpec& spec, const WorkloadContext& context, std::uint32_t nth) {
  std::vector<UserId> users;
  users.reserve(context.users);
  for (std::uint32_t u = 0; u < context.users; ++u) users.emplace_back(u);
  if (!spec.params.has("users")) return users;
  const double share = spec.params.share("users");
  if (share >= 1) return users;
  const auto wanted = static_cast<std::size_t>(share * static_cast<double>(context.users) + 0.5);
  Stream random(context.seed, purpose_of(spec, nth, "people"));
  random.shuffle(users);
  users.resize(std::clamp<std::size_t>(wanted, 1, users.size()));
  std::sort(users.begin(), users.end());
  return users;
}

/// Calls `at(instant)` for each instant of one process with `rate` events per second in the window.
template <class At>
void instants(const Window& window, double rate, bool even, Stream& random, At&& at) {
  if (rate <= 0) return;
  const double gap = ns_per_second / rate;
  std::int64_t now = window.from.ns;
  double next = even ? gap * random.uniform() : gap * random.exponential();
  // Kept as whole nanoseconds plus a fraction, so that even spacing does not drift and no cast overflows.
  double fraction = 0;
  while (next < static_cast<double>(window.until.ns - now)) {
    const double step = next + fraction;
    const auto whole = static_cast<std::int64_t>(step);
    fraction = step - static_cast<double>(whole);
    now += whole;
    if (now >= window.until.ns) return;
    at(Time{now});
    next = even ? gap : gap * random.exponential();
  }
}

}  // namespace

Fields arrival_fields(std::string_view deadline, bool with_users) {
  Fields fields = {
      {.name = "rate",
       .kind = Kind::rate,
       .fallback = "1 per min in total",
       .sentence = "How often it is asked, in total or per user.",
       .example = "2 per s in total"},
      {.name = "spacing",
       .kind = Kind::choice,
       .fallback = "poisson",
       .sentence = "Whether requests come at random (a Poisson process) or evenly spaced from a random first one.",
       .example = "even",
       .choices = {"poisson", "even"}},
      {.name = "from",
       .kind = Kind::duration,
       .fallback = "0 s",
       .sentence = "When this line begins.",
       .example = "10 min",
       .least = "0 s"},
      {.name = "until",
       .kind = Kind::duration,
       .fallback = "0 s",
       .sentence = "When this line stops; 0 s: never. No request is made in the last `settle` of the run in any case.",
       .example = "4 h",
       .least = "0 s"},
      {.name = "deadline",
       .kind = Kind::duration,
       .fallback = std::string(deadline),
       .sentence = "By when the request must be served to count as available.",
       .example = "10 s",
       .least = "1 ns"},
  };
  if (with_users) {
    fields.push_back({.name = "users",
                      .kind = Kind::share,
                      .fallback = "100 %",
                      .sentence = "Share of all users who ask, chosen at random once for the run; at least one user.",
                      .example = "10 %"});
  }
  return fields;
}

Window window_of(const Params& params, const WorkloadContext& context) {
  const Time last = context.end - context.settle;
  const Time from = Time::zero() + params.duration("from");
  const Duration until = params.duration("until");
  return {from, until.ns == 0 ? last : std::min(last, Time::zero() + until)};
}

double expected_arrivals(const Params& params, const WorkloadContext& context) {
  const Window window = window_of(params, context);
  if (window.until <= window.from) return 0;
  const Rate rate = params.rate("rate");
  double askers = 1;
  if (rate.per_user) {
    askers = static_cast<double>(context.users);
    if (params.has("users")) askers = std::max(1.0, askers * params.share("users"));
  }
  return rate.per_second * askers * (window.until - window.from).seconds();
}

std::vector<Arrival> draw_arrivals(const WorkloadSpec& spec, const WorkloadContext& context, std::uint32_t line,
                                   std::uint32_t nth) {
  const Window window = window_of(spec.params, context);
  const Rate rate = spec.params.rate("rate");
  const bool even = spec.params.text("spacing") == "even";
  const Purpose what = purpose_of(spec, nth, "arrivals");
  const std::vector<UserId> users = participants(spec, context, nth);

  std::vector<Arrival> arrivals;
  arrivals.reserve(static_cast<std::size_t>(expected_arrivals(spec.params, context)));
  if (rate.per_user) {
    for (const UserId user : users) {
      Stream random(context.seed, what, user.value);
      std::uint32_t count = 0;
      instants(window, rate.per_second, even, random, [&](Time at) {
        arrivals.push_back({at, line, user, user.value, count++});
      });
    }
  } else {
    // People come from a stream of their own: an instant takes one draw, a person may take more.
    Stream random(context.seed, what, everybody);
    Stream people(context.seed, purpose_of(spec, nth, "askers"), everybody);
    std::uint32_t count = 0;
    instants(window, rate.per_second, even, random, [&](Time at) {
      const UserId user = users[people.below(users.size())];
      arrivals.push_back({at, line, user, everybody, count++});
    });
  }
  return arrivals;
}

Stream details_of(const WorkloadSpec& spec, std::uint32_t nth, const WorkloadContext& context, const Arrival& arrival) {
  Stream random(context.seed, purpose_of(spec, nth, "details"), arrival.owner);
  random.seek(arrival.count * draws_per_request);
  return random;
}

}  // namespace peerlab
