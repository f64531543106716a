// Every scenario that ships says what it asks, where to look and what to try next, and its expectations hold. They run
// as `--quick` says, through the program itself.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace peerlab {
namespace {

namespace fs = std::filesystem;

struct Ran {
  int code = -1;
  std::string output;
};

Ran run(const std::string& arguments) {
  Ran ran;
  std::FILE* pipe = popen((std::string(PEERLAB_PROGRAM) + " " + arguments + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return ran;
  char buffer[4096];
  for (std::size_t n = 0; (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) ran.output.append(buffer, n);
  const int status = pclose(pipe);
  ran.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
  return ran;
}

std::vector<fs::path> shipped() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(PEERLAB_SOURCE_DIR) / "scenarios")) {
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string slurp(const fs::path& file) {
  std::ostringstream all;
  all << std::ifstream(file, std::ios::binary).rdbuf();
  return all.str();
}

class Shipped : public testing::TestWithParam<fs::path> {};

TEST_P(Shipped, SaysWhatItAsksWhereToLookAndWhatToTryNext) {
  const std::string text = slurp(GetParam());
  EXPECT_EQ(text.substr(0, 2), "# ") << "begins with a comment for the reader";
  for (const std::string key : {"\nquestion: ", "\nlook:", "\nnext:"}) {
    EXPECT_NE(text.find(key), std::string::npos) << key;
  }
  EXPECT_TRUE(text.find("\nexpect:") != std::string::npos || text.find("      expect:") != std::string::npos)
      << "expectations, of the whole or of the cells of its grid";
  EXPECT_NE(text.find("\nname: " + GetParam().stem().string() + "\n"), std::string::npos) << "its name is the file's";
}

TEST_P(Shipped, HoldsItsExpectations) {
  const fs::path folder =
      fs::temp_directory_path() / ("peerlab-shipped-" + std::to_string(::getpid()) + "-" + GetParam().stem().string());
  const Ran ran = run("run '" + GetParam().string() + "' --quick -j 2 -o '" + folder.string() + "'");
  EXPECT_EQ(ran.code, 0) << ran.output;
  EXPECT_TRUE(fs::exists(folder / "summary.json"));
  fs::remove_all(folder);
}

INSTANTIATE_TEST_SUITE_P(All, Shipped, testing::ValuesIn(shipped()), [](const testing::TestParamInfo<fs::path>& of) {
  std::string name = of.param.stem().string();
  std::replace_if(
      name.begin(), name.end(), [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
  return name;
});

}  // namespace
}  // namespace peerlab
