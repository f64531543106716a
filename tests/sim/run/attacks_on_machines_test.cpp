// Attacks on machines, in whole small worlds: what each does to a ledger and to a service, against what must come out.
#include <gtest/gtest.h>

#include <string>

#include "sim/run/run.h"
#include "sim/scenario/read.h"
#include "sim/world/cost_table.h"

namespace peerlab {
namespace {

/// 24 users; a ledger, one server, three under one operator, and the same three without owners' signatures.
std::string story(const std::string& attacks, const std::string& encryption = "none", const std::string& p2p = "") {
  return R"(
schema: 1
name: attacks
replications: 1
warmup: 5 min
duration: 100 min
settle: 20 min
network: {preset: internet-2019, users: 24, degree: 4}
protection: {encryption: )" +
         encryption + R"(}
systems:
  p2p: {protocol: nakamoto, block_interval: 1 min, ack: depth 2)" +
         p2p + R"(}
  central: {protocol: central-server}
  three: {protocol: central-server, servers: 3, replication: quorum}
  unsigned: {protocol: central-server, servers: 3, replication: quorum, signatures: none}
workload:
  - {kind: publish, rate: 3 per min in total, private: 50 %, size: 500 B, deadline: 20 min}
  - {kind: transfer, rate: 1 per min in total, deadline: 20 min}
  - {kind: read, rate: 20 per min in total, deadline: 1 min}
attacks:
)" + attacks +
         "\nmeasure: [exposed, acts, altered, lost]\n";
}

ReadResult read_of(const std::string& text) {
  return read_scenario_text(text, "test.yaml", standard_schema(cost_fields()));
}

RunReport run_of(const std::string& text, unsigned threads = 2, RunModes modes = {}) {
  const ReadResult read = read_of(text);
  EXPECT_TRUE(read.scenario.has_value()) << format_problems(read.problems);
  RunOptions options;
  options.threads = threads;
  options.modes = modes;
  RunReport report = run_scenario(read.scenario.value_or(Scenario{}), options);
  EXPECT_TRUE(report.problems.empty()) << format_problems(report.problems);
  return report;
}

Metric metric(const RunReport& report, const std::string& system, const std::string& name,
              const std::string& stat = "value") {
  for (const RunRecord& run : report.result.runs) {
    if (run.system != system) continue;
    for (const Metric& m : run.metrics) {
      if (m.metric == name && m.stat == stat) return m;
    }
  }
  ADD_FAILURE() << "no " << name << "." << stat << " of " << system;
  return {};
}
double value(const RunReport& report, const std::string& system, const std::string& name,
             const std::string& stat = "value") {
  const Metric m = metric(report, system, name, stat);
  EXPECT_EQ(m.standing, Standing::measured) << name << "@" << system << ": " << m.note;
  return m.value;
}

std::string line_of(const std::string& name, const std::string& rest) {
  return "  - {kind: " + name + ", " + rest + "}\n";
}

/// The operator with all servers of his service, and one of the peers.
std::string operators(const std::string& act) {
  return line_of("insider", "system: [p2p, central], who: role=store, at: 40 min, " + act) +
         line_of("insider", "system: [three, unsigned], who: role=store, machines: 3, at: 40 min, " + act);
}

TEST(Breach, OfPlaintextTakesOneServerAndOnAnOpenLedgerNobody) {
  const RunReport report = run_of(story(line_of("breach", "at: 80 min, machines: 1, choose: value")));
  EXPECT_EQ(value(report, "p2p", "exposed(0)", "best"), 1);
  EXPECT_EQ(value(report, "central", "exposed(0)", "best"), 0);
  EXPECT_EQ(value(report, "central", "exposed(1)", "best"), 1);
  EXPECT_LT(value(report, "central", "exposed(1)", "random"), 0.2);
  for (const char* system : {"p2p", "central", "three"}) EXPECT_EQ(value(report, system, "acts.read"), 1) << system;
  EXPECT_EQ(value(report, "central", "acts.machines", "mean"), 1);
}

TEST(Breach, OfSealedRecordsReadsTheBrokenOwnersAloneOnEitherArchitecture) {
  const RunReport report =
      run_of(story(line_of("breach", "who: role=store, at: 80 min, machines: 1, choose: value"), "end-to-end"));
  for (const char* system : {"p2p", "central", "three"}) {
    EXPECT_EQ(value(report, system, "exposed(0)", "best"), 0) << system;
    EXPECT_GT(value(report, system, "exposed(1)", "best"), 0) << system << ": one owner's records";
    EXPECT_LT(value(report, system, "exposed(1)", "best"), 0.25) << system;
    EXPECT_LT(value(report, system, "acts.read"), 0.3) << system;
  }
  EXPECT_EQ(value(report, "central", "acts.read"), 0) << "no owner's key lies on the server";
  EXPECT_EQ(value(report, "central", "exposed.metadata(1)", "best"), 1);
}

// The same people's keys lie in the same places, so the same machines give away the same records.
TEST(Breach, OfSealedRecordsIsTheSameOnEitherArchitectureMachineByMachine) {
  const RunReport report = run_of(story(line_of("breach", "at: 80 min"), "end-to-end"));
  EXPECT_NEAR(value(report, "p2p", "exposed(5)", "best"), value(report, "central", "exposed(5)", "best"), 0.05);
}

TEST(Breach, WithoutABudgetReadsWhatJoiningGives) {
  const RunReport report = run_of(story(line_of("breach", "at: 80 min, machines: 0")));
  EXPECT_EQ(value(report, "p2p", "acts.read"), 1);
  EXPECT_EQ(value(report, "central", "acts.read"), 0);
}

TEST(Tamper, IsBelievedWhereNobodySignsAndFoundOutWhereOwnersDo) {
  const RunReport report = run_of(story(line_of("tamper", "who: role=store, at: 40 min"), "none", ", light: 80 %"));
  EXPECT_GT(value(report, "unsigned", "altered.unnoticed"), 0.9);
  EXPECT_EQ(value(report, "unsigned", "altered.noticed"), 0);
  EXPECT_EQ(value(report, "three", "altered.unnoticed"), 0);
  EXPECT_GT(value(report, "three", "altered.noticed"), 0.9);
  EXPECT_EQ(value(report, "p2p", "altered.unnoticed"), 0) << "light users check what they are sent";
  EXPECT_GT(value(report, "p2p", "altered.noticed"), 0);
}

TEST(Tamper, EndsWhenItsTimeIsOver) {
  const RunReport report =
      run_of(story(line_of("tamper", "system: unsigned, who: role=store, at: 40 min, for: 10 min")));
  const double unnoticed = value(report, "unsigned", "altered.unnoticed");
  EXPECT_GT(unnoticed, 0.05);
  EXPECT_LT(unnoticed, 0.9) << "records that were tampered with for a while are read rightly again";
  EXPECT_EQ(metric(report, "three", "altered.unnoticed", "value").standing, Standing::not_challenged);
}

TEST(Tamper, AndABreachActTogetherOnOneMachine) {
  const RunReport report = run_of(story(line_of("tamper", "system: unsigned, who: role=store, at: 40 min") +
                                        line_of("breach", "system: unsigned, who: role=store, at: 80 min")));
  EXPECT_GT(value(report, "unsigned", "altered.unnoticed"), 0.9);
  EXPECT_EQ(value(report, "unsigned", "acts.read"), 1);
}

TEST(SplitView, LeavesNoTraceInSignatures) {
  const RunReport report = run_of(story(line_of("split-view", "who: role=store, at: 40 min")));
  EXPECT_GT(value(report, "three", "altered.unnoticed"), 0.2);
  EXPECT_EQ(value(report, "three", "altered.noticed"), 0);
  EXPECT_EQ(metric(report, "p2p", "altered.unnoticed", "value").standing, Standing::no_sample)
      << "who has a copy asks nobody";
}

/// The systems of story(), but a server without owners' signatures whose clients check its log in place of the ledger.
RunReport audited(const std::string& attacks) {
  std::string text = story(attacks);
  const std::string ledger = "p2p: {protocol: nakamoto, block_interval: 1 min, ack: depth 2}";
  text.replace(text.find(ledger), ledger.size(),
               "audited: {protocol: central-server, signatures: none, audit_log: clients-check}");
  return run_of(text);
}

TEST(AuditLog, FindsOutWhatIsAlteredOnItsWayOutWithoutOwnersSignatures) {
  const RunReport report = audited(line_of("tamper", "who: role=server, at: 40 min"));
  EXPECT_GT(value(report, "audited", "altered.noticed"), 0.8);
  EXPECT_LT(value(report, "audited", "altered.unnoticed"), 0.2) << "only who has not yet seen the write";
  EXPECT_GT(value(report, "unsigned", "altered.unnoticed"), 0.9);
}

TEST(AuditLog, FindsOutThatAnOldStateWasPutBack) {
  const RunReport report =
      audited(line_of("roll-back", "system: [audited, central], who: role=server, at: 40 min, back: 20 min"));
  EXPECT_GT(value(report, "audited", "altered.noticed"), 0.8);
  EXPECT_EQ(value(report, "central", "altered.noticed"), 0) << "signatures are as good as they were";
  EXPECT_GT(value(report, "central", "altered.unnoticed"), 0.5);
}

TEST(AuditLog, SaysNothingAgainstAnOperatorWhoLogsWhatHeForges) {
  const RunReport report = audited(line_of("insider", "system: audited, who: role=server, at: 40 min, act: alter"));
  EXPECT_GT(value(report, "audited", "acts.alter"), 0.9);
  EXPECT_EQ(value(report, "audited", "altered.noticed"), 0);
}

TEST(AuditLog, DoesNotShowThatTheLastWriteWasKeptBack) {
  const RunReport report = audited(line_of("split-view", "who: role=server, at: 40 min"));
  EXPECT_GT(value(report, "audited", "altered.unnoticed"), 0.2);
  EXPECT_EQ(value(report, "audited", "altered.noticed"), 0);
}

TEST(Insider, AmongPeersWithoutAChainWritesInAnybodysNameWhereNobodySigns) {
  std::string text = story(line_of("insider", "system: [p2p, unsigned], who: role=store, at: 40 min, act: alter"));
  const auto put = [&](const std::string& old, const std::string& now) {
    text.replace(text.find(old), old.size(), now);
  };
  put("p2p: {protocol: nakamoto, block_interval: 1 min, ack: depth 2}", "p2p: {protocol: gossip-store}");
  put("unsigned: {protocol: central-server, servers: 3, replication: quorum, signatures: none}",
      "unsigned: {protocol: gossip-store, signatures: none}");
  const RunReport report = run_of(text);
  EXPECT_EQ(value(report, "p2p", "acts.alter"), 0);
  EXPECT_GT(value(report, "unsigned", "acts.alter"), 0.9);
}

TEST(Insider, OfAQuorumUnderOneOperatorDoesAsHeLikes) {
  const RunReport report = run_of(story(operators("act: alter")));
  EXPECT_GT(value(report, "unsigned", "acts.alter"), 0.9);
  EXPECT_EQ(value(report, "three", "acts.alter"), 0) << "readers check the owner's signature";
  EXPECT_GT(value(report, "three", "altered.noticed"), 0);
  EXPECT_EQ(value(report, "p2p", "acts.alter"), 0);
}

TEST(Insider, ErasesWhateverOwnersSigned) {
  const RunReport report = run_of(story(operators("act: erase")));
  EXPECT_EQ(value(report, "three", "acts.erase"), 1);
  EXPECT_EQ(value(report, "unsigned", "acts.erase"), 1);
  EXPECT_EQ(value(report, "p2p", "acts.erase"), 0);
}

TEST(Phish, WritesAsTheOwnerOnEverySystem) {
  const RunReport report = run_of(story(line_of("phish", "who: role=user, machines: 3, choose: random, at: 40 min")));
  for (const char* system : {"p2p", "three"}) EXPECT_GT(value(report, system, "acts.alter"), 0.8) << system;
  EXPECT_EQ(value(report, "three", "altered.noticed"), 0);
}

TEST(Refuse, ShutsUsersOutOfAServiceAndOfNoLedger) {
  const RunReport report =
      run_of(story(line_of("refuse",
                           "who: role=store, victim: random 5 of role=user, machines: 1, choose: value, at: 30 "
                           "min, for: 1 h")));
  EXPECT_GT(value(report, "central", "acts.refuse"), 0.9);
  EXPECT_EQ(value(report, "p2p", "acts.refuse"), 0);
}

TEST(Flood, FillsTheQueueOfAServiceAndBothersNoPeers) {
  const auto answered = [](const std::string& server, const std::string& system) {
    std::string text = story(line_of("flood", "who: role=user, machines: 4, at: 20 min, for: 5 min, rate: 40"));
    const std::string plain = "central: {protocol: central-server}";
    text.replace(text.find(plain), plain.size(), "central: {protocol: central-server, service: 50 ms" + server + "}");
    const std::string measures = "measure: [exposed";
    text.replace(text.find(measures), measures.size(), "measure: [available.reads.any, exposed");
    return value(run_of(text), system, "available.reads.any");
  };
  EXPECT_LT(answered("", "central"), 0.97) << "five of 75 minutes, and the queue after it";
  EXPECT_GT(answered(", rate_limit: 3", "central"), 0.97) << "the users of the four machines alone are limited";
  EXPECT_GT(answered("", "p2p"), 0.99);
}

/// One server, wiped after an hour, with these backups.
double lost_by(const std::string& server) {
  std::string text = story(line_of("ransom", "system: central, who: role=store, at: 60 min, repair: 5 min"));
  const std::string plain = "central: {protocol: central-server}";
  text.replace(text.find(plain), plain.size(), "central: {protocol: central-server" + server + "}");
  const RunReport report = run_of(text);
  EXPECT_EQ(value(report, "p2p", "exposed(0)", "best"), 1);
  return value(report, "central", "lost");
}

TEST(Ransom, OfASingleServerWithoutABackupOutOfReachLosesEverythingBefore) {
  const double nothing_left = lost_by("");
  EXPECT_GT(nothing_left, 0.6) << "all that was acked in the first 60 of 80 minutes, 5 of them warm-up";
  EXPECT_EQ(lost_by(", backup_every: 7 min, backup: online, restore: 1 min"), nothing_left);
}

TEST(Ransom, LosesWhatCameSinceTheLastBackupThatLayOffLine) {
  const double since = lost_by(", backup_every: 7 min, backup: offline, restore: 1 min");  // the last at 56 min
  EXPECT_GT(since, 0);
  EXPECT_LT(since, 0.12) << "four of 75 minutes";
}

TEST(RollBack, ForgetsWithAllServersOfAnOperatorAndWithNoPeers) {
  const RunReport report =
      run_of(story(line_of("roll-back", "system: central, who: role=store, at: 70 min, back: 20 min") +
                   line_of("roll-back",
                           "system: [p2p, three], who: role=store, machines: 3, at: 70 min, back: 20 "
                           "min")));
  EXPECT_EQ(value(report, "central", "acts.roll_back"), 1);
  EXPECT_EQ(value(report, "three", "acts.roll_back"), 1);
  EXPECT_EQ(value(report, "p2p", "acts.roll_back"), 0);
}

TEST(AttacksOnMachines, AreTheSameWhetherPoolsAreSharedOrPrivateAndAtAnyNumberOfThreads) {
  const std::string text = story(line_of("tamper", "who: role=store and role=peer, system: p2p, at: 40 min") +
                                     line_of("insider", "who: role=server, system: [three, unsigned], at: 40 min"),
                                 "none", ", light: 50 %");
  const RunReport shared = run_of(text, 2);
  const RunReport alone = run_of(text, 1, RunModes{.private_pools = true, .shuffle_ties = false});
  ASSERT_EQ(shared.result.runs.size(), alone.result.runs.size());
  for (std::size_t i = 0; i < shared.result.runs.size(); ++i) {
    EXPECT_EQ(shared.result.runs[i].digest, alone.result.runs[i].digest) << shared.result.runs[i].system;
    for (std::size_t k = 0; k < shared.result.runs[i].metrics.size(); ++k) {
      const Metric& a = shared.result.runs[i].metrics[k];
      const Metric& b = alone.result.runs[i].metrics[k];
      EXPECT_EQ(a.standing, b.standing) << a.metric;
      if (a.standing != Standing::measured) continue;
      EXPECT_EQ(a.value, b.value) << a.metric;
    }
  }
}

/// The problems of a scenario with these attacks, read, checked and built.
std::string problems_with(const std::string& attacks) {
  const ReadResult read = read_of(story(attacks));
  if (!read.scenario) return format_problems(read.problems);
  return format_problems(run_scenario(*read.scenario, RunOptions{}).problems);
}

TEST(AttacksOnMachines, ThatCannotBeAreRefusedBeforeTheRunWithTheirPlace) {
  const auto says = [](const std::string& attacks, const std::string& sentence) {
    const std::string said = problems_with(attacks);
    EXPECT_NE(said.find(sentence), std::string::npos) << said;
    EXPECT_NE(said.find("test.yaml:"), std::string::npos) << said;
  };
  says(line_of("breach", "who: role=server, system: central, machines: 2"), "too few to break into 2");
  says(line_of("breach", "who: role=servant"), "role");
  says(line_of("breach", "at: 5 h"), "the run is over");
  says(line_of("tamper", "who: role=store") + line_of("split-view", "who: role=store"), "both decide what readers");
  says(line_of("refuse", "who: role=store"), "victim");
  says(line_of("phish", "who: role=server, system: central"), "No user sits at the machines");
}

}  // namespace
}  // namespace peerlab
