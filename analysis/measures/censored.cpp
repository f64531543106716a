// What became of the operations of those whom an attack is meant for.
#include <limits>
#include <vector>

#include "analysis/measures/operations.h"
#include "analysis/measures/rows.h"
#include "analysis/measures/telling.h"
#include "models/base/bits.h"

namespace peerlab {
namespace {

class Censored : public Measure {
 public:
  std::span<const HappeningKind> kinds() const override {
    static constexpr HappeningKind all[] = {happened::operation_accepted, happened::operation_acked,
                                            happened::operation_undone,   happened::operation_refused,
                                            happened::machine_down,       happened::machine_up};
    return all;
  }
  void begin(const Cast& cast, std::span<const Request> requests) override {
    warmup_ = cast.warmup;
    settle_ = cast.settle;
    operations_.begin(cast, requests);
    for (const CastNode& node : cast.nodes) {
      challenged_ |= node.attacker;
      if (node.victim && node.user.valid()) victims_.add(node.user.value);
    }
    challenged_ &= victims_.count() > 0;
  }
  void see(const Row& row) override {
    constexpr std::uint64_t first_excuse = 256;  // below: a verdict of the ledger
    if (row.kind != happened::operation_refused) {
      operations_.see(row);
    } else if (row.detail < first_excuse && row.subject < 0xffffffff) {
      invalid_.add(static_cast<std::uint32_t>(row.subject));
    }
  }
  void finish(Time end, const Totals&) override {
    operations_.finish(end);
    for (std::size_t i = 0; i < operations_.requests().size(); ++i) {
      if (!operations_.in_cohort(i, warmup_, end - settle_)) continue;
      const Request& request = operations_.requests()[i];
      const Operations::Fate& fate = operations_.fates()[i];
      const bool acked = fate.acked != Time::never();
      const bool valid = !invalid_.has(static_cast<std::uint32_t>(i));
      const double delay = acked ? (fate.acked - request.issued).seconds() : std::numeric_limits<double>::infinity();
      if (!victims_.has(request.user.value)) {
        if (valid) others_.push_back(delay);
        continue;
      }
      ++issued_;
      if (!valid) continue;
      never_ += acked ? 0 : 1;
      gone_ += fate.stands ? 0 : 1;
      theirs_.push_back(delay);
    }
  }
  void merge(const Measure& other) override {
    const auto& o = dynamic_cast<const Censored&>(other);
    challenged_ |= o.challenged_;
    issued_ += o.issued_;
    never_ += o.never_;
    gone_ += o.gone_;
    theirs_.insert(theirs_.end(), o.theirs_.begin(), o.theirs_.end());
    others_.insert(others_.end(), o.others_.begin(), o.others_.end());
  }
  void metrics(MetricSink& sink) const override {
    if (challenged_) {
      sink.metric(share("censored", "value", never_, issued_, "no victim issued a write"));
      sink.metric(share("censored.gone", "value", gone_, issued_, "no victim issued a write"));
    } else {
      sink.metric(absent("censored", "value", "share", Standing::not_challenged, "nobody is attacked here"));
      sink.metric(absent("censored.gone", "value", "share", Standing::not_challenged, "nobody is attacked here"));
    }
    static constexpr std::string_view why = "no such write was issued";
    tell_quantiles(sink, "censored.delay", "s", theirs_, {{"p50", 0.5}, {"p90", 0.9}}, why);
    tell_quantiles(sink, "censored.delay_others", "s", others_, {{"p50", 0.5, false}, {"p90", 0.9, false}}, why);
  }

 private:
  Time warmup_;
  Duration settle_{};
  Operations operations_;
  Bits victims_;
  Bits invalid_;  ///< operations that broke a rule of the ledger
  bool challenged_ = false;
  std::uint64_t issued_ = 0;
  std::uint64_t never_ = 0;
  std::uint64_t gone_ = 0;  ///< those, and what was undone and not acked again
  std::vector<double> theirs_;
  std::vector<double> others_;
};

}  // namespace

MeasureRow censored_measure() {
  return {
      .name = "censored",
      .sentence = "What becomes of the writes of those whom an attack is meant for.",
      .numerator =
          "victims' valid writes never acked until the end; `censored.gone`: these, and what was acked and undone and "
          "does not stand at the end; `censored.delay`: time from issue until the ack of the victims' valid writes, "
          "which are told in the calm twin too, so that the difference pairs by run",
      .denominator = "writes issued by victims whose own machine was on",
      .sampling = "operations of the cohort, issued in [warmup, end - settle]",
      .censoring =
          "not valid: refused for breaking a rule of the ledger; never acked counts as +infinity in the delay; a "
          "system that is not attacked prints `not challenged` for the share",
      .source = own_definition,
      .moved_by = "the censors' hash power, whether they build on blocks with such writes, ack rule, length of the run",
      .metrics = {{"censored", {{"value", "share"}}},
                  {"censored.gone", {{"value", "share"}}},
                  {"censored.delay", {{"p50", "s"}, {"p90", "s"}}},
                  {"censored.delay_others", {{"p50", "s"}, {"p90", "s"}}}},
      .make = [](std::string_view) -> std::unique_ptr<Measure> { return std::make_unique<Censored>(); }};
}

}  // namespace peerlab
