#include "analysis/measures/telling.h"

#include "analysis/statistics/quantile.h"

namespace peerlab {

Metric number(std::string_view metric, std::string_view stat, double value, std::string_view unit, std::uint64_t n,
              bool headline) {
  Metric m;
  m.metric = metric;
  m.stat = stat;
  m.value = value;
  m.unit = unit;
  m.n = n;
  m.headline = headline;
  return m;
}

Metric absent(std::string_view metric, std::string_view stat, std::string_view unit, Standing standing,
              std::string_view why, bool headline) {
  Metric m;
  m.metric = metric;
  m.stat = stat;
  m.unit = unit;
  m.standing = standing;
  m.note = why;
  m.headline = headline;
  return m;
}

Metric share(std::string_view metric, std::string_view stat, std::uint64_t hits, std::uint64_t trials,
             std::string_view why_none, bool headline) {
  if (trials == 0) return absent(metric, stat, "share", Standing::no_sample, why_none, headline);
  Metric m = number(metric, stat, static_cast<double>(hits) / static_cast<double>(trials), "share", trials, headline);
  m.hits = hits;
  m.trials = trials;
  return m;
}

void tell_quantiles(MetricSink& sink, std::string_view metric, std::string_view unit, const std::vector<double>& sample,
                    std::initializer_list<QuantileStat> stats, std::string_view why_none) {
  const std::vector<double> sorted = sorted_copy(sample);
  for (const QuantileStat& q : stats) {
    if (sorted.empty()) {
      sink.metric(absent(metric, q.stat, unit, Standing::no_sample, why_none, q.headline));
    } else {
      sink.metric(number(metric, q.stat, quantile_of_sorted(sorted, q.p), unit, sorted.size(), q.headline));
    }
  }
}

std::string with_argument(std::string_view metric, std::string_view argument) {
  return std::string(metric) + "(" + std::string(argument) + ")";
}

}  // namespace peerlab
