#include <gtest/gtest.h>

#include "analysis/observation/observer.h"

namespace peerlab {
namespace {

class Listener : public Observer {
 public:
  explicit Listener(std::vector<HappeningKind> kinds) : kinds_(std::move(kinds)) {}
  std::span<const HappeningKind> kinds() const override { return kinds_; }
  void see(const Row& row) override { seen.push_back(row); }
  std::vector<Row> seen;

 private:
  std::vector<HappeningKind> kinds_;
};

TEST(Audience, TellsEachObserverWhatItAskedFor) {
  Listener blocks({happened::block_held, happened::block_mined});
  Listener tips({happened::tip_moved, happened::block_mined});
  Audience audience;
  audience.add(blocks);
  audience.add(tips);
  audience.tell({Time{5}, NodeId(1), happened::block_mined, 7, 8, 9});
  audience.tell(Time{6}, NodeId(2), {happened::tip_moved, 1, 2, 3});
  audience.tell(Time{7}, NodeId(2), {happened::reorganised, 1, 2, 3});
  EXPECT_EQ(blocks.seen, (std::vector<Row>{{Time{5}, NodeId(1), happened::block_mined, 7, 8, 9}}));
  ASSERT_EQ(tips.seen.size(), 2U);
  EXPECT_EQ(tips.seen[1], (Row{Time{6}, NodeId(2), happened::tip_moved, 1, 2, 3}));
  EXPECT_TRUE(audience.wants(happened::tip_moved));
  EXPECT_FALSE(audience.wants(happened::reorganised));
}

TEST(Audience, WantsNothingWhenNobodyListens) {
  EXPECT_FALSE(Audience().wants(happened::block_mined));
  EXPECT_FALSE(Audience().wants(HappeningKind{0}));
}

TEST(Audience, KeepsKindsApartThatShareASlot) {
  Listener one({HappeningKind{1}, HappeningKind{513}});
  Listener two({HappeningKind{257}});
  Audience audience;
  audience.add(one);
  audience.add(two);
  for (const std::uint32_t kind : {1U, 257U, 513U, 769U}) audience.tell({Time{}, NodeId(0), HappeningKind{kind}});
  EXPECT_EQ(one.seen.size(), 2U);
  EXPECT_EQ(two.seen.size(), 1U);
  EXPECT_FALSE(audience.wants(HappeningKind{769}));
}

}  // namespace
}  // namespace peerlab
