// Block propagation: for each block, the time from its mining until 10 / 50 / 90 / 99 % of the eligible nodes held it; the
// figure of a run is the median over blocks. Eligible: stores on line from the mining until that instant. The miner
// holds its block at once. A share that is never reached counts as +infinity.
#include <array>

#include "analysis/measures/chain_view.h"
#include "analysis/measures/rows.h"
#include "analysis/measures/spread.h"
#include "analysis/measures/telling.h"
#include "analysis/statistics/interval.h"

namespace peerlab {
namespace {

class Propagation : public Measure {
 public:
  std::span<const HappeningKind> kinds() const override {
    static constexpr HappeningKind all[] = {happened::block_mined, happened::block_held, happened::tip_moved,
                                            happened::machine_down, happened::machine_up};
    return all;
  }
  void begin(const Cast& cast, std::span<const Request>) override {
    warmup_ = cast.warmup;
    settle_ = cast.settle;
    chain_.begin(cast);
  }
  void see(const Row& row) override {
    if (row.kind == happened::block_held) {
      if (row.subject != last_id_) {  // rows of one block come in runs
        last_id_ = row.subject;
        last_place_ = chain_.find(row.subject);
      }
      if (last_place_ == ChainView::unknown) return;
      spread_.held(last_place_, row.who, row.at, chain_.presence());
      if (chain_.presence().store(row.who)) arrives(last_place_, row.who, row.at);
      return;
    }
    if (row.kind == happened::machine_down) spread_.leaves(row.who, row.at, chain_.presence());
    const std::size_t before = chain_.blocks().size();
    chain_.see(row);
    if (chain_.blocks().size() > before) {
      const std::uint32_t place = spread_.begin(row.at, chain_.presence());
      spread_.held(place, row.who, row.at, chain_.presence());
      arrivals_.push_back({row.at, 0, 0});
      last_id_ = row.subject;
      last_place_ = place;
    }
  }
  void finish(Time end, const Totals&) override {
    chain_.finish();
    for (std::uint32_t i = 0; i < chain_.blocks().size(); ++i) {
      const ChainView::Block& b = chain_.blocks()[i];
      lines_.push_back({b.id, b.parent_id, b.height, b.miner.value, b.mined, b.main_chain, spread_.seconds(i, 0),
                        spread_.seconds(i, 1), spread_.seconds(i, 2), spread_.seconds(i, 3), spread_.eligible(i)});
      if (b.mined < warmup_ || b.mined > end - settle_) continue;
      for (std::size_t k = 0; k < Spread::shares; ++k) samples_[k].push_back(spread_.seconds(i, k));
      if (arrivals_[i].count == 0) continue;
      until_last_.push_back((arrivals_[i].last - b.mined).seconds());
      waits_ += arrivals_[i].waits;
      waiting_ += arrivals_[i].count;
    }
  }
  void merge(const Measure& other) override {
    const auto& o = dynamic_cast<const Propagation&>(other);
    for (std::size_t k = 0; k < Spread::shares; ++k) {
      samples_[k].insert(samples_[k].end(), o.samples_[k].begin(), o.samples_[k].end());
    }
    lines_.insert(lines_.end(), o.lines_.begin(), o.lines_.end());
    until_last_.insert(until_last_.end(), o.until_last_.begin(), o.until_last_.end());
    waits_ += o.waits_;
    waiting_ += o.waiting_;
  }
  void metrics(MetricSink& sink) const override {
    static constexpr std::string_view stats[] = {"p10", "p50", "p90", "p99"};
    for (std::size_t k = 0; k < Spread::shares; ++k) {
      tell_quantiles(sink, "propagation", "s", samples_[k], {{stats[k], 0.5, k > 0}}, "no block in the sampled time");
    }
    const std::string_view none = "no block came to anybody in the sampled time";
    if (until_last_.empty()) {
      sink.metric(absent("propagation.last", "mean", "s", Standing::no_sample, none, false));
      sink.metric(absent("propagation.each", "mean", "s", Standing::no_sample, none, false));
    } else {
      sink.metric(number("propagation.last", "mean", mean(until_last_), "s", until_last_.size(), false));
      sink.metric(number("propagation.each", "mean", waits_ / static_cast<double>(waiting_), "s", waiting_, false));
    }
    for (const BlockLine& line : lines_) sink.block(line);
  }

 private:
  /// Of one block at others than its miner, whenever they were on line.
  struct Arrivals {
    Time last;
    double waits = 0;  ///< seconds, added up
    std::uint32_t count = 0;
  };
  // Rows come in rising time. A miner may tell that he holds his own block.
  void arrives(std::uint32_t place, NodeId who, Time at) {
    const ChainView::Block& block = chain_.blocks()[place];
    Arrivals& of = arrivals_[place];
    if (who == block.miner) return;
    of.last = at;
    of.waits += (at - block.mined).seconds();
    ++of.count;
  }

  Time warmup_;
  Duration settle_{};
  ChainView chain_;
  Spread spread_{{10, 50, 90, 99}};
  std::uint64_t last_id_ = 0;
  std::uint32_t last_place_ = ChainView::unknown;
  std::array<std::vector<double>, Spread::shares> samples_;
  std::vector<Arrivals> arrivals_;  ///< by place
  std::vector<double> until_last_;
  double waits_ = 0;
  std::uint64_t waiting_ = 0;
  std::vector<BlockLine> lines_;
};

}  // namespace

MeasureRow propagation_measure() {
  return {.name = "propagation",
          .sentence = "How long a new block takes to reach a given share of the nodes; the median over blocks.",
          .numerator =
              "for each block, time from its mining until 10 / 50 / 90 / 99 % of the eligible nodes held it; "
              "`propagation.last`: until it came to an honest store for the last time, and `propagation.each`: "
              "until it came to each of them, means over blocks, and over blocks and stores",
          .denominator = "eligible: honest stores on line without a break from the mining until that instant",
          .sampling = "blocks mined in [warmup, end - settle]",
          .censoring = "a share that is never reached counts as +infinity",
          .source = "Decker & Wattenhofer 2013, P2P; quantiles by Hyndman & Fan 1996, type 1",
          .moved_by = "latency, bandwidth, block size, number of links, compact blocks, CPU prices",
          .metrics = {{"propagation", {{"p50", "s"}, {"p90", "s"}, {"p99", "s"}, {"p10", "s"}}},
                      {"propagation.last", {{"mean", "s"}}},
                      {"propagation.each", {{"mean", "s"}}}},
          .make = [](std::string_view) -> std::unique_ptr<Measure> { return std::make_unique<Propagation>(); }};
}

}  // namespace peerlab
