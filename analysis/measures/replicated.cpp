// Replication of records: time from the issue of a publishing operation until 50 / 90 / 99 / 100 % of the eligible machines
// hold its content. Eligible: stores on line from the issue until that instant. Never counts as +infinity. Sampled are
// the publishing operations of the cohort; quantiles are over records.
#include <array>
#include <cmath>

#include "analysis/measures/operations.h"
#include "analysis/measures/rows.h"
#include "analysis/measures/spread.h"
#include "analysis/measures/telling.h"
#include "analysis/statistics/interval.h"

namespace peerlab {
namespace {

class Replicated : public Measure {
 public:
  std::span<const HappeningKind> kinds() const override {
    static constexpr HappeningKind all[] = {happened::record_held, happened::machine_down, happened::machine_up};
    return all;
  }
  void begin(const Cast& cast, std::span<const Request> requests) override {
    warmup_ = cast.warmup;
    settle_ = cast.settle;
    operations_.begin(cast, requests);
    things_.assign(requests.size(), none);
  }
  void see(const Row& row) override {
    if (Presence::speaks_of(row.kind)) {
      issue(row.at, false);
      if (row.kind == happened::machine_down) spread_.leaves(row.who, row.at, operations_.presence());
      operations_.see(row);
      return;
    }
    issue(row.at, true);
    if (row.subject >= things_.size() || things_[row.subject] == none) return;
    spread_.held(things_[row.subject], row.who, row.at, operations_.presence());
  }
  void finish(Time end, const Totals&) override {
    issue(end, true);
    operations_.finish(end);
    for (std::size_t i = 0; i < things_.size(); ++i) {
      if (things_[i] == none || !operations_.in_cohort(i, warmup_, end - settle_)) continue;
      for (std::size_t k = 0; k < Spread::shares; ++k) samples_[k].push_back(spread_.seconds(things_[i], k));
      eligible_ += spread_.eligible(things_[i]);
      missed_ += spread_.eligible(things_[i]) - spread_.holders(things_[i]);
      if (spread_.eligible(things_[i]) > 0) {
        reach_ = std::max(reach_, static_cast<double>(spread_.holders(things_[i])) / spread_.eligible(things_[i]));
      }
      until_last_.push_back((spread_.last(things_[i]) - spread_.start(things_[i])).seconds());
    }
  }
  void merge(const Measure& other) override {
    const auto& o = dynamic_cast<const Replicated&>(other);
    for (std::size_t k = 0; k < Spread::shares; ++k) {
      samples_[k].insert(samples_[k].end(), o.samples_[k].begin(), o.samples_[k].end());
    }
    eligible_ += o.eligible_;
    missed_ += o.missed_;
    reach_ = std::max(reach_, o.reach_);
    until_last_.insert(until_last_.end(), o.until_last_.begin(), o.until_last_.end());
  }
  void metrics(MetricSink& sink) const override {
    static constexpr std::string_view shares[] = {"50", "90", "99", "100"};
    for (std::size_t k = 0; k < Spread::shares; ++k) {
      const bool shown = k == 0 || k == 2;  // half, and nearly all; the files hold the others too
      tell_quantiles(sink, with_argument("replicated", shares[k]), "s", samples_[k],
                     {{"p50", 0.5, shown}, {"p90", 0.9, false}, {"p99", 0.99, false}}, "nothing was published");
      tell_mean(sink, with_argument("replicated", shares[k]), samples_[k]);
      tell_deviation(sink, with_argument("replicated", shares[k]), samples_[k]);
    }
    sink.metric(share("replicated.never", "value", missed_, eligible_, "nothing was published", false));
    tell_mean(sink, "replicated.last", until_last_);
    sink.metric(eligible_ > 0
                    ? number("replicated.reach", "max", reach_, "share", until_last_.size(), false)
                    : absent("replicated.reach", "max", "share", Standing::no_sample, "nothing was published", false));
  }

 private:
  /// Infinite as soon as one never came about.
  static void tell_mean(MetricSink& sink, std::string_view metric, const std::vector<double>& sample) {
    if (sample.empty())
      return sink.metric(absent(metric, "mean", "s", Standing::no_sample, "nothing was published", false));
    double sum = 0;
    for (const double value : sample) sum += value;
    sink.metric(number(metric, "mean", sum / static_cast<double>(sample.size()), "s", sample.size(), false));
  }
  /// Of the records of the run; none with fewer than two, or when one never came about.
  static void tell_deviation(MetricSink& sink, std::string_view metric, const std::vector<double>& sample) {
    const double deviation = standard_deviation(sample);
    if (!std::isfinite(deviation))
      return sink.metric(absent(metric, "sd", "s", Standing::no_sample, "fewer than two records, or one never", false));
    sink.metric(number(metric, "sd", deviation, "s", sample.size(), false));
  }
  static constexpr std::uint32_t none = 0xffffffff;
  // Starts the records issued before `at`, or until it. Machines change before users ask at the same instant.
  void issue(Time at, bool inclusive) {
    const std::span<const Request> requests = operations_.requests();
    for (; issued_ < requests.size(); ++issued_) {
      const Request& request = requests[issued_];
      if (inclusive ? request.issued > at : request.issued >= at) break;
      if (request.what == Asked::publish) things_[issued_] = spread_.begin(request.issued, operations_.presence());
    }
  }

  Time warmup_;
  Duration settle_{};
  Operations operations_;
  Spread spread_{{50, 90, 99, 100}};
  std::vector<std::uint32_t> things_;  ///< by operation
  std::size_t issued_ = 0;
  std::array<std::vector<double>, Spread::shares> samples_;
  std::uint64_t eligible_ = 0;  ///< stores, of all records
  std::uint64_t missed_ = 0;    ///< of these: without the record at the end
  double reach_ = 0;            ///< largest share of the stores that a record came to
  std::vector<double> until_last_;
};

}  // namespace

MeasureRow replicated_measure() {
  return {
      .name = "replicated",
      .sentence = "How long a new record takes until a given share of the machines holds it; quantiles over records.",
      .numerator =
          "time from the issue until the share x of the eligible machines holds the content; `replicated.never`: "
          "eligible machines that do not hold it at the end; `replicated.last`: time until it came to a machine for "
          "the last time; `replicated.reach`: the largest share that any record came to",
      .denominator =
          "eligible: honest stores on line without a break from the issue until that instant; of all records together",
      .sampling = "publishing operations of the cohort, issued in [warmup, end - settle]",
      .censoring = "never counts as +infinity",
      .source = own_definition,
      .moved_by = "how transactions are announced and batched, latency, cuts, machines that go off",
      .metrics = {{"replicated",
                   {{"p50", "s"}, {"p90", "s"}, {"p99", "s"}, {"mean", "s"}, {"sd", "s"}},
                   Argument::per_cent,
                   "90"},
                  {"replicated.never", {{"value", "share"}}},
                  {"replicated.last", {{"mean", "s"}}},
                  {"replicated.reach", {{"max", "share"}}}},
      .make = [](std::string_view) -> std::unique_ptr<Measure> { return std::make_unique<Replicated>(); }};
}

}  // namespace peerlab
