// Availability under other rules of acking than the system's own, in the same run: a write counts as done when it was accepted,
// or when it was 1, 2, 3 or 6 blocks deep. Whoever picks one rule and one deadline picks the winner, so that here are curves.
//
// A service's answer has no depth, and a ledger that acks at depth d follows its operations no further: a deeper rule has no figure.
#include <algorithm>
#include <array>

#include "analysis/measures/curve.h"
#include "analysis/measures/operations.h"
#include "analysis/measures/rows.h"
#include "analysis/measures/telling.h"

namespace peerlab {
namespace {

struct Rule {
  std::string_view metric;
  std::uint32_t depth;  // 0: accepted
};
constexpr std::array<Rule, 5> rules = {{{"available.accepted", 0},
                                        {"available.depth_1", 1},
                                        {"available.depth_2", 2},
                                        {"available.depth_3", 3},
                                        {"available.depth_6", 6}}};

class AckRules : public Measure {
 public:
  explicit AckRules(std::string_view argument) {
    for (std::size_t r = 0; r < rules.size(); ++r) {
      curves_[r] = curve_of(rules[r].metric, usual_deadlines(), {}, argument);
    }
  }
  std::span<const HappeningKind> kinds() const override {
    static constexpr HappeningKind all[] = {happened::operation_accepted, happened::operation_acked,
                                            happened::operation_undone,   happened::operation_deepened,
                                            happened::machine_down,       happened::machine_up};
    return all;
  }
  void begin(const Cast& cast, std::span<const Request> requests) override {
    warmup_ = cast.warmup;
    settle_ = cast.settle;
    ledger_ = cast.block_interval.ns > 0;
    operations_.begin(cast, requests);
    reached_.assign(requests.size(), unreached);
  }
  void see(const Row& row) override {
    if (row.kind == happened::operation_acked) least_acked_ = std::min(least_acked_, row.amount);
    if (row.kind != happened::operation_deepened) return operations_.see(row);
    if (row.subject >= reached_.size()) return;
    for (std::size_t r = 1; r < rules.size(); ++r) {
      Time& first = reached_[row.subject][r];
      if (row.amount >= rules[r].depth && first == Time::never()) first = row.at;
    }
  }
  void finish(Time end, const Totals&) override {
    operations_.finish(end);
    for (std::size_t r = 0; r < rules.size(); ++r) known_[r] = r == 0 || (ledger_ && least_acked_ >= rules[r].depth);
    for (std::size_t i = 0; i < reached_.size(); ++i) {
      if (!operations_.in_cohort(i, warmup_, end - settle_)) continue;
      reached_[i][0] = operations_.fates()[i].accepted;
      for (std::size_t r = 0; r < rules.size(); ++r) take(curves_[r], operations_.requests()[i], reached_[i][r], end);
    }
  }
  void merge(const Measure& other) override {
    const auto& o = dynamic_cast<const AckRules&>(other);
    for (std::size_t r = 0; r < rules.size(); ++r) {
      known_[r] = known_[r] && o.known_[r];
      add_counts(curves_[r], o.curves_[r]);
    }
  }
  void metrics(MetricSink& sink) const override {
    const std::string_view why = ledger_ ? "its ack rule asks for less" : "its answers have no depth";
    for (std::size_t r = 0; r < rules.size(); ++r) {
      if (known_[r]) {
        tell_curve(sink, curves_[r], "no write could be judged");
        continue;
      }
      for (const CurvePoint& p : curves_[r]) {
        sink.metric(absent(p.metric, "value", "share", Standing::no_sample, why, p.shown));
      }
    }
  }

 private:
  using Instants = std::array<Time, rules.size()>;
  static constexpr Instants unreached = {Time::never(), Time::never(), Time::never(), Time::never(), Time::never()};

  static void take(std::vector<CurvePoint>& curve, const Request& request, Time reached, Time end) {
    for (CurvePoint& p : curve) {
      p.count(reached != Time::never() && reached - request.issued <= p.at, p.at, end - request.issued);
    }
  }

  Time warmup_;
  Duration settle_{};
  bool ledger_ = false;
  std::uint32_t least_acked_ = 0xffffffff;  // nothing was acked: no rule can be told from a deeper one
  Operations operations_;
  std::vector<Instants> reached_;  // by operation
  std::array<std::vector<CurvePoint>, rules.size()> curves_;
  std::array<bool, rules.size()> known_{};
};

}  // namespace

MeasureRow ack_rules_measure() {
  return {
      .name = "available.rules",
      .sentence =
          "The share of writes that would have been done within a deadline under another ack rule than the system's "
          "own: accepted, or 1, 2, 3 or 6 blocks deep.",
      .numerator = "accepted, or so many blocks deep for the first time, within the deadline",
      .denominator = "writes issued by users whose own machine was on",
      .sampling =
          "operations of the cohort, the same at every deadline: a D that the run's end cut short for some is left out",
      .censoring =
          "unfinished is a failure; a rule deeper than the system's own has no figure, nor has depth on a service",
      .source = "depth as a rule: Nakamoto 2008, section 11",
      .moved_by = "the deadline and the rule themselves: look at all the curves; block interval, block space, fees",
      .metrics = {{"available.accepted", {{"value", "share"}}, Argument::deadline, "10 min"},
                  {"available.depth_1", {{"value", "share"}}, Argument::deadline, "10 min"},
                  {"available.depth_2", {{"value", "share"}}, Argument::deadline, "10 min"},
                  {"available.depth_3", {{"value", "share"}}, Argument::deadline, "10 min"},
                  {"available.depth_6", {{"value", "share"}}, Argument::deadline, "10 min"}},
      .make = [](std::string_view argument) -> std::unique_ptr<Measure> {
        return std::make_unique<AckRules>(argument);
      }};
}

}  // namespace peerlab
