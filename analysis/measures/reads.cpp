// What users notice of their reads.
//
//   available.reads  reads with an authentic answer within a deadline / issued, as a curve over the deadline
//   fresh            of these, the ones that miss nothing acked more than F before the read was issued / issued
//   staleness        how long ago, when a read was issued, the oldest write had been acked that its answer misses; 0: none
//   latency.read     time from issue until the authentic answer; a read that never got one counts as +infinity
//
// The cohort is the reads issued in [warmup, end - settle] by users whose own machine was on. An answer is authentic when the reader
// found every signature and commitment in it right; "there is no such record" cannot be checked and is no authentic answer, but
// it misses whatever was acked before. A write that was acked after the read was issued need not be in the answer.
//
// Which writes an answer misses: those to the same record, acked when the read was issued, that come after the version in the answer.
// "After" means issued later and not acked earlier than that version: a write that was delayed on its way, or whose ack was,
// is never counted on one of the two orders alone. A write that was acked and undone later has been promised, and is missed too.
#include <limits>

#include "analysis/measures/answers.h"
#include "analysis/measures/curve.h"
#include "analysis/measures/rows.h"
#include "analysis/measures/telling.h"

namespace peerlab {
namespace {

constexpr std::string_view why_none = "no read was issued";

// What the four have in common: the reads, their answers and the cohort.
class OfReads : public Measure {
 public:
  std::span<const HappeningKind> kinds() const override { return Answers::kinds; }
  void begin(const Cast& cast, std::span<const Request> requests) override {
    warmup_ = cast.warmup;
    settle_ = cast.settle;
    answers_.begin(cast, requests);
  }
  void see(const Row& row) override { answers_.see(row); }
  void finish(Time end, const Totals&) override {
    answers_.finish(end);
    const Operations& operations = answers_.operations();
    for (std::size_t i = 0; i < operations.requests().size(); ++i) {
      if (Operations::writes(operations.requests()[i])) continue;
      if (operations.issued_in(i, warmup_, end - settle_)) {
        take(i, operations.requests()[i], answers_.answers()[i], end);
      } else if (operations.fates()[i].home_off) {
        ++off_line_;
      }
    }
  }

 protected:
  // One read of the cohort.
  virtual void take(std::size_t i, const Request& request, const Answers::Answer& answer, Time end) = 0;

  Answers answers_;
  std::uint64_t off_line_ = 0;  ///< reads that no system could serve

 private:
  Time warmup_;
  Duration settle_{};
};

class AvailableReads : public OfReads {
 public:
  explicit AvailableReads(std::string_view argument)
      : all_(argument.empty()), curve_(curve_of("available.reads.any", usual_deadlines(), {seconds(1)}, argument)) {
    if (all_) curve_.insert(curve_.begin(), {"available.reads.any", {}, 0, 0, true, 0});
  }
  void merge(const Measure& other) override {
    const auto& o = dynamic_cast<const AvailableReads&>(other);
    add_counts(curve_, o.curve_);
    off_line_ += o.off_line_;
  }
  void metrics(MetricSink& sink) const override {
    tell_curve(sink, curve_, why_none);
    if (!all_) return;
    sink.metric(
        number("available.reads.off_line", "count", static_cast<double>(off_line_), "operations", off_line_, false));
  }

 private:
  void take(std::size_t, const Request& request, const Answers::Answer& answer, Time end) override {
    for (CurvePoint& p : curve_) {
      const Duration deadline = p.at == Duration{} ? request.deadline : p.at;
      if (deadline == Duration{}) continue;  // asked without a deadline
      p.count(answer.genuine && answer.at - request.issued <= deadline, deadline, end - request.issued);
    }
  }
  bool all_;
  std::vector<CurvePoint> curve_;
};

class FreshReads : public OfReads {
 public:
  explicit FreshReads(std::string_view argument)
      : curve_(curve_of("available.reads.fresh", usual_ages(), {minutes(1)}, argument)) {}
  void merge(const Measure& other) override { add_counts(curve_, dynamic_cast<const FreshReads&>(other).curve_); }
  void metrics(MetricSink& sink) const override { tell_curve(sink, curve_, why_none); }

 private:
  void take(std::size_t i, const Request& request, const Answers::Answer& answer, Time end) override {
    if (request.deadline > end - request.issued) return;  // the run ended before it could be judged
    const bool in_time =
        answer.genuine && (request.deadline == Duration{} || answer.at - request.issued <= request.deadline);
    const std::optional<Duration> missing = in_time ? answers_.missing_for(i) : std::nullopt;
    for (CurvePoint& p : curve_) {
      ++p.trials;
      if (in_time && (!missing || *missing <= p.at)) ++p.hits;
    }
  }
  std::vector<CurvePoint> curve_;
};

class Staleness : public OfReads {
 public:
  void merge(const Measure& other) override {
    const auto& o = dynamic_cast<const Staleness&>(other);
    ages_.insert(ages_.end(), o.ages_.begin(), o.ages_.end());
    stale_ += o.stale_;
  }
  void metrics(MetricSink& sink) const override {
    static constexpr std::string_view none = "no read was answered";
    tell_quantiles(sink, "staleness", "s", ages_, {{"p50", 0.5, false}, {"p90", 0.9, false}, {"p99", 0.99}, {"max", 1}},
                   none);
    sink.metric(share("staleness.reads", "value", stale_, ages_.size(), none));
  }

 private:
  void take(std::size_t i, const Request&, const Answers::Answer& answer, Time) override {
    if (!answer.says()) return;
    const std::optional<Duration> missing = answers_.missing_for(i);
    ages_.push_back(missing ? missing->seconds() : 0);
    stale_ += missing ? 1 : 0;
  }
  std::vector<double> ages_;
  std::uint64_t stale_ = 0;
};

class LatencyRead : public OfReads {
 public:
  void merge(const Measure& other) override {
    const auto& o = dynamic_cast<const LatencyRead&>(other);
    waits_.insert(waits_.end(), o.waits_.begin(), o.waits_.end());
  }
  void metrics(MetricSink& sink) const override {
    tell_quantiles(sink, "latency.read", "s", waits_, {{"p50", 0.5}, {"p90", 0.9, false}, {"p99", 0.99}}, why_none);
    if (waits_.empty()) return sink.metric(absent("latency.read", "mean", "s", Standing::no_sample, why_none, false));
    double sum = 0;  // infinite as soon as one has no answer
    for (const double wait : waits_) sum += wait;
    sink.metric(number("latency.read", "mean", sum / static_cast<double>(waits_.size()), "s", waits_.size(), false));
  }

 private:
  void take(std::size_t, const Request& request, const Answers::Answer& answer, Time) override {
    waits_.push_back(answer.genuine ? (answer.at - request.issued).seconds() : std::numeric_limits<double>::infinity());
  }
  std::vector<double> waits_;
};

}  // namespace

MeasureRow latency_read_measure() {
  return {
      .name = "latency.read",
      .sentence = "How long a read takes until the reader has an answer that he can believe.",
      .numerator = "time from issue until the authentic answer: every signature and commitment in it is right",
      .denominator = "reads issued by users whose own machine was on",
      .sampling = "reads of the cohort, issued in [warmup, end - settle]",
      .censoring = "no authentic answer counts as +infinity; `there is no such record` is none",
      .source = own_definition,
      .moved_by = "whether the record is at hand or has to be asked for, distance to the server, queues, CPU prices",
      .metrics = {{"latency.read", {{"p50", "s"}, {"p90", "s"}, {"p99", "s"}, {"mean", "s"}}}},
      .make = [](std::string_view) -> std::unique_ptr<Measure> { return std::make_unique<LatencyRead>(); }};
}

MeasureRow available_reads_measure() {
  return {
      .name = "available.reads",
      .sentence = "The share of reads that got an authentic answer within a deadline.",
      .numerator = "authentic answers within the deadline, whatever their age",
      .denominator =
          "reads issued by users whose own machine was on; the others are counted in `available.reads.off_line`",
      .sampling =
          "reads of the cohort, the same at every deadline: a D that the run's end cut short for some is left out",
      .censoring = "unanswered, forged or `there is no such record` is a failure",
      .source = own_definition,
      .moved_by = "the deadline itself: look at the whole curve; faults, load, records asked for before they arrived",
      .metrics = {{"available.reads.any", {{"value", "share"}}},
                  {"available.reads.any", {{"value", "share"}}, Argument::deadline},
                  {"available.reads.off_line", {{"count", "operations"}}}},
      .make = [](std::string_view argument) -> std::unique_ptr<Measure> {
        return std::make_unique<AvailableReads>(argument);
      }};
}

MeasureRow fresh_reads_measure() {
  return {
      .name = "available.fresh",
      .sentence = "The share of reads that got an authentic answer in time that misses nothing acked more than F ago.",
      .numerator =
          "authentic answers within the read's own deadline that miss no write acked more than F before the issue",
      .denominator = "reads issued by users whose own machine was on",
      .sampling = "reads of the cohort, issued in [warmup, end - settle]",
      .censoring = "unanswered, forged or `there is no such record` is a failure",
      .source = own_definition,
      .moved_by = "the age F itself: look at the whole curve; the ack rule, reads from standbys, partitions",
      .metrics = {{"available.reads.fresh", {{"value", "share"}}, Argument::age, "1 min"}},
      .make = [](std::string_view argument) -> std::unique_ptr<Measure> {
        return std::make_unique<FreshReads>(argument);
      }};
}

MeasureRow staleness_measure() {
  return {
      .name = "staleness",
      .sentence = "How old the oldest acked write is that the answer to a read misses.",
      .numerator =
          "time from the ack of the oldest missing write until the issue of the read, 0 when none is missing; "
          "`staleness.reads`: answers that miss a write",
      .denominator = "reads that were answered, authentically or with `there is no such record`",
      .sampling = "each read of the cohort, issued in [warmup, end - settle]",
      .censoring = "unanswered reads have no staleness: `available.reads.any` counts them",
      .source = "peerlab's own definition, after t-visibility in Bailis et al. 2012, VLDB (PBS)",
      .moved_by = "how soon the system acks, reads from standbys or from a copy behind a cut, lost and undone writes",
      .metrics = {{"staleness", {{"p50", "s"}, {"p90", "s"}, {"p99", "s"}, {"max", "s"}}},
                  {"staleness.reads", {{"value", "share"}}}},
      .make = [](std::string_view) -> std::unique_ptr<Measure> { return std::make_unique<Staleness>(); }};
}

}  // namespace peerlab
