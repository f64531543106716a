// What an attack by mining brought in, and what it cost everybody.
//
//   revenue  the attackers' blocks of the settled main chain, as a share and per hour, beside their share of the hash power
//   mpu      mining power utilisation (Eyal, Gencer, Sirer & van Renesse, Bitcoin-NG, NSDI 2016): main-chain blocks over blocks mined,
//            of all miners (`mpu_node_overall`) and of the attackers (`mpu_node_adv`)
#include <algorithm>
#include <cmath>
#include <tuple>

#include "analysis/measures/chain_view.h"
#include "analysis/measures/rows.h"
#include "analysis/measures/telling.h"

namespace peerlab {
namespace {

/// Blocks of the attackers and of everybody, in the settled chain, over a stretch of time.
struct Stretch {
  std::uint64_t attackers = 0;
  std::uint64_t all = 0;
  double hours = 0;
  void add(const Stretch& o) {
    attackers += o.attackers;
    all += o.all;
    hours += o.hours;
  }
};

class Revenue : public Measure {
 public:
  std::span<const HappeningKind> kinds() const override { return ChainView::kinds; }
  void begin(const Cast& cast, std::span<const Request>) override {
    cast_ = &cast;
    chain_.begin(cast);
    double total = 0;
    double theirs = 0;
    for (const CastNode& node : cast.nodes) {
      total += node.hash_power;
      if (!node.attacker) continue;
      theirs += node.hash_power;
      challenged_ |= node.hash_power > 0;
    }
    // A scenario states it with a few digits; who has it must not show in the fifteenth.
    if (total > 0) fair_ = std::round(theirs / total * 1e9) / 1e9;
  }
  void see(const Row& row) override { chain_.see(row); }
  void finish(Time end, const Totals&) override {
    chain_.finish();
    const Time last = end - cast_->settle;
    Time retarget = Time::never();
    for (const ChainView::Block& block : chain_.blocks()) {
      if (!block.main_chain || block.mined < cast_->warmup || block.mined > last) continue;
      const bool before = cast_->retarget_interval == 0 || block.height < cast_->retarget_interval;
      if (!before) retarget = std::min(retarget, block.mined);
      Stretch& at = before ? before_ : after_;
      ++at.all;
      at.attackers += cast_->nodes[block.miner.index()].attacker ? 1 : 0;
    }
    const Time turn = std::clamp(retarget, cast_->warmup, std::max(last, cast_->warmup));
    before_.hours = (turn - cast_->warmup).seconds() / 3600;
    after_.hours = std::max(0.0, (last - turn).seconds() / 3600);
    runs_ = 1;
    cast_ = nullptr;
  }
  void merge(const Measure& other) override {
    const auto& o = dynamic_cast<const Revenue&>(other);
    challenged_ |= o.challenged_;
    before_.add(o.before_);
    after_.add(o.after_);
    fair_ = (fair_ * runs_ + o.fair_ * o.runs_) / (runs_ + o.runs_);
    runs_ += o.runs_;
  }
  void metrics(MetricSink& sink) const override {
    Stretch whole = before_;
    whole.add(after_);
    if (!challenged_) {
      for (const auto& [name, stat, unit, headline] :
           {std::tuple{"revenue.share", "value", "share", true},
            std::tuple{"revenue.hash_share", "value", "share", true},
            std::tuple{"revenue.per_hour", "mean", "1/h", true}, std::tuple{"revenue.per_hour", "before", "1/h", false},
            std::tuple{"revenue.per_hour", "after", "1/h", false}}) {
        sink.metric(absent(name, stat, unit, Standing::not_challenged, "no attacker mines", headline));
      }
      return;
    }
    sink.metric(share("revenue.share", "value", whole.attackers, whole.all, "no block in the main chain"));
    sink.metric(number("revenue.hash_share", "value", fair_, "share", whole.all));
    sink.metric(per_hour("mean", whole, "no time was measured", true));
    sink.metric(per_hour("before", before_, "no time was measured", false));
    sink.metric(per_hour("after", after_, "the difficulty did not change", false));
  }

 private:
  static Metric per_hour(std::string_view stat, const Stretch& at, std::string_view why, bool headline) {
    if (at.hours <= 0) return absent("revenue.per_hour", stat, "1/h", Standing::no_sample, why, headline);
    return number("revenue.per_hour", stat, static_cast<double>(at.attackers) / at.hours, "1/h", at.all, headline);
  }

  const Cast* cast_ = nullptr;
  ChainView chain_;
  bool challenged_ = false;
  double fair_ = 0;
  double runs_ = 0;
  Stretch before_;
  Stretch after_;
};

class Utilisation : public Measure {
 public:
  std::span<const HappeningKind> kinds() const override { return ChainView::kinds; }
  void begin(const Cast& cast, std::span<const Request>) override {
    cast_ = &cast;
    chain_.begin(cast);
    for (const CastNode& node : cast.nodes) challenged_ |= node.attacker && node.hash_power > 0;
  }
  void see(const Row& row) override { chain_.see(row); }
  void finish(Time end, const Totals&) override {
    chain_.finish();
    for (const ChainView::Block& block : chain_.blocks()) {
      if (block.mined < cast_->warmup || block.mined > end - cast_->settle) continue;
      ++mined_;
      main_ += block.main_chain ? 1 : 0;
      if (!cast_->nodes[block.miner.index()].attacker) continue;
      ++mined_by_attackers_;
      main_of_attackers_ += block.main_chain ? 1 : 0;
    }
    cast_ = nullptr;
  }
  void merge(const Measure& other) override {
    const auto& o = dynamic_cast<const Utilisation&>(other);
    challenged_ |= o.challenged_;
    mined_ += o.mined_;
    main_ += o.main_;
    mined_by_attackers_ += o.mined_by_attackers_;
    main_of_attackers_ += o.main_of_attackers_;
  }
  void metrics(MetricSink& sink) const override {
    sink.metric(share("mpu_node_overall", "value", main_, mined_, "no block was mined"));
    if (challenged_) {
      sink.metric(share("mpu_node_adv", "value", main_of_attackers_, mined_by_attackers_, "no attacker found a block"));
    } else {
      sink.metric(absent("mpu_node_adv", "value", "share", Standing::not_challenged, "no attacker mines"));
    }
  }

 private:
  const Cast* cast_ = nullptr;
  ChainView chain_;
  bool challenged_ = false;
  std::uint64_t mined_ = 0;
  std::uint64_t main_ = 0;
  std::uint64_t mined_by_attackers_ = 0;
  std::uint64_t main_of_attackers_ = 0;
};

}  // namespace

MeasureRow revenue_measure() {
  return {.name = "revenue",
          .sentence = "What attackers earn by mining: their part of the main chain, and blocks per hour.",
          .numerator =
              "the attackers' blocks in the settled main chain; `revenue.hash_share`: their share of the hash power, "
              "which is what honest mining would earn",
          .denominator =
              "all blocks in the settled main chain; `revenue.per_hour`: hours, also before and after the first change "
              "of the difficulty",
          .sampling = "blocks mined in [warmup, end - settle]",
          .censoring = "without an attacker who mines it prints `not challenged`",
          .source = "Eyal & Sirer 2014, FC, section 4.3; per hour: Grunspan & Perez-Marco 2018 (arXiv:1805.08281)",
          .moved_by =
              "the attackers' hash power, who hears of their blocks first (gamma), the tie rule; per hour: whether the "
              "difficulty has adjusted",
          .metrics = {{"revenue.share", {{"value", "share"}}},
                      {"revenue.hash_share", {{"value", "share"}}},
                      {"revenue.per_hour", {{"mean", "1/h"}, {"before", "1/h"}, {"after", "1/h"}}}},
          .make = [](std::string_view) -> std::unique_ptr<Measure> { return std::make_unique<Revenue>(); }};
}

MeasureRow mpu_measure() {
  return {.name = "mpu",
          .sentence = "Mining power utilisation: how much of the mining ended up in the main chain.",
          .numerator =
              "blocks in the settled main chain: of all miners (`mpu_node_overall`), of attackers (`mpu_node_adv`)",
          .denominator = "blocks mined, published or not: by all miners, by attackers",
          .sampling = "blocks mined in [warmup, end - settle]",
          .censoring = "`mpu_node_adv` prints `not challenged` without an attacker who mines",
          .source = "Eyal, Gencer, Sirer & van Renesse 2016, NSDI (Bitcoin-NG), with equal work per block",
          .moved_by = "propagation against the block interval, withheld blocks, branches given up",
          .metrics = {{"mpu_node_overall", {{"value", "share"}}}, {"mpu_node_adv", {{"value", "share"}}}},
          .make = [](std::string_view) -> std::unique_ptr<Measure> { return std::make_unique<Utilisation>(); }};
}

}  // namespace peerlab
