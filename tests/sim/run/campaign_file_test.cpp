#include "sim/run/campaign_file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>

namespace peerlab {
namespace {

namespace fs = std::filesystem;

class CampaignFile : public testing::Test {
 protected:
  void SetUp() override {
    result_.scenario = "swept";
    result_.version = "1.2.3";
    result_.command = "peerlab run swept";
    result_.systems = {"p2p", "central"};
    result_.cells = {"users=10", "users=20, \"odd\""};
    for (const std::string& cell : result_.cells) {
      for (const std::string& system : result_.systems) {
        RunRecord run;
        run.cell = cell;
        run.system = system;
        run.replication = 3;
        run.seed = std::numeric_limits<std::uint64_t>::max() - 5;
        run.digest = "00ff";
        run.end = Time{123};
        run.events = 77;
        run.metrics.push_back({.metric = "stale.per_mined",
                               .stat = "value",
                               .value = 1.0 / 3,
                               .unit = "share",
                               .n = 9,
                               .note = "it's",
                               .hits = 3,
                               .trials = 9});
        Metric calm;
        calm.metric = "lost";
        calm.stat = "value";
        calm.unit = "share";
        calm.standing = Standing::not_challenged;
        run.metrics.push_back(calm);
        Metric never;
        never.metric = "rto";
        never.stat = "max";
        never.value = std::numeric_limits<double>::infinity();
        never.unit = "s";
        never.censored = true;
        never.headline = false;
        run.metrics.push_back(never);
        result_.runs.push_back(std::move(run));
      }
    }
    path_ = (fs::temp_directory_path() / ("peerlab-campaign-" + std::to_string(::getpid()) + ".sqlite")).string();
  }
  void TearDown() override { fs::remove(path_); }
  void write(const std::string& bytes) { std::ofstream(path_, std::ios::binary | std::ios::trunc) << bytes; }

  ScenarioResult result_;
  std::string path_;
};

TEST_F(CampaignFile, IsReadBackAsItWasWritten) {
  write(campaign_file({}, result_, "schema: 1\n", "abc"));
  EXPECT_TRUE(looks_like_campaign(path_));
  const SavedResult saved = read_campaign_file(path_, "1.2.3");
  ASSERT_EQ(saved.error, "");
  EXPECT_EQ(saved.result.scenario, "swept");
  EXPECT_EQ(saved.result.systems, result_.systems);
  EXPECT_EQ(saved.result.cells, result_.cells);
  ASSERT_EQ(saved.result.runs.size(), 4U);
  for (std::size_t i = 0; i < 4; ++i) {
    const RunRecord& a = saved.result.runs[i];
    const RunRecord& b = result_.runs[i];
    EXPECT_EQ(a.cell, b.cell);
    EXPECT_EQ(a.system, b.system);
    EXPECT_EQ(a.replication, b.replication);
    EXPECT_EQ(a.seed, b.seed) << "64 bits, unsigned";
    EXPECT_EQ(a.digest, b.digest);
    EXPECT_EQ(a.end, b.end);
    EXPECT_EQ(a.events, b.events);
    ASSERT_EQ(a.metrics.size(), 3U);
    EXPECT_DOUBLE_EQ(a.metrics[0].value, 0.333333333) << "nine digits, as in the files beside it";
    EXPECT_EQ(a.metrics[0].hits, 3U);
    EXPECT_EQ(a.metrics[0].note, "it's");
    EXPECT_TRUE(std::isnan(a.metrics[1].value));
    EXPECT_EQ(a.metrics[1].standing, Standing::not_challenged);
    EXPECT_TRUE(std::isinf(a.metrics[2].value));
    EXPECT_TRUE(a.metrics[2].censored);
    EXPECT_FALSE(a.metrics[2].headline);
  }
}

TEST_F(CampaignFile, IsTheSameBytesForTheSameResult) {
  EXPECT_EQ(campaign_file({}, result_, "schema: 1\n", "abc"), campaign_file({}, result_, "schema: 1\n", "abc"));
}

TEST_F(CampaignFile, RefusesWhatIsDamagedForeignOrOfAnotherVersion) {
  const std::string whole = campaign_file({}, result_, "schema: 1\n", "abc");
  write(whole);
  EXPECT_NE(read_campaign_file(path_, "9.9.9").error.find("is of peerlab 1.2.3"), std::string::npos);
  write(whole.substr(0, whole.size() / 2));
  EXPECT_NE(read_campaign_file(path_, "1.2.3").error.find("is damaged"), std::string::npos);
  std::string foreign = whole;
  foreign[68] = 'x';  // the application id
  write(foreign);
  EXPECT_NE(read_campaign_file(path_, "1.2.3").error.find("was not made by peerlab"), std::string::npos);
  std::string scrambled = whole;
  for (std::size_t i = 4096; i < scrambled.size(); i += 3) scrambled[i] = static_cast<char>(scrambled[i] ^ 0x5a);
  write(scrambled);
  EXPECT_NE(read_campaign_file(path_, "1.2.3").error, "");
  write("no database at all, but long enough to be taken for one");
  EXPECT_NE(read_campaign_file(path_, "1.2.3").error.find("is no database"), std::string::npos);
  EXPECT_NE(read_campaign_file(path_ + ".absent", "1.2.3").error, "");
}

}  // namespace
}  // namespace peerlab
