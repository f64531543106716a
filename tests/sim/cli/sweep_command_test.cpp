// Sweeps as users see them: cells in every file, parts that become one result, and sentences where something is missing.
#include <gtest/gtest.h>

#include "tests/sim/cli/program.h"

namespace peerlab {
namespace {

using test::Ended;
using test::has;
using test::Program;
using test::small;
namespace fs = std::filesystem;

const std::string swept = small + "sweep: {grid: {network.users: [6, 9], protocol.block_interval: [1 min, 5 min]}}\n";

TEST_F(Program, ASweepHasARowPerCellAndACellInEveryFile) {
  write("swept.yaml", swept);
  const Ended e = run({"run", "swept.yaml", "-o", "result"});
  EXPECT_EQ(e.code, 0) << e.err;
  EXPECT_TRUE(has(e.out, "4 cells, 6 to 9 users")) << e.out;
  EXPECT_TRUE(has(e.out, "users  block_interval")) << e.out;
  EXPECT_TRUE(has(e.err, "4 of 4 cells")) << "a line per finished cell where nobody watches: " << e.err;
  EXPECT_TRUE(has(read(folder_ / "result" / "metrics.csv"), "\"users=9, block_interval=5 min\""));
  EXPECT_TRUE(has(read(folder_ / "result" / "runs.csv"), "\"users=6, block_interval=1 min\""));
  EXPECT_TRUE(has(read(folder_ / "result" / "scenario.resolved.yaml"), "network.users: 9"));
}

TEST_F(Program, PartsMergedAreTheBytesOfAnUndividedRun) {
  write("swept.yaml", swept);
  ASSERT_EQ(run({"sweep", "swept.yaml", "-o", "whole", "--quiet"}).code, 0);
  for (const char* shard : {"1/3", "2/3", "3/3"})
    ASSERT_EQ(run({"sweep", "swept.yaml", "-o", "split", "--shard", shard, "--quiet"}).code, 0);
  const Ended missing = run({"merge", "split.part-1-of-3", "split.part-3-of-3", "-o", "split"});
  EXPECT_EQ(missing.code, 2);
  EXPECT_TRUE(has(missing.err, "Missing: part 2 of 3")) << missing.err;
  EXPECT_FALSE(fs::exists(folder_ / "split"));
  const Ended merged = run({"merge", "split.part-1-of-3", "split.part-2-of-3", "split.part-3-of-3", "-o", "split"});
  EXPECT_EQ(merged.code, 0) << merged.err;
  std::size_t files = 0;
  for (const fs::directory_entry& file : fs::recursive_directory_iterator(folder_ / "whole")) {
    const std::string name = file.path().lexically_relative(folder_ / "whole").string();
    if (name == "manifest.json" || file.is_directory()) continue;
    EXPECT_EQ(read(file.path()), read(folder_ / "split" / name)) << name;
    ++files;
  }
  EXPECT_GT(files, 6U);
}

TEST_F(Program, RefusesPartsThatAreNoneOrOfAnotherCampaign) {
  write("swept.yaml", swept);
  ASSERT_EQ(run({"sweep", "swept.yaml", "-o", "a", "--shard", "1/2", "--quiet"}).code, 0);
  ASSERT_EQ(run({"sweep", "swept.yaml", "-o", "b", "--shard", "2/2", "--seed", "9", "--quiet"}).code, 0);
  const Ended other = run({"merge", "a.part-1-of-2", "b.part-2-of-2", "-o", "out"});
  EXPECT_EQ(other.code, 2);
  EXPECT_TRUE(has(other.err, "no part of the same campaign")) << other.err;
  const Ended none = run({"merge", "elsewhere", "-o", "out"});
  EXPECT_EQ(none.code, 2);
  EXPECT_TRUE(has(none.err, "part.txt is missing")) << none.err;
  std::ofstream(folder_ / "a.part-1-of-2" / "scenario.resolved.yaml", std::ios::app) << "# more\n";
  EXPECT_TRUE(has(run({"merge", "a.part-1-of-2", "-o", "out"}).err, "is damaged"));
}

TEST_F(Program, AnAxisMayStandOnTheCommandLine) {
  write("plain.yaml", small);
  const Ended none = run({"sweep", "plain.yaml"});
  EXPECT_EQ(none.code, 2);
  EXPECT_TRUE(has(none.err, "has no `sweep:`")) << none.err;
  const Ended typo = run({"sweep", "plain.yaml", "--axis", "network.user=5,6"});
  EXPECT_EQ(typo.code, 2);
  EXPECT_TRUE(has(typo.err, "Did you mean `users`?")) << typo.err;
  const Ended e = run({"sweep", "plain.yaml", "--axis", "network.users=6,9", "-o", "result"});
  EXPECT_EQ(e.code, 0) << e.err;
  EXPECT_TRUE(has(read(folder_ / "result" / "methods.md"), "--axis network.users=6,9"));
  EXPECT_EQ(run({"sweep", "plain.yaml", "--axis", "network.users=6,9", "--shard", "4/3"}).code, 2);
}

}  // namespace
}  // namespace peerlab
