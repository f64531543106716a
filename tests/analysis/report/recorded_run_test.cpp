// Messages of a small run, from rows to a recording and back.
#include "analysis/report/recorded_run.h"

#include <gtest/gtest.h>

#include "tests/analysis/report/example_messages.h"

namespace peerlab {
namespace {

TEST(MessagePassages, LeadFromTheSenderToTheirEnd) {
  const ExampleMessages example;
  const std::vector<MessagePassage> all = message_passages(example.log.rows());
  ASSERT_EQ(all.size(), 4U) << "the last message was still under way";
  EXPECT_EQ(all[0], (MessagePassage{example.at(1.001), example.at(1.051), NodeId(0), NodeId(1), 250, 1, true}));
  EXPECT_EQ(all[1].ended, example.at(1.101)) << "messages may overtake each other";
  EXPECT_FALSE(all[2].arrived);
  EXPECT_EQ(all[2].ended, example.at(1.09));
  EXPECT_FALSE(all[3].arrived);
  EXPECT_EQ(all[3].sent, all[3].ended) << "it never got on its way";
}

TEST(MessagePassages, AreKeptAroundTheInstantsThatMatter) {
  std::vector<MessagePassage> all(100);
  for (std::size_t i = 0; i < all.size(); ++i)
    all[i].sent = all[i].ended = Time{static_cast<std::int64_t>(i) * 10'000'000'000};
  const std::vector<Time> instants = {all[50].sent, all[90].sent};
  const std::vector<MessagePassage> kept = passages_around(all, instants, 10);
  ASSERT_EQ(kept.size(), 10U);
  EXPECT_EQ(kept.front(), all[50]);
  EXPECT_EQ(kept[5], all[90]);
  EXPECT_EQ(passages_around(all, {all[98].sent}, 10).front(), all[0])
      << "what is left of the room is for the first ones";
  EXPECT_EQ(passages_around(all, {}, 10).back(), all[9]);
  EXPECT_EQ(passages_around(all, instants, 100), all);
}

TEST(RecordedRun, ComesBackAsItWasWritten) {
  const ExampleMessages example;
  const std::optional<RecordedRun> run = read_recorded_run(example.recording());
  ASSERT_TRUE(run.has_value());
  EXPECT_EQ(run->nodes.size(), 3U);
  EXPECT_EQ(run->nodes[1].region, "NA");
  ASSERT_EQ(run->blocks.size(), 1U);
  EXPECT_EQ(run->blocks[0].height, 1U);
  EXPECT_DOUBLE_EQ(run->blocks[0].made, 1);
  ASSERT_EQ(run->marks.size(), 2U);
  EXPECT_EQ(run->faults.at(run->marks[0].number), "a \"cut\"");
  ASSERT_EQ(run->powers.size(), 1U);
  EXPECT_EQ(run->powers[0].node, 2U);
  EXPECT_FALSE(run->powers[0].on);
  ASSERT_EQ(run->messages.size(), 4U);
  EXPECT_EQ(run->kinds, (std::vector<std::string>{"block", "inventory"}));
  EXPECT_DOUBLE_EQ(run->messages[1].sent, 1.001);
  EXPECT_DOUBLE_EQ(run->messages[1].ended, 1.101);
  EXPECT_EQ(run->messages[1].to, 2U);
  EXPECT_EQ(run->messages[1].bytes, 250U);
  EXPECT_TRUE(run->messages[1].arrived);
  EXPECT_FALSE(run->messages[2].arrived);
}

TEST(RecordedRun, IsNothingWithoutMessagesOrWhenItIsDamaged) {
  const ExampleMessages example;
  EXPECT_FALSE(read_recorded_run(recording_json(example.recorder, example.cast, example.at(2), {})).has_value());
  const std::string whole = example.recording();
  EXPECT_FALSE(read_recorded_run(whole.substr(0, whole.size() / 2)).has_value());
  EXPECT_FALSE(read_recorded_run(R"({"messages":{}})").has_value());
}

TEST(RecordedRun, IsCutShortAndSaysSo) {
  ExampleMessages example;
  RecordedMessages messages{{}, 5, example.kinds};
  messages.passages.resize(RecordedMessages::most + 3);
  for (MessagePassage& m : messages.passages) m.from = m.to = NodeId(0);
  const auto run = read_recorded_run(recording_json(example.recorder, example.cast, example.at(2), {}, &messages));
  ASSERT_TRUE(run.has_value());
  EXPECT_EQ(run->messages.size(), RecordedMessages::most);
  EXPECT_EQ(run->messages_left_out, 8U);
}

}  // namespace
}  // namespace peerlab
