#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "analysis/report/files.h"
#include "analysis/report/terminal.h"
#include "analysis/report/words.h"
#include "tests/analysis/report/example_result.h"

namespace peerlab {
namespace {

TEST(Summarising, TakesACensoredRunForNever) {
  ScenarioResult result = example_result();
  const SummaryLine* line = find_line(result, "p2p", "", "agreed.after(eu-cut)", "most");
  ASSERT_NE(line, nullptr);
  EXPECT_EQ(line->summary.how, Summary::How::median);
  EXPECT_EQ(line->summary.value, 1000) << "900, 1000 and later than 1100";
  EXPECT_EQ(line->censored, 1U);
  EXPECT_EQ(line->censored_at, 1100);
}

TEST(Summarising, PoolsSharesAndAddsUpSamples) {
  const ScenarioResult result = example_result();
  const SummaryLine* line = find_line(result, "p2p", "", "stale.per_mined", "value");
  EXPECT_EQ(line->summary.how, Summary::How::share);
  EXPECT_DOUBLE_EQ(line->summary.value, 1.0 / 42);
  EXPECT_EQ(line->sample, 42U);
  EXPECT_GE(line->summary.ci95_low, 0);
}

TEST(Summarising, NeverTurnsAMissingThreatIntoZero) {
  const ScenarioResult result = example_result();
  const SummaryLine* line = find_line(result, "p2p", "", "agreed.after(later)", "most");
  EXPECT_EQ(line->standing, Standing::not_challenged);
  EXPECT_TRUE(std::isnan(line->summary.value));
  EXPECT_EQ(line->summary.n, 0U);
}

TEST(Summarising, IsMeasuredWhenOneRunWasChallenged) {
  ScenarioResult result;
  result.systems = {"s"};
  result.cells = {""};
  for (int r = 0; r < 2; ++r) {
    RunRecord run;
    run.system = "s";
    run.metrics = {r == 0 ? example_absent("x", "max", "s", Standing::not_challenged, "none")
                          : example_metric("x", "max", 4, "s", 1)};
    result.runs.push_back(run);
  }
  summarise(result);
  EXPECT_EQ(result.lines[0].standing, Standing::measured);
  EXPECT_EQ(result.lines[0].summary.n, 1U);
  EXPECT_EQ(result.lines[0].summary.value, 4);
}

TEST(ThinEvidence, SaysThatFourteenBlocksAreFew) {
  ScenarioResult result = example_result();
  result.runs.resize(2);
  summarise(result);
  const std::vector<std::string> said = thin_evidence(result);
  const auto says = [&](std::string_view part) {
    return std::any_of(said.begin(), said.end(),
                       [&](const std::string& s) { return s.find(part) != std::string::npos; });
  };
  EXPECT_TRUE(says("One run says nothing about chance"));
  EXPECT_TRUE(says("Only 14 blocks: propagation.p50@p2p rests on few"));
  result.runs[0].metrics.erase(result.runs[0].metrics.begin(), result.runs[0].metrics.begin() + 2);
  summarise(result);
  bool found = false;
  for (const std::string& s : thin_evidence(result)) {
    found |= s ==
             "Only 14 blocks: the 95 % interval of stale.per_mined@p2p is 1.27 % to 31.5 %; lengthen `duration` or "
             "raise `stop.blocks`.";
  }
  EXPECT_TRUE(found);
}

TEST(ThinEvidence, IsSilentWhereThereIsPlenty) {
  ScenarioResult result;
  result.systems = {"s"};
  result.cells = {""};
  for (int r = 0; r < 10; ++r) {
    RunRecord run;
    run.system = "s";
    run.metrics = {example_share("stale.per_mined", 1, 100), example_metric("propagation", "p50", 1, "s", 100)};
    result.runs.push_back(run);
  }
  summarise(result);
  EXPECT_TRUE(thin_evidence(result).empty());
}

TEST(Terminal, NeverExceedsItsWidthNorEndsALineWithSpaces) {
  ScenarioResult result = example_result();
  for (RunRecord& run : result.runs) run.digest = run.digest.substr(0, 24);
  for (std::size_t width = 40; width <= 130; ++width) {
    std::istringstream text(print_terminal(result, {width, false, false}));
    for (std::string line; std::getline(text, line);) {
      EXPECT_LE(line.size(), width) << line;
      EXPECT_FALSE(line.ends_with(' ')) << line;
    }
  }
}

TEST(Terminal, ColourChangesNothingButColour) {
  std::string coloured = print_terminal(example_result(), {80, true, true});
  for (std::size_t at; (at = coloured.find('\033')) != std::string::npos;) {
    coloured.erase(at, coloured.find('m', at) - at + 1);
  }
  EXPECT_EQ(coloured, print_terminal(example_result(), {80, false, true}));
}

TEST(Terminal, PrintsAnEmptyResultWithoutComplaint) {
  ScenarioResult result;
  result.scenario = "nothing";
  EXPECT_EQ(print_terminal(result, {}), "nothing\nseed 0\n\n");
}

TEST(Terminal, NamesWhatHasNoFigureAnywhereOnceAndWithTheReason) {
  ScenarioResult result;
  result.scenario = "quiet";
  result.systems = {"s"};
  result.cells = {""};
  RunRecord run;
  run.system = "s";
  run.digest = "d";
  for (const char* share : {"50", "90"}) {
    run.metrics.push_back(example_absent(std::string("replicated(") + share + ")", "p50", "s", Standing::no_sample,
                                         "nothing was published"));
  }
  run.metrics.push_back(example_absent("reverted", "value", "share", Standing::not_challenged, "no fault"));
  result.runs = {run};
  summarise(result);
  const std::string text = print_terminal(result, {});
  EXPECT_NE(
      text.find("Nothing to measure (nothing was published): replicated.\nNot challenged (no fault): reverted.\n"),
      std::string::npos)
      << text;
}

TEST(Terminal, SaysWhyASystemHasADashBesideAFigure) {
  ScenarioResult result;
  result.scenario = "two";
  result.systems = {"p2p", "central"};
  result.cells = {""};
  for (const std::string& system : result.systems) {
    RunRecord run;
    run.system = system;
    run.digest = "d";
    run.metrics = {system == "p2p" ? example_share("stale.per_mined", 1, 100)
                                   : example_absent("stale.per_mined", "value", "share", Standing::no_sample,
                                                    "no block was mined")};
    result.runs.push_back(run);
  }
  summarise(result);
  const std::string text = print_terminal(result, {});
  EXPECT_NE(text.find("No figure for central (no block was mined): stale.per_mined.\n"), std::string::npos) << text;
  EXPECT_EQ(text.find("for p2p"), std::string::npos) << text;
}

TEST(Terminal, ShowsEveryCellOfASweep) {
  ScenarioResult result = example_result();
  result.cells = {"for=1 h", "for=2 h"};
  for (std::size_t i = 0; i < result.runs.size(); ++i) result.runs[i].cell = result.cells[i < 3 ? 0 : 1];
  summarise(result);
  const std::string text = print_terminal(result, {120, false, true});
  EXPECT_NE(text.find("for=1 h"), std::string::npos);
  EXPECT_NE(text.find("for=2 h"), std::string::npos);
}

TEST(Files, JsonKeepsInfinityAsAStringAndNothingAsNull) {
  const auto json = nlohmann::json::parse(summary_json(example_result()));
  EXPECT_EQ(json["results"][2]["metric"], "replicated(100)");
  EXPECT_EQ(json["results"][2]["ci95_high"], "Infinity");
  EXPECT_TRUE(json["results"][5]["value"].is_null());
  EXPECT_EQ(json["expectations"][1]["verdict"], "pass");
}

TEST(Files, JsonSurvivesBytesThatAreNoText) {
  ScenarioResult result = example_result();
  result.question = "\xff\xfe?";
  EXPECT_TRUE(nlohmann::json::accept(summary_json(result)));
}

TEST(Files, CsvQuotesWhatItMust) {
  ScenarioResult result = example_result();
  result.scenario = "a,b\"c\nd";
  EXPECT_NE(metrics_csv(result).find("\"a,b\"\"c\nd\",p2p"), std::string::npos);
  EXPECT_NE(metrics_csv(result).find("\"a \"\"note\"\", with a comma\",1\r\n"), std::string::npos);
}

std::string gunzip(const std::string& packed) {
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  std::string out(std::size_t{1} << 22, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return out;
}

TEST(Files, GzipHoldsTheTextAndNoTime) {
  std::string text;
  for (int i = 0; i < 300'000; ++i) text += static_cast<char>('a' + (i % 1000) * (i % 1000) % 7);
  for (const std::string& each : {std::string(), std::string("x"), text}) {
    const std::string packed = gzip(each);
    EXPECT_EQ(gunzip(packed), each);
    EXPECT_EQ(packed.substr(4, 4), std::string(4, '\0')) << "the time";
    EXPECT_EQ(packed[9], '\xff') << "the system";
    EXPECT_EQ(packed, gzip(each));
  }
}

TEST(Files, OnlyTheManifestSpeaksOfTheHost) {
  HostFacts quick;
  HostFacts slow;
  slow.host = "elsewhere";
  slow.wall_seconds = 100;
  slow.folder = "/tmp/x";
  const auto length = [](std::string_view text) { return std::to_string(text.size()) + std::string(60, '0'); };
  const auto a = result_files(example_result(), "seed: 7\n", quick, "i", length);
  const auto b = result_files(example_result(), "seed: 7\n", slow, "i", length);
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].content == b[i].content, a[i].name != "manifest.json") << a[i].name;
  }
  const ResultFile& sums = a[a.size() - 2];
  ASSERT_EQ(sums.name, "SHA256SUMS");
  for (const ResultFile& file : a) {
    const bool summed = sums.content.find("  " + file.name + "\n") != std::string::npos;
    EXPECT_EQ(summed, file.name != "SHA256SUMS" && file.name != "manifest.json") << file.name;
  }
}

}  // namespace
}  // namespace peerlab
