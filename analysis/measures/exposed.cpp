#include "analysis/measures/exposed.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "analysis/measures/audited_records.h"
#include "analysis/measures/random_orders.h"
#include "analysis/measures/rows.h"
#include "analysis/measures/telling.h"

namespace peerlab {
namespace {

constexpr std::array<std::uint32_t, 5> usual = {0, 1, 2, 5, 10};

/// One of the three metrics, at one k: sums over audits.
struct Exposure {
  double best = 0;
  double random = 0;
  std::uint64_t audits = 0;
};

class Exposed : public Measure {
 public:
  explicit Exposed(std::string_view argument) {
    if (argument.empty()) {
      machines_.assign(usual.begin(), usual.end());
    } else {
      std::uint32_t k = 0;
      std::from_chars(argument.data(), argument.data() + argument.size(), k);
      machines_ = {k};
    }
    for (auto& sums : sums_) sums.resize(machines_.size());
  }
  std::span<const HappeningKind> kinds() const override { return Operations::kinds; }
  Audits audits() const override { return Audits::opening_seals; }
  void begin(const Cast& cast, std::span<const Request> requests) override {
    warmup_ = cast.warmup;
    seed_ = cast.seed;
    open_ = cast.open;
    machine_count_ = cast.machines;
    records_.begin(cast, requests);
  }
  void see(const Row& row) override { records_.see(row); }

  void audited(const Audit& audit) override {
    if (audit.at < warmup_ || audit.why == Audit::Why::before_fault) return;
    const std::vector<BreakIn::Record> live = records_.live(audit);
    BreakIn thief(audit, live, open_);
    const std::uint32_t most = machines_.back();
    BreakIn::Fallen fallen;
    for (std::size_t aim = 0; aim < aims; ++aim) {
      thief.fall(thief.greedy(static_cast<BreakIn::Aim>(aim), most), fallen);
      add(live, fallen, aim, &Exposure::best);
      for (std::size_t j = 0; j < machines_.size(); ++j) sums_[aim][j].audits += counted(live, aim) > 0 ? 1 : 0;
    }
    for (std::uint32_t i = 0; i < random_orders; ++i) {
      thief.fall(random_order(seed_, i, machine_count_, most), fallen);
      for (std::size_t aim = 0; aim < aims; ++aim) add(live, fallen, aim, &Exposure::random);
    }
  }
  void finish(Time, const Totals&) override {}
  void merge(const Measure& other) override {
    const auto& o = dynamic_cast<const Exposed&>(other);
    for (std::size_t aim = 0; aim < aims; ++aim) {
      for (std::size_t j = 0; j < machines_.size(); ++j) {
        sums_[aim][j].best += o.sums_[aim][j].best;
        sums_[aim][j].random += o.sums_[aim][j].random;
        sums_[aim][j].audits += o.sums_[aim][j].audits;
      }
    }
  }
  void metrics(MetricSink& sink) const override {
    static constexpr std::array<std::string_view, aims> names = {"exposed", "exposed.all", "exposed.metadata"};
    for (std::size_t aim = 0; aim < aims; ++aim) {
      for (std::size_t j = 0; j < machines_.size(); ++j) {
        const std::string name = with_argument(names[aim], std::to_string(machines_[j]));
        const bool headline = aim == 0 && (machines_[j] <= 1 || machines_.size() == 1);
        tell(sink, name, "best", sums_[aim][j].best, sums_[aim][j].audits, aim, headline);
        tell(sink, name, "random", sums_[aim][j].random / random_orders, sums_[aim][j].audits, aim,
             headline && machines_[j] > 0);
      }
    }
  }

 private:
  static constexpr std::size_t aims = 3;

  static std::uint64_t counted(std::span<const BreakIn::Record> live, std::size_t aim) {
    if (aim != 0) return live.size();
    return static_cast<std::uint64_t>(
        std::count_if(live.begin(), live.end(), [](const BreakIn::Record& r) { return r.is_private; }));
  }
  /// Adds the share of the records that have fallen by k machines, for each k.
  void add(std::span<const BreakIn::Record> live, const BreakIn::Fallen& fallen, std::size_t aim,
           double Exposure::*sum) {
    const std::uint64_t all = counted(live, aim);
    if (all == 0) return;
    std::vector<std::uint64_t> at(machines_.size() + 1);
    for (std::size_t r = 0; r < live.size(); ++r) {
      if (aim == 0 && !live[r].is_private) continue;
      const std::uint32_t needs = aim == 2 ? fallen.seen[r] : fallen.read[r];
      ++at[static_cast<std::size_t>(std::lower_bound(machines_.begin(), machines_.end(), needs) - machines_.begin())];
    }
    std::uint64_t sum_so_far = 0;
    for (std::size_t j = 0; j < machines_.size(); ++j) {
      sum_so_far += at[j];
      sums_[aim][j].*sum += static_cast<double>(sum_so_far) / static_cast<double>(all);
    }
  }
  static void tell(MetricSink& sink, std::string_view name, std::string_view stat, double sum, std::uint64_t audits,
                   std::size_t aim, bool headline) {
    if (audits == 0) {
      sink.metric(absent(name, stat, "share", Standing::no_sample,
                         aim == 0 ? "no acked private record at an audit" : "no acked record at an audit", headline));
    } else {
      sink.metric(number(name, stat, sum / static_cast<double>(audits), "share", audits, headline));
    }
  }

  Time warmup_;
  std::uint64_t seed_ = 0;
  std::uint32_t machine_count_ = 0;
  bool open_ = false;
  AuditedRecords records_;
  std::vector<std::uint32_t> machines_;           ///< rising
  std::array<std::vector<Exposure>, aims> sums_;  ///< by aim, by k
};

}  // namespace

std::span<const std::uint32_t> usual_machines() { return usual; }

MeasureRow exposed_measure() {
  return {.name = "exposed",
          .sentence = "What somebody can read who has broken into k machines; k = 0 is joining and listening.",
          .numerator =
              "private records (`.all`: all records; `.metadata`: owner, size and time of all) that can be read with "
              "what lies on k machines, the keys among it, and what joining or logging in with those keys gives. What "
              "is sealed counts when the owner's key really opens it and is found. `best`: machines taken one by one, "
              "each time one that gives most more; `random`: mean over 1,000 random choices, nested in k",
          .denominator = "private live records (all live records): acked, standing, not erased by their owner",
          .sampling = "mean over audits, hourly after `warmup` and at the end; an audit looks and nobody is attacked",
          .censoring = "none; without a private record there is no figure",
          .source = own_definition,
          .moved_by = "who keeps copies, whether joining is open, encryption, where keys lie, disks encrypted at rest",
          .metrics = {{"exposed", {{"best", "share"}, {"random", "share"}}, Argument::machines, "1"},
                      {"exposed.all", {{"best", "share"}, {"random", "share"}}, Argument::machines, "1"},
                      {"exposed.metadata", {{"best", "share"}, {"random", "share"}}, Argument::machines, "1"}},
          .make = [](std::string_view argument) -> std::unique_ptr<Measure> {
            return std::make_unique<Exposed>(argument);
          }};
}

}  // namespace peerlab
