// How few owners, and hosts, can stop, censor or rewrite.
#include <array>
#include <limits>

#include "analysis/measures/falling.h"
#include "analysis/measures/powers.h"
#include "analysis/measures/rows.h"
#include "analysis/measures/telling.h"

namespace peerlab {
namespace {

class Control final : public Measure {
 public:
  std::span<const HappeningKind> kinds() const override { return {}; }
  void begin(const Cast& cast, std::span<const Request>) override {
    for (std::size_t c = 0; c < currencies.size(); ++c) {
      const FallUnits units(cast, currencies[c]);
      const auto takes = [&](Feat feat) {
        const Need need = need_of(cast, feat);
        if (!need.said) return std::uint32_t{0};
        return need.never ? beyond_reach : fewest(units, need.weight, need.enough);
      };
      const std::uint32_t alter = takes(Feat::alter);
      const std::uint32_t undo = takes(Feat::undo);
      add(0, c, takes(Feat::stop_writes));
      add(1, c, takes(Feat::refuse));
      add(2, c, alter == 0 || undo == 0 ? 0 : std::min(alter, undo));
    }
    runs_ = 1;
  }
  void see(const Row&) override {}
  void finish(Time, const Totals&) override {}
  void merge(const Measure& other) override {
    const auto& o = dynamic_cast<const Control&>(other);
    for (std::size_t i = 0; i < sums_.size(); ++i) sums_[i] += o.sums_[i];
    for (std::size_t i = 0; i < sums_.size(); ++i) said_[i] = said_[i] && o.said_[i];
    runs_ += o.runs_;
  }
  void metrics(MetricSink& sink) const override {
    static constexpr std::array<std::string_view, 3> names = {"control.stop", "control.censor", "control.rewrite"};
    for (std::size_t n = 0; n < names.size(); ++n) {
      for (std::size_t c = 0; c < currencies.size(); ++c) {
        const std::string_view unit = currency_names[static_cast<std::size_t>(currencies[c])];
        const std::size_t i = n * currencies.size() + c;
        if (!said_[i]) {
          sink.metric(absent(names[n], unit, unit, Standing::no_sample, "the system does not say", c == 0));
        } else {
          sink.metric(number(names[n], unit, sums_[i] / static_cast<double>(runs_), unit, runs_, c == 0));
        }
      }
    }
  }

 private:
  static constexpr std::array<Currency, 2> currencies = {Currency::owners, Currency::hosts};
  void add(std::size_t n, std::size_t c, std::uint32_t units) {
    const std::size_t i = n * currencies.size() + c;
    said_[i] = units > 0;
    sums_[i] = units == beyond_reach ? std::numeric_limits<double>::infinity() : units;
  }
  std::array<double, 6> sums_{};
  std::array<bool, 6> said_{};
  std::uint64_t runs_ = 0;
};

}  // namespace

MeasureRow control_measure() {
  return {.name = "control",
          .sentence = "Whether there is a controlling party: how few owners can stop, censor or rewrite.",
          .numerator =
              "the smallest number of owners (hosts) whose machines together can stop all writes, keep a user's "
              "operations out, or rewrite what was acked, by the system's own rules",
          .denominator = "none: a count",
          .sampling = "once a run, with the shares of hash power of that run",
          .censoring = "a system that does not say has no figure; inf: all owners together cannot",
          .source = "the Nakamoto coefficient, Srinivasan and Lee 2017, in owners and in hosts",
          .moved_by = "how many operators a service has, how hash power is spread, whether owners sign",
          .metrics = {{"control.stop", {{"owners", "owners"}, {"hosts", "hosts"}}},
                      {"control.censor", {{"owners", "owners"}, {"hosts", "hosts"}}},
                      {"control.rewrite", {{"owners", "owners"}, {"hosts", "hosts"}}}},
          .make = [](std::string_view) -> std::unique_ptr<Measure> { return std::make_unique<Control>(); }};
}

}  // namespace peerlab
