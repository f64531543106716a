// `extends`, in real files.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/sim/scenario/small_schema.h"

namespace peerlab {
namespace {

namespace fs = std::filesystem;

class Extends : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() /
              ("peerlab-extends-" + std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "in" / "deep");
  }
  void TearDown() override { fs::remove_all(folder_); }
  void write(const std::string& name, const std::string& text) { std::ofstream(folder_ / name) << text; }
  ReadResult read(const std::string& name, std::vector<Override> overrides = {}) {
    ReadOptions options;
    options.overrides = std::move(overrides);
    options.root = (folder_ / "in").string();
    return read_scenario((folder_ / name).string(), test::small_schema(), options);
  }
  std::string problems(const std::string& name) { return format_problems(read(name).problems); }
  fs::path folder_;
};

const std::string base =
    "name: base\nseed: 5\nduration: 10 h\nnetwork: {users: 70}\nsystems: {p2p: {protocol: chain, block_interval: 1 "
    "min}}\n";

TEST_F(Extends, LaysOneScenarioOnAnother) {
  write("in/base.yaml", base);
  write("in/deep/top.yaml", "extends: ../base.yaml\nduration: 5 h\nsystems: {p2p: {block_interval: 2 min}}\n");
  const ReadResult result = read("in/deep/top.yaml");
  ASSERT_TRUE(result.scenario) << format_problems(result.problems);
  EXPECT_EQ(result.scenario->name, "top") << "a name is not inherited";
  EXPECT_EQ(result.scenario->seed, 5U);
  EXPECT_EQ(result.scenario->duration, hours(5));
  EXPECT_EQ(result.scenario->users(), 70U);
  EXPECT_EQ(result.scenario->systems.at(0).params.duration("block_interval"), minutes(2));
  EXPECT_NE(result.scenario->origins.at("seed").file.find("base.yaml"), std::string::npos);
  EXPECT_NE(result.scenario->origins.at("duration").file.find("top.yaml"), std::string::npos);
}

TEST_F(Extends, NamesTheFileOfAMistake) {
  write("in/base.yaml", base + "replications: x\n");
  write("in/top.yaml", "extends: base\nwarmup: y\n");
  const std::string text = problems("in/top.yaml");
  EXPECT_NE(text.find("base.yaml:6:15"), std::string::npos) << text;
  EXPECT_NE(text.find("top.yaml:2:9"), std::string::npos) << text;
}

TEST_F(Extends, NeverGoesInCircles) {
  write("in/a.yaml", "extends: b.yaml\n");
  write("in/b.yaml", "extends: a.yaml\n");
  write("in/self.yaml", "extends: self.yaml\n");
  EXPECT_NE(problems("in/a.yaml").find("cannot extend itself"), std::string::npos);
  EXPECT_NE(problems("in/self.yaml").find("cannot extend itself"), std::string::npos);
  for (int i = 0; i < 40; ++i)
    write("in/c" + std::to_string(i) + ".yaml", "extends: c" + std::to_string(i + 1) + ".yaml\n");
  write("in/c40.yaml", base);
  EXPECT_NE(problems("in/c0.yaml").find("files deep"), std::string::npos);
}

TEST_F(Extends, StaysInItsFolder) {
  write("secret.yaml", "password: hunter2\n");
  write("in/up.yaml", "extends: ../secret.yaml\n");
  write("in/absolute.yaml", "extends: /etc/passwd\n");
  for (const std::string name : {"in/up.yaml", "in/absolute.yaml"}) {
    const std::string text = problems(name);
    EXPECT_NE(text.find("lies outside of the scenario's folder"), std::string::npos) << text;
    EXPECT_EQ(text.find("hunter2"), std::string::npos);
  }
  std::error_code error;
  fs::create_symlink(folder_ / "secret.yaml", folder_ / "in" / "link.yaml", error);
  if (!error) {
    write("in/by-link.yaml", "extends: link.yaml\n");
    EXPECT_NE(problems("in/by-link.yaml").find("lies outside"), std::string::npos) << "a link leads where it leads";
  }
}

TEST_F(Extends, FindsAFileOfLinksBesideTheScenarioThatNamesIt) {
  const std::string linked =
      "network: {users: 3, topology: file, file: links.csv}\nsystems: {p2p: {protocol: chain}}\n";
  write("in/deep/links.csv", "from,to\n0,1\n1,2\n");
  write("in/deep/base.yaml", linked);
  write("in/top.yaml", "extends: deep/base.yaml\n");
  const ReadResult result = read("in/top.yaml");
  ASSERT_TRUE(result.scenario) << format_problems(result.problems);
  EXPECT_TRUE(fs::equivalent(result.scenario->network.text("file"), folder_ / "in/deep/links.csv"));
  EXPECT_EQ(result.scenario->graph_file, "links.csv") << "what is printed holds no path of this machine";
  write("in/alone.yaml", linked);
  EXPECT_FALSE(read("in/alone.yaml").scenario) << "there is no links.csv beside this one";
  write("secret.csv", "from,to\n0,1\n1,2\n");
  write("in/out.yaml", "network: {users: 3, topology: file, file: ../secret.csv}\nsystems: {p2p: {protocol: chain}}\n");
  EXPECT_NE(problems("in/out.yaml").find("lies outside of the scenario's folder"), std::string::npos);
  const ReadResult given = read("in/out.yaml", {{"--set", "network.file=" + (folder_ / "secret.csv").string()}});
  EXPECT_TRUE(given.scenario) << "the command line may name any file\n" << format_problems(given.problems);
}

TEST_F(Extends, SaysWhatIsMissing) {
  write("in/a.yaml", "extends: nothing.yaml\n" + base);
  EXPECT_NE(problems("in/a.yaml").find("There is no file"), std::string::npos);
  write("in/b.yaml", "extends: [x, y]\n" + base);
  EXPECT_NE(problems("in/b.yaml").find("names one scenario file"), std::string::npos);
  write("in/c.yaml", "extends: deep\n" + base);
  EXPECT_FALSE(problems("in/c.yaml").empty());
}

}  // namespace
}  // namespace peerlab
