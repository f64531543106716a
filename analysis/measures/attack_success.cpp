// Attempts that an attacker by mining reported, judged by the main chain that the honest stores settled on.
#include <algorithm>
#include <vector>

#include "analysis/measures/chain_view.h"
#include "analysis/measures/rows.h"
#include "analysis/measures/telling.h"
#include "models/node/attempt.h"

namespace peerlab {
namespace {

class Success : public Measure {
 public:
  std::span<const HappeningKind> kinds() const override {
    static constexpr HappeningKind all[] = {happened::block_mined, happened::tip_moved,     happened::machine_down,
                                            happened::machine_up,  happened::attempt_began, happened::attempt_ended};
    return all;
  }
  void begin(const Cast& cast, std::span<const Request>) override {
    warmup_ = cast.warmup;
    settle_ = cast.settle;
    chain_.begin(cast);
  }
  void see(const Row& row) override {
    if (row.kind == happened::attempt_began) {
      attempts_.push_back({row.who, row.subject, row.at, Time::never(), 0});
    } else if (row.kind == happened::attempt_ended) {
      const auto last = std::find_if(attempts_.rbegin(), attempts_.rend(),
                                     [&](const Attempt& a) { return a.who == row.who && a.number == row.subject; });
      if (last == attempts_.rend()) return;
      last->ended = row.at;
      last->proof = row.amount == 0 ? 0 : row.detail;
    } else {
      chain_.see(row);
    }
  }
  void finish(Time end, const Totals&) override {
    chain_.finish();
    for (const Attempt& a : attempts_) {
      if (a.began < warmup_ || a.began > end - settle_) continue;
      ++made_;
      if (a.ended != Time::never()) durations_.push_back((a.ended - a.began).seconds());
      const std::uint32_t place = a.proof == 0 ? ChainView::unknown : chain_.find(a.proof);
      if (place != ChainView::unknown && chain_.blocks()[place].main_chain) ++succeeded_;
    }
    attempts_.clear();
  }
  void merge(const Measure& other) override {
    const auto& o = dynamic_cast<const Success&>(other);
    made_ += o.made_;
    succeeded_ += o.succeeded_;
    durations_.insert(durations_.end(), o.durations_.begin(), o.durations_.end());
  }
  void metrics(MetricSink& sink) const override {
    if (made_ == 0) {
      sink.metric(absent("attack.success", "value", "share", Standing::not_challenged, "no attempt was made"));
    } else {
      sink.metric(share("attack.success", "value", succeeded_, made_, "no attempt was made"));
    }
    sink.metric(number("attack.attempts", "count", static_cast<double>(made_), "attempts", made_, false));
    tell_quantiles(sink, "attack.duration", "s", durations_, {{"p50", 0.5, false}, {"max", 1.0, false}},
                   "no attempt came to an end");
  }

 private:
  struct Attempt {
    NodeId who;
    std::uint64_t number = 0;
    Time began;
    Time ended;
    std::uint64_t proof = 0;  ///< a block that is in the main chain exactly when it succeeded
  };
  Time warmup_;
  Duration settle_{};
  ChainView chain_;
  std::vector<Attempt> attempts_;
  std::vector<double> durations_;
  std::uint64_t made_ = 0;
  std::uint64_t succeeded_ = 0;
};

}  // namespace

MeasureRow attack_success_measure() {
  return {
      .name = "attack.success",
      .sentence = "The share of an attacker's attempts that succeeded, judged by what the honest peers settled on.",
      .numerator =
          "attempts whose published branch is in the settled main chain; `attack.duration`: of those that came to an "
          "end",
      .denominator = "attempts begun: the payment sent, the rewriting begun, the unwanted block seen",
      .sampling = "attempts begun in [warmup, end - settle]",
      .censoring = "an attempt still under way at the end has failed; without an attempt it prints `not challenged`",
      .source = "Rosenfeld 2014 (arXiv:1402.2009) for double spends",
      .moved_by = "hash power, confirmations, head start, when the attacker gives up, propagation delay",
      .metrics = {{"attack.success", {{"value", "share"}}},
                  {"attack.attempts", {{"count", "attempts"}}},
                  {"attack.duration", {{"p50", "s"}, {"max", "s"}}}},
      .make = [](std::string_view) -> std::unique_ptr<Measure> { return std::make_unique<Success>(); }};
}

}  // namespace peerlab
