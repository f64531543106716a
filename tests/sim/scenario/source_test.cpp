#include "sim/scenario/source.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace peerlab {
namespace {

namespace fs = std::filesystem;

class SourceFile : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() /
              ("peerlab-source-" + std::to_string(::testing::UnitTest::GetInstance()->random_seed()) + "-" +
               ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }
  std::string write(const std::string& content) {
    const fs::path path = folder_ / "x.yaml";
    std::ofstream(path, std::ios::binary) << content;
    return path.string();
  }
  std::string refusal(const std::string& path) {
    Sources sources;
    Problems problems;
    EXPECT_EQ(sources.add_file(path, problems), Sources::none);
    EXPECT_EQ(problems.size(), 1U);
    return problems.empty() ? "" : problems.front().sentence;
  }
  fs::path folder_;
};

TEST_F(SourceFile, IsReadWithItsLines) {
  Sources sources;
  Problems problems;
  const std::uint32_t source = sources.add_file(write("one: 1\r\ntwo: 2\nthree"), problems);
  ASSERT_NE(source, Sources::none);
  EXPECT_EQ(sources.line({source, 1, 1}), "one: 1");
  EXPECT_EQ(sources.line({source, 2, 1}), "two: 2");
  EXPECT_EQ(sources.line({source, 3, 1}), "three");
  EXPECT_EQ(sources.line({source, 4, 1}), "");
}

TEST_F(SourceFile, SaysWhyItIsNotRead) {
  EXPECT_NE(refusal((folder_ / "missing.yaml").string()).find("no such file"), std::string::npos);
  EXPECT_NE(refusal(folder_.string()).find("folder"), std::string::npos);
  EXPECT_NE(refusal("/dev/zero").find("no regular file"), std::string::npos);
  EXPECT_NE(refusal(write("")).find("empty"), std::string::npos);
  EXPECT_NE(refusal(write(" \n\t\n")).find("empty"), std::string::npos);
  EXPECT_NE(refusal(write(std::string("a: b\0c", 6))).find("not a text file"), std::string::npos);
  EXPECT_NE(refusal(write("\x7f\x45LF\x02\x01")).find("not a text file"), std::string::npos);
  EXPECT_NE(refusal(write("a: \xff\xfe")).find("not a text file"), std::string::npos);
  EXPECT_NE(refusal(write("a: \xc0\x80")).find("not a text file"), std::string::npos) << "an overlong form is no UTF-8";
  EXPECT_NE(refusal(write("a: \xed\xa0\x80")).find("not a text file"), std::string::npos) << "neither is a surrogate";
  EXPECT_NE(refusal(write("a: \xe2\x82")).find("not a text file"), std::string::npos) << "nor a letter cut in two";
}

TEST_F(SourceFile, OfAHundredMegabytesIsRefusedUnread) {
  const std::string path = write("x");
  fs::resize_file(path, 100'000'000);
  EXPECT_NE(refusal(path).find("100 MB"), std::string::npos);
}

TEST_F(SourceFile, ThatMayNotBeReadIsRefused) {
  const std::string path = write("a: b");
  fs::permissions(path, fs::perms::none);
  if (std::ifstream(path).good()) GTEST_SKIP() << "this user may read everything";
  EXPECT_NE(refusal(path).find("cannot be read"), std::string::npos);
}

}  // namespace
}  // namespace peerlab
