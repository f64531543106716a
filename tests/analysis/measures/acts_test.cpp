// Deeds against owners' wills: what counts as tried, and what as done.
#include <gtest/gtest.h>

#include "models/node/attack_happening.h"
#include "models/node/audit_happening.h"
#include "tests/analysis/measures/story.h"

namespace peerlab {
namespace {

constexpr std::uint64_t forged = 0x80000000;

/// A record of user 0, acked before an attack on one machine at 50 s, and three reads of it after that.
Story attacked() {
  Story story(3);
  story.request(Asked::publish, 0, 10);
  story.requests[0].record = {UserId(0), 0};
  story.requests[0].is_private = true;
  story.tell(11, 0, happened::operation_acked, 0);
  for (int i = 0; i < 3; ++i) {
    story.request(Asked::read, 1, 60 + i);
    story.requests.back().record = story.requests[0].record;
  }
  story.tell(50, 0, happened::attack_began, 0, 1);
  return story;
}
std::uint32_t code(Deed deed) { return static_cast<std::uint32_t>(deed); }

TEST(Acts, WithoutAnAttackNothingIsChallenged) {
  Story story(2);
  const MetricList list = story.told("acts", 100);
  for (const Metric& m : list.metrics) EXPECT_EQ(m.standing, Standing::not_challenged) << m.metric;
  EXPECT_EQ(story.told("altered", 100).find("altered.unnoticed", "value")->standing, Standing::not_challenged);
}

TEST(Acts, AForgedWriteTookEffectWhenAReaderBelievedIt) {
  Story story = attacked();
  story.tell(55, 0, happened::deed_tried, forged, code(Deed::alter), story.requests[0].record.packed());
  story.tell(56, 0, happened::operation_shown, forged);
  Story rejected = story;
  story.tell(61, 1, happened::read_answered, 1, 1, forged);
  rejected.tell(61, 1, happened::read_answered, 1, 0, forged);
  EXPECT_EQ(story.told("acts", 100).find("acts.alter", "value")->hits, 1U);
  EXPECT_EQ(rejected.told("acts", 100).find("acts.alter", "value")->hits, 0U);
  EXPECT_EQ(rejected.told("acts", 100).find("acts.alter", "value")->trials, 1U);
  EXPECT_EQ(rejected.told("altered", 100).find("altered.noticed", "value")->hits, 1U);
  EXPECT_EQ(rejected.told("altered", 100).find("altered.unnoticed", "value")->hits, 0U);
}

TEST(Acts, TheBudgetIsCountedInAllFourCurrencies) {
  Story story = attacked();
  story.cast.belongs = {{0, 0, 0}, {1, 1, 1}, {1, 1, 0}};
  story.tell(50, 1, happened::machine_taken);
  story.tell(50, 2, happened::machine_taken);
  const MetricList list = story.told("acts", 100);
  EXPECT_EQ(list.find("acts.owners", "mean")->value, 1);
  EXPECT_EQ(list.find("acts.hosts", "mean")->value, 1);
  EXPECT_EQ(list.find("acts.exploits", "mean")->value, 2);
}

TEST(Acts, AnErasureTookEffectWhenAStoreDidIt) {
  Story story = attacked();
  story.tell(55, 0, happened::deed_tried, forged, code(Deed::erase), story.requests[0].record.packed());
  EXPECT_EQ(story.told("acts", 100).find("acts.erase", "value")->hits, 0U);
  story.tell(56, 0, happened::operation_shown, forged);
  EXPECT_EQ(story.told("acts", 100).find("acts.erase", "value")->hits, 1U);
}

TEST(Acts, AnAnswerAlteredOnItsWayOutIsTamperedWithWhateverVersionItNames) {
  Story story = attacked();
  story.tell(61, 0, happened::answer_forged, 1, 0, story.requests[0].record.packed());
  story.tell(62, 1, happened::read_answered, 1, 1, 0);
  story.tell(63, 1, happened::read_answered, 2, 1, 0);  // the true one, from elsewhere
  const MetricList list = story.told("altered", 100);
  EXPECT_EQ(list.find("altered.unnoticed", "value")->hits, 1U);
  EXPECT_EQ(list.find("altered.unnoticed", "value")->trials, 2U);
}

TEST(Acts, WhatIsKeptBackIsRefusedUnlessItIsServedAfterAll) {
  Story story = attacked();
  story.tell(61, 0, happened::deed_tried, 1, code(Deed::refuse));
  story.tell(62, 0, happened::deed_tried, 2, code(Deed::refuse));
  story.tell(63, 1, happened::read_answered, 2, 1, 0);
  const MetricList list = story.told("acts", 100);
  EXPECT_EQ(list.find("acts.refuse", "value")->hits, 1U);
  EXPECT_EQ(list.find("acts.refuse", "value")->trials, 2U);
}

TEST(Acts, AThiefHasReadOfThePrivateRecordsThatWereThere) {
  Story story = attacked();
  EXPECT_EQ(story.told("acts", 100).find("acts.read", "value")->standing, Standing::not_challenged);
  story.tell(50, 0, happened::deed_tried, 0, code(Deed::read));
  EXPECT_EQ(story.told("acts", 100).find("acts.read", "value")->hits, 0U);
  story.tell(50, 0, happened::deed_done, 0, code(Deed::read), story.requests[0].record.packed());
  const MetricList list = story.told("acts", 100);
  EXPECT_EQ(list.find("acts.read", "value")->hits, 1U);
  EXPECT_EQ(list.find("acts.read", "value")->trials, 1U);
  EXPECT_EQ(list.find("acts.machines", "mean")->value, 1);
}

TEST(Acts, WhatWasAckedSinceTheStatePutBackIsRolledBackWhenNobodyHoldsIt) {
  Story story = attacked();
  story.tell(80, 0, happened::deed_tried, 0, code(Deed::roll_back), static_cast<std::uint64_t>(at_second(5).ns));
  Audit::Copies there;
  there.on_line = 1;
  story.audit(100, Audit::Why::end, {{0, there}});
  EXPECT_EQ(story.told("acts", 100).find("acts.roll_back", "value")->hits, 0U);
  story.audits.back().copies[0] = {};
  EXPECT_EQ(story.told("acts", 100).find("acts.roll_back", "value")->hits, 1U);
}

// A write that was rolled back: whoever is told of an older state believes it, unless he has a log to compare it with.
TEST(Acts, AnOldStateIsBelievedUnlessTheReaderCanProveThatItIsOld) {
  Story story = attacked();
  story.tell(55, 0, happened::deed_tried, 0, code(Deed::roll_back), static_cast<std::uint64_t>(at_second(5).ns));
  Story proved = story;
  story.tell(61, 1, happened::read_answered, 1, 0, happened::no_version);
  story.tell(62, 1, happened::read_answered, 2, 1, 0);  // the write itself, from where it is still known
  proved.tell(61, 1, happened::audit_failed, 1, 3, story.requests[0].record.packed());
  const MetricList list = story.told("altered", 100);
  EXPECT_EQ(list.find("altered.unnoticed", "value")->hits, 1U);
  EXPECT_EQ(list.find("altered.unnoticed", "value")->trials, 2U);
  EXPECT_EQ(list.find("altered.noticed", "value")->hits, 0U);
  EXPECT_EQ(proved.told("altered", 100).find("altered.noticed", "value")->hits, 1U);
  EXPECT_EQ(proved.told("altered", 100).find("altered.unnoticed", "value")->hits, 0U);
  EXPECT_EQ(story.told("acts", 100).find("acts.alter", "value")->standing, Standing::not_challenged);
}

TEST(Acts, WhatWasAckedBeforeTheStateThatIsPutBackIsNotRolledBack) {
  Story story = attacked();
  story.tell(55, 0, happened::deed_tried, 0, code(Deed::roll_back), static_cast<std::uint64_t>(at_second(20).ns));
  story.tell(61, 1, happened::read_answered, 1, 1, 0);
  EXPECT_EQ(story.told("altered", 100).find("altered.unnoticed", "value")->standing, Standing::no_sample);
}

}  // namespace
}  // namespace peerlab
