// How far mining is in few hands, and whether it is fair to small miners.
#include <algorithm>
#include <charconv>
#include <numeric>

#include "analysis/measures/chain_view.h"
#include "analysis/measures/exposed.h"
#include "analysis/measures/rows.h"
#include "analysis/measures/telling.h"

namespace peerlab {
namespace {

/// Blocks of the machines with the most hash power, taken together: how far mining is in few hands, and whether it is fair.
class Mined : public Measure {
 public:
  explicit Mined(std::string_view argument) {
    if (argument.empty()) {
      const std::span<const std::uint32_t> usual = usual_machines();
      counts_.assign(usual.begin(), usual.end());
    } else {
      std::from_chars(argument.data(), argument.data() + argument.size(), counts_.emplace_back());
    }
    sums_.resize(counts_.size());
  }
  std::span<const HappeningKind> kinds() const override { return ChainView::kinds; }
  void begin(const Cast& cast, std::span<const Request>) override {
    settle_ = cast.settle;
    warmup_ = cast.warmup;
    chain_.begin(cast);
    std::vector<std::uint32_t> order(cast.nodes.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return cast.nodes[a].hash_power > cast.nodes[b].hash_power;
    });
    rank_.resize(order.size());
    for (std::uint32_t r = 0; r < order.size(); ++r) rank_[order[r]] = r;
  }
  void see(const Row& row) override { chain_.see(row); }
  void finish(Time end, const Totals&) override {
    chain_.finish();
    for (const ChainView::Block& block : chain_.blocks()) {
      if (block.mined < warmup_ || block.mined > end - settle_) continue;
      all_ += block.main_chain ? 1 : 0;
      for (std::size_t i = 0; i < counts_.size(); ++i) {
        if (rank_[block.miner.index()] >= counts_[i]) continue;
        ++(block.main_chain ? sums_[i].kept : sums_[i].stale);
      }
    }
  }
  void merge(const Measure& other) override {
    const auto& o = dynamic_cast<const Mined&>(other);
    all_ += o.all_;
    for (std::size_t i = 0; i < sums_.size(); ++i) {
      sums_[i].kept += o.sums_[i].kept;
      sums_[i].stale += o.sums_[i].stale;
    }
  }
  void metrics(MetricSink& sink) const override {
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      const std::string who = std::to_string(counts_[i]);
      sink.metric(share(with_argument("mined.share", who), "value", sums_[i].kept, all_, "no block was mined", false));
      const auto kept = static_cast<double>(sums_[i].kept);
      const std::string stale = with_argument("mined.stale", who);
      sink.metric(
          sums_[i].kept > 0
              ? number(stale, "value", static_cast<double>(sums_[i].stale) / kept, "share", sums_[i].kept, false)
              : absent(stale, "value", "share", Standing::no_sample, "they have no block", false));
    }
  }

 private:
  struct Sum {
    std::uint64_t kept = 0;
    std::uint64_t stale = 0;
  };
  std::vector<std::uint32_t> counts_;  ///< of machines
  std::vector<Sum> sums_;              ///< of each of these
  std::vector<std::uint32_t> rank_;    ///< of each node by its hash power, 0 = most
  ChainView chain_;
  Duration settle_{};
  Time warmup_;
  std::uint64_t all_ = 0;
};

}  // namespace

MeasureRow mined_measure() {
  return {
      .name = "mined",
      .sentence = "What the machines with the most hash power mine: in how few hands it is, and whether it is fair.",
      .numerator =
          "`mined.share(k)`: blocks in the settled main chain that the k strongest machines found; `mined.stale(k)`: "
          "blocks of theirs outside of it",
      .denominator = "all blocks in the settled main chain; the blocks of theirs in it",
      .sampling = "blocks mined in [warmup, end - settle]",
      .censoring = "blocks of the last `settle` are left out of both counts",
      .source = "Gencer et al. 2018, FC (shares of the largest miners); Poinsot 2026 (stale blocks by miner)",
      .moved_by = "hash shares, propagation time against block interval: who has much hears of its own blocks at once",
      .metrics = {{"mined.share", {{"value", "share"}}, Argument::machines, "1"},
                  {"mined.stale", {{"value", "share"}}, Argument::machines, "1"}},
      .make = [](std::string_view argument) -> std::unique_ptr<Measure> { return std::make_unique<Mined>(argument); }};
}

}  // namespace peerlab
