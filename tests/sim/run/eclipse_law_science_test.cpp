// Under uniform peer selection all k outbound slots are the attacker's with probability C(h,k) / C(n,k), n being those whom a node
// can choose and h the attacker's among them: within 3.9 standard errors.
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "analysis/theory/eclipse.h"
#include "sim/run/run.h"
#include "sim/scenario/read.h"
#include "sim/world/cost_table.h"

namespace peerlab {
namespace {

struct Trials {
  double hits = 0;
  double all = 0;
};

Trials eclipsed(const std::string& text) {
  const ReadResult read = read_scenario_text(text, "test.yaml", standard_schema(cost_fields()));
  EXPECT_TRUE(read.scenario.has_value()) << format_problems(read.problems);
  RunOptions options;
  options.threads = 2;
  const RunReport report = run_scenario(read.scenario.value_or(Scenario{}), options);
  EXPECT_TRUE(report.problems.empty()) << format_problems(report.problems);
  Trials trials;
  for (const RunRecord& run : report.result.runs) {
    for (const Metric& m : run.metrics) {
      if (m.metric != "eclipse.all" || m.stat != "end") continue;
      trials.hits += static_cast<double>(m.hits);
      trials.all += static_cast<double>(m.trials);
    }
  }
  return trials;
}

void expect_law(const Trials& trials, double law) {
  ASSERT_GT(trials.all, 1000);
  const double error = std::sqrt(law * (1 - law) / trials.all);
  EXPECT_NEAR(trials.hits / trials.all, law, 3.9 * error) << trials.hits << " of " << trials.all;
}

const std::string head = R"(
schema: 1
name: law
replications: 12
duration: 1 min
network: {preset: internet-2019, users: 200}
measure: [eclipse]
)";

TEST(EclipseLaw, HoldsForAShareOfThePopulation) {
  const Trials trials = eclipsed(head + R"(
systems: {p2p: {protocol: nakamoto, peer_selection: uniform, outbound: 4, inbound: 1000, extra_every: 0 s}}
attacks:
  - {kind: sybil, who: random 50 % of role=peer, identities: 0}
)");
  EXPECT_EQ(trials.all, 12 * 100);
  expect_law(trials, eclipse_of(100, 199, 4));
}

TEST(EclipseLaw, HoldsForIdentitiesOnFewMachines) {
  const Trials trials = eclipsed(head + R"(
systems: {p2p: {protocol: nakamoto, peer_selection: uniform, outbound: 3, inbound: 1000, extra_every: 0 s}}
attacks:
  - {kind: sybil, who: random 4 of role=peer, identities: 39, mute: yes}
)");
  EXPECT_EQ(trials.all, 12 * 196);
  expect_law(trials, eclipse_of(160, 355, 3));
}

}  // namespace
}  // namespace peerlab
