// Two results side by side, run by run.
#include <gtest/gtest.h>

#include "tests/sim/cli/program.h"

namespace peerlab {
namespace {

using test::Ended;
using test::has;
using test::Program;
using test::small;
namespace fs = std::filesystem;

TEST_F(Program, ComparesResultsScenariosAndSystems) {
  write("two.yaml",
        "schema: 1\nname: two\nduration: 1 h\nnetwork: {users: 12, degree: 4}\nsystems:\n"
        "  p2p: {protocol: nakamoto, block_interval: 1 min}\n"
        "  slow: {protocol: nakamoto, block_interval: 10 min}\n"
        "workload: [{kind: publish, rate: 1 per min in total}]\n");
  const Ended first = run({"compare", "two.yaml", "p2p", "slow", "-r", "4"});  // runs it first
  EXPECT_EQ(first.code, 0) << first.err;
  EXPECT_TRUE(has(first.err, "runs two first, into results/two")) << first.err;
  EXPECT_TRUE(has(first.out, "p2p against slow")) << first.out;
  EXPECT_TRUE(has(first.out, "4 pairs of runs with the same seed."));
  EXPECT_TRUE(has(first.out, "figures differ"));
  const Ended again = run({"compare", "two.yaml", "p2p", "slow", "-r", "4"});
  EXPECT_EQ(again.err, "") << "the result is there";
  EXPECT_EQ(again.out, first.out);
  EXPECT_EQ(run({"compare", "results/two", "p2p", "slow"}).out, first.out);
  EXPECT_TRUE(has(run({"compare", "results/two", "p2p", "slow", "--markdown"}).out, "| figure | p2p | slow |"));
  EXPECT_TRUE(has(run({"compare", "results/two", "slow", "p2p", "--json"}).out, "\"first\": \"slow\""));
  EXPECT_EQ(run({"run", "two.yaml", "-r", "2", "--set", "network.users=20", "-o", "more", "--quiet"}).code, 0);
  const Ended both = run({"compare", "results/two", "more"});
  EXPECT_TRUE(has(both.out, "two@p2p against more@p2p")) << both.out << both.err;
  EXPECT_TRUE(has(both.out, "two@slow against more@slow"));
}

TEST_F(Program, RefusesToCompareWhatIsNotComparable) {
  write("small.yaml", small);
  EXPECT_EQ(run({"run", "small.yaml", "--quiet", "-o", "one"}).code, 0);
  EXPECT_EQ(run({"run", "small.yaml", "--quiet", "--seed", "99", "-o", "two"}).code, 0);
  const auto refused = [&](const std::vector<std::string>& words, const std::string& sentence) {
    std::vector<std::string> all{"compare"};
    all.insert(all.end(), words.begin(), words.end());
    const Ended e = run(all);
    EXPECT_EQ(e.code, 2);
    EXPECT_EQ(e.out, "");
    EXPECT_TRUE(has(e.err, sentence)) << e.err;
  };
  refused({"one", "two"}, "share no seed");
  refused({"one", "p2p", "central"}, "has no system `central`. There are: p2p.");
  refused({"one", "p2p", "p2p"}, "does not differ from itself");
  refused({"one@nobody", "two"}, "has no system `nobody`");
  refused({"one", "nowhere"}, "There is no scenario `nowhere`.");
  refused({"./", "one"}, "holds no result");
  refused({"one", "two", "--json", "--markdown"}, "Either");
  write("two/runs.csv", "x");
  refused({"one", "two"}, "damaged: runs.csv");
  fs::remove(folder_ / "two" / "runs.csv");
  refused({"one", "two"}, "only half there");
  std::string manifest = read(folder_ / "one" / "manifest.json");
  const std::string version = "\"version\": \"" PEERLAB_VERSION "\"";
  manifest.replace(manifest.find(version), version.size(), "\"version\": \"0.0.1\"");
  write("one/manifest.json", manifest);
  refused({"one", "two"}, "is of peerlab 0.0.1");
}

}  // namespace
}  // namespace peerlab
