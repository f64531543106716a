#include "models/workloads/arrivals.h"

#include <algorithm>
#include <cstdint>
#include <string>

#include "models/base/check.h"
#include "models/workloads/burst.h"
#include "models/workloads/day.h"

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

Burst burst_of(const Params& params) {
  const Parsed<Burst> burst = parse_burst(params.text("burst"));
  CHECK(burst.value.has_value());
  return *burst.value;
}

/// Draws the arrivals of one line: for each owner of streams its own process, and what a burst adds to it.
class Drawing {
 public:
  Drawing(const WorkloadSpec& spec, const WorkloadContext& context, std::uint32_t line, std::uint32_t nth)
      : spec_(spec),
        context_(context),
        line_(line),
        nth_(nth),
        window_(window_of(spec.params, context)),
        rate_(spec.params.rate("rate")),
        even_(spec.params.text("spacing") == "even"),
        burst_(burst_of(spec.params)),
        day_(spec.params.share("daily"), spec.params.duration("peak")),
        users_(participants(spec, context, nth)) {}

  std::vector<Arrival> draw() {
    arrivals_.reserve(static_cast<std::size_t>(expected_arrivals(spec_.params, context_)));
    if (!rate_.per_user) {
      draw_of(everybody);
    } else {
      for (const UserId user : users_) draw_of(user.value);
    }
    return std::move(arrivals_);
  }

 private:
  Stream stream(std::uint32_t owner, const char* part) const {
    return {context_.seed, purpose_of(spec_, nth_, part), owner};
  }

  void draw_of(std::uint32_t owner) {
    const double candidates = rate_.per_second * day_.most();
    Stream random = stream(owner, "arrivals");
    // People come from a stream of their own: an instant takes one draw, a person may take more.
    Stream people = stream(owner, "askers");
    Stream keeping = stream(owner, "keeping");
    std::uint32_t count = 0;
    instants(window_, candidates, even_, random, [&](Time at) { arrive(at, owner, 0, count++, people, keeping); });
    if (burst_.factor <= 1) return;
    Stream more = stream(owner, "burst arrivals");
    Stream more_people = stream(owner, "burst askers");
    Stream more_keeping = stream(owner, "burst keeping");
    count = 0;
    burst_.each(window_.from, window_.until, [&](Time from, Time until) {
      instants({from, until}, candidates * (burst_.factor - 1), false, more,
               [&](Time at) { arrive(at, owner, 1, count++, more_people, more_keeping); });
    });
  }

  void arrive(Time at, std::uint32_t owner, std::uint32_t part, std::uint32_t count, Stream& people, Stream& keeping) {
    const UserId user = owner == everybody ? users_[people.below(users_.size())] : UserId(owner);
    double kept = 1;
    if (!day_.flat()) kept = day_.at(at, ahead_of_utc(user)) / day_.most();
    if (burst_.factor < 1 && burst_.covers(at)) kept *= burst_.factor;
    if ((!day_.flat() || burst_.factor < 1) && !keeping.chance(kept)) return;
    arrivals_.push_back({at, line_, user, owner, part, count});
  }

  [[nodiscard]] Duration ahead_of_utc(UserId user) const {
    return user.index() < context_.clocks.size() ? context_.clocks[user.index()] : Duration{};
  }

  const WorkloadSpec& spec_;
  const WorkloadContext& context_;
  std::uint32_t line_;
  std::uint32_t nth_;
  Window window_;
  Rate rate_;
  bool even_;
  Burst burst_;
  Day day_;
  std::vector<UserId> users_;
  std::vector<Arrival> arrivals_{};
};

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
      {.name = "burst",
       .kind = Kind::text,
       .fallback = "none",
       .sentence = "When it is asked more often, or less: so many times the rate from `at` on `for` so long, once or "
                   "`every` so often. The requests that come without the burst stay what they are.",
       .example = "10 times at 1 h for 10 min"},
      {.name = "daily",
       .kind = Kind::share,
       .fallback = "0 %",
       .sentence = "How far the rate goes up and down with the hour of the day where the asker lives: a cosine of this "
                   "amplitude, whose mean over a day is the rate. A run begins at midnight UTC.",
       .example = "60 %"},
      {.name = "peak",
       .kind = Kind::duration,
       .fallback = "20 h",
       .sentence = "The hour of the asker's own day at which `daily` is highest.",
       .example = "12 h",
       .least = "0 s",
       .most = "24 h"},
      {.name = "deadline",
       .kind = Kind::duration,
       .fallback = std::string(deadline),
       .sentence = "By when the request must be served to count as available; what is left out is at most `settle`.",
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

std::pair<std::string, std::string> check_rates(const Params& params, const WorkloadContext& context) {
  const Parsed<Burst> burst = parse_burst(params.text("burst"));
  if (!burst) return {"burst", burst.error};
  const bool bursts = burst.value->factor != 1;
  const Window window = window_of(params, context);
  if (bursts && window.from < window.until && burst.value->within(window.from, window.until).ns == 0) {
    return {"burst", "This burst never happens: the line asks only from " + write_duration(window.from - Time::zero()) +
                         " to " + write_duration(window.until - Time::zero()) + "."};
  }
  if (params.text("spacing") == "even" && (bursts || params.share("daily") > 0)) {
    return {bursts ? "burst" : "daily", "Evenly spaced requests have one rate throughout: leave `spacing: even` out."};
  }
  return {};
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
  const Burst burst = burst_of(params);
  const double lasts =
      (window.until - window.from).seconds() + (burst.factor - 1) * burst.within(window.from, window.until).seconds();
  return rate.per_second * askers * lasts;
}

std::vector<Arrival> draw_arrivals(const WorkloadSpec& spec, const WorkloadContext& context, std::uint32_t line,
                                   std::uint32_t nth) {
  Drawing drawing(spec, context, line, nth);
  return drawing.draw();
}

Stream details_of(const WorkloadSpec& spec, std::uint32_t nth, const WorkloadContext& context, const Arrival& arrival) {
  Stream random(context.seed, purpose_of(spec, nth, arrival.part == 0 ? "details" : "burst details"), arrival.owner);
  random.seek(arrival.count * draws_per_request);
  return random;
}

}  // namespace peerlab
