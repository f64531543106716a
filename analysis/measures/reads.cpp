#include "analysis/measures/reads.h"

#include <limits>

#include "analysis/measures/answers.h"
#include "analysis/measures/telling.h"
#include "models/base/quantity.h"

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

// hits / trials at one point of a curve.
struct Point {
  std::string metric;
  Duration at{};
  std::uint64_t hits = 0;
  std::uint64_t trials = 0;
  bool shown = false;  ///< in the terminal's table; files hold the whole curve
};

void add_counts(std::vector<Point>& curve, const std::vector<Point>& other) {
  for (std::size_t i = 0; i < curve.size(); ++i) {
    curve[i].hits += other[i].hits;
    curve[i].trials += other[i].trials;
  }
}

void tell_curve(MetricSink& sink, const std::vector<Point>& curve) {
  for (const Point& p : curve) sink.metric(share(p.metric, "value", p.hits, p.trials, why_none, p.shown));
}

std::vector<Point> curve_of(std::string_view metric, std::initializer_list<Duration> usual, Duration shown,
                            std::string_view argument) {
  std::vector<Point> curve;
  const auto add = [&](Duration d, bool headline) {
    curve.push_back({with_argument(metric, write_duration(d)), d, 0, 0, headline});
  };
  if (argument.empty()) {
    for (const Duration d : usual) add(d, d == shown);
  } else if (const Parsed<Duration> d = parse_duration(argument)) {
    add(*d.value, true);
  }
  return curve;
}

class AvailableReads : public OfReads {
 public:
  explicit AvailableReads(std::string_view argument) : all_(argument.empty()) {
    if (all_) curve_.push_back({"available.reads.any", {}, 0, 0, true});
    for (Point& p :
         curve_of("available.reads.any", {seconds(1), seconds(10), minutes(1), minutes(10), hours(1), hours(2)},
                  seconds(1), argument)) {
      curve_.push_back(std::move(p));
    }
  }
  void merge(const Measure& other) override {
    const auto& o = dynamic_cast<const AvailableReads&>(other);
    add_counts(curve_, o.curve_);
    off_line_ += o.off_line_;
  }
  void metrics(MetricSink& sink) const override {
    tell_curve(sink, curve_);
    if (!all_) return;
    sink.metric(
        number("available.reads.off_line", "count", static_cast<double>(off_line_), "operations", off_line_, false));
  }

 private:
  void take(std::size_t, const Request& request, const Answers::Answer& answer, Time end) override {
    for (Point& p : curve_) {
      const Duration deadline = p.at == Duration{} ? request.deadline : p.at;
      if (deadline == Duration{}) continue;           // asked without a deadline
      if (deadline > end - request.issued) continue;  // the run ended before it could be judged
      ++p.trials;
      if (answer.genuine && answer.at - request.issued <= deadline) ++p.hits;
    }
  }
  bool all_;
  std::vector<Point> curve_;
};

class FreshReads : public OfReads {
 public:
  explicit FreshReads(std::string_view argument)
      : curve_(curve_of("available.reads.fresh", {Duration{}, seconds(10), minutes(1), minutes(10), hours(1)},
                        minutes(1), argument)) {}
  void merge(const Measure& other) override { add_counts(curve_, dynamic_cast<const FreshReads&>(other).curve_); }
  void metrics(MetricSink& sink) const override { tell_curve(sink, curve_); }

 private:
  void take(std::size_t i, const Request& request, const Answers::Answer& answer, Time end) override {
    if (request.deadline > end - request.issued) return;  // the run ended before it could be judged
    const bool in_time =
        answer.genuine && (request.deadline == Duration{} || answer.at - request.issued <= request.deadline);
    const std::optional<Duration> missing = in_time ? answers_.missing_for(i) : std::nullopt;
    for (Point& p : curve_) {
      ++p.trials;
      if (in_time && (!missing || *missing <= p.at)) ++p.hits;
    }
  }
  std::vector<Point> curve_;
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
  }

 private:
  void take(std::size_t, const Request& request, const Answers::Answer& answer, Time) override {
    waits_.push_back(answer.genuine ? (answer.at - request.issued).seconds() : std::numeric_limits<double>::infinity());
  }
  std::vector<double> waits_;
};

}  // namespace

std::unique_ptr<Measure> make_available_reads(std::string_view argument) {
  return std::make_unique<AvailableReads>(argument);
}
std::unique_ptr<Measure> make_fresh_reads(std::string_view argument) { return std::make_unique<FreshReads>(argument); }
std::unique_ptr<Measure> make_staleness(std::string_view) { return std::make_unique<Staleness>(); }
std::unique_ptr<Measure> make_latency_read(std::string_view) { return std::make_unique<LatencyRead>(); }

}  // namespace peerlab
