#include "sim/scenario/find.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace peerlab {
namespace {

namespace fs = std::filesystem;

class Find : public testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::temp_directory_path() /
            ("peerlab-find-" + std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
    fs::remove_all(root_);
    for (const std::string name :
         {"hello.yaml", "core/join-late.yaml", "core/bad-peer.yaml", "twice.yaml", "core/twice.yml", "notes.txt"}) {
      fs::create_directories((root_ / name).parent_path());
      std::ofstream(root_ / name) << "x";
    }
  }
  void TearDown() override { fs::remove_all(root_); }
  FoundScenarios find(const std::string& name) { return find_scenarios(name, {"/nowhere/at/all", root_.string()}); }
  fs::path root_;
};

TEST_F(Find, KnowsAScenarioByItsStem) {
  EXPECT_EQ(find("hello").files, std::vector<std::string>{(root_ / "hello.yaml").string()});
  EXPECT_EQ(find("join-late").files, std::vector<std::string>{(root_ / "core/join-late.yaml").string()});
  EXPECT_EQ(find("join-late").root, root_.string());
}

TEST_F(Find, TakesAPathAsItIs) {
  EXPECT_EQ(find("some/where.yaml").files, std::vector<std::string>{"some/where.yaml"});
  EXPECT_EQ(find("mine.yaml").files, std::vector<std::string>{"mine.yaml"});
}

TEST_F(Find, TakesAFolderForAllInIt) {
  EXPECT_EQ(find("core").files.size(), 3U);
  EXPECT_EQ(find((root_ / "core").string()).files.size(), 3U);
  EXPECT_EQ(all_scenarios({root_.string()}).files.size(), 5U) << "and a text file is no scenario";
}

TEST_F(Find, SaysWhatItDidNotFind) {
  EXPECT_NE(find("helo").error.find("Did you mean `hello`?"), std::string::npos);
  EXPECT_NE(find("xyzzy").error.find("peerlab list"), std::string::npos);
  EXPECT_NE(find("twice").error.find("Several scenarios are called `twice`"), std::string::npos);
  EXPECT_NE(find_scenarios("hello", {"/nowhere/at/all"}).error.find("no folder of scenarios"), std::string::npos);
  EXPECT_FALSE(find("").error.empty());
}

}  // namespace
}  // namespace peerlab
