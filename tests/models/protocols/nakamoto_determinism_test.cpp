// One pool for all nodes or one for each, really encoding every message: the same reports at the same instants.
#include <gtest/gtest.h>

#include "tests/support/tabletop.h"

namespace peerlab {
namespace {

/// A day in the life of six peers: operations, races, a cut, a crash, a late joiner.
std::vector<Table::Told> story(bool private_pools, const std::string& compact, std::uint64_t seed) {
  Table::Options o;
  o.nodes = 6;
  o.links = {{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 5}, {5, 0}, {1, 4}};
  o.set = {{"compact", compact},
           {"ack", "depth 2"},
           {"retarget", "8"},
           {"body_size", compact == "modelled" ? "20 kB" : "0 B"}};
  o.protection = {{"encryption", "end-to-end"}};
  o.private_pools = private_pools;
  o.seed = seed;
  Table table(o);
  Stream chance(seed, purpose("story"), 0);
  std::uint32_t number = 0;
  for (int step = 0; step < 150; ++step) {
    table.run(milliseconds(static_cast<std::int64_t>(chance.below(60'000))));
    const auto user = static_cast<std::uint32_t>(chance.below(6));
    const auto other = static_cast<std::uint32_t>(chance.below(6));
    if (step == 40) table.cut(2, 3), table.cut(5, 0), table.cut(1, 4);
    if (step == 70) table.mend(2, 3), table.mend(5, 0);
    if (step == 80) table.crash(5);
    if (step == 110) table.restart(5, {4, 0});
    if (step >= 80 && step < 110 && user == 5) continue;
    Request r;
    r.number = number++;
    r.user = UserId(user);
    r.other = UserId(other);
    r.record = {UserId(user), r.number};
    r.size = static_cast<std::uint32_t>(100 + chance.below(3000));
    r.amount = 1 + chance.below(5000);
    r.is_private = chance.chance(0.5);
    const std::uint64_t what = chance.below(5);
    r.what = what == 0 ? Asked::pay : what == 1 ? Asked::transfer : Asked::publish;
    if (r.what == Asked::transfer) r.record.ordinal = static_cast<std::uint32_t>(chance.below(number));
    if (what < 4) table.submit(user, r);
    const bool wins = chance.chance(0.35);
    if (wins && table.mining(user)) table.win(user);
    if (wins && chance.chance(0.2) && table.mining(other)) table.win(other);  // at the same instant: a race
  }
  table.run(minutes(10));
  EXPECT_EQ(table.parcels().alive(), 0U);
  return table.told();
}

class Pools : public testing::TestWithParam<const char*> {};

TEST_P(Pools, PrivateAndSharedPoolsTellTheSameStory) {
  for (const std::uint64_t seed : {1U, 2U}) {
    const auto shared = story(false, GetParam(), seed);
    const auto apart = story(true, GetParam(), seed);
    ASSERT_GT(shared.size(), 500U);
    ASSERT_EQ(shared.size(), apart.size());
    std::size_t reorganised = 0;
    for (std::size_t i = 0; i < shared.size(); ++i) {
      ASSERT_EQ(shared[i].at, apart[i].at) << i;
      ASSERT_EQ(shared[i].who, apart[i].who) << i;
      ASSERT_EQ(shared[i].what.kind, apart[i].what.kind) << i;
      ASSERT_EQ(shared[i].what.subject, apart[i].what.subject) << i;
      ASSERT_EQ(shared[i].what.amount, apart[i].what.amount) << i;
      ASSERT_EQ(shared[i].what.detail, apart[i].what.detail) << i;
      reorganised += shared[i].what.kind == happened::reorganised ? 1U : 0U;
    }
    EXPECT_GT(reorganised, 0U) << "a story without a reorganisation shows little";
  }
}

INSTANTIATE_TEST_SUITE_P(Compact, Pools, testing::Values("off", "real", "modelled"));

}  // namespace
}  // namespace peerlab
