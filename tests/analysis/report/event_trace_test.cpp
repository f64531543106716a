// A run event by event, for other programs.
#include "analysis/report/event_trace.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/analysis/report/example_messages.h"

namespace peerlab {
namespace {

using Json = nlohmann::json;

std::vector<Json> lines_of(const std::string& text) {
  std::vector<Json> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(Json::parse(line));
  return lines;
}

TEST(EventTrace, IsOneObjectALine) {
  const ExampleMessages example;
  const std::vector<Json> lines = lines_of(events_jsonl({"p2p", 0, example.cast, example.log, example.kinds}));
  ASSERT_EQ(lines.size(), example.log.rows().size());
  EXPECT_EQ(lines[0], Json::parse(R"({"system":"p2p","t":0.5,"event":"fault begins","fault":"a \"cut\"",
                                      "what":"partition"})"));
  EXPECT_EQ(lines[1], Json::parse(R"({"system":"p2p","t":1.0,"event":"block","node":0,"block":"00000000000000b1",
                                      "parent":"00000000000000b0","height":1})"));
  EXPECT_EQ(lines[2], Json::parse(R"({"system":"p2p","t":1.001,"event":"sent","node":0,"to":1,"kind":"block",
                                      "bytes":250,"message":1})"));
  EXPECT_EQ(lines[4]["event"], "received");
  EXPECT_EQ(lines[4]["from"], 0);
  EXPECT_EQ(lines[4]["message"], 1) << "the number that it was sent with";
  EXPECT_TRUE(lines[6]["message"].is_null()) << "it never got on its way";
  EXPECT_EQ(lines[7]["event"], "dropped");
  EXPECT_EQ(lines[7]["message"], 3);
}

TEST(EventTrace, SaysThatItWasCutShort) {
  ExampleMessages example;
  EventLog little;
  little.begin(2);
  for (const Row& row : example.log.rows()) little.see(row);
  const std::vector<Json> lines = lines_of(events_jsonl({"p2p", 0, example.cast, little, example.kinds}));
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[2]["event"], "cut short");
  EXPECT_EQ(lines[2]["why"], "A trace keeps the first 2 events of a run; " +
                                 std::to_string(example.log.rows().size() - 2) + " came after them.");
}

TEST(EventTrace, DrawsMessagesAsArrowsBetweenThreads) {
  const ExampleMessages example;
  const std::string events = perfetto_events({"p2p", 1, example.cast, example.log, example.kinds});
  const std::string texts[] = {"", events};
  const Json trace = Json::parse(perfetto_json(texts));
  std::size_t begun = 0;
  std::size_t ended = 0;
  for (const Json& e : trace["traceEvents"]) {
    EXPECT_EQ(e["pid"], 2);
    begun += e["ph"] == "s" ? 1 : 0;
    ended += e["ph"] == "f" ? 1 : 0;
    if (e["ph"] == "f" && e["id"] == "2-2") {
      EXPECT_EQ(e["tid"], 3);
      EXPECT_DOUBLE_EQ(e["ts"].get<double>(), 1'101'000);
    }
  }
  EXPECT_EQ(begun, 4U);
  EXPECT_EQ(ended, 2U);
  EXPECT_EQ(trace["traceEvents"][1]["args"]["name"], "peer 0");
}

TEST(EventTrace, LeavesTheArrowsOutWhereThereAreManyNodes) {
  ExampleMessages example;
  example.cast.nodes.resize(most_threads + 1);
  EXPECT_EQ(perfetto_events({"p2p", 0, example.cast, example.log, example.kinds}), "");
}

}  // namespace
}  // namespace peerlab
