#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "analysis/report/folder.h"

namespace peerlab {
namespace {

namespace fs = std::filesystem;

const std::string sum(64, '0');

std::vector<ResultFile> files(const std::string& identity, const std::string& answer) {
  return {{"summary.json", answer},
          {"SHA256SUMS", sum + "  summary.json\n"},
          {"manifest.json", R"({"scenario": "hello", "identity": ")" + identity + "\"}\n"}};
}

class Folder : public testing::Test {
 protected:
  void SetUp() override {
    place_ = fs::temp_directory_path() /
             ("peerlab-folder-test-" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
    fs::remove_all(place_);
    fs::create_directories(place_);
  }
  void TearDown() override { fs::remove_all(place_); }
  [[nodiscard]] std::string target() const { return (place_ / "results" / "hello").string(); }
  static std::string read(const fs::path& path) {
    std::ifstream in(path);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
  }
  // Names of everything beside the target: nothing half-written may stay.
  [[nodiscard]] std::vector<std::string> beside() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(place_ / "results"))
      names.push_back(entry.path().filename().string());
    return names;
  }
  fs::path place_;
};

TEST_F(Folder, IsMadeWithAllItsParents) {
  EXPECT_EQ(write_result_folder(target(), files("a", "one"), "a"), "");
  EXPECT_EQ(read(fs::path(target()) / "summary.json"), "one");
  EXPECT_TRUE(holds_result(target(), "a"));
  EXPECT_FALSE(holds_result(target(), "b"));
  EXPECT_EQ(beside(), std::vector<std::string>{"hello"});
}

TEST_F(Folder, OfTheSameScenarioIsReplaced) {
  EXPECT_EQ(write_result_folder(target(), files("a", "one"), "a"), "");
  EXPECT_EQ(write_result_folder(target() + "/", files("a", "two"), "a"), "");
  EXPECT_EQ(read(fs::path(target()) / "summary.json"), "two");
  EXPECT_EQ(beside(), std::vector<std::string>{"hello"});
}

TEST_F(Folder, OfAnotherScenarioIsLeftAlone) {
  EXPECT_EQ(write_result_folder(target(), files("a", "one"), "a"), "");
  const std::string why = write_result_folder(target(), files("b", "two"), "b");
  EXPECT_NE(why.find("holds the result of another scenario or of other values (`hello`)"), std::string::npos) << why;
  EXPECT_EQ(read(fs::path(target()) / "summary.json"), "one");
}

TEST_F(Folder, OfSomebodyElseIsLeftAlone) {
  fs::create_directories(target());
  std::ofstream(fs::path(target()) / "thesis.tex") << "years of work";
  EXPECT_NE(write_result_folder(target(), files("a", "one"), "a").find("no result of peerlab"), std::string::npos);
  EXPECT_EQ(read(fs::path(target()) / "thesis.tex"), "years of work");
}

TEST_F(Folder, WithAFileOfTheUsersIsLeftAlone) {
  EXPECT_EQ(write_result_folder(target(), files("a", "one"), "a"), "");
  std::ofstream(fs::path(target()) / "notes.txt") << "what I saw";
  EXPECT_NE(write_result_folder(target(), files("a", "two"), "a").find("holds notes.txt"), std::string::npos);
  EXPECT_EQ(read(fs::path(target()) / "notes.txt"), "what I saw");
  EXPECT_EQ(read(fs::path(target()) / "summary.json"), "one");
}

std::vector<ResultFile> with_picture() {
  return {{"plots/latency.svg", "<svg/>"},
          {"SHA256SUMS", sum + "  plots/latency.svg\n"},
          {"manifest.json", R"({"scenario": "hello", "identity": "a"})"}};
}

TEST_F(Folder, HoldsPicturesInAFolderOfTheirOwn) {
  EXPECT_EQ(write_result_folder(target(), with_picture(), "a"), "");
  EXPECT_EQ(read(fs::path(target()) / "plots" / "latency.svg"), "<svg/>");
  EXPECT_TRUE(holds_result(target(), "a"));
  EXPECT_EQ(write_result_folder(target(), with_picture(), "a"), "");
  fs::remove(fs::path(target()) / "plots" / "latency.svg");
  EXPECT_FALSE(holds_result(target(), "a"));
}

TEST_F(Folder, WithAFileOfTheUsersAmongThePicturesIsLeftAlone) {
  EXPECT_EQ(write_result_folder(target(), with_picture(), "a"), "");
  std::ofstream(fs::path(target()) / "plots" / "mine.svg") << "drawn by hand";
  EXPECT_NE(folder_refusal(target(), "a").find("holds plots/mine.svg"), std::string::npos);
  fs::remove(fs::path(target()) / "plots" / "mine.svg");
  fs::create_directories(fs::path(target()) / "drafts");
  EXPECT_NE(folder_refusal(target(), "a").find("holds drafts"), std::string::npos);
  fs::remove(fs::path(target()) / "drafts");
  fs::create_directory_symlink(place_, fs::path(target()) / "link");
  EXPECT_NE(folder_refusal(target(), "a").find("holds link"), std::string::npos);
}

TEST_F(Folder, ThatIsEmptyIsTaken) {
  fs::create_directories(target());
  EXPECT_EQ(write_result_folder(target(), files("a", "one"), "a"), "");
  EXPECT_TRUE(holds_result(target(), "a"));
}

TEST_F(Folder, BehindALinkKeepsTheLink) {
  fs::create_directories(place_ / "results" / "real");
  fs::create_directory_symlink(place_ / "results" / "real", target());
  EXPECT_EQ(write_result_folder(target(), files("a", "one"), "a"), "");
  EXPECT_TRUE(fs::is_symlink(target()));
  EXPECT_EQ(read(place_ / "results" / "real" / "summary.json"), "one");
}

// Runs that recorded more write files into folders of the result.
TEST_F(Folder, KeepsItsOwnFoldersApartFromThoseOfOthers) {
  std::vector<ResultFile> with_trees = files("a", "one");
  with_trees.insert(with_trees.begin(), {"trees/p2p-0.csv.gz", "a tree"});
  for (ResultFile& file : with_trees) {
    if (file.name == "SHA256SUMS") file.content += std::string(64, '0') + "  trees/p2p-0.csv.gz\n";
  }
  EXPECT_EQ(write_result_folder(target(), with_trees, "a"), "");
  EXPECT_EQ(read(fs::path(target()) / "trees" / "p2p-0.csv.gz"), "a tree");
  EXPECT_TRUE(holds_result(target(), "a"));
  EXPECT_EQ(write_result_folder(target(), with_trees, "a"), "") << "its own";
  std::ofstream(fs::path(target()) / "trees" / "notes.txt") << "mine";
  EXPECT_NE(write_result_folder(target(), with_trees, "a").find("holds trees/notes.txt"), std::string::npos);
  EXPECT_EQ(read(fs::path(target()) / "trees" / "notes.txt"), "mine");
}

TEST_F(Folder, WhereAFileStandsIsRefused) {
  fs::create_directories(place_ / "results");
  std::ofstream(target()) << "a file";
  EXPECT_NE(write_result_folder(target(), files("a", "one"), "a").find("is a file"), std::string::npos);
  const std::string below = target() + "/deeper/hello";
  EXPECT_NE(write_result_folder(below, files("a", "one"), "a"), "");
  EXPECT_EQ(read(target()), "a file");
}

TEST_F(Folder, InAPlaceThatTakesNoFilesIsRefusedWithASentence) {
  const std::string why = write_result_folder("/proc/peerlab/hello", files("a", "one"), "a");
  EXPECT_NE(why, "");
  EXPECT_TRUE(why.ends_with(".")) << why;
}

TEST_F(Folder, IsNotLeftHalfWrittenWhenTheDiskIsFull) {
  EXPECT_EQ(write_result_folder(target(), files("a", "one"), "a"), "");
  // A limit on the size of files behaves as a full disk does: the write comes back short, with an error.
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{10'000, before.rlim_max};
  setrlimit(RLIMIT_FSIZE, &small);
  const std::string why = write_result_folder(target(), files("a", std::string(100'000, 'x')), "a");
  setrlimit(RLIMIT_FSIZE, &before);
  EXPECT_NE(why.find("summary.json could not be written"), std::string::npos) << why;
  EXPECT_EQ(read(fs::path(target()) / "summary.json"), "one");
  EXPECT_EQ(beside(), std::vector<std::string>{"hello"});
}

TEST_F(Folder, WithAMissingFileHoldsNoResult) {
  EXPECT_EQ(write_result_folder(target(), files("a", "one"), "a"), "");
  fs::remove(fs::path(target()) / "summary.json");
  EXPECT_FALSE(holds_result(target(), "a"));
  EXPECT_FALSE(holds_result((place_ / "nowhere").string(), "a"));
}

TEST_F(Folder, WithABrokenManifestIsLeftAlone) {
  EXPECT_EQ(write_result_folder(target(), files("a", "one"), "a"), "");
  std::ofstream(fs::path(target()) / "manifest.json") << "{\"identity\": 3, [[[";
  EXPECT_NE(write_result_folder(target(), files("a", "two"), "a"), "");
}

}  // namespace
}  // namespace peerlab
