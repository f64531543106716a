// Several processes under mpirun are one campaign. Skipped where there is no mpirun, or where the program was built without MPI.
#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/sim/cli/program.h"

namespace peerlab {
namespace {

using test::Ended;
using test::has;
using test::Program;
using test::small;
namespace fs = std::filesystem;

class Ranks : public Program {
 protected:
  /// The program as so many processes; what it printed and its code.
  Ended among(int processes, const std::string& arguments) {
    const std::string command = "cd '" + folder_.string() +
                                "' && OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 "
                                "OMPI_MCA_rmaps_base_oversubscribe=1 mpirun -n " +
                                std::to_string(processes) + " '" PEERLAB_PROGRAM "' " + arguments + " >out 2>err";
    const int status = std::system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read(folder_ / "out"), read(folder_ / "err")};
  }
  /// Why there is nothing to test here; empty when there is.
  std::string missing() {
    if (std::system("command -v mpirun >/dev/null 2>&1") != 0) return "There is no mpirun: apt-get install openmpi-bin";
    const Ended tried = among(1, "run nothing-of-that-name");
    if (has(tried.err, "built without MPI")) return "The program was built without MPI: apt-get install libopenmpi-dev";
    return "";
  }
  void expect_same_files(const std::string& a, const std::string& b) {
    std::size_t files = 0;
    for (const fs::directory_entry& file : fs::recursive_directory_iterator(folder_ / a)) {
      const std::string name = file.path().lexically_relative(folder_ / a).string();
      if (name == "manifest.json" || file.is_directory()) continue;
      EXPECT_EQ(read(file.path()), read(folder_ / b / name)) << name;
      ++files;
    }
    EXPECT_GT(files, 6U);
  }
};

const std::string swept = small + "sweep: {grid: {network.users: [6, 9], protocol.block_interval: [1 min, 5 min]}}\n";

TEST_F(Ranks, MakeTheBytesOfOneProcess) {
  if (const std::string why = missing(); !why.empty()) GTEST_SKIP() << why;
  write("swept.yaml", swept);
  ASSERT_EQ(run({"sweep", "swept.yaml", "-o", "one", "--quiet"}).code, 0);
  for (const int processes : {2, 3}) {
    const std::string folder = "of-" + std::to_string(processes);
    const Ended e = among(processes, "sweep swept.yaml -o " + folder);
    EXPECT_EQ(e.code, 0) << e.err;
    expect_same_files("one", folder);
    EXPECT_EQ(e.out.find("Does it work?"), e.out.rfind("Does it work?")) << "one process prints: " << e.out;
  }
  for (const fs::directory_entry& left : fs::directory_iterator(folder_))
    EXPECT_FALSE(has(left.path().filename().string(), "unfinished")) << left.path();
}

TEST_F(Ranks, ShareCellsThatStopByThemselves) {
  if (const std::string why = missing(); !why.empty()) GTEST_SKIP() << why;
  write("swept.yaml",
        swept + "replications: {min: 2, max: 6, until: blocks.mined.ci95 < 20 % of the value}\nmeasure: [blocks]\n");
  ASSERT_EQ(run({"sweep", "swept.yaml", "-o", "one", "--quiet"}).code, 0);
  const Ended e = among(2, "sweep swept.yaml -o two --quiet");
  EXPECT_EQ(e.code, 0) << e.err;
  expect_same_files("one", "two");
}

TEST_F(Ranks, WriteTheSameResultAgain) {
  if (const std::string why = missing(); !why.empty()) GTEST_SKIP() << why;
  write("swept.yaml", swept);
  ASSERT_EQ(run({"sweep", "swept.yaml", "-o", "one", "--quiet"}).code, 0);
  ASSERT_EQ(among(2, "sweep swept.yaml -o two --quiet").code, 0);
  const Ended again = among(2, "sweep swept.yaml -o two --quiet");
  EXPECT_EQ(again.code, 0) << again.err;
  expect_same_files("one", "two");
}

TEST_F(Ranks, RefuseWhatCannotBeShared) {
  if (const std::string why = missing(); !why.empty()) GTEST_SKIP() << why;
  write("swept.yaml", swept);
  const Ended e = among(2, "sweep swept.yaml -o two --shard 1/2");
  EXPECT_NE(e.code, 0);
  EXPECT_TRUE(has(e.err, "does not go together with --shard")) << e.err;
  EXPECT_FALSE(fs::exists(folder_ / "two"));
}

}  // namespace
}  // namespace peerlab
