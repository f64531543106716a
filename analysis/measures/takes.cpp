// The price of an attack: `takes.GOAL`, in machines, owners, hosts and exploits.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

#include "analysis/measures/audited_records.h"
#include "analysis/measures/falling.h"
#include "analysis/measures/powers.h"
#include "analysis/measures/random_orders.h"
#include "analysis/measures/rows.h"
#include "analysis/measures/telling.h"

namespace peerlab {
namespace {

enum class Goal : std::uint8_t { read_half, lose, alter, refuse, stop_writes, stop_reads };
constexpr std::array<std::string_view, 6> goal_names = {"takes.read_half", "takes.lose",        "takes.alter",
                                                        "takes.refuse",    "takes.stop_writes", "takes.stop_reads"};
constexpr std::size_t goals = goal_names.size();
constexpr std::size_t currencies = currency_names.size();

double counted(std::uint32_t units) {
  return units == beyond_reach ? std::numeric_limits<double>::infinity() : static_cast<double>(units);
}

/// The audit as if each unit were one machine: what falls with it is found on it.
Audit folded(const Audit& audit, const FallUnits& units) {
  Audit fold;
  fold.at = audit.at;
  fold.copies = audit.copies;
  fold.bundles = audit.bundles;
  fold.keys = audit.keys;
  fold.machines.resize(units.members.size());
  for (std::size_t u = 0; u < units.members.size(); ++u) {
    Audit::Holding& whole = fold.machines[u];
    whole.on = false;
    for (const MachineId m : units.members[u]) {
      const Audit::Holding& part = audit.machines[m.index()];
      whole.store = whole.store || (part.store && part.on);
      whole.on = whole.on || part.on;
    }
    const bool unlocked = whole.store && whole.on;
    for (const MachineId m : units.members[u]) {
      const Audit::Holding& part = audit.machines[m.index()];
      whole.keys.insert(whole.keys.end(), part.keys.begin(), part.keys.end());
      if (part.locked && !unlocked) continue;
      whole.bundles.insert(whole.bundles.end(), part.bundles.begin(), part.bundles.end());
      whole.writes.insert(whole.writes.end(), part.writes.begin(), part.writes.end());
    }
    const auto once = [](auto& list) {
      std::sort(list.begin(), list.end());  // equal ones are the same
      list.erase(std::unique(list.begin(), list.end()), list.end());
    };
    once(whole.keys);
    once(whole.bundles);
    once(whole.writes);
  }
  return fold;
}

class Takes final : public Measure {
 public:
  std::span<const HappeningKind> kinds() const override { return Operations::kinds; }
  Audits audits() const override { return Audits::opening_seals; }
  void begin(const Cast& cast, std::span<const Request> requests) override {
    cast_ = &cast;
    records_.begin(cast, requests);
    rule(Goal::alter, Feat::alter);
    rule(Goal::refuse, Feat::refuse);
    rule(Goal::stop_writes, Feat::stop_writes);
    rule(Goal::stop_reads, Feat::stop_reads);
  }
  void see(const Row& row) override { records_.see(row); }
  void audited(const Audit& audit) override {
    if (audit.why != Audit::Why::end) return;
    std::vector<BreakIn::Record> live = records_.live(audit);
    std::erase_if(live, [&](const BreakIn::Record& r) { return !audit.copies[r.write].anywhere(); });  // lost already
    read_half(audit, live);
    lose(audit, live);
  }
  void finish(Time, const Totals&) override { cast_ = nullptr; }
  void merge(const Measure& other) override {
    const auto& o = dynamic_cast<const Takes&>(other);
    for (std::size_t g = 0; g < goals; ++g) {
      for (std::size_t c = 0; c < currencies; ++c) best_[g][c] += o.best_[g][c];
      orders_[g].insert(orders_[g].end(), o.orders_[g].begin(), o.orders_[g].end());
      runs_[g] += o.runs_[g];
    }
  }
  void metrics(MetricSink& sink) const override {
    for (std::size_t g = 0; g < goals; ++g) {
      const std::string_view name = goal_names[g];
      for (std::size_t c = 0; c < currencies; ++c) {
        tell(sink, g, name, currency_names[c], best_[g][c] / static_cast<double>(runs_[g]), currency_names[c], c == 0);
      }
      std::vector<double> sorted = orders_[g];
      std::sort(sorted.begin(), sorted.end());
      const auto at = [&](double p) {
        if (sorted.empty()) return 0.0;
        // The smallest k at which that share of the orders has got there.
        const double rank = std::ceil(p * static_cast<double>(sorted.size()));
        return sorted[static_cast<std::size_t>(rank) - 1];
      };
      tell(sink, g, name, "k50", at(0.5), "machines", false);
      tell(sink, g, name, "k95", at(0.95), "machines", false);
    }
  }

 private:
  void tell(MetricSink& sink, std::size_t g, std::string_view name, std::string_view stat, double value,
            std::string_view unit, bool headline) const {
    if (runs_[g] == 0) {
      const std::string_view why =
          g <= static_cast<std::size_t>(Goal::lose) ? "no such record at the end" : "the system does not say";
      sink.metric(absent(name, stat, unit, Standing::no_sample, why, headline));
    } else {
      sink.metric(number(name, stat, value, unit, runs_[g], headline));
    }
  }

  /// Of a goal that rests on the system's rules.
  void rule(Goal goal, Feat feat) {
    const Need need = need_of(*cast_, feat);
    if (!need.said) return;
    const auto g = static_cast<std::size_t>(goal);
    runs_[g] = 1;
    for (std::size_t c = 0; c < currencies; ++c) {
      const FallUnits units(*cast_, static_cast<Currency>(c));
      best_[g][c] = counted(need.never ? beyond_reach : fewest(units, need.weight, need.enough));
    }
    for (std::uint32_t i = 0; i < random_orders; ++i) {
      std::uint32_t fallen = beyond_reach;
      if (!need.never) {
        const std::vector<MachineId> order = random_order(cast_->seed, i, cast_->machines, cast_->machines);
        double sum = 0;
        for (std::uint32_t k = 0; k < order.size() && fallen == beyond_reach; ++k) {
          sum += need.weight[order[k].index()];
          if (sum >= need.enough) fallen = k + 1;
        }
      }
      orders_[g].push_back(counted(fallen));
    }
  }

  void read_half(const Audit& audit, const std::vector<BreakIn::Record>& live) {
    std::size_t secrets = 0;
    for (const BreakIn::Record& record : live) secrets += record.is_private ? 1 : 0;
    if (secrets == 0) return;
    const auto threshold = [&](const BreakIn::Fallen& fallen) {
      std::vector<std::uint32_t> needs;
      for (std::size_t r = 0; r < live.size(); ++r) {
        if (live[r].is_private) needs.push_back(fallen.read[r]);
      }
      const auto half = needs.begin() + static_cast<std::ptrdiff_t>((secrets + 1) / 2 - 1);
      std::nth_element(needs.begin(), half, needs.end());
      return counted(*half == BreakIn::never ? beyond_reach : *half);
    };
    const auto g = static_cast<std::size_t>(Goal::read_half);
    runs_[g] = 1;
    BreakIn::Fallen fallen;
    for (std::size_t c = 0; c < currencies; ++c) {
      const FallUnits units(*cast_, static_cast<Currency>(c));
      const Audit fold = folded(audit, units);
      BreakIn thief(fold, live, cast_->open);
      thief.fall(thief.greedy(BreakIn::Aim::private_records, units.members.size()), fallen);
      best_[g][c] = threshold(fallen);
    }
    BreakIn thief(audit, live, cast_->open);
    for (std::uint32_t i = 0; i < random_orders; ++i) {
      thief.fall(random_order(cast_->seed, i, cast_->machines, cast_->machines), fallen);
      orders_[g].push_back(threshold(fallen));
    }
  }

  /// A record is lost when all that hold it are wiped, with the backups that can be reached from them.
  void lose(const Audit& audit, const std::vector<BreakIn::Record>& live) {
    if (live.empty()) return;
    const auto g = static_cast<std::size_t>(Goal::lose);
    runs_[g] = 1;
    // Who holds each record; a bundle's holders are found once.
    std::vector<std::vector<std::uint32_t>> holders_of_bundle(audit.bundles.size());
    std::vector<std::uint32_t> record_of(audit.copies.size(), BreakIn::never);
    std::vector<std::vector<std::uint32_t>> holders(live.size());
    std::vector<bool> safe(live.size(), false);
    for (std::uint32_t r = 0; r < live.size(); ++r) record_of[live[r].write] = r;
    for (std::uint32_t m = 0; m < audit.machines.size(); ++m) {
      for (const Audit::Holding* holding : {&audit.machines[m], &audit.backups[m]}) {
        const bool backup = holding == &audit.backups[m];
        if (backup && !holding->reached) {
          audit.each_write(*holding, [&](std::uint32_t w) {
            if (record_of[w] != BreakIn::never) safe[record_of[w]] = true;
          });
          continue;
        }
        for (const std::uint32_t b : holding->bundles) holders_of_bundle[b].push_back(m);
        for (const std::uint32_t w : holding->writes) {
          if (record_of[w] != BreakIn::never) holders[record_of[w]].push_back(m);
        }
      }
    }
    for (std::size_t b = 0; b < audit.bundles.size(); ++b) {
      for (const std::uint32_t w : audit.bundles[b]) {
        if (record_of[w] == BreakIn::never) continue;
        std::vector<std::uint32_t>& list = holders[record_of[w]];
        list.insert(list.end(), holders_of_bundle[b].begin(), holders_of_bundle[b].end());
      }
    }
    // Records of one block lie on the same machines: each such set is looked at once.
    std::vector<std::vector<std::uint32_t>> sets;
    for (std::size_t r = 0; r < live.size(); ++r) {
      if (safe[r] || holders[r].empty()) continue;  // out of reach; lost already
      std::sort(holders[r].begin(), holders[r].end());
      holders[r].erase(std::unique(holders[r].begin(), holders[r].end()), holders[r].end());
      sets.push_back(std::move(holders[r]));
    }
    std::sort(sets.begin(), sets.end());  // equal ones are the same
    sets.erase(std::unique(sets.begin(), sets.end()), sets.end());
    for (std::size_t c = 0; c < currencies; ++c) {
      const FallUnits units(*cast_, static_cast<Currency>(c));
      std::uint32_t least = beyond_reach;
      std::vector<std::uint32_t> distinct;
      for (const std::vector<std::uint32_t>& set : sets) {
        distinct.clear();
        for (const std::uint32_t m : set) distinct.push_back(units.unit_of[m]);
        std::sort(distinct.begin(), distinct.end());
        const auto n = static_cast<std::uint32_t>(std::unique(distinct.begin(), distinct.end()) - distinct.begin());
        least = std::min(least, n);
      }
      best_[g][c] = counted(least);
    }
    std::vector<std::uint32_t> place(cast_->machines);
    for (std::uint32_t i = 0; i < random_orders; ++i) {
      const std::vector<MachineId> order = random_order(cast_->seed, i, cast_->machines, cast_->machines);
      for (std::uint32_t k = 0; k < order.size(); ++k) place[order[k].index()] = k + 1;
      std::uint32_t least = beyond_reach;
      for (const std::vector<std::uint32_t>& set : sets) {
        std::uint32_t last = 0;
        for (const std::uint32_t m : set) last = std::max(last, place[m]);
        least = std::min(least, last);
      }
      orders_[g].push_back(counted(least));
    }
  }

  const Cast* cast_ = nullptr;
  AuditedRecords records_;
  std::array<std::array<double, currencies>, goals> best_{};  ///< sums over runs
  std::array<std::vector<double>, goals> orders_{};           ///< thresholds of random orders, of all runs
  std::array<std::uint64_t, goals> runs_{};
};

}  // namespace

MeasureRow takes_measure() {
  const std::vector<DeclaredStat> prices = {{"machines", "machines"}, {"owners", "owners"}, {"hosts", "hosts"},
                                            {"exploits", "exploits"}, {"k50", "machines"},  {"k95", "machines"}};
  return {
      .name = "takes",
      .sentence =
          "What it takes to read half of the private data, lose a record, alter one, refuse a user, stop writes, stop "
          "reads.",
      .numerator =
          "the smallest number of machines, owners, hosts or exploits (versions of the software) that is enough for "
          "whoever chooses them best; `k50`, `k95`: how many machines must fall in random order until half, or 95 %, "
          "of 1,000 such orders have got there. Read, lose: found from what lies on the machines; a record is lost "
          "with all copies and the backups that can be reached from them. The others: from the system's own rules. "
          "Inf: no number is enough",
      .denominator = "none: counts of one currency each, never added up",
      .sampling = "the last audit; orders are the same for every goal, and nested",
      .censoring = "a system that does not say what it takes has no figure",
      .source = own_definition,
      .moved_by = "who keeps copies and keys, encryption, signatures, majority, shares of hash power, off-line backups",
      .metrics = {{"takes.read_half", prices},
                  {"takes.lose", prices},
                  {"takes.alter", prices},
                  {"takes.refuse", prices},
                  {"takes.stop_writes", prices},
                  {"takes.stop_reads", prices}},
      .make = [](std::string_view) -> std::unique_ptr<Measure> { return std::make_unique<Takes>(); }};
}

}  // namespace peerlab
