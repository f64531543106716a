#include "analysis/measures/agreement.h"

#include <algorithm>
#include <charconv>

#include "analysis/measures/camps.h"
#include "analysis/measures/chain_view.h"
#include "analysis/measures/telling.h"

namespace peerlab {
namespace {

// A node that has not told of a tip stands at the beginning, like all others of its kind. No digest is likely to be this.
constexpr std::uint64_t the_beginning = 0;

// The camps at one depth, and their agreement over time.
struct Level {
  std::uint32_t depth = 0;
  Camps camps;
  std::vector<Camps::Camp> stand;  // by node
  double weighted = 0;             // sum of share x seconds
  double seconds = 0;
  std::uint64_t agreeing_at_end = 0;
  std::uint64_t pairs_at_end = 0;

  void pass(double span) {
    const std::uint64_t pairs = camps.pairs();
    if (pairs == 0) return;
    weighted += span * (static_cast<double>(camps.agreeing_pairs()) / static_cast<double>(pairs));
    seconds += span;
  }
  void move(NodeId node, std::uint64_t state) {
    const Camps::Camp camp = camps.of(state);
    Camps::Camp& now = stand[node.index()];
    if (now == camp) return;
    if (now != Camps::none) camps.leave(now);
    camps.join(camp);
    now = camp;
  }
  void leave(NodeId node) {
    Camps::Camp& now = stand[node.index()];
    if (now != Camps::none) camps.leave(now);
    now = Camps::none;
  }
};

class Agreement : public Measure {
 public:
  explicit Agreement(std::vector<std::uint32_t> depths) {
    for (const std::uint32_t depth : depths) levels_.emplace_back().depth = depth;
  }
  std::span<const HappeningKind> kinds() const override { return ChainView::kinds; }
  void begin(const Cast& cast, std::span<const Request>) override {
    warmup_ = cast.warmup;
    at_ = Time::zero();
    chain_.begin(cast);
    stores_ = chain_.presence().stores_up();
    for (Level& level : levels_) {
      level.stand.assign(cast.nodes.size(), Camps::none);
      for (std::uint32_t i = 0; i < cast.nodes.size(); ++i) {
        if (chain_.presence().store(NodeId(i))) level.move(NodeId(i), the_beginning);
      }
    }
  }
  void see(const Row& row) override {
    pass(row.at);
    chain_.see(row);
    if (row.kind == happened::block_mined || !chain_.presence().store(row.who)) return;
    for (Level& level : levels_) {
      if (row.kind == happened::machine_down) {
        level.leave(row.who);
      } else if (row.kind == happened::machine_up) {
        level.move(row.who, the_beginning);
      } else if (chain_.presence().up(row.who)) {
        level.move(row.who, level.depth == 0 ? row.detail : chain_.ancestor(row.subject, level.depth));
      }
    }
  }
  void finish(Time end, const Totals&) override {
    pass(end);
    for (Level& level : levels_) {
      level.agreeing_at_end = level.camps.agreeing_pairs();
      level.pairs_at_end = level.camps.pairs();
    }
  }
  void merge(const Measure& other) override {
    const auto& o = dynamic_cast<const Agreement&>(other);
    for (std::size_t i = 0; i < levels_.size(); ++i) {
      levels_[i].weighted += o.levels_[i].weighted;
      levels_[i].seconds += o.levels_[i].seconds;
      levels_[i].agreeing_at_end += o.levels_[i].agreeing_at_end;
      levels_[i].pairs_at_end += o.levels_[i].pairs_at_end;
    }
  }
  void metrics(MetricSink& sink) const override {
    const std::string_view why = stores_ == 1 ? "one copy" : "never two stores on line";
    for (const Level& level : levels_) {
      const std::string name = with_argument("agreement", std::to_string(level.depth));
      if (level.seconds > 0) {
        sink.metric(number(name, "mean", level.weighted / level.seconds, "share", stores_, level.depth != 1));
      } else {
        sink.metric(absent(name, "mean", "share", Standing::no_sample, why, level.depth != 1));
      }
      if (level.pairs_at_end > 0) {
        const double end = static_cast<double>(level.agreeing_at_end) / static_cast<double>(level.pairs_at_end);
        sink.metric(number(name, "end", end, "share", stores_, false));
      } else {
        sink.metric(absent(name, "end", "share", Standing::no_sample, why, false));
      }
    }
  }

 private:
  void pass(Time to) {
    const Time from = std::max(at_, warmup_);
    if (to > from) {
      for (Level& level : levels_) level.pass((to - from).seconds());
    }
    at_ = std::max(at_, to);
  }

  std::vector<Level> levels_;
  ChainView chain_;
  Time warmup_;
  Time at_;
  std::uint32_t stores_ = 0;
};

}  // namespace

std::unique_ptr<Measure> make_agreement(std::string_view argument) {
  std::uint32_t depth = 0;
  if (argument.empty()) return std::make_unique<Agreement>(std::vector<std::uint32_t>{0, 1, 6});
  std::from_chars(argument.data(), argument.data() + argument.size(), depth);
  return std::make_unique<Agreement>(std::vector{depth});
}

}  // namespace peerlab
