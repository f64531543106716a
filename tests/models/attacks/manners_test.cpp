// Attacks that keep the rules: spam, two blocks of one height, and lies about the time.
#include <algorithm>

#include "models/attacks/rows.h"
#include "models/replication/messages.h"
#include "tests/support/tabletop.h"

namespace peerlab {
namespace {

using Settings = std::vector<std::pair<std::string, std::string>>;

/// Four peers, everybody with everybody; the last one attacks.
std::unique_ptr<Table> table(AttackRow (*make)(), const Settings& attack, const Settings& system = {}) {
  static std::vector<std::unique_ptr<Params>> kept;  // outlives the wrappers, as a scenario does
  Table::Options o;
  o.nodes = 4;
  o.start = false;
  o.set = system;
  auto t = std::make_unique<Table>(o);
  const AttackRow row = make();
  kept.push_back(std::make_unique<Params>(Params::defaults(row.fields())));
  Params& params = *kept.back();
  for (const auto& [name, text] : attack) EXPECT_EQ(params.set(name, text), "");
  t->wrap(3, [&](std::unique_ptr<Node> honest, const Home& home) {
    return row.wrap(std::move(honest), {home, params, {}, {}});
  });
  t->start();
  return t;
}

TEST(Spam, FillsTheMempoolsOfOthersAndBreaksNoRule) {
  const auto t = table(spam_row, {{"every", "10 s"}, {"size", "5 kB"}, {"fee", "3"}});
  t->run(minutes(2));
  EXPECT_GE(t->replica(0).mempool.size(), 10U);
  EXPECT_EQ(t->count(happened::peer_banned), 0U);
  t->win(0);
  t->run(seconds(5));
  const BlockRef tip = t->replica(1).tree.tip();
  EXPECT_GT(t->pool(1).bodies.block_size(t->pool(1).state.body(tip)), 50'000U);
}

TEST(Spam, StopsWhenItIsTold) {
  const auto t = table(spam_row, {{"every", "10 s"}, {"from", "1 min"}, {"until", "2 min"}});
  t->run(seconds(59));
  EXPECT_EQ(t->replica(0).mempool.size(), 0U);
  t->run(minutes(10));
  EXPECT_GT(t->replica(0).mempool.size(), 3U);
  EXPECT_LE(t->replica(0).mempool.size(), 6U);
  EXPECT_EQ(std::string(spam_row().name), "spam");
}

TEST(Equivocate, ShowsTwoBlocksOfOneHeightToTwoHalves) {
  const auto t = table(equivocate_row, {});
  t->win(3);
  t->run(seconds(5));
  for (std::uint32_t n = 0; n < 3; ++n) EXPECT_EQ(t->height(n), 0U) << "the first one is kept";
  t->loses = [](NodeId from, NodeId to, const Message&) { return from != NodeId(3) && to != NodeId(3); };
  t->win(3);
  t->run(milliseconds(15));
  std::vector<std::uint64_t> tips;
  for (std::uint32_t n = 0; n < 3; ++n) {
    EXPECT_EQ(t->height(n), 1U);
    tips.push_back(t->tip(n));
  }
  std::sort(tips.begin(), tips.end());
  EXPECT_NE(tips.front(), tips.back());
  EXPECT_EQ(t->count(happened::block_mined, 3), 2U);
  EXPECT_EQ(t->count(happened::peer_banned), 0U);
  EXPECT_EQ(std::string(equivocate_row().name), "equivocate");
}

TEST(Equivocate, ShowsTheBlockThatItKeptWhenAnotherIsFound) {
  const auto t = table(equivocate_row, {});
  t->win(3);
  t->run(seconds(5));
  t->win(0);
  t->run(seconds(5));
  EXPECT_EQ(t->count(happened::block_held, 1), 2U) << "both are known";
  t->win(3);
  t->run(seconds(5));
  EXPECT_EQ(t->count(happened::block_mined, 3), 2U);
}

TEST(TimeWarp, DatesBlocksEarlyAndTheLastOfAPeriodLate) {
  const auto t = table(time_warp_row, {}, {{"retarget", "8"}, {"block_interval", "1 min"}, {"easy_hashes", "256"}});
  for (int i = 0; i < 15; ++i) {
    t->run(minutes(1));
    t->win(3);
  }
  t->run(minutes(1));
  ASSERT_EQ(t->height(0), 15U);
  const HeaderTree& headers = t->pool(0).headers;
  const BlockRef tip = t->replica(0).tree.tip();
  const std::uint32_t clock = t->pool(0).rules.clock(t->now());
  const auto time_at = [&](std::uint32_t height) { return headers.header(headers.ancestor(tip, height)).time; };
  EXPECT_GT(time_at(7), clock - 10 * 60 + 100 * 60) << "nearly two hours ahead of its day";
  EXPECT_LT(time_at(14), clock - 10 * 60) << "and back in the past";
  EXPECT_NE(headers.header(headers.ancestor(tip, 8)).bits, headers.header(headers.ancestor(tip, 7)).bits);
  EXPECT_EQ(t->count(happened::block_refused), 0U);
  EXPECT_EQ(std::string(time_warp_row().name), "time-warp");
}

}  // namespace
}  // namespace peerlab
