#include "analysis/measures/curve.h"

#include <algorithm>

#include "analysis/measures/telling.h"
#include "models/base/quantity.h"

namespace peerlab {

std::span<const Duration> usual_deadlines() {
  static constexpr Duration all[] = {milliseconds(100), milliseconds(200), milliseconds(500), seconds(1), seconds(2),
                                     seconds(5),        seconds(10),       seconds(30),       minutes(1), minutes(2),
                                     minutes(5),        minutes(10),       minutes(30),       hours(1),   hours(2)};
  return all;
}

std::span<const Duration> usual_ages() {
  static constexpr Duration all[] = {Duration{}, seconds(1), seconds(10), minutes(1), minutes(10), hours(1)};
  return all;
}

std::vector<CurvePoint> curve_of(std::string_view metric, std::span<const Duration> usual,
                                 std::initializer_list<Duration> shown, std::string_view argument) {
  std::vector<CurvePoint> curve;
  const auto add = [&](Duration at, bool headline) {
    curve.push_back({with_argument(metric, write_duration(at)), at, 0, 0, headline, 0});
  };
  if (argument.empty()) {
    for (const Duration at : usual) add(at, std::find(shown.begin(), shown.end(), at) != shown.end());
  } else if (const Parsed<Duration> at = parse_duration(argument)) {
    add(*at.value, true);
  }
  return curve;
}

void add_counts(std::vector<CurvePoint>& curve, const std::vector<CurvePoint>& other) {
  for (std::size_t i = 0; i < curve.size(); ++i) {
    curve[i].hits += other[i].hits;
    curve[i].trials += other[i].trials;
    curve[i].undecided += other[i].undecided;
  }
}

void tell_curve(MetricSink& sink, const std::vector<CurvePoint>& curve, std::string_view why_none) {
  for (const CurvePoint& p : curve) {
    if (p.undecided == 0) {
      sink.metric(share(p.metric, "value", p.hits, p.trials, why_none, p.shown));
    } else {
      sink.metric(absent(p.metric, "value", "share", Standing::no_sample,
                         "the run ends sooner than that after some of them: lengthen settle", p.shown));
    }
  }
}

}  // namespace peerlab
