// The ledger as a whole: blocks mined, in the main chain, refused; the share that was wasted; how deep histories changed.
//
//   stale.per_mined  blocks not in the settled main chain / blocks mined; those of the last `settle` are left out of both
//   blocks           counts over the whole run, and the mean time between main-chain blocks
//   reorg            blocks undone by one change of branch, sampled in [warmup, end], on stores
#include <algorithm>
#include <vector>

#include "analysis/measures/chain_view.h"
#include "analysis/measures/rows.h"
#include "analysis/measures/telling.h"

namespace peerlab {
namespace {

class Stale : public Measure {
 public:
  std::span<const HappeningKind> kinds() const override { return ChainView::kinds; }
  void begin(const Cast& cast, std::span<const Request>) override {
    settle_ = cast.settle;
    chain_.begin(cast);
  }
  void see(const Row& row) override { chain_.see(row); }
  void finish(Time end, const Totals&) override {
    chain_.finish();
    std::vector<std::uint32_t> at_height;
    for (const ChainView::Block& block : chain_.blocks()) {
      if (block.mined > end - settle_) continue;
      ++mined_;
      stale_ += block.main_chain ? 0 : 1;
      // Heights rise by one at a time, so that the blocks at each can be counted in place.
      if (block.height >= at_height.size()) at_height.resize(block.height + 1);
      ++at_height[block.height];
    }
    for (const std::uint32_t blocks : at_height) {
      heights_ += blocks > 0 ? 1 : 0;
      forked_ += blocks > 1 ? 1 : 0;
    }
  }
  void merge(const Measure& other) override {
    const auto& o = dynamic_cast<const Stale&>(other);
    mined_ += o.mined_;
    stale_ += o.stale_;
    heights_ += o.heights_;
    forked_ += o.forked_;
  }
  void metrics(MetricSink& sink) const override {
    sink.metric(share("stale.per_mined", "value", stale_, mined_, "no block was mined"));
    sink.metric(number("stale.blocks", "count", static_cast<double>(stale_), "blocks", mined_, false));
    sink.metric(share("stale.forked", "value", forked_, heights_, "no block was mined", false));
  }

 private:
  Duration settle_{};
  ChainView chain_;
  std::uint64_t mined_ = 0;
  std::uint64_t stale_ = 0;
  std::uint64_t heights_ = 0;
  std::uint64_t forked_ = 0;
};

class Blocks : public Measure {
 public:
  std::span<const HappeningKind> kinds() const override {
    static constexpr HappeningKind all[] = {happened::block_mined, happened::tip_moved, happened::machine_down,
                                            happened::machine_up, happened::block_refused};
    return all;
  }
  void begin(const Cast& cast, std::span<const Request>) override { chain_.begin(cast); }
  void see(const Row& row) override {
    if (row.kind == happened::block_refused) {
      ++refused_;
    } else {
      chain_.see(row);
    }
  }
  void finish(Time, const Totals&) override {
    chain_.finish();
    Time first = Time::never();
    Time last = Time::zero();
    for (const ChainView::Block& block : chain_.blocks()) {
      ++mined_;
      if (!block.main_chain) continue;
      ++main_;
      first = std::min(first, block.mined);
      last = std::max(last, block.mined);
    }
    if (main_ < 2) return;
    gaps_ = main_ - 1;
    span_ = (last - first).seconds();
  }
  void merge(const Measure& other) override {
    const auto& o = dynamic_cast<const Blocks&>(other);
    mined_ += o.mined_;
    main_ += o.main_;
    refused_ += o.refused_;
    gaps_ += o.gaps_;
    span_ += o.span_;
  }
  void metrics(MetricSink& sink) const override {
    sink.metric(number("blocks.mined", "count", static_cast<double>(mined_), "blocks", mined_));
    sink.metric(number("blocks.main_chain", "count", static_cast<double>(main_), "blocks", mined_, false));
    sink.metric(gaps_ > 0 ? number("blocks.interval", "mean", span_ / static_cast<double>(gaps_), "s", gaps_)
                          : absent("blocks.interval", "mean", "s", Standing::no_sample, "fewer than two blocks"));
    sink.metric(number("blocks.refused", "count", static_cast<double>(refused_), "refusals", refused_, false));
  }

 private:
  ChainView chain_;
  std::uint64_t mined_ = 0;
  std::uint64_t main_ = 0;
  std::uint64_t refused_ = 0;
  std::uint64_t gaps_ = 0;
  double span_ = 0;
};

class Reorg : public Measure {
 public:
  std::span<const HappeningKind> kinds() const override {
    static constexpr HappeningKind all[] = {happened::reorganised, happened::machine_down, happened::machine_up};
    return all;
  }
  void begin(const Cast& cast, std::span<const Request>) override {
    warmup_ = cast.warmup;
    presence_.begin(cast);
  }
  void see(const Row& row) override {
    if (Presence::speaks_of(row.kind)) {
      pass(row.at);
      presence_.see(row);
    } else if (row.at >= warmup_ && presence_.store(row.who)) {
      ++count_;
      undone_ += row.amount;
      deepest_ = std::max(deepest_, row.amount);
    }
  }
  void finish(Time end, const Totals&) override { pass(end); }
  void merge(const Measure& other) override {
    const auto& o = dynamic_cast<const Reorg&>(other);
    count_ += o.count_;
    undone_ += o.undone_;
    deepest_ = std::max(deepest_, o.deepest_);
    node_hours_ += o.node_hours_;
  }
  void metrics(MetricSink& sink) const override {
    const auto count = static_cast<double>(count_);
    sink.metric(number("reorg.depth", "max", deepest_, "blocks", count_));
    sink.metric(count_ > 0
                    ? number("reorg.depth", "mean", static_cast<double>(undone_) / count, "blocks", count_, false)
                    : absent("reorg.depth", "mean", "blocks", Standing::no_sample, "no reorganisation", false));
    sink.metric(number("reorg.count", "count", count, "reorganisations", count_, false));
    sink.metric(node_hours_ > 0
                    ? number("reorg.count", "per_node_hour", count / node_hours_, "1/h", count_, false)
                    : absent("reorg.count", "per_node_hour", "1/h", Standing::no_sample, "no store on line", false));
  }

 private:
  void pass(Time to) {
    const Time from = std::max(at_, warmup_);
    if (to > from) node_hours_ += (to - from).seconds() / 3600 * presence_.stores_up();
    at_ = std::max(at_, to);
  }
  Time warmup_;
  Time at_;
  Presence presence_;
  std::uint64_t count_ = 0;
  std::uint64_t undone_ = 0;
  std::uint32_t deepest_ = 0;
  double node_hours_ = 0;
};

}  // namespace

MeasureRow stale_measure() {
  return {.name = "stale",
          .sentence = "The share of mined blocks that did not end up in the main chain.",
          .numerator =
              "blocks not in the settled main chain; `stale.forked`: heights at which more than one block was mined",
          .denominator = "blocks mined; heights at which a block was mined",
          .sampling = "blocks mined until end - settle",
          .censoring = "blocks of the last `settle` are left out of both counts",
          .source = "Decker & Wattenhofer 2013; the main chain is where most honest on-line stores stand at the end",
          .moved_by = "propagation time against block interval, partitions, withheld blocks",
          .metrics = {{"stale.per_mined", {{"value", "share"}}},
                      {"stale.blocks", {{"count", "blocks"}}},
                      {"stale.forked", {{"value", "share"}}}},
          .make = [](std::string_view) -> std::unique_ptr<Measure> { return std::make_unique<Stale>(); }};
}

MeasureRow reorg_measure() {
  return {.name = "reorg",
          .sentence = "How deep and how often a machine moved to another branch.",
          .numerator = "blocks undone by one change of branch; changes",
          .denominator = "changes; hours on line of all stores",
          .sampling = "[warmup, end], on honest stores",
          .censoring = "none",
          .source = own_definition,
          .moved_by = "block interval, partitions, attacks on the chain",
          .metrics = {{"reorg.depth", {{"max", "blocks"}, {"mean", "blocks"}}},
                      {"reorg.count", {{"count", "reorganisations"}, {"per_node_hour", "1/h"}}}},
          .make = [](std::string_view) -> std::unique_ptr<Measure> { return std::make_unique<Reorg>(); }};
}

MeasureRow blocks_measure() {
  return {.name = "blocks",
          .sentence = "How many blocks were mined and how fast the main chain grew.",
          .numerator = "blocks mined, in the main chain, refused; time between the first and the last main-chain block",
          .denominator = "for the interval: main-chain blocks less one",
          .sampling = "the whole run",
          .censoring = "none",
          .source = own_definition,
          .moved_by = "block interval, length of the run, retarget",
          .metrics = {{"blocks.mined", {{"count", "blocks"}}},
                      {"blocks.main_chain", {{"count", "blocks"}}},
                      {"blocks.interval", {{"mean", "s"}}},
                      {"blocks.refused", {{"count", "refusals"}}}},
          .make = [](std::string_view) -> std::unique_ptr<Measure> { return std::make_unique<Blocks>(); }};
}

}  // namespace peerlab
