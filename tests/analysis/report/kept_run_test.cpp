#include "analysis/report/kept_run.h"

#include <gtest/gtest.h>

#include <cmath>

#include "analysis/report/files.h"
#include "tests/analysis/report/example_result.h"

namespace peerlab {
namespace {

std::string digest(std::string_view text) {
  std::uint64_t h = 1469598103934665603U;
  for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return std::to_string(h);
}

TEST(KeptRun, ComesBackBitForBit) {
  ScenarioResult result = example_result();
  result.runs[0].metrics[0].value = 0.1 + 0.2;  // needs all 53 bits
  result.runs[0].metrics[1].value = -0.0;
  result.runs[1].trees = "node,step\r\n1,2\r\n";
  result.runs[1].network = "<graphml/>\n";
  result.runs[1].recording = "{}";
  ScenarioResult back = result;
  for (RunRecord& run : back.runs) {
    const std::optional<RunRecord> kept = read_kept_run(kept_run_text(run, "k", digest), "k", digest);
    ASSERT_TRUE(kept.has_value());
    EXPECT_EQ(kept_run_text(*kept, "k", digest), kept_run_text(run, "k", digest));
    run = *kept;
  }
  EXPECT_EQ(back.runs[0].metrics[0].value, 0.1 + 0.2);
  EXPECT_TRUE(std::signbit(back.runs[0].metrics[1].value));
  EXPECT_EQ(metrics_csv(back), metrics_csv(result));
  EXPECT_EQ(runs_csv(back), runs_csv(result));
  EXPECT_EQ(blocks_csv(back), blocks_csv(result));
  EXPECT_EQ(back.runs[1].trees, result.runs[1].trees);
  EXPECT_EQ(back.runs[1].network, result.runs[1].network);
  EXPECT_EQ(back.runs[1].recording, result.runs[1].recording);
  summarise(back);
  summarise(result);
  EXPECT_EQ(summary_json(back), summary_json(result));
}

TEST(KeptRun, IsNoneWhenDamagedCutShortOrOfAnotherKey) {
  const std::string text = kept_run_text(example_result().runs[0], "k", digest);
  EXPECT_TRUE(read_kept_run(text, "k", digest).has_value());
  EXPECT_FALSE(read_kept_run(text, "another", digest).has_value());
  EXPECT_FALSE(read_kept_run("", "k", digest).has_value());
  for (std::size_t at = 0; at < text.size(); at += 7) {
    std::string bad = text;
    bad[at] = static_cast<char>(bad[at] ^ 1);
    EXPECT_FALSE(read_kept_run(bad, "k", digest).has_value()) << at;
    EXPECT_FALSE(read_kept_run(text.substr(0, at), "k", digest).has_value()) << at;
  }
  const std::string right_hash_wrong_content = digest("[1, 2]") + "\n[1, 2]";
  EXPECT_FALSE(read_kept_run(right_hash_wrong_content, "k", digest).has_value());
}

}  // namespace
}  // namespace peerlab
