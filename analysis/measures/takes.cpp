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
#include "analysis/statistics/interval.h"

namespace peerlab {
namespace {

enum class Goal : std::uint8_t { read_half, lose, alter, refuse, stop_writes, stop_reads };
constexpr std::array<std::string_view, 6> goal_names = {"takes.read_half", "takes.lose",        "takes.alter",
                                                        "takes.refuse",    "takes.stop_writes", "takes.stop_reads"};
constexpr std::size_t goals = goal_names.size();
constexpr std::size_t currencies = currency_names.size();

/// What k50 and k95 of a currency are called, with the ends of Wilson's interval.
struct Quantile {
  double p;
  std::array<std::array<std::string_view, 3>, currencies> stats;  ///< by currency: the figure, low, high
};
constexpr std::array<Quantile, 2> quantiles = {Quantile{0.5,
                                                        {{{"k50", "k50.low", "k50.high"},
                                                          {"owners.k50", "owners.k50.low", "owners.k50.high"},
                                                          {"hosts.k50", "hosts.k50.low", "hosts.k50.high"},
                                                          {"exploits.k50", "exploits.k50.low", "exploits.k50.high"}}}},
                                               Quantile{0.95,
                                                        {{{"k95", "k95.low", "k95.high"},
                                                          {"owners.k95", "owners.k95.low", "owners.k95.high"},
                                                          {"hosts.k95", "hosts.k95.low", "hosts.k95.high"},
                                                          {"exploits.k95", "exploits.k95.low", "exploits.k95.high"}}}}};

/// The smallest k at which that share of the orders has got there; `ends`: at which Wilson's interval of the share reaches it, and
/// lies above it. Infinite where none does. `sorted` holds each order's k.
double quantile_of(const std::vector<double>& sorted, double p, Interval& ends) {
  const double never = std::numeric_limits<double>::infinity();
  ends = {never, never};
  double at = never;
  const std::uint64_t n = sorted.size();
  for (std::size_t i = 0; i < n && std::isfinite(sorted[i]); ++i) {
    if (i + 1 < n && sorted[i + 1] == sorted[i]) continue;
    const std::uint64_t there = i + 1;
    const Interval share = wilson(there, n);
    if (std::isinf(ends.low) && share.high >= p) ends.low = sorted[i];
    if (std::isinf(at) && static_cast<double>(there) >= p * static_cast<double>(n)) at = sorted[i];
    if (share.low < p) continue;
    ends.high = sorted[i];
    break;
  }
  return at;
}

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

/// Sets of machines, or of units.
using Holders = std::vector<std::vector<std::uint32_t>>;

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
    audited_ = true;
    std::vector<BreakIn::Record> live = records_.live(audit);
    std::erase_if(live, [&](const BreakIn::Record& r) { return !audit.copies[r.write].anywhere(); });  // lost already
    read_half(audit, live);
    const Holders sets = lose(audit, live);
    fall_at_random(&audit, live, sets);
  }
  void finish(Time, const Totals&) override {
    if (!audited_) fall_at_random(nullptr, {}, {});
    cast_ = nullptr;
  }
  void merge(const Measure& other) override {
    const auto& o = dynamic_cast<const Takes&>(other);
    for (std::size_t g = 0; g < goals; ++g) {
      for (std::size_t c = 0; c < currencies; ++c) {
        best_[g][c] += o.best_[g][c];
        orders_[g][c].insert(orders_[g][c].end(), o.orders_[g][c].begin(), o.orders_[g][c].end());
      }
      runs_[g] += o.runs_[g];
      hash_share_[g] = std::max(hash_share_[g], o.hash_share_[g]);
    }
  }
  void metrics(MetricSink& sink) const override {
    for (std::size_t g = 0; g < goals; ++g) {
      const std::string_view name = goal_names[g];
      for (std::size_t c = 0; c < currencies; ++c) {
        tell(sink, g, name, currency_names[c], best_[g][c] / static_cast<double>(runs_[g]), currency_names[c], true);
      }
      for (std::size_t c = 0; c < currencies; ++c) {
        std::vector<double> sorted = orders_[g][c];
        std::sort(sorted.begin(), sorted.end());
        for (const Quantile& q : quantiles) {
          Interval ends;
          const double at = quantile_of(sorted, q.p, ends);
          tell(sink, g, name, q.stats[c][0], at, currency_names[c], false);
          tell(sink, g, name, q.stats[c][1], ends.low, currency_names[c], false);
          tell(sink, g, name, q.stats[c][2], ends.high, currency_names[c], false);
        }
      }
      if (hash_share_[g] > 0) {
        sink.metric(number(name, "hash_share", hash_share_[g], "share", runs_[g], false));
      } else {
        sink.metric(absent(name, "hash_share", "share", Standing::no_sample, "no hash power decides it", false));
      }
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
    if (need.by_hash_power) hash_share_[g] = 0.5;
    for (std::size_t c = 0; c < currencies; ++c) {
      const FallUnits units(*cast_, static_cast<Currency>(c));
      best_[g][c] = counted(need.never ? beyond_reach : fewest(units, need.weight, need.enough));
    }
    needs_[g] = need;
  }

  /// How many units of an order must fall until their weights are enough.
  static double by_rule(const Need& need, const std::vector<double>& weight, const std::vector<MachineId>& order) {
    if (need.never) return counted(beyond_reach);
    double sum = 0;
    for (std::uint32_t k = 0; k < order.size(); ++k) {
      sum += weight[order[k].index()];
      if (sum >= need.enough) return counted(k + 1);
    }
    return counted(beyond_reach);
  }

  /// All goals in the same random orders, of machines, of owners, of hosts and of versions.
  void fall_at_random(const Audit* audit, const std::vector<BreakIn::Record>& live, const Holders& sets) {
    const FallUnits machines(*cast_, Currency::machines);
    for (std::size_t c = 0; c < currencies; ++c) {
      const FallUnits units(*cast_, static_cast<Currency>(c));
      if (c > 0 && units.unit_of == machines.unit_of) {  // nobody has two
        for (std::size_t g = 0; g < goals; ++g) orders_[g][c] = orders_[g][0];
      } else {
        fall_at_random(static_cast<Currency>(c), units, audit, live, sets);
      }
    }
  }
  void fall_at_random(Currency currency, const FallUnits& units, const Audit* audit,
                      const std::vector<BreakIn::Record>& live, const Holders& sets) {
    const auto c = static_cast<std::size_t>(currency);
    const auto count = static_cast<std::uint32_t>(units.members.size());
    std::array<std::vector<double>, goals> weights;
    for (std::size_t g = 0; g < goals; ++g) {
      weights[g].resize(count);
      for (std::size_t m = 0; m < needs_[g].weight.size(); ++m) weights[g][units.unit_of[m]] += needs_[g].weight[m];
    }
    const Holders holders = of_units(sets, units);
    const auto read = static_cast<std::size_t>(Goal::read_half);
    const auto lose = static_cast<std::size_t>(Goal::lose);
    const Audit fold = currency == Currency::machines || runs_[read] == 0 ? Audit{} : folded(*audit, units);
    std::optional<BreakIn> thief;
    if (runs_[read] > 0) thief.emplace(currency == Currency::machines ? *audit : fold, live, cast_->open);
    BreakIn::Fallen fallen;
    std::vector<std::uint32_t> place(count);
    for (std::uint32_t i = 0; i < random_orders; ++i) {
      const std::vector<MachineId> order = random_order(cast_->seed, i, count, count);
      for (std::size_t g = 0; g < goals; ++g) {
        if (needs_[g].said) orders_[g][c].push_back(by_rule(needs_[g], weights[g], order));
      }
      if (runs_[read] > 0) {
        thief->fall(order, fallen);
        orders_[read][c].push_back(half_of(live, fallen));
      }
      if (runs_[lose] == 0) continue;
      for (std::uint32_t k = 0; k < count; ++k) place[order[k].index()] = k + 1;
      std::uint32_t least = beyond_reach;
      for (const std::vector<std::uint32_t>& set : holders) {
        std::uint32_t last = 0;
        for (const std::uint32_t unit : set) last = std::max(last, place[unit]);
        least = std::min(least, last);
      }
      orders_[lose][c].push_back(counted(least));
    }
  }

  /// How many of an order must fall until half of the private records are read.
  static double half_of(const std::vector<BreakIn::Record>& live, const BreakIn::Fallen& fallen) {
    std::vector<std::uint32_t> needs;
    for (std::size_t r = 0; r < live.size(); ++r) {
      if (live[r].is_private) needs.push_back(fallen.read[r]);
    }
    const auto half = needs.begin() + static_cast<std::ptrdiff_t>((needs.size() + 1) / 2 - 1);
    std::nth_element(needs.begin(), half, needs.end());
    return counted(*half == BreakIn::never ? beyond_reach : *half);
  }

  void read_half(const Audit& audit, const std::vector<BreakIn::Record>& live) {
    const bool secrets = std::any_of(live.begin(), live.end(), [](const BreakIn::Record& r) { return r.is_private; });
    if (!secrets) return;
    const auto g = static_cast<std::size_t>(Goal::read_half);
    runs_[g] = 1;
    BreakIn::Fallen fallen;
    for (std::size_t c = 0; c < currencies; ++c) {
      const FallUnits units(*cast_, static_cast<Currency>(c));
      const Audit fold = folded(audit, units);
      BreakIn thief(fold, live, cast_->open);
      thief.fall(thief.greedy(BreakIn::Aim::private_records, units.members.size()), fallen);
      best_[g][c] = half_of(live, fallen);
    }
  }

  /// A record is lost when all that hold it are wiped, with the backups that can be reached from them. The sets of machines on which
  /// records lie that can be lost.
  Holders lose(const Audit& audit, const std::vector<BreakIn::Record>& live) {
    if (live.empty()) return {};
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
    Holders sets;
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
      for (const std::vector<std::uint32_t>& set : of_units(sets, units)) {
        least = std::min(least, static_cast<std::uint32_t>(set.size()));
      }
      best_[g][c] = counted(least);
    }
    return sets;
  }
  static Holders of_units(const Holders& sets, const FallUnits& units) {
    Holders all = sets;
    for (std::vector<std::uint32_t>& set : all) {
      for (std::uint32_t& m : set) m = units.unit_of[m];
      std::sort(set.begin(), set.end());
      set.erase(std::unique(set.begin(), set.end()), set.end());
    }
    return all;
  }

  const Cast* cast_ = nullptr;
  bool audited_ = false;
  AuditedRecords records_;
  std::array<std::array<double, currencies>, goals> best_{};  ///< sums over runs
  /// By goal and currency: how many of each random order had to fall, of all runs.
  std::array<std::array<std::vector<double>, currencies>, goals> orders_{};
  std::array<double, goals> hash_share_{};  ///< more than that decides; 0: no hash power does
  std::array<Need, goals> needs_{};         ///< of goals that rest on the system's rules
  std::array<std::uint64_t, goals> runs_{};
};

}  // namespace

MeasureRow takes_measure() {
  std::vector<DeclaredStat> prices;
  for (const std::string_view currency : currency_names) prices.push_back({currency, currency});
  for (std::size_t c = 0; c < currencies; ++c) {
    for (const Quantile& q : quantiles) {
      for (const std::string_view stat : q.stats[c]) prices.push_back({stat, currency_names[c]});
    }
  }
  prices.push_back({"hash_share", "share"});
  return {
      .name = "takes",
      .sentence =
          "What it takes to read half of the private data, lose a record, alter one, refuse a user, stop writes, stop "
          "reads.",
      .numerator =
          "the smallest number of machines, owners, hosts or exploits (versions of the software) that is enough for "
          "whoever chooses them best; `k50`, `k95` (of machines; `owners.k50` and so on): how many must fall in random "
          "order until half, or 95 %, of 1,000 such orders have got there, `.low` and `.high`: where Wilson's 95 % "
          "interval of that share gets there and lies above; `hash_share`: more of the hash power than this. Read, "
          "lose: found from what lies on the machines; a record is lost "
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
