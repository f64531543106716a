#include "models/workloads/keys.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace peerlab {
namespace {

Time at(std::int64_t s) { return Time::zero() + seconds(s); }

Params choosing(const char* keys, const char* least_age = "0 s") {
  Params params = Params::defaults(record_fields("uniform", "0 s"));
  EXPECT_EQ(params.set("keys", keys), "");
  EXPECT_EQ(params.set("least_age", least_age), "");
  return params;
}

/// Record i was published at second i by user i.
History published(std::uint32_t records) {
  History history;
  for (std::uint32_t i = 0; i < records; ++i) {
    history.publish({.name = {UserId(i), 0}, .owner = UserId(i), .published = at(i), .changed = at(i)});
  }
  return history;
}

TEST(Keys, ReadsTheThreeLaws) {
  EXPECT_EQ(parse_key_law("uniform").value, (KeyLaw{KeyLaw::Law::uniform, 0}));
  EXPECT_EQ(parse_key_law(" zipf 0.99 ").value, (KeyLaw{KeyLaw::Law::zipf, 0.99}));
  EXPECT_EQ(parse_key_law("latest 1").value, (KeyLaw{KeyLaw::Law::latest, 1}));
}

TEST(Keys, SaysWhatIsWrongAndHowToWriteIt) {
  for (const char* text : {"", "zipf", "zipf x", "zipf -1", "zipf 11", "uniform 3", "zipfian 0.99", "zipf 0.99 1"}) {
    const Parsed<KeyLaw> keys = parse_key_law(text);
    EXPECT_FALSE(keys) << text;
    EXPECT_GT(keys.error.size(), 10U) << text;
  }
  EXPECT_NE(parse_key_law("zipf").error.find("zipf 0.99"), std::string::npos);
}

TEST(RecordChoice, FindsNothingBeforeTheFirstPublish) {
  Stream random(1, purpose("keys test"));
  const RecordChoice choice(choosing("uniform"));
  EXPECT_FALSE(choice.draw(random, History{}, at(100)));
  EXPECT_TRUE(choice.draw(random, published(1), at(0)));
  EXPECT_FALSE(choice.draw(random, published(1), Time{-1}));
}

TEST(RecordChoice, LooksOnlyAtRecordsThatAreOldEnough) {
  const History history = published(100);
  Stream random(2, purpose("keys test"));
  for (const char* keys : {"uniform", "zipf 0.99", "latest 0.99"}) {
    const RecordChoice choice(choosing(keys, "30 s"));
    std::size_t newest = 0;
    for (int i = 0; i < 2000; ++i) newest = std::max(newest, *choice.draw(random, history, at(80)));
    EXPECT_EQ(newest, 50U) << keys;
  }
}

TEST(RecordChoice, PassesOverErasedAndFreshlyChangedRecords) {
  History history = published(4);
  history.at(0).erased = true;
  history.at(2).changed = at(95);
  Stream random(3, purpose("keys test"));
  const RecordChoice choice(choosing("zipf 0.99", "10 s"));
  std::vector<int> counts(4);
  for (int i = 0; i < 1000; ++i) ++counts[*choice.draw(random, history, at(100))];
  EXPECT_EQ(counts[0], 0);
  EXPECT_EQ(counts[2], 0);
  EXPECT_GT(counts[1], counts[3]);
  history.at(1).erased = true;
  history.at(3).erased = true;
  EXPECT_FALSE(choice.draw(random, history, at(100)));
}

TEST(RecordChoice, UniformChoosesAllAlike) {
  const History history = published(50);
  Stream random(4, purpose("keys test"));
  const RecordChoice choice(choosing("uniform"));
  std::vector<double> counts(50);
  for (int i = 0; i < 50000; ++i) ++counts[*choice.draw(random, history, at(100))];
  for (const double count : counts) EXPECT_NEAR(count, 1000, 4.5 * std::sqrt(1000));
}

TEST(RecordChoice, ZipfLovesTheOldestAndLatestTheNewest) {
  const History history = published(50);
  Stream random(5, purpose("keys test"));
  const RecordChoice old(choosing("zipf 1"));
  const RecordChoice fresh(choosing("latest 1"));
  std::vector<int> of_old(50);
  std::vector<int> of_fresh(50);
  for (int i = 0; i < 20000; ++i) {
    ++of_old[*old.draw(random, history, at(100))];
    ++of_fresh[*fresh.draw(random, history, at(100))];
  }
  const double first = 20000 / 4.49920534;  // the 50th harmonic number
  EXPECT_NEAR(of_old[0], first, 3.9 * std::sqrt(first));
  EXPECT_NEAR(of_fresh[49], first, 3.9 * std::sqrt(first));
}

}  // namespace
}  // namespace peerlab
