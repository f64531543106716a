// How measures tell their numbers: quantiles, counts, shares, and what stands in their place when there are none.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/observation/metric.h"

namespace peerlab {

/// A statistic that is a quantile: `{"p90", 0.9}`.
struct QuantileStat {
  std::string_view stat;
  double p;
  bool headline = true;
};

/// Quantiles of a sample; without a sample each says `no_sample` and why.
void tell_quantiles(MetricSink& sink, std::string_view metric, std::string_view unit, const std::vector<double>& sample,
                    std::initializer_list<QuantileStat> stats, std::string_view why_none);
/// A plain number with the size of the sample that it rests on.
Metric number(std::string_view metric, std::string_view stat, double value, std::string_view unit, std::uint64_t n,
              bool headline = true);
/// hits / trials; `no_sample` and why without trials.
Metric share(std::string_view metric, std::string_view stat, std::uint64_t hits, std::uint64_t trials,
             std::string_view why_none, bool headline = true);
/// No value, and why.
Metric absent(std::string_view metric, std::string_view stat, std::string_view unit, Standing standing,
              std::string_view why, bool headline = true);
/// `replicated(90)`.
std::string with_argument(std::string_view metric, std::string_view argument);

}  // namespace peerlab
