#include "models/replication/address_manager.h"

#include <gtest/gtest.h>

#include <set>

namespace peerlab {
namespace {

NetAddress address(std::uint32_t group, std::uint32_t host) { return NetAddress(group << 16 | host); }

struct AddressManagers : testing::Test {
  AddressManager::Options options;
  Stream chance{1, purpose("test")};
  Time now = Time::zero() + hours(1);
};

TEST_F(AddressManagers, WhatIsHeardIsNewAndWhatIsReachedIsTried) {
  AddressManager m(options, 7);
  EXPECT_TRUE(m.add(address(1, 1), address(2, 2), now, now, chance));
  EXPECT_EQ(m.new_count(), 1U);
  EXPECT_EQ(m.tried_count(), 0U);
  EXPECT_TRUE(m.good(address(1, 1), now));
  EXPECT_EQ(m.new_count(), 0U);
  EXPECT_EQ(m.tried_count(), 1U);
  EXPECT_TRUE(m.tried(address(1, 1)));
  EXPECT_EQ(m.select(now, false, chance), address(1, 1));
  EXPECT_FALSE(m.select(now, true, chance).valid());
}

TEST_F(AddressManagers, ReachingAnUnknownAddressTeachesNothing) {
  AddressManager m(options, 7);
  EXPECT_FALSE(m.good(address(1, 1), now));
  EXPECT_FALSE(m.knows(address(1, 1)));
  EXPECT_FALSE(m.select(now, false, chance).valid());
}

// Heilman et al. 2015, section 3: one source group reaches 64 new buckets, one address group 8 tried buckets.
TEST_F(AddressManagers, OneSourceGroupReachesOnlySixtyFourNewBuckets) {
  AddressManager m(options, 7);
  std::set<std::uint32_t> buckets;
  for (std::uint32_t group = 0; group < 4000; ++group) {
    buckets.insert(m.new_place(address(group, 9), address(77, 1)) / options.bucket_size);
  }
  EXPECT_LE(buckets.size(), 64U);
  EXPECT_GT(buckets.size(), 55U);
}

TEST_F(AddressManagers, OneGroupReachesOnlyEightTriedBuckets) {
  AddressManager m(options, 7);
  std::set<std::uint32_t> buckets;
  for (std::uint32_t host = 0; host < 4000; ++host) {
    buckets.insert(m.tried_place(address(77, host)) / options.bucket_size);
  }
  EXPECT_LE(buckets.size(), 8U);
  EXPECT_GE(buckets.size(), 6U);
}

TEST_F(AddressManagers, AnotherKeyPutsAddressesElsewhere) {
  const AddressManager a(options, 7);
  const AddressManager b(options, 8);
  int same = 0;
  for (std::uint32_t host = 0; host < 100; ++host) {
    same += a.tried_place(address(host, 1)) == b.tried_place(address(host, 1)) ? 1 : 0;
  }
  EXPECT_LT(same, 5);
}

TEST_F(AddressManagers, AFloodFromOneGroupCannotFillTheNewTable) {
  AddressManager m(options, 7);
  for (std::uint32_t i = 0; i < 20'000; ++i) m.add(address(i % 500, i), address(77, 1), now, now, chance);
  EXPECT_LE(m.new_count(), 64U * options.bucket_size);
}

TEST_F(AddressManagers, AnAddressThatFailsThreeTimesGivesItsPlaceAway) {
  options.new_buckets = 1;
  options.bucket_size = 1;
  AddressManager m(options, 7);
  ASSERT_TRUE(m.add(address(1, 1), address(2, 2), now, now, chance));
  EXPECT_FALSE(m.add(address(3, 3), address(2, 2), now, now, chance)) << "the holder is as good as any";
  for (int i = 0; i < 3; ++i) {
    now = now + minutes(20);
    m.good(address(9, 9), now);  // others are reached, so the failure is the address's own
    now = now + minutes(1);
    m.attempt(address(1, 1), now);
  }
  now = now + minutes(20);
  EXPECT_TRUE(m.add(address(3, 3), address(2, 2), now, now, chance));
  EXPECT_FALSE(m.knows(address(1, 1)));
}

TEST_F(AddressManagers, ANodeThatIsOffLineBlamesNobody) {
  AddressManager m(options, 7);
  m.add(address(1, 1), address(2, 2), now, now, chance);
  m.add(address(5, 5), address(2, 2), now, now, chance);
  m.good(address(5, 5), now);
  for (int i = 0; i < 10; ++i) {
    now = now + minutes(20);
    m.attempt(address(1, 1), now);  // no success in between: only the first one counts
  }
  int chosen = 0;
  now = now + minutes(20);
  for (int i = 0; i < 200; ++i) chosen += m.select(now, true, chance) == address(1, 1) ? 1 : 0;
  EXPECT_EQ(chosen, 200);
}

struct OneTriedPlace : AddressManagers {
  OneTriedPlace() {
    options.tried_buckets = 1;
    options.bucket_size = 1;
    options.new_buckets = 1024;
  }
  void two_reached(AddressManager& m) {
    m.add(address(1, 1), address(2, 2), now, now, chance);
    m.good(address(1, 1), now);
    now = now + hours(5);
    m.add(address(3, 3), address(4, 4), now, now, chance);
    m.good(address(3, 3), now);
  }
};

TEST_F(OneTriedPlace, WithoutATestTheNewcomerPushesTheHolderOut) {
  options.test_before_evict = false;
  AddressManager m(options, 7);
  two_reached(m);
  EXPECT_TRUE(m.tried(address(3, 3)));
  EXPECT_TRUE(m.knows(address(1, 1)));
  EXPECT_FALSE(m.tried(address(1, 1)));
}

TEST_F(OneTriedPlace, WithATestTheHolderStaysWhenItAnswers) {
  AddressManager m(options, 7);
  two_reached(m);
  EXPECT_EQ(m.to_test(), address(1, 1));
  m.attempt(address(1, 1), now);
  m.good(address(1, 1), now);
  m.settle_collisions(now + seconds(5));
  EXPECT_TRUE(m.tried(address(1, 1)));
  EXPECT_FALSE(m.tried(address(3, 3)));
  EXPECT_EQ(m.waiting(), 0U);
}

TEST_F(OneTriedPlace, WithATestTheHolderGoesWhenItIsSilent) {
  AddressManager m(options, 7);
  two_reached(m);
  m.attempt(address(1, 1), now);
  m.settle_collisions(now + seconds(5));
  EXPECT_TRUE(m.tried(address(1, 1))) << "it has a minute to answer";
  m.settle_collisions(now + seconds(61));
  EXPECT_TRUE(m.tried(address(3, 3)));
  EXPECT_EQ(m.waiting(), 0U);
}

TEST_F(AddressManagers, TellsAQuarterOfWhatItKnowsAndNothingTwice) {
  AddressManager m(options, 7);
  for (std::uint32_t i = 0; i < 400; ++i) m.add(address(i, i), address(i, 1), now, now, chance);
  const std::vector<NetAddress> told = m.share(1000, now, chance);
  EXPECT_EQ(told.size(), m.all().size() * 23 / 100 + 1);
  EXPECT_EQ(std::set<NetAddress>(told.begin(), told.end()).size(), told.size());
  EXPECT_EQ(m.share(10, now, chance).size(), 10U);
}

}  // namespace
}  // namespace peerlab
