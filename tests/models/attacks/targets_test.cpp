// Which machines fall to an attacker: by value, by degree, by lots, and the more the more.
#include "models/attacks/targets.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "models/node/attack_happening.h"

namespace peerlab {
namespace {

/// Twelve machines; machine m holds `held[m]` contents and has `links[m]` links. Nothing can be done to them.
class Paper final : public Reach, public Machines {
 public:
  Paper() {
    for (std::uint32_t m = 0; m < 12; ++m) layout_.members.push_back({"peer", MachineId(m), UserId(m), 0, true});
  }
  Time now() const override { return Time::zero(); }
  const Layout& layout() const override { return layout_; }
  std::uint32_t machine_count() const override { return 12; }
  std::uint32_t degree(MachineId machine) const override { return links[machine.index()]; }
  std::uint64_t seed() const override { return seed_; }
  std::span<const Request> requests() const override { return {}; }
  bool on(MachineId) const override { return true; }
  bool read(MachineId machine, HoldingsSink& sink) override {
    for (int twice = 0; twice < 2; ++twice) {  // disk and memory tell the same
      for (std::uint32_t i = 0; i < held[machine.index()]; ++i) sink.held({i, i, 100, false, true});
    }
    return true;
  }
  bool read_backup(MachineId, HoldingsSink&) override { return false; }
  void join(HoldingsSink&) override {}
  void ask_as(std::span<const UserId>, HoldingsSink&) override {}
  void seize(MachineId, const Seizure&) override {}
  Machines& machines() override { return *this; }
  const Disk& disk(MachineId) const override { return disk_; }
  void put_disk(MachineId, std::span<const DiskEntry>) override {}
  void submit(NodeId, const Request&) override {}
  void arm(Time) override {}
  void report(NodeId who, const Happening& what) override { told.emplace_back(who, what); }

  void crash(MachineId) override {}
  void restart(MachineId) override {}
  void wipe(MachineId) override {}
  void destroy_backup(MachineId) override {}
  void leave(MachineId) override {}
  void cut(std::uint32_t, std::span<const std::uint8_t>, CutShape) override {}
  void heal(std::uint32_t) override {}
  void degrade(MachineId, const Degradation&) override {}
  void detour(std::uint32_t, std::span<const std::uint8_t>, const Detour&) override {}
  void end_detour(std::uint32_t) override {}
  std::uint64_t bytes_moved(MachineId) const override { return 0; }

  std::vector<std::uint32_t> held = std::vector<std::uint32_t>(12, 1);
  std::vector<std::uint32_t> links = std::vector<std::uint32_t>(12, 3);
  std::vector<std::pair<NodeId, Happening>> told;
  std::uint64_t seed_ = 7;

 private:
  Layout layout_;
  Disk disk_;
};

std::vector<MachineId> taken(Paper& reach, const std::string& choose, std::uint32_t machines, std::uint32_t line = 0) {
  DirectorSetup setup;
  setup.params = Params::defaults(target_fields());
  setup.line = line;
  EXPECT_EQ(setup.params.set("choose", choose), "");
  EXPECT_EQ(setup.params.set("machines", std::to_string(machines)), "");
  for (std::uint32_t m = 0; m < 12; ++m) setup.among.emplace_back(m);
  return Targets(setup).take(reach);
}
using Chosen = std::vector<MachineId>;

TEST(Targets, ByValueTakesThoseThatHoldMostAndOfEqualsTheSmallerNumbers) {
  Paper reach;
  reach.held[5] = 9;
  reach.held[8] = 4;
  EXPECT_EQ(taken(reach, "value", 3), (Chosen{MachineId(0), MachineId(5), MachineId(8)}));
}

TEST(Targets, ByDegreeTakesThoseWithMostLinks) {
  Paper reach;
  reach.links[11] = 40;
  reach.links[2] = 39;
  EXPECT_EQ(taken(reach, "degree", 2), (Chosen{MachineId(2), MachineId(11)}));
}

TEST(Targets, ByLotsALargerBudgetTakesTheSameOnesAndMore) {
  Paper reach;
  Chosen before;
  for (std::uint32_t k = 0; k <= 12; ++k) {
    const Chosen now = taken(reach, "random", k);
    ASSERT_EQ(now.size(), k);
    EXPECT_TRUE(std::includes(now.begin(), now.end(), before.begin(), before.end()));
    before = now;
  }
  const Chosen here = taken(reach, "random", 4);
  reach.seed_ = 8;
  EXPECT_NE(taken(reach, "random", 4), here) << "another replication, other machines";
}

/// Twelve machines of four owners, three each, in turn.
std::vector<Affiliation> four_owners() {
  std::vector<Affiliation> belongs;
  for (std::uint32_t m = 0; m < 12; ++m) belongs.push_back({m % 4, m / 6, m < 9 ? 0U : 1U});
  return belongs;
}

TEST(Targets, WhatFallsAtOneStrokeFallsTogether) {
  std::vector<MachineId> all;
  for (std::uint32_t m = 0; m < 12; ++m) all.emplace_back(m);
  const std::vector<Affiliation> belongs = four_owners();
  EXPECT_EQ(units_of("machines", all, belongs).size(), 12U);
  EXPECT_EQ(units_of("owners", all, belongs)[1], (Chosen{MachineId(1), MachineId(5), MachineId(9)}));
  EXPECT_EQ(units_of("hosts", all, belongs).size(), 2U);
  EXPECT_EQ(units_of("exploits", all, belongs)[1], (Chosen{MachineId(9), MachineId(10), MachineId(11)}));
}

TEST(Targets, ABudgetInOwnersTakesAllTheirMachinesAndSumsTheirLinks) {
  Paper reach;
  DirectorSetup setup;
  setup.params = Params::defaults(target_fields());
  EXPECT_EQ(setup.params.set("counted_in", "owners"), "");
  EXPECT_EQ(setup.params.set("choose", "degree"), "");
  for (std::uint32_t m = 0; m < 12; ++m) setup.among.emplace_back(m);
  setup.belongs = four_owners();
  reach.links[0] = 9;  // the best machine is owner 0's, but owner 2 has most links together
  for (const std::uint32_t m : {2U, 6U, 10U}) reach.links[m] = 6;
  EXPECT_EQ(Targets(setup).take(reach), (Chosen{MachineId(2), MachineId(6), MachineId(10)}));
  EXPECT_EQ(reach.told[0].second.amount, 3U) << "machines, whatever the budget is counted in";
}

TEST(Targets, TellWhenTheAttackBeginsAndWhichNodesAreTaken) {
  Paper reach;
  (void)taken(reach, "value", 2, 3);
  ASSERT_EQ(reach.told.size(), 3U);
  EXPECT_EQ(reach.told[0].second.kind, happened::attack_began);
  EXPECT_EQ(reach.told[0].second.amount, 2U);
  EXPECT_EQ(reach.told[0].second.subject, 3U);
  EXPECT_EQ(reach.told[1].first, NodeId(0));
  EXPECT_EQ(reach.told[2].second.kind, happened::machine_taken);
}

TEST(Targets, AnAttackAfterTheEndIsRefused) {
  Params params = Params::defaults(target_fields());
  EXPECT_EQ(params.set("at", "3 h"), "");
  EXPECT_EQ(check_targets(params, hours(4)), "");
  EXPECT_NE(check_targets(params, hours(3)).find("at: "), std::string::npos);
}

}  // namespace
}  // namespace peerlab
