#include "analysis/measures/recorder.h"

#include <gtest/gtest.h>

#include "tests/analysis/measures/story.h"

namespace peerlab {
namespace {

Recorder recorded(const Story& story) {
  Recorder recorder;
  recorder.begin(story.cast);
  Audience audience;
  audience.add(recorder);
  for (const Row& row : story.rows) audience.tell(row);
  return recorder;
}

TEST(Recorder, TellsBlocksWhoHadThemAndWhoMoved) {
  Story story(2);
  story.mines(10, 0, 0xa, 0);
  story.holds(11, 1, 0xa);
  story.mines(12, 1, 0xb, 0xa, 2);
  story.down(13, 1);
  const Recorder r = recorded(story);
  ASSERT_EQ(r.steps().size(), 2U);
  EXPECT_EQ(r.steps()[0].parent, Recorder::none);
  EXPECT_EQ(r.steps()[1].parent, 0U);
  EXPECT_EQ(r.steps()[1].maker, 1U);
  ASSERT_EQ(r.events().size(), 4U);
  EXPECT_EQ(r.events()[0].what, Recorder::What::tip) << "held and stood on in one moment is one event";
  EXPECT_EQ(r.events()[1].what, Recorder::What::held);
  EXPECT_EQ(r.events()[3].what, Recorder::What::off);
}

TEST(Recorder, LeavesOutEverySecondNodeWhenThereIsTooMuchAndSaysSo) {
  constexpr std::uint32_t nodes = 1000;
  Story story(nodes);
  Recorder r;
  r.begin(story.cast);
  const std::size_t blocks = Recorder::most_events / nodes + 10;
  for (std::uint64_t b = 1; b <= blocks; ++b) {
    const Time at{static_cast<std::int64_t>(b) * 1'000'000'000};
    r.see({at, NodeId(0), happened::block_mined, static_cast<std::uint32_t>(b), b, b - 1});
    for (std::uint32_t n = 1; n < nodes; ++n) r.see({at, NodeId(n), happened::block_held, 0, b, 0});
  }
  EXPECT_LE(r.events().size(), Recorder::most_events);
  EXPECT_EQ(r.every(), 2U);
  for (const Recorder::Event& e : r.events()) EXPECT_EQ(e.node % 2, 0U);
}

TEST(Recorder, KeepsTheFirstStepsAndCountsTheOthers) {
  Story story(1);
  Recorder r;
  r.begin(story.cast);
  for (std::uint64_t b = 1; b <= Recorder::most_steps + 7; ++b)
    r.see({Time{static_cast<std::int64_t>(b)}, NodeId(0), happened::log_grew, static_cast<std::uint32_t>(b), b, b - 1});
  EXPECT_EQ(r.steps().size(), Recorder::most_steps);
  EXPECT_EQ(r.steps_left_out(), 7U);
}

TEST(Recorder, MarksFaultsAndReorganisations) {
  Story story(1);
  Recorder r;
  r.begin(story.cast);
  r.see({Time{1}, NodeId(), happened::fault_began, 0, 3, 0});
  r.see({Time{2}, NodeId(0), happened::reorganised, 2, 0xa, 1});
  r.see({Time{3}, NodeId(), happened::fault_ended, 0, 3, 0});
  ASSERT_EQ(r.marks().size(), 3U);
  EXPECT_EQ(r.marks()[0].number, 3U);
  EXPECT_EQ(r.marks()[1].number, 2U);
  EXPECT_EQ(r.marks()[2].kind, Recorder::Mark::Kind::fault_ended);
}

TEST(Recorder, NamesTheMomentsWorthALook) {
  Story story(2);
  story.tell(5, 0, happened::fault_began);
  story.mines(10, 0, 0xa, 0);
  story.mines(11, 1, 0xb, 0);
  story.tell(12, 1, happened::reorganised, 0xa, 1, 1);
  story.tell(12.5, 0, happened::reorganised, 0xa, 1, 1);
  const Recorder r = recorded(story);
  EXPECT_EQ(r.marks().size(), 2U) << "of those who move to one tip the first is marked";
  EXPECT_EQ(r.moments(), (std::vector<Time>{at_second(5), at_second(11), at_second(12)}));
}

TEST(Recorder, IsToldHowLargeABlockIs) {
  Story story(1);
  story.mines(10, 0, 0xa, 0);
  Recorder r = recorded(story);
  r.weigh(0xa, 285, 3);
  r.weigh(0xb, 1, 1);
  ASSERT_EQ(r.steps().size(), 1U);
  EXPECT_EQ(r.steps()[0].bytes, 285U);
  EXPECT_EQ(r.steps()[0].transactions, 3U);
}

}  // namespace
}  // namespace peerlab
