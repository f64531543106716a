// Block propagation: for each block, the time from its mining until 10 / 50 / 90 / 99 % of the eligible nodes held it; the
// figure of a run is the median over blocks. Eligible: stores on line from the mining until that instant. The miner
// holds its block at once. A share that is never reached counts as +infinity.
#include <array>

#include "analysis/measures/chain_view.h"
#include "analysis/measures/rows.h"
#include "analysis/measures/spread.h"
#include "analysis/measures/telling.h"

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
      if (last_place_ != ChainView::unknown) spread_.held(last_place_, row.who, row.at, chain_.presence());
      return;
    }
    if (row.kind == happened::machine_down) spread_.leaves(row.who, row.at, chain_.presence());
    const std::size_t before = chain_.blocks().size();
    chain_.see(row);
    if (chain_.blocks().size() > before) {
      const std::uint32_t place = spread_.begin(row.at, chain_.presence());
      spread_.held(place, row.who, row.at, chain_.presence());
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
    }
  }
  void merge(const Measure& other) override {
    const auto& o = dynamic_cast<const Propagation&>(other);
    for (std::size_t k = 0; k < Spread::shares; ++k) {
      samples_[k].insert(samples_[k].end(), o.samples_[k].begin(), o.samples_[k].end());
    }
    lines_.insert(lines_.end(), o.lines_.begin(), o.lines_.end());
  }
  void metrics(MetricSink& sink) const override {
    static constexpr std::string_view stats[] = {"p10", "p50", "p90", "p99"};
    for (std::size_t k = 0; k < Spread::shares; ++k) {
      tell_quantiles(sink, "propagation", "s", samples_[k], {{stats[k], 0.5, k > 0}}, "no block in the sampled time");
    }
    for (const BlockLine& line : lines_) sink.block(line);
  }

 private:
  Time warmup_;
  Duration settle_{};
  ChainView chain_;
  Spread spread_{{10, 50, 90, 99}};
  std::uint64_t last_id_ = 0;
  std::uint32_t last_place_ = ChainView::unknown;
  std::array<std::vector<double>, Spread::shares> samples_;
  std::vector<BlockLine> lines_;
};

}  // namespace

MeasureRow propagation_measure() {
  return {.name = "propagation",
          .sentence = "How long a new block takes to reach a given share of the nodes; the median over blocks.",
          .numerator = "for each block, time from its mining until 10 / 50 / 90 / 99 % of the eligible nodes held it",
          .denominator = "eligible: honest stores on line without a break from the mining until that instant",
          .sampling = "blocks mined in [warmup, end - settle]",
          .censoring = "a share that is never reached counts as +infinity",
          .source = "Decker & Wattenhofer 2013, P2P; quantiles by Hyndman & Fan 1996, type 1",
          .moved_by = "latency, bandwidth, block size, number of links, compact blocks, CPU prices",
          .metrics = {{"propagation", {{"p50", "s"}, {"p90", "s"}, {"p99", "s"}, {"p10", "s"}}}},
          .make = [](std::string_view) -> std::unique_ptr<Measure> { return std::make_unique<Propagation>(); }};
}

}  // namespace peerlab
