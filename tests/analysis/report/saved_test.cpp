// Results that come back from disk are either what was written or refused in a sentence.
#include "analysis/report/saved.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "analysis/report/folder.h"
#include "tests/analysis/report/example_result.h"

namespace peerlab {
namespace {

namespace fs = std::filesystem;

// 64 digits that depend on every byte; the report does not care which hash it is.
std::string digest(std::string_view text) {
  std::uint64_t h = 1469598103934665603U;
  for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 1099511628211U;
  const std::string number = std::to_string(h);
  return std::string(64 - number.size(), '0') + number;
}

class Saved : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = (fs::temp_directory_path() / ("peerlab-saved-" + std::to_string(::getpid()))).string();
    fs::remove_all(folder_);
    const std::vector<ResultFile> files = result_files(example_result(), "schema: 1\n", {}, "i", digest);
    ASSERT_EQ(write_result_folder(folder_, files, "i"), "");
  }
  void TearDown() override { fs::remove_all(folder_); }
  void append(const std::string& name, const std::string& text) {
    std::ofstream(fs::path(folder_) / name, std::ios::binary | std::ios::app) << text;
  }
  [[nodiscard]] std::string error(const std::string& version = "0.1.0") const {
    return read_result_folder(folder_, version, digest).error;
  }
  std::string folder_;
};

TEST_F(Saved, ComesBackAsItWas) {
  const SavedResult saved = read_result_folder(folder_, "0.1.0", digest);
  ASSERT_EQ(saved.error, "");
  const ScenarioResult before = example_result();
  EXPECT_EQ(saved.result.scenario, before.scenario);
  EXPECT_EQ(saved.result.seed, before.seed);
  EXPECT_EQ(saved.result.systems, before.systems);
  EXPECT_EQ(saved.result.cells, before.cells);
  ASSERT_EQ(saved.result.runs.size(), before.runs.size());
  // The very bytes: nothing of a metric is lost on the way (runs lie by system, so compare what is written of each).
  ScenarioResult sorted = before;
  std::stable_sort(sorted.runs.begin(), sorted.runs.end(),
                   [](const RunRecord& a, const RunRecord& b) { return a.system > b.system; });
  ScenarioResult back = saved.result;
  std::stable_sort(back.runs.begin(), back.runs.end(),
                   [](const RunRecord& a, const RunRecord& b) { return a.system > b.system; });
  EXPECT_EQ(metrics_csv(back), metrics_csv(sorted));
}

TEST_F(Saved, IsRefusedWhenChangedHalfThereOrOfAnotherVersion) {
  EXPECT_NE(error("0.2.0").find("is of peerlab 0.1.0, and this is 0.2.0"), std::string::npos) << error("0.2.0");
  append("runs.csv", "x");
  EXPECT_NE(error().find("runs.csv is not what was written"), std::string::npos) << error();
  fs::remove(fs::path(folder_) / "runs.csv");
  EXPECT_NE(error().find("only half there: runs.csv is missing"), std::string::npos) << error();
  fs::remove(fs::path(folder_) / "SHA256SUMS");
  EXPECT_NE(error().find("SHA256SUMS is missing"), std::string::npos) << error();
  EXPECT_TRUE(looks_like_result(folder_));
  fs::remove(fs::path(folder_) / "manifest.json");
  EXPECT_NE(error().find("manifest.json is missing"), std::string::npos) << error();
  EXPECT_FALSE(looks_like_result(folder_));
}

TEST_F(Saved, NamesTheLineThatCannotBeRead) {
  const std::string good = metrics_csv(example_result());
  for (const std::string& bad :
       {good + "half a line", good + "a,b\r\n", good + "\"open\r\n", std::string("x\r\n"), std::string()}) {
    std::ofstream(fs::path(folder_) / "metrics.csv", std::ios::binary) << bad;
    std::ofstream(fs::path(folder_) / "SHA256SUMS", std::ios::binary) << digest(bad) << "  metrics.csv\n";
    EXPECT_NE(error().find("metrics.csv, line"), std::string::npos) << bad.size() << error();
  }
  append("SHA256SUMS", "short\n");
  EXPECT_NE(error().find("no list of hashes"), std::string::npos) << error();
  std::ofstream(fs::path(folder_) / "manifest.json") << "[1]";
  EXPECT_NE(error().find("names no version"), std::string::npos) << error();
}

}  // namespace
}  // namespace peerlab
