// A scenario that was damaged at random is read or refused, never a crash; and every mistake has a place.
#include <gtest/gtest.h>

#include "models/base/random.h"
#include "sim/scenario/resolved.h"
#include "tests/sim/scenario/small_schema.h"

namespace peerlab {
namespace {

const std::string valid = R"(schema: 1
name: lost
question: Is a record harder to lose?
look: [one, two]
seed: 7
replications: 10
warmup: 30 min
duration: 6 h
settle: 30 min
stop: {blocks: 100}
network: {preset: internet-2019, users: 1000, degree: 8}
cpu: {signature: 50 us}
protection: {encryption: end-to-end, key_copies: 2}
systems:
  p2p: {protocol: chain, block_interval: 1 min, shares: normal 400000 sd 100000}
workload:
  - {kind: publish, rate: 2 per s in total, size: lognormal median 2 kB sigma 1}
timeline:
  - {at: 160 min, for: 10 min, wipe: random 1 of role=store, name: one}
  - {at: 4 h, for: 30 min, partition: [region=EU, rest], name: eu-cut}
attacks:
  - {kind: noise, who: random 2 of role=peer, every: 5 min}
measure: [propagation, agreed.after, stale]
expect:
  - propagation.p50 < 3 s
  - agreed.after(eu-cut) < 30 min
quick: {replications: 2, network.users: 10}
)";

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = text.find('\n', from);
    lines.push_back(text.substr(from, end - from + 1));
    from = end + 1;
  }
  return lines;
}

/// One damage: a byte turned, removed or put in, a line doubled, removed, moved or indented, a token replaced.
std::string damaged(std::string text, Stream& chance) {
  static const std::vector<std::string> tokens{"[",
                                               "]",
                                               "{",
                                               "}",
                                               ": ",
                                               "- ",
                                               ",",
                                               "#",
                                               "'",
                                               "\"",
                                               "&a ",
                                               "*a",
                                               "!!int ",
                                               "|\n",
                                               ">\n",
                                               "<<",
                                               "? ",
                                               "...",
                                               "---",
                                               "\t",
                                               "\n",
                                               "\n\n",
                                               "null",
                                               "~",
                                               "010",
                                               "1e999",
                                               "-5",
                                               "%",
                                               "@p2p",
                                               "==",
                                               "..",
                                               "\\",
                                               "no",
                                               "inf",
                                               "random",
                                               "rest",
                                               "node 99999999999",
                                               "\xc3\xa9",
                                               "\xff",
                                               "\x01"};
  const std::uint64_t how = chance.below(7);
  const auto place = static_cast<std::size_t>(chance.below(text.size() + 1));
  if (how == 0 && place < text.size()) text[place] = static_cast<char>(chance.below(256));
  if (how == 1 && place < text.size()) text.erase(place, 1 + static_cast<std::size_t>(chance.below(12)));
  if (how == 2 || how == 3) text.insert(place, tokens[static_cast<std::size_t>(chance.below(tokens.size()))]);
  if (how >= 4 && text.find('\n') != std::string::npos) {
    text += '\n';
    std::vector<std::string> lines = lines_of(text);
    const auto line = static_cast<std::size_t>(chance.below(lines.size()));
    if (how == 4) lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(line), lines[line]);
    if (how == 5) lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(line));
    if (how == 6) lines[line].insert(0, static_cast<std::size_t>(chance.below(5)), ' ');
    text.clear();
    for (const std::string& l : lines) text += l;
  }
  return text;
}

void expect_places(const ReadResult& result, const std::string& text) {
  EXPECT_EQ(result.scenario.has_value(), result.problems.empty()) << text;
  for (const Problem& p : result.problems) {
    EXPECT_EQ(p.file, "test.yaml");
    EXPECT_GT(p.sentence.size(), 10U) << text;
    // What concerns the text as a whole (not UTF-8, empty, two documents) has no line; all else has one that exists.
    if (p.line > 0) {
      EXPECT_LE(p.line, lines_of(text + "\n").size() + 1) << p.sentence << "\n" << text;
      EXPECT_LE(p.caret, p.source_line.size() + 1);
    } else {
      EXPECT_TRUE(p.sentence.find("text file") != std::string::npos || p.sentence.find("empty") != std::string::npos ||
                  p.sentence.find("comments") != std::string::npos || p.sentence.find("document") != std::string::npos)
          << p.sentence << "\n"
          << text;
    }
  }
}

TEST(DamagedScenario, IsReadOrRefusedWithPlaces) {
  ASSERT_TRUE(test::read(valid).scenario) << test::problems_of(valid);
  std::size_t refused = 0;
  for (std::uint32_t round = 0; round < 3000; ++round) {
    Stream chance(11, purpose("damage"), round);
    std::string text = valid;
    const std::uint64_t times = 1 + chance.below(4);
    for (std::uint64_t i = 0; i < times; ++i) text = damaged(std::move(text), chance);
    const ReadResult result = test::read(text);
    expect_places(result, text);
    refused += result.scenario ? 0 : 1;
    if (result.scenario) {
      const std::string again = print_resolved(*result.scenario, WithOrigins::no);
      const ReadResult second = test::read(again);
      ASSERT_TRUE(second.scenario) << format_problems(second.problems) << again;
      EXPECT_EQ(print_resolved(*second.scenario, WithOrigins::no), again);
    }
  }
  EXPECT_GT(refused, 1000U) << "the damage is real";
  EXPECT_LT(refused, 3000U) << "and some of it harmless";
}

TEST(DamagedScenario, OfNothingButSignsIsRefused) {
  const std::string_view signs = "[]{}:,-#'\"&*!|>?%@`\n \tab0~";
  for (std::uint32_t round = 0; round < 3000; ++round) {
    Stream chance(12, purpose("damage"), round);
    std::string text;
    const std::uint64_t length = 1 + chance.below(60);
    for (std::uint64_t i = 0; i < length; ++i) text += signs[static_cast<std::size_t>(chance.below(signs.size()))];
    expect_places(test::read(text), text);
  }
}

TEST(DamagedScenario, OverridesAreReadOrRefusedToo) {
  const std::string_view signs = "=.[]{}:,workload0123networkusers-\"'\n\t ";
  for (std::uint32_t round = 0; round < 2000; ++round) {
    Stream chance(13, purpose("damage"), round);
    std::string text = chance.chance(0.5) ? "network.users=" : "";
    const std::uint64_t length = chance.below(30);
    for (std::uint64_t i = 0; i < length; ++i) text += signs[static_cast<std::size_t>(chance.below(signs.size()))];
    ReadOptions options;
    options.overrides.push_back({"--set", text});
    const ReadResult result = test::read(valid, options);
    EXPECT_EQ(result.scenario.has_value(), result.problems.empty()) << text;
  }
}

}  // namespace
}  // namespace peerlab
