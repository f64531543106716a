// A measure: a fold over the rows of one run that ends in a few named numbers.
//
// Life of a measure: begin, see (many), finish, metrics. After finish, two measures of the same row of the table, each
// of its own run, can be merged: the metrics then speak of the pooled sample of both runs. Intervals are never taken
// from within a run; the unit of replication is the run, and pooling is for exact counts and quantiles of a whole.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/observation/audit.h"
#include "analysis/observation/cast.h"
#include "analysis/observation/metric.h"
#include "analysis/observation/observer.h"
#include "analysis/observation/totals.h"
#include "models/node/request.h"

namespace peerlab {

class Measure : public Observer {
 public:
  /// Before the first event. `cast` and `requests` (the whole workload, by number) outlive the measure's finish.
  virtual void begin(const Cast& cast, std::span<const Request> requests) = 0;
  /// What it wants to be told by auditors; asked before `begin`.
  enum class Audits : std::uint8_t {
    none,
    by_the_clock,
    before_faults_too,
    opening_seals,  ///< by the clock, by auditors who try the owner's key on what is sealed
  };
  [[nodiscard]] virtual Audits audits() const { return Audits::none; }
  /// An audit, after all rows of its instant; the last one is made at the end, before finish.
  virtual void audited(const Audit&) {}
  /// After the last event. `end` is when the run ended, which a rule such as `stop.blocks` may have decided.
  virtual void finish(Time end, const Totals& totals) = 0;
  /// Takes in the finished fold of another run. `other` comes from the same row and the same argument.
  virtual void merge(const Measure& other) = 0;
  /// Tells its numbers, always in the same order and always all of those that its row declares.
  virtual void metrics(MetricSink& sink) const = 0;
};

/// What stands in the brackets of a metric's name.
enum class Argument : std::uint8_t {
  none,
  per_cent,  ///< a share of the nodes: `replicated(90)`: 50, 90, 99 or 100
  depth,     ///< blocks below the tip: `agreement(6)`: 0, 1, 6, or another that is then measured as well
  fault,     ///< the name of a line of the timeline: `agreed.after(eu-cut)`
  deadline,  ///< a duration: `available.writes(10 min)`
  age,       ///< a duration, 0 s included: `available.reads.fresh(1 min)`
  machines,  ///< how many machines are broken into: `exposed(1)`: 0, 1, 2, 5, 10, or another that is then measured as well
  message,  ///< the name of a message kind: `messages(block body)`
};

/// A statistic of a metric, with the unit of its value (units: analysis/observation/metric.h).
struct DeclaredStat {
  std::string_view name;
  std::string_view unit;
};

/// A number that a measure tells, as scenarios and `explain` name it.
struct DeclaredMetric {
  std::string_view name;            ///< `propagation`, `cost.bytes_sent`, without brackets
  std::vector<DeclaredStat> stats;  ///< the first is meant when a scenario names none
  Argument argument = Argument::none;
  std::string_view bare = {};  ///< what the brackets hold when a scenario leaves them out; empty: they are needed
};

/// One row of the table of measures: what `explain` prints, and how to make one.
struct MeasureRow {
  std::string_view name;  ///< as in `measure: [...]`
  std::string_view sentence;
  std::string_view numerator;
  std::string_view denominator;
  std::string_view sampling;   ///< which part of a run is counted
  std::string_view censoring;  ///< what becomes of what did not finish
  std::string_view source;     ///< where the definition comes from
  std::string_view moved_by;   ///< what moves it
  std::vector<DeclaredMetric> metrics;
  /// `argument` is empty for the usual set of metrics, or MetricKey::argument: then only the metric with it is told.
  std::unique_ptr<Measure> (*make)(std::string_view argument) = nullptr;
};

/// The table, in the order in which reports show it.
std::span<const MeasureRow> measures();
/// The row of that name, or null.
const MeasureRow* find_measure(std::string_view name);
/// All names that can be written after `measure:`, and all metric names, for suggestions.
std::vector<std::string> measure_names();
std::vector<std::string> metric_names();

/// A metric as an expectation names it, resolved.
struct MetricKey {
  const MeasureRow* row = nullptr;
  std::string metric;  ///< complete, with its argument: `agreement(0)`
  std::string stat;
  std::string argument;  ///< what to make the measure with; empty for its usual set
  std::string unit;
};
/// `propagation`, `propagation.p90`, `agreed.after(eu-cut).all`: the metric meant, or the sentence that says what is wrong.
/// `faults` are the names of the timeline's lines.
struct ResolvedMetric {
  std::optional<MetricKey> key;
  std::string error;
};
ResolvedMetric parse_metric(std::string_view text, std::span<const std::string> faults);

/// Gathers metrics and blocks in vectors.
class MetricList : public MetricSink {
 public:
  void metric(const Metric& m) override { metrics.push_back(m); }
  void block(const BlockLine& b) override { blocks.push_back(b); }
  std::vector<Metric> metrics;
  std::vector<BlockLine> blocks;
  /// The metric of that name and statistic, or null.
  [[nodiscard]] const Metric* find(std::string_view name, std::string_view stat) const {
    for (const Metric& m : metrics) {
      if (m.metric == name && m.stat == stat) return &m;
    }
    return nullptr;
  }
};

}  // namespace peerlab
