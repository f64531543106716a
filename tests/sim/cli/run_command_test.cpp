// Running scenarios: what is printed, which files come of it, and how it ends.
#include <gtest/gtest.h>

#include "tests/sim/cli/program.h"

namespace peerlab {
namespace {

using test::Ended;
using test::has;
using test::Program;
using test::small;
namespace fs = std::filesystem;

TEST_F(Program, RunsAScenarioAndWritesItsFolder) {
  write("small.yaml", small + "expect: [blocks.mined > 0]\n");
  const Ended e = run({"run", "small.yaml", "-r", "2"});
  EXPECT_EQ(e.code, 0) << e.err;
  EXPECT_TRUE(has(e.out, "Does it work?"));
  EXPECT_TRUE(has(e.out, "propagation")) << e.out;
  EXPECT_EQ(e.err, "") << "no progress line where nobody looks";
  for (const std::string name :
       {"summary.json", "runs.csv", "metrics.csv", "scenario.resolved.yaml", "SHA256SUMS", "manifest.json"}) {
    EXPECT_TRUE(fs::exists(folder_ / "results" / "small" / name)) << name;
  }
}

TEST_F(Program, GivesTheSameFilesForTheSameSeedAtAnyNumberOfThreads) {
  write("small.yaml", small);
  EXPECT_EQ(run({"run", "small.yaml", "-r", "3", "-j", "1", "-o", "one"}).code, 0);
  EXPECT_EQ(run({"run", "small.yaml", "-r", "3", "-j", "2", "-o", "two"}).code, 0);
  std::size_t pictures = 0;
  for (const fs::directory_entry& file : fs::recursive_directory_iterator(folder_ / "one")) {
    const std::string name = file.path().lexically_relative(folder_ / "one").string();
    if (name == "manifest.json" || file.is_directory()) continue;
    EXPECT_EQ(read(file.path()), read(folder_ / "two" / name)) << name;
    pictures += name.starts_with("plots/") ? 1 : 0;
  }
  EXPECT_GE(pictures, 1U);
  EXPECT_NE(run({"run", "small.yaml", "--json", "--seed", "1"}).out,
            run({"run", "small.yaml", "--json", "--seed", "2"}).out);
  EXPECT_EQ(run({"run", "small.yaml", "--verify", "--quiet"}).code, 0);
}

TEST_F(Program, RunsTheResolvedScenarioToTheSameDigest) {
  write("small.yaml", small);
  EXPECT_EQ(run({"run", "small.yaml", "-o", "one", "--set", "network.users=13"}).code, 0);
  const Ended again = run({"run", "one/scenario.resolved.yaml", "--json"});
  EXPECT_EQ(again.code, 0) << again.err;
  const std::string summary = read(folder_ / "one" / "summary.json");
  const std::size_t from = summary.find("\"digests\"");
  const std::string digests = summary.substr(from, summary.find(']', from) - from);
  EXPECT_TRUE(has(again.out, digests)) << digests << again.out.substr(0, 600);
}

// It named the scenario, by which only what ships is found.
TEST_F(Program, NamesTheFileInTheCommandThatRepeatsARun) {
  fs::create_directories(folder_ / "course");
  write("course/week-3.yaml", small);
  EXPECT_EQ(run({"run", "course/week-3.yaml", "-o", "one", "--quiet", "-r", "2"}).code, 0);
  EXPECT_TRUE(has(read(folder_ / "one" / "methods.md"), "peerlab run week-3.yaml -r 2\n"));
  EXPECT_EQ(run({"run", "links-from-file", "-o", "two", "--quiet", "--quick"}).code, 0);
  EXPECT_TRUE(has(read(folder_ / "two" / "methods.md"), "peerlab run links-from-file --quick\n"));
}

TEST_F(Program, EndsAsTheExpectationsDid) {
  write("holds.yaml", small + "expect: [blocks.mined > 1 blocks]\n");
  write("fails.yaml", small + "expect: [propagation.p50 > 1 h]\n");
  EXPECT_EQ(run({"run", "holds.yaml", "--quiet", "-r", "4", "--strict"}).code, 0);
  EXPECT_EQ(run({"run", "fails.yaml", "--quiet", "-r", "4"}).code, 1);
  EXPECT_EQ(run({"run", "holds.yaml", "--quiet", "-r", "1"}).code, 0) << "one run gives no interval: inconclusive";
  EXPECT_EQ(run({"run", "holds.yaml", "--quiet", "-r", "1", "--strict"}).code, 3);
  EXPECT_EQ(run({"run", "holds.yaml", "fails.yaml", "--quiet", "-r", "4"}).code, 1) << "the worst of several";
}

TEST_F(Program, OverwritesNothingOfOthers) {
  write("small.yaml", small);
  fs::create_directories(folder_ / "mine");
  write("mine/thesis.txt", "years of work\n");
  const Ended e = run({"run", "small.yaml", "-o", "mine"});
  EXPECT_EQ(e.code, 2);
  EXPECT_EQ(e.out, "") << "said before anything was run";
  EXPECT_EQ(read(folder_ / "mine/thesis.txt"), "years of work\n");
  EXPECT_EQ(run({"run", "small.yaml", "-o", "/proc/peerlab/x"}).code, 2);
  write("file", "x");
  EXPECT_EQ(run({"run", "small.yaml", "-o", "file"}).code, 2);
  EXPECT_EQ(run({"run", "small.yaml", "-o", "file/below"}).code, 2);
  EXPECT_EQ(run({"run", "small.yaml"}).code, 0);
  EXPECT_EQ(run({"run", "small.yaml", "--seed", "5"}).code, 0);
  std::size_t folders = 0;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder_ / "results"))
    folders += entry.is_directory() ? 1 : 0;
  EXPECT_EQ(folders, 2U) << "a changed scenario takes a new folder";
}

TEST_F(Program, RunsAgainIntoTheSameFolder) {
  // The manifest once named another identity than the one that was looked for: the second run took a second folder.
  write("small.yaml", small);
  EXPECT_EQ(run({"run", "small.yaml", "--quiet"}).code, 0);
  EXPECT_EQ(run({"run", "small.yaml", "--quiet"}).code, 0);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_ / "results"), fs::directory_iterator()), 1);
  EXPECT_EQ(run({"run", "small.yaml", "--quiet", "-o", "results/small"}).code, 0);
}

TEST_F(Program, EndsAFolderWithOneTable) {
  fs::create_directories(folder_ / "mine");
  write("mine/a.yaml", small + "expect: [blocks.mined > 1, propagation.p50 > 1 h]\n");
  write("mine/b.yaml", small + "expect: [blocks.mined > 1]\n");
  write("mine/a.yaml", small.substr(0, small.find("name:")) + "name: a\n" + small.substr(small.find("question:")) +
                           "expect: [blocks.mined > 1, propagation.p50 > 1 h]\n");
  const Ended two = run({"run", "mine/", "-r", "3"});
  EXPECT_EQ(two.code, 1) << two.err;
  EXPECT_TRUE(has(two.out, "scenario  held  failed  inconclusive  time\na            1       1             0  "))
      << two.out;
  EXPECT_TRUE(has(two.out, "\nsmall        1       0             0  ")) << two.out;
  EXPECT_TRUE(has(two.out, "\nall          2       1             0  ")) << two.out;
  EXPECT_FALSE(has(run({"run", "mine/", "-r", "3", "--quiet"}).out, "scenario"));
  write("mine/c.yaml", small + "seed: 5\n");  // of the same name as b.yaml: each keeps its own folder
  EXPECT_EQ(run({"run", "mine/b.yaml", "mine/c.yaml", "-r", "2", "--quiet"}).code, 0) << read(folder_ / "err");
}

// Only the last of several `--set` counted once: the earlier ones were dropped without a word.
TEST_F(Program, AppliesEveryChangeThatIsGiven) {
  write("small.yaml", small);
  const Ended e = run({"run", "--set", "network.users=77", "--set", "duration=3 h", "--set", "seed=5", "small.yaml",
                       "--print-resolved"});
  EXPECT_EQ(e.code, 0) << e.err;
  EXPECT_TRUE(has(e.out, "users: 77")) << e.out;
  EXPECT_TRUE(has(e.out, "duration: 3 h")) << e.out;
  EXPECT_TRUE(has(e.out, "seed: 5")) << e.out;
}

TEST_F(Program, ShowsEveryValueAndRunsNothing) {
  write("small.yaml", small);
  const Ended e = run({"run", "small.yaml", "--print-resolved", "--set", "network.users=77"});
  EXPECT_EQ(e.code, 0);
  EXPECT_TRUE(has(e.out, "users: 77")) << e.out;
  EXPECT_TRUE(has(e.out, "# --set"));
  EXPECT_TRUE(has(e.out, "# default"));
  EXPECT_TRUE(has(e.out, "# small.yaml:4"));
  EXPECT_FALSE(fs::exists(folder_ / "results"));
}

TEST_F(Program, RecordsTreesAndNetworksWhereAsked) {
  write("small.yaml", small + "replications: 2\nrecord: [trees, network]\n");
  EXPECT_EQ(run({"run", "small.yaml", "--quiet", "-o", "one"}).code, 0) << read(folder_ / "err");
  EXPECT_EQ(run({"run", "small.yaml", "--quiet", "-o", "two"}).code, 0);
  EXPECT_EQ(run({"run", "small.yaml", "--quiet", "-o", "two"}).code, 0) << "its own folder is replaced";
  for (const char* name : {"trees/p2p-0.csv.gz", "trees/p2p-1.csv.gz", "networks/p2p-0.graphml", "SHA256SUMS"}) {
    EXPECT_FALSE(read(folder_ / "one" / name).empty()) << name;
    EXPECT_EQ(read(folder_ / "one" / name), read(folder_ / "two" / name)) << name;
  }
  const std::string network = read(folder_ / "one/networks/p2p-0.graphml");
  EXPECT_TRUE(has(network, "<node id=\"n11\">")) << network;
  EXPECT_TRUE(has(network, ">peer</data>")) << network;
  EXPECT_TRUE(has(read(folder_ / "one/methods.md"), "30 J per terahash"));
  write("wrong.yaml", small + "record: [tree]\n");
  EXPECT_TRUE(has(run({"validate", "wrong.yaml"}).err, "Did you mean `trees`?")) << read(folder_ / "err");
  // A network that was written can be the network of another scenario.
  fs::copy(folder_ / "one/networks/p2p-0.graphml", folder_ / "links.graphml");
  write("again.yaml", small + "replications: 1\n");
  EXPECT_EQ(
      run({"run", "again.yaml", "--quiet", "--set", "network.topology=file", "--set", "network.file=links.graphml"})
          .code,
      0)
      << read(folder_ / "err");
}

TEST_F(Program, WritesEveryMessageWhereATraceIsAskedFor) {
  write("small.yaml", small + "replications: 2\n");
  EXPECT_EQ(run({"run", "small.yaml", "--quiet", "--trace", "-j", "1", "-o", "one"}).code, 0) << read(folder_ / "err");
  EXPECT_EQ(run({"run", "small.yaml", "--quiet", "--trace", "-j", "2", "-o", "two"}).code, 0) << read(folder_ / "err");
  for (const char* name : {"events.jsonl.gz", "trace.perfetto.json.gz"}) {
    EXPECT_FALSE(read(folder_ / "one" / name).empty()) << name;
    EXPECT_EQ(read(folder_ / "one" / name), read(folder_ / "two" / name)) << name << " at another number of threads";
  }
  EXPECT_TRUE(has(read(folder_ / "one/scenario.resolved.yaml"), "trace")) << "it is part of what was asked";
  EXPECT_EQ(run({"run", "small.yaml", "--quiet", "-o", "three"}).code, 0);
  EXPECT_FALSE(fs::exists(folder_ / "three/events.jsonl.gz"));
  EXPECT_EQ(read(folder_ / "three/metrics.csv"), read(folder_ / "one/metrics.csv")) << "who watches changes nothing";
}

}  // namespace
}  // namespace peerlab
