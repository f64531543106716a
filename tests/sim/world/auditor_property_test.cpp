// The auditor against a naive twin that writes down, for each place, the set of writes that lie there.
#include "sim/world/auditor.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "models/base/random.h"

namespace peerlab {
namespace {

constexpr std::uint32_t writes = 60;
constexpr std::uint32_t machines = 12;

std::vector<Request> demand() {
  std::vector<Request> requests(writes);
  for (std::uint32_t i = 0; i < writes; ++i) {
    requests[i].number = i;
    requests[i].record = {UserId(0), i / 2};
    requests[i].what = i % 2 == 0 ? Asked::publish : Asked::update;
  }
  return requests;
}

/// Bundles overlap, as blocks of two branches do; some hold damaged contents and numbers that nobody asked for.
struct World {
  std::map<std::uint64_t, std::set<std::uint32_t>> bundles;
  std::set<std::uint32_t> damaged;
};

World draw_world(Stream& chance) {
  World world;
  for (std::uint64_t name = 1; name <= 15; ++name) {
    std::set<std::uint32_t>& bundle = world.bundles[name];
    const std::uint64_t size = chance.below(6);
    for (std::uint64_t k = 0; k < size; ++k) bundle.insert(static_cast<std::uint32_t>(chance.below(writes)));
  }
  for (int k = 0; k < 5; ++k) world.damaged.insert(static_cast<std::uint32_t>(chance.below(writes)));
  return world;
}

HeldWrite held(const World& world, const std::vector<Request>& requests, std::uint32_t number) {
  return {requests[number].record.packed(), number, 100, false, !world.damaged.contains(number)};
}

TEST(AuditorProperty, CountsWhatANaiveTwinCountsAuditAfterAudit) {
  const std::vector<Request> requests = demand();
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    Stream chance(seed, purpose("test"), 0);
    const World world = draw_world(chance);
    Auditor auditor(requests);
    for (int round = 0; round < 4; ++round) {
      auditor.begin(Time::zero() + hours(round), Audit::Why::clock, machines, 3);
      std::vector<Audit::Copies> expected(writes);
      for (std::uint32_t m = 0; m < machines; ++m) {
        for (const Auditor::Place place : {Auditor::Place::machine, Auditor::Place::backup}) {
          if (place == Auditor::Place::backup && chance.chance(0.7)) continue;
          Audit::Holding about;
          about.on = chance.chance(0.8);
          about.store = chance.chance(0.7);
          about.hostile = chance.chance(0.1);
          auditor.open(MachineId(m), place, about);
          std::set<std::uint32_t> here;
          const std::uint64_t sources = 1 + chance.below(3);
          for (std::uint64_t s = 0; s < sources; ++s) {
            if (s > 0) auditor.next_source();
            // Within one source no write lies twice: bundles that overlap are of different branches.
            std::set<std::uint32_t> in_source;
            for (const auto& [name, bundle] : world.bundles) {
              bool overlaps = chance.chance(0.5);
              for (const std::uint32_t n : bundle) overlaps = overlaps || in_source.contains(n);
              if (overlaps) continue;
              in_source.insert(bundle.begin(), bundle.end());
              if (!auditor.begin_bundle(name)) continue;
              for (const std::uint32_t n : bundle) auditor.held(held(world, requests, n));
              auditor.held({999, 3, 100, false, true});         // another record under this number
              auditor.held({1, writes + 7, 100, false, true});  // a number that nobody asked for
              auditor.end_bundle();
            }
            for (int k = 0; k < 4; ++k) {
              const auto n = static_cast<std::uint32_t>(chance.below(writes));
              in_source.insert(n);
              auditor.held(held(world, requests, n));
            }
            here.insert(in_source.begin(), in_source.end());
          }
          if (about.hostile) continue;
          for (const std::uint32_t n : here) {
            if (world.damaged.contains(n)) continue;
            Audit::Copies& copies = expected[n];
            if (place == Auditor::Place::backup) {
              ++copies.backups;
            } else if (!about.store) {
              ++copies.elsewhere;
            } else {
              ++(about.on ? copies.on_line : copies.off_line);
            }
          }
        }
      }
      const Audit& audit = auditor.finish();
      for (std::uint32_t n = 0; n < writes; ++n) {
        ASSERT_EQ(audit.copies[n].on_line, expected[n].on_line) << "write " << n << ", seed " << seed;
        ASSERT_EQ(audit.copies[n].off_line, expected[n].off_line) << "write " << n << ", seed " << seed;
        ASSERT_EQ(audit.copies[n].elsewhere, expected[n].elsewhere) << "write " << n << ", seed " << seed;
        ASSERT_EQ(audit.copies[n].backups, expected[n].backups) << "write " << n << ", seed " << seed;
      }
    }
  }
}

TEST(Auditor, ListsWhatLiesOnEachMachineOnce) {
  const std::vector<Request> requests = demand();
  Auditor auditor(requests);
  const auto intact = [&](std::uint32_t n) { return HeldWrite{requests[n].record.packed(), n, 100, true, true}; };
  auditor.begin(Time::zero(), Audit::Why::end, 1, 2);
  Audit::Holding about;
  about.store = true;
  auditor.open(MachineId(0), Auditor::Place::machine, about);
  auditor.held(intact(5));
  auditor.held(intact(5));
  auditor.key(1);
  auditor.key(1);
  auditor.next_source();
  ASSERT_TRUE(auditor.begin_bundle(77));
  auditor.held(intact(5));
  auditor.held(intact(6));
  auditor.end_bundle();
  auditor.held(intact(8));
  const Audit& audit = auditor.finish();
  std::vector<std::uint32_t> all;
  audit.each_write(audit.machines[0], [&](std::uint32_t n) { all.push_back(n); });
  EXPECT_EQ(all, (std::vector<std::uint32_t>{5, 6, 8}));
  EXPECT_EQ(audit.machines[0].writes, (std::vector<std::uint32_t>{8})) << "the fifth lies in the bundle";
  EXPECT_EQ(audit.machines[0].keys, std::vector<UserId>{UserId(1)});
  EXPECT_EQ(audit.keys, (std::vector<std::uint32_t>{0, 1}));
  EXPECT_TRUE(audit.copies[8].sealed);
  EXPECT_FALSE(audit.copies[9].anywhere());
}

}  // namespace
}  // namespace peerlab
