// What a thief reads, against a naive twin that looks at every machine anew, and against the laws of independent break-ins.
#include "analysis/measures/break_in.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "analysis/measures/random_orders.h"

namespace peerlab {
namespace {

/// Machines hold contents in bundles and by themselves, and keys; some are off, some locked.
Audit draw_audit(Stream& chance, std::uint32_t machines, std::uint32_t writes, std::uint32_t users) {
  Audit audit;
  audit.copies.resize(writes);
  audit.machines.resize(machines);
  audit.keys.resize(users);
  audit.bundles.resize(4);
  for (std::vector<std::uint32_t>& bundle : audit.bundles) {
    for (std::uint32_t w = 0; w < writes; ++w) {
      if (chance.chance(0.1)) bundle.push_back(w);
    }
  }
  const bool encrypted = chance.chance(0.5);
  for (Audit::Holding& holding : audit.machines) {
    holding.store = chance.chance(0.5);
    holding.on = chance.chance(0.7);
    holding.locked = encrypted && !holding.on;
    for (std::uint32_t w = 0; w < writes; ++w) {
      if (chance.chance(0.05)) holding.writes.push_back(w);
    }
    for (std::uint32_t b = 0; b < audit.bundles.size(); ++b) {
      if (chance.chance(0.1)) holding.bundles.push_back(b);
    }
    for (std::uint32_t u = 0; u < users; ++u) {
      if (chance.chance(0.2)) holding.keys.push_back(UserId(u));
    }
    if (!holding.store || !holding.on) continue;
    std::set<std::uint32_t> here;
    audit.each_write(holding, [&](std::uint32_t w) { here.insert(w); });
    for (const std::uint32_t w : here) ++audit.copies[w].on_line;
  }
  return audit;
}

std::vector<BreakIn::Record> draw_records(Stream& chance, Audit& audit, std::uint32_t users) {
  std::vector<BreakIn::Record> records;
  for (std::uint32_t w = 0; w < audit.copies.size(); ++w) {
    const UserId owner = UserId::of(chance.below(users));
    const bool is_private = chance.chance(0.5);
    records.push_back({w, owner, is_private});
    if (!chance.chance(0.4)) continue;
    audit.copies[w].sealed = true;
    if (chance.chance(0.9)) audit.copies[w].opens_for = owner;  // of the others nobody's key was found to fit
  }
  return records;
}

/// What is read with these machines, looked up record by record.
std::pair<bool, bool> naive(const Audit& audit, const BreakIn::Record& record, std::span<const MachineId> taken,
                            bool open) {
  std::set<UserId> keys;
  bool unlocked = false;
  for (const MachineId m : taken) {
    const Audit::Holding& holding = audit.machines[m.index()];
    keys.insert(holding.keys.begin(), holding.keys.end());
    unlocked = unlocked || (holding.store && holding.on);
  }
  const Audit::Copies& copies = audit.copies[record.write];
  bool content = open && copies.on_line > 0;
  for (const MachineId m : taken) {
    const Audit::Holding& holding = audit.machines[m.index()];
    if (holding.locked && !unlocked) continue;
    audit.each_write(holding, [&](std::uint32_t w) { content = content || w == record.write; });
  }
  content = content || (copies.on_line > 0 && keys.contains(record.owner));
  const bool opened = !copies.sealed || (copies.opens_for.valid() && keys.contains(copies.opens_for));
  return {content && opened, content};
}

TEST(BreakInProperty, ReadsWhatANaiveTwinReads) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    Stream chance(seed, purpose("test"), 0);
    Audit audit = draw_audit(chance, 8, 40, 6);
    const std::vector<BreakIn::Record> records = draw_records(chance, audit, 6);
    const bool open = chance.chance(0.3);
    BreakIn thief(audit, records, open);
    BreakIn::Fallen fallen;
    for (std::uint32_t i = 0; i < 5; ++i) {
      const std::vector<MachineId> order = random_order(seed, i, 8, 8);
      thief.fall(order, fallen);
      for (std::size_t k = 0; k <= order.size(); ++k) {
        for (std::size_t r = 0; r < records.size(); ++r) {
          const auto [read, seen] = naive(audit, records[r], std::span(order).first(k), open);
          ASSERT_EQ(fallen.read[r] <= k, read) << "seed " << seed << ", record " << r << ", machines " << k;
          ASSERT_EQ(fallen.seen[r] <= k, seen) << "seed " << seed << ", record " << r << ", machines " << k;
        }
      }
    }
  }
}

TEST(BreakInProperty, TheFirstGreedyChoiceIsTheBestSingleMachine) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    Stream chance(seed, purpose("test"), 1);
    Audit audit = draw_audit(chance, 8, 40, 6);
    const std::vector<BreakIn::Record> records = draw_records(chance, audit, 6);
    const BreakIn thief(audit, records, false);
    const auto count = [&](std::span<const MachineId> taken) {
      std::uint64_t n = 0;
      for (const BreakIn::Record& r : records) n += r.is_private && naive(audit, r, taken, false).first ? 1U : 0U;
      return n;
    };
    std::uint64_t best = 0;
    for (std::uint32_t m = 0; m < 8; ++m) best = std::max(best, count(std::vector{MachineId(m)}));
    const std::vector<MachineId> order = thief.greedy(BreakIn::Aim::private_records, 1);
    EXPECT_EQ(count(order), best) << "seed " << seed;
  }
}

/// One record in the clear on the first `copies` of `machines` stores.
struct OneRecord {
  OneRecord(std::uint32_t machines, std::uint32_t copies) {
    audit.copies.resize(1);
    audit.machines.resize(machines);
    for (std::uint32_t m = 0; m < copies; ++m) {
      audit.machines[m].store = true;
      audit.machines[m].writes = {0};
      ++audit.copies[0].on_line;
    }
  }
  Audit audit;
  std::vector<BreakIn::Record> records{{0, UserId(0), true}};
};

// A budget of k machines among N with n copies: 1 - C(N-n, k) / C(N, k).
TEST(BreakInProperty, ABudgetOfMachinesReadsWithTheHypergeometricChance) {
  constexpr std::uint32_t machines = 20;
  constexpr std::uint32_t orders = 20'000;
  for (const std::uint32_t copies : {1U, 3U, 10U, 20U}) {
    OneRecord one(machines, copies);
    BreakIn thief(one.audit, one.records, false);
    BreakIn::Fallen fallen;
    std::vector<std::uint32_t> read_by(machines + 1);
    for (std::uint32_t i = 0; i < orders; ++i) {
      thief.fall(random_order(7, i, machines, machines), fallen);
      for (std::uint32_t k = fallen.read[0]; k <= machines; ++k) ++read_by[k];
    }
    for (const std::uint32_t k : {0U, 1U, 2U, 5U, 10U}) {
      double spared = 1;
      for (std::uint32_t j = 0; j < k; ++j) {
        spared *= std::max(0.0, static_cast<double>(machines - copies) - j) / (machines - j);
      }
      const double law = 1 - spared;
      const double error = 4 * std::sqrt(law * (1 - law) / orders) + 1e-12;
      EXPECT_NEAR(static_cast<double>(read_by[k]) / orders, law, error) << copies << " copies, " << k << " machines";
    }
  }
}

// Each machine is broken into independently with probability p: plaintext on n machines is read with 1 - (1-p)^n.
TEST(BreakInProperty, IndependentBreakInsReadWithOneMinusAllSpared) {
  constexpr std::uint32_t machines = 12;
  constexpr double p = 0.15;
  constexpr std::uint32_t trials = 20'000;
  for (const std::uint32_t copies : {1U, 3U, 12U}) {
    OneRecord one(machines, copies);
    BreakIn thief(one.audit, one.records, false);
    BreakIn::Fallen fallen;
    std::uint32_t read = 0;
    for (std::uint32_t t = 0; t < trials; ++t) {
      Stream chance(t, purpose("test"), 2);
      std::vector<MachineId> broken;
      for (std::uint32_t m = 0; m < machines; ++m) {
        if (chance.chance(p)) broken.emplace_back(m);
      }
      thief.fall(broken, fallen);
      read += fallen.read[0] != BreakIn::never ? 1U : 0U;
    }
    const double law = 1 - std::pow(1 - p, copies);
    EXPECT_NEAR(static_cast<double>(read) / trials, law, 4 * std::sqrt(law * (1 - law) / trials)) << copies;
  }
}

TEST(BreakInProperty, OnAnOpenLedgerPlaintextIsReadByJoining) {
  OneRecord one(20, 20);
  BreakIn thief(one.audit, one.records, true);
  BreakIn::Fallen fallen;
  thief.fall({}, fallen);
  EXPECT_EQ(fallen.read[0], 0U);
}

}  // namespace
}  // namespace peerlab
