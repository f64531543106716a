// Agreement: the share of pairs of on-line stores that agree z steps below the tip, averaged over time. A step is a block of a
// ledger or an entry of a service's log.
//
// At z = 0 they agree when their states have equal digests. Further down they agree when the state z steps below the higher of
// their two tips is in both their histories (history_tree.h): they may lag by z steps, and may differ in the last z. Instants with
// fewer than two stores on line have no pairs and no weight.
#include <algorithm>
#include <charconv>

#include "analysis/measures/camps.h"
#include "analysis/measures/presence.h"
#include "analysis/measures/relatives.h"
#include "analysis/measures/rows.h"
#include "analysis/measures/telling.h"

namespace peerlab {
namespace {

// Where nobody has told of a tip, all stand at the beginning. No digest is likely to be this.
constexpr std::uint64_t the_beginning = 0;

// The agreement at one depth, over time.
struct Level {
  std::uint32_t depth = 0;
  double weighted = 0;  // sum of share x seconds
  double seconds = 0;
  std::uint64_t agreeing_at_end = 0;
  std::uint64_t pairs_at_end = 0;
};

class Agreement : public Measure {
 public:
  explicit Agreement(const std::vector<std::uint32_t>& depths) {
    for (const std::uint32_t depth : depths) {
      levels_.emplace_back().depth = depth;
      relatives_.emplace_back(depth);
    }
  }
  std::span<const HappeningKind> kinds() const override {
    static constexpr HappeningKind all[] = {happened::block_mined, happened::log_grew, happened::tip_moved,
                                            happened::machine_down, happened::machine_up};
    return all;
  }
  void begin(const Cast& cast, std::span<const Request>) override {
    warmup_ = cast.warmup;
    at_ = Time::zero();
    presence_.begin(cast);
    stores_ = presence_.stores_up();
    stand_.assign(cast.nodes.size(), {});
    for (std::uint32_t i = 0; i < cast.nodes.size(); ++i) {
      if (presence_.store(NodeId(i))) move(NodeId(i), the_beginning, HistoryTree::beginning);
    }
  }
  void see(const Row& row) override {
    pass(row.at);
    if (HistoryTree::speaks_of(row.kind)) return tree_.see(row);
    if (row.kind == happened::tip_moved) {
      const bool counts = presence_.store(row.who) && presence_.up(row.who);
      if (counts) move(row.who, row.detail, tree_.of(row.subject, row.amount));
    } else if (presence_.see(row) && presence_.store(row.who)) {
      if (row.kind == happened::machine_up) {
        move(row.who, the_beginning, HistoryTree::beginning);
      } else {
        leave(row.who);
      }
    }
  }
  void finish(Time end, const Totals&) override {
    pass(end);
    for (std::size_t i = 0; i < levels_.size(); ++i) {
      levels_[i].agreeing_at_end = agreeing(i);
      levels_[i].pairs_at_end = states_.pairs();
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
  struct Stand {
    Camps::Camp state = Camps::none;  // none: off line, or no store
    HistoryTree::Place tip = HistoryTree::beginning;
  };
  [[nodiscard]] std::uint64_t agreeing(std::size_t level) const {
    return levels_[level].depth == 0 ? states_.agreeing_pairs() : relatives_[level].agreeing_pairs();
  }
  void pass(Time to) {
    const Time from = std::max(at_, warmup_);
    at_ = std::max(at_, to);
    const std::uint64_t pairs = states_.pairs();
    if (to <= from || pairs == 0) return;
    for (std::size_t i = 0; i < levels_.size(); ++i) {
      const double span = (to - from).seconds();
      levels_[i].weighted += span * (static_cast<double>(agreeing(i)) / static_cast<double>(pairs));
      levels_[i].seconds += span;
    }
  }
  void move(NodeId node, std::uint64_t state, HistoryTree::Place tip) {
    Stand& stand = stand_[node.index()];
    const Camps::Camp camp = states_.of(state);
    const bool there = stand.state != Camps::none;
    if (!there || stand.tip != tip) {
      for (std::size_t i = 0; i < levels_.size(); ++i) {
        if (levels_[i].depth == 0) continue;
        if (there) relatives_[i].leave(tree_, stand.tip);
        relatives_[i].join(tree_, tip);
      }
    }
    if (there) states_.leave(stand.state);
    states_.join(camp);
    stand = {camp, tip};
  }
  void leave(NodeId node) {
    Stand& stand = stand_[node.index()];
    if (stand.state == Camps::none) return;
    states_.leave(stand.state);
    for (std::size_t i = 0; i < levels_.size(); ++i) {
      if (levels_[i].depth != 0) relatives_[i].leave(tree_, stand.tip);
    }
    stand = {};
  }

  Presence presence_;
  HistoryTree tree_;
  Camps states_;                      // at depth 0: equal states agree
  std::vector<Relatives> relatives_;  // by level; that of depth 0 stays empty
  std::vector<Stand> stand_;          // by node
  std::vector<Level> levels_;
  Time warmup_;
  Time at_;
  std::uint32_t stores_ = 0;
};

}  // namespace

MeasureRow agreement_measure() {
  return {.name = "agreement",
          .sentence =
              "The share of pairs of machines that agree z steps below the tip, over time. A step is a block of a "
              "ledger or an entry of a service's log.",
          .numerator =
              "pairs of honest on-line stores that agree: for z = 0 their states are equal; for z > 0 the state z "
              "steps below the higher of their two tips is in both their histories",
          .denominator = "all pairs of honest on-line stores",
          .sampling = "time-weighted over [warmup, end]",
          .censoring = "instants with fewer than two stores on line have no weight; one store is `one copy`",
          .source = "the common prefix of Garay, Kiayias & Leonardos 2015, EUROCRYPT, between each two stores",
          .moved_by = "block interval or rate of writes against propagation time, partitions, attacks on the chain",
          .metrics = {{"agreement", {{"mean", "share"}, {"end", "share"}}, Argument::depth, "0"}},
          .make = [](std::string_view argument) -> std::unique_ptr<Measure> {
            std::uint32_t depth = 0;
            if (argument.empty()) return std::make_unique<Agreement>(std::vector<std::uint32_t>{0, 1, 6});
            std::from_chars(argument.data(), argument.data() + argument.size(), depth);
            return std::make_unique<Agreement>(std::vector{depth});
          }};
}

}  // namespace peerlab
