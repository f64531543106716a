// What users notice of their writes.
//
//   latency    time from issue until accepted, acked, visible to a probe user (probes.h), and final; an operation that never got there
//              counts as +infinity
//   available  operations acked within their deadline / issued, and the same for other deadlines: a curve, because whoever
//              picks one deadline picks the winner. For a deadline D only operations issued until end - D are judged.
//   reverted   acked operations that were ever undone / acked, and of these the ones that never came back
//
// The cohort is the writes issued in [warmup, end - settle]; demand of users whose own machine is off is counted apart.
#include <array>
#include <limits>

#include "analysis/measures/curve.h"
#include "analysis/measures/operations.h"
#include "analysis/measures/probes.h"
#include "analysis/measures/rows.h"
#include "analysis/measures/telling.h"

namespace peerlab {
namespace {

// What the three have in common: the operations and the cohort.
class OfWrites : public Measure {
 public:
  std::span<const HappeningKind> kinds() const override { return Operations::kinds; }
  void begin(const Cast& cast, std::span<const Request> requests) override {
    warmup_ = cast.warmup;
    settle_ = cast.settle;
    operations_.begin(cast, requests);
  }
  void see(const Row& row) override { operations_.see(row); }
  void finish(Time end, const Totals&) override {
    operations_.finish(end);
    for (std::size_t i = 0; i < operations_.requests().size(); ++i) {
      if (operations_.in_cohort(i, warmup_, end - settle_)) {
        take(i, operations_.requests()[i], operations_.fates()[i], end);
      } else if (operations_.fates()[i].home_off && Operations::writes(operations_.requests()[i])) {
        ++off_line_;
      }
    }
  }

 protected:
  // One operation of the cohort.
  virtual void take(std::size_t i, const Request& request, const Operations::Fate& fate, Time end) = 0;

  Time warmup_;
  Duration settle_{};
  Operations operations_;
  std::uint64_t off_line_ = 0;  ///< writes that no system could serve
};

double waited(const Request& request, Time until) {
  if (until == Time::never()) return std::numeric_limits<double>::infinity();
  return (until - request.issued).seconds();
}

class Latency : public OfWrites {
 public:
  std::span<const HappeningKind> kinds() const override { return kinds_; }
  void begin(const Cast& cast, std::span<const Request> requests) override {
    OfWrites::begin(cast, requests);
    probes_.begin(cast, requests);
  }
  void see(const Row& row) override {
    const bool of_probes = row.kind == happened::operation_shown || row.kind == happened::outbound_opened ||
                           row.kind == happened::outbound_closed;
    if (!of_probes) operations_.see(row);
    probes_.see(row);
  }
  void finish(Time end, const Totals& totals) override {
    probes_.finish(end);
    OfWrites::finish(end, totals);
  }
  void merge(const Measure& other) override {
    const auto& o = dynamic_cast<const Latency&>(other);
    const auto add = [](std::vector<double>& mine, const std::vector<double>& theirs) {
      mine.insert(mine.end(), theirs.begin(), theirs.end());
    };
    add(accepted_, o.accepted_);
    add(acked_, o.acked_);
    add(visible_, o.visible_);
    add(final_, o.final_);
  }
  void metrics(MetricSink& sink) const override {
    static constexpr std::string_view why = "no write was issued";
    tell_quantiles(sink, "latency.accepted", "s", accepted_, {{"p50", 0.5}, {"p90", 0.9, false}, {"p99", 0.99, false}},
                   why);
    tell_quantiles(sink, "latency.acked", "s", acked_, {{"p50", 0.5}, {"p90", 0.9}, {"p99", 0.99, false}}, why);
    tell_quantiles(sink, "latency.visible", "s", visible_, {{"p50", 0.5}, {"p90", 0.9, false}, {"p99", 0.99, false}},
                   "no write of a record was probed");
    tell_quantiles(sink, "latency.final", "s", final_, {{"p50", 0.5}, {"p90", 0.9, false}, {"p99", 0.99, false}}, why);
  }

 private:
  void take(std::size_t i, const Request& request, const Operations::Fate& fate, Time) override {
    accepted_.push_back(waited(request, fate.accepted));
    acked_.push_back(waited(request, fate.acked));
    final_.push_back(waited(request, Operations::final_at(fate)));
    if (probes_.probed(i)) visible_.push_back(waited(request, probes_.visible(i)));
  }
  static constexpr HappeningKind kinds_[] = {
      happened::operation_accepted, happened::operation_acked, happened::operation_undone, happened::operation_final,
      happened::operation_flushed,  happened::operation_shown, happened::machine_down,     happened::machine_up,
      happened::outbound_opened,    happened::outbound_closed};
  Probes probes_;
  std::vector<double> accepted_;
  std::vector<double> acked_;
  std::vector<double> visible_;
  std::vector<double> final_;
};

class Available : public OfWrites {
 public:
  explicit Available(std::string_view argument)
      : all_(argument.empty()),
        curve_(curve_of("available.writes", usual_deadlines(), {seconds(10), minutes(10), hours(2)}, argument)) {
    if (all_) curve_.insert(curve_.begin(), {"available.writes", {}, 0, 0, false, 0});
  }
  void merge(const Measure& other) override {
    const auto& o = dynamic_cast<const Available&>(other);
    add_counts(curve_, o.curve_);
    off_line_ += o.off_line_;
  }
  void metrics(MetricSink& sink) const override {
    tell_curve(sink, curve_, "no write was issued");
    if (all_) {
      sink.metric(
          number("available.off_line", "count", static_cast<double>(off_line_), "operations", off_line_, false));
    }
  }

 private:
  void take(std::size_t, const Request& request, const Operations::Fate& fate, Time end) override {
    for (CurvePoint& at : curve_) {
      const Duration deadline = at.at == Duration{} ? request.deadline : at.at;
      if (deadline == Duration{}) continue;  // asked without a deadline
      at.count(fate.acked != Time::never() && fate.acked - request.issued <= deadline, deadline, end - request.issued);
    }
  }
  bool all_;
  std::vector<CurvePoint> curve_;
};

class Reverted : public OfWrites {
 public:
  std::span<const HappeningKind> kinds() const override { return kinds_; }
  void see(const Row& row) override {
    if (row.kind == happened::reorganised || row.kind == happened::fault_began) {
      challenged_ = true;
    } else {
      operations_.see(row);
    }
  }
  void merge(const Measure& other) override {
    const auto& o = dynamic_cast<const Reverted&>(other);
    challenged_ |= o.challenged_;
    acked_ += o.acked_;
    undone_ += o.undone_;
    lost_ += o.lost_;
  }
  void metrics(MetricSink& sink) const override {
    const std::array<std::pair<std::string_view, std::uint64_t>, 2> told = {
        {{"reverted", undone_}, {"reverted.lost", lost_}}};
    for (const auto& [name, hits] : told) {
      if (challenged_) {
        sink.metric(share(name, "value", hits, acked_, "nothing was acked"));
      } else {
        sink.metric(absent(name, "value", "share", Standing::not_challenged, "no reorganisation and no fault"));
      }
    }
  }

 private:
  void take(std::size_t, const Request&, const Operations::Fate& fate, Time) override {
    if (fate.acked == Time::never()) return;
    ++acked_;
    undone_ += fate.undone ? 1 : 0;
    lost_ += fate.undone && !fate.stands ? 1 : 0;
  }
  static constexpr HappeningKind kinds_[] = {happened::operation_acked, happened::operation_undone,
                                             happened::machine_down,    happened::machine_up,
                                             happened::reorganised,     happened::fault_began};
  bool challenged_ = false;
  std::uint64_t acked_ = 0;
  std::uint64_t undone_ = 0;
  std::uint64_t lost_ = 0;
};

}  // namespace

MeasureRow reverted_measure() {
  return {.name = "reverted",
          .sentence = "The share of acked operations that were undone later.",
          .numerator = "acked operations that were ever undone; `reverted.lost`: that are still undone at the end",
          .denominator = "acked operations",
          .sampling = "operations of the cohort, looked at when the run ends",
          .censoring = "without a reorganisation or a fault it prints `not challenged`",
          .source = own_definition,
          .moved_by = "the ack rule (depth), partitions, attacks on the chain",
          .metrics = {{"reverted", {{"value", "share"}}}, {"reverted.lost", {{"value", "share"}}}},
          .make = [](std::string_view) -> std::unique_ptr<Measure> { return std::make_unique<Reverted>(); }};
}

MeasureRow latency_measure() {
  const std::vector<DeclaredStat> quantiles = {{"p50", "s"}, {"p90", "s"}, {"p99", "s"}};
  return {.name = "latency",
          .sentence =
              "How long a write takes until the system has accepted it, acked it, shows it to others, and can hardly "
              "undo it.",
          .numerator =
              "time from issue. visible: until the place where another user, drawn for each write, reads (his own "
              "copy, or the first of the peers or servers that he may ask) shows it, the way of his read not included. "
              "final: until the chance of reversal is at most the system's `reversal` (0.1 %) against its `adversary` "
              "(10 % of the hash power) by the exact law of the double-spend race; for servers under an honest "
              "operator: acked, and flushed by a majority of them",
          .denominator =
              "writes issued by users whose own machine was on; visible: of these the writes of records whose probe's "
              "own machine stayed on until he saw it",
          .sampling = "operations of the cohort, issued in [warmup, end - settle]",
          .censoring = "unfinished counts as +infinity, never dropped",
          .source = "peerlab's own definition; the race: Rosenfeld 2014, Grunspan & Perez-Marco 2018",
          .moved_by = "block interval, ack rule, adversary, block space, fees, CPU prices, distance to the server",
          .metrics = {{"latency.accepted", quantiles},
                      {"latency.acked", quantiles},
                      {"latency.visible", quantiles},
                      {"latency.final", quantiles}},
          .make = [](std::string_view) -> std::unique_ptr<Measure> { return std::make_unique<Latency>(); }};
}

MeasureRow available_measure() {
  return {
      .name = "available",
      .sentence = "The share of writes that were acked within a deadline.",
      .numerator = "acked within the deadline",
      .denominator = "writes issued by users whose own machine was on; the others are counted in `available.off_line`",
      .sampling =
          "operations of the cohort, the same at every deadline: a D that the run's end cut short for some is left out",
      .censoring = "unfinished is a failure",
      .source = own_definition,
      .moved_by = "the deadline itself: look at the whole curve; faults, load, the ack rule",
      .metrics = {{"available.writes", {{"value", "share"}}},
                  {"available.writes", {{"value", "share"}}, Argument::deadline},
                  {"available.off_line", {{"count", "operations"}}}},
      .make = [](std::string_view argument) -> std::unique_ptr<Measure> {
        return std::make_unique<Available>(argument);
      }};
}

}  // namespace peerlab
