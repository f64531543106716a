// What cannot be right is refused in a sentence that names the place and says what to do, before anything is run.
#include <gtest/gtest.h>

#include "tests/sim/cli/program.h"

namespace peerlab {
namespace {

using test::Ended;
using test::has;
using test::Program;
using test::small;
namespace fs = std::filesystem;

/// A chain and a service, a fault, and an expectation, each on a line of its own.
const std::string two_systems =
    "schema: 1\nname: two\nduration: 20 min\nnetwork: {users: 12, degree: 4}\nsystems:\n"
    "  p2p: {protocol: nakamoto, block_interval: 1 min}\n"
    "  central: {protocol: central-server}\n"
    "workload:\n"
    "  - {kind: publish, rate: 1 per min in total}\n"
    "timeline:\n"
    "  - {at: 5 min, for: 1 min, wipe: random 1 of role=store, name: lost}\n"
    "expect:\n"
    "  - latency.acked.p50@central < 1 h\n";

class BadInput : public Program {
 protected:
  /// Runs `text` with `changes`; it must be refused, with all of `sentences`, and nothing may have been run.
  void refused(const std::string& text, const std::vector<std::string>& changes,
               const std::vector<std::string>& sentences) {
    write("two.yaml", text);
    std::vector<std::string> words{"run", "two.yaml", "-o", "out-folder"};
    for (const std::string& change : changes) words.insert(words.end(), {"--set", change});
    const Ended e = run(words);
    EXPECT_EQ(e.code, 2) << e.err;
    EXPECT_EQ(e.out, "");
    for (const std::string& sentence : sentences) EXPECT_TRUE(has(e.err, sentence)) << e.err;
    EXPECT_FALSE(fs::exists(folder_ / "out-folder"));
  }
  static std::string with(std::string text, const std::string& from, const std::string& to) {
    text.replace(text.find(from), from.size(), to);
    return text;
  }
};

TEST_F(BadInput, TheScenarioOfTheseTestsIsFine) {
  write("two.yaml", two_systems);
  EXPECT_EQ(run({"run", "two.yaml", "--quiet"}).code, 0);
}

TEST_F(BadInput, ADeadlineLongerThanSettle) {
  refused(two_systems, {"settle=3 min", "workload.0.deadline=5 min"},
          {"--set:1:21: A deadline of 5 min is longer than `settle`, 3 min",
           "Write `settle: 5 min` or a shorter deadline."});
  refused(with(two_systems, "in total}", "in total, deadline: 25 min}"), {},
          {"two.yaml:9:57: A deadline of 25 min is longer than `settle`, 2 min"});
}

// Who names only the deadline gets the time that it needs; who names only `settle` gets deadlines that fit.
TEST_F(BadInput, ADeadlineThatFitsIsNoMistake) {
  write("two.yaml", two_systems);
  const Ended longer = run({"run", "two.yaml", "--set", "workload.0.deadline=5 min", "--print-resolved"});
  EXPECT_TRUE(has(longer.out, "\nsettle: 5 min")) << longer.out;
  const Ended shorter = run({"run", "two.yaml", "--set", "settle=1 min", "--print-resolved"});
  EXPECT_TRUE(has(shorter.out, "deadline: 1 min")) << shorter.out;
}

TEST_F(BadInput, AWorkloadForNobody) {
  refused(two_systems, {"workload.0.users=0 %"}, {"--set:1:18: 0 % of the users is nobody"});
  refused(two_systems, {"network.users=0"}, {"--set:1:15: `users`: `0` is too small; the least is 1."});
}

TEST_F(BadInput, ABurstThatCannotBe) {
  refused(two_systems, {"workload.0.burst=10 times at 1 h"}, {"--set:1:18: ", "does not say how long", "Write `none`"});
  refused(two_systems, {"workload.0.burst=10 times at 1 h for 1 min"},
          {"never happens: the line asks only from 0 s to 18 min"});
}

TEST_F(BadInput, AServiceWithoutServers) {
  refused(two_systems, {"systems.central.servers=0"}, {"--set:1:25: `servers`: `0` is too small; the least is 1."});
}

TEST_F(BadInput, AQuorumOfTwo) {
  refused(two_systems, {"systems.central.servers=2", "systems.central.replication=quorum"},
          {"two.yaml:7:12: ", "a majority of two servers is both of them", "write `servers: 3`"});
}

TEST_F(BadInput, ABackupThatIsTakenTooLate) {
  refused(two_systems, {"systems.central.backup_every=10 min"},
          {"The first backup of `central` is taken after 10 min, but `lost` wipes a server at 5 min",
           "Take backups more often"});
  write("two.yaml", two_systems);
  EXPECT_EQ(run({"run", "two.yaml", "--quiet", "--set", "systems.central.backup_every=4 min"}).code, 0);
}

TEST_F(BadInput, AnExpectationOfWhatIsNotThere) {
  refused(with(two_systems, "@central", "@centrl"), {},
          {"two.yaml:13:23: There is no system `centrl` here. Did you mean `central`?"});
  refused(with(two_systems, "latency.acked", "latncy.acked"), {},
          {"two.yaml:13:5: There is no metric `latncy.acked.p50`. Did you mean `latency.acked`?"});
  refused(with(two_systems, "acked.p50", "acked.p51"), {}, {"two.yaml:13:5: `latency.acked` has no statistic `p51`"});
}

TEST_F(BadInput, AFaultThatCannotBe) {
  const std::string wipe = "wipe: random 1 of role=store";
  refused(with(two_systems, wipe, "churn: busiest 1 of role=store"), {}, {"two.yaml:11:", "drawn before the run"});
  refused(with(two_systems, wipe, "churn: all, session: exponential 1 ms"), {}, {"two.yaml:11:", "the least is 1 s"});
  refused(with(two_systems, wipe, "overload: all"), {}, {"two.yaml:11:", "no key `overload`"});
}

TEST_F(BadInput, AFolderThatMayNotBeWritten) {
  if (::geteuid() == 0) GTEST_SKIP() << "nothing is forbidden to this user";
  write("two.yaml", two_systems);
  fs::create_directories(folder_ / "closed");
  fs::permissions(folder_ / "closed", fs::perms::owner_read | fs::perms::owner_exec);
  const Ended e = run({"run", "two.yaml", "-o", "closed/here"});
  fs::permissions(folder_ / "closed", fs::perms::owner_all);
  EXPECT_EQ(e.code, 2);
  EXPECT_EQ(e.out, "") << "said before anything was run";
  EXPECT_TRUE(has(e.err, "Nothing can be written into")) << e.err;
}

TEST_F(Program, RunsNothingWhenAnythingIsInvalid) {
  write("good.yaml", small);
  write("bad.yaml", small + "druation: 5 h\nwarmup: 7\n");
  const Ended e = run({"run", "good.yaml", "bad.yaml"});
  EXPECT_EQ(e.code, 2);
  EXPECT_EQ(e.out, "");
  EXPECT_TRUE(has(e.err, "bad.yaml:8:1: There is no key `druation`")) << e.err;
  EXPECT_TRUE(has(e.err, "bad.yaml:9:9: `warmup`: `7` has no unit.")) << e.err;
  EXPECT_FALSE(fs::exists(folder_ / "results"));
  EXPECT_EQ(run({"run", "good.yaml", "--set", "network.usrs=5"}).code, 2);
  EXPECT_EQ(run({"run", "missing.yaml"}).code, 2);
  EXPECT_EQ(run({"run", "good.yaml", "-r", "0"}).code, 2);
  EXPECT_EQ(run({"run", "good.yaml", "--seed", "-1"}).code, 2);
}

}  // namespace
}  // namespace peerlab
