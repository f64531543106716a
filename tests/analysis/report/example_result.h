// A small result made by hand: two systems, three runs each, with everything that a report has to cope with.
#pragma once

#include <limits>
#include <string>

#include "analysis/report/result.h"

namespace peerlab {

inline Metric example_metric(std::string metric, std::string stat, double value, std::string unit, std::uint64_t n) {
  Metric m;
  m.metric = std::move(metric);
  m.stat = std::move(stat);
  m.value = value;
  m.unit = std::move(unit);
  m.n = n;
  return m;
}

inline Metric example_share(std::string metric, std::uint64_t hits, std::uint64_t trials) {
  Metric m = example_metric(std::move(metric), "value", static_cast<double>(hits) / static_cast<double>(trials),
                            "share", trials);
  m.hits = hits;
  m.trials = trials;
  return m;
}

inline Metric example_absent(std::string metric, std::string stat, std::string unit, Standing standing,
                             std::string note) {
  Metric m =
      example_metric(std::move(metric), std::move(stat), std::numeric_limits<double>::quiet_NaN(), std::move(unit), 0);
  m.standing = standing;
  m.note = std::move(note);
  return m;
}

inline ScenarioResult example_result() {
  ScenarioResult result;
  result.scenario = "partition-and-heal";
  result.question = "How long do two halves of a network need to agree again after they were cut apart?";
  result.setup = "500 nodes, 6 h simulated, 3 runs";
  result.version = "0.1.0";
  result.command = "peerlab run partition-and-heal --seed 7";
  result.seed = 7;
  result.look = {"agreed.after(eu-cut): the longer branch wins within one block.", "reorg.depth: how much was undone."};
  result.next =
      "a longer cut, or a smaller side\n"
      "peerlab run partition-and-heal --set timeline.0.for='2 h' --set network.users=50 --seed 8";
  result.assumptions = {"Energy is priced at 30 J per terahash.", "There is no attacker."};
  result.systems = {"p2p", "central"};
  result.cells = {""};
  constexpr double never = std::numeric_limits<double>::infinity();
  for (std::uint32_t r = 0; r < 3; ++r) {
    RunRecord p2p;
    p2p.system = "p2p";
    p2p.replication = r;
    p2p.seed = 7 + r;
    p2p.digest = std::string(60, 'a') + "000" + std::to_string(r);
    p2p.end = Time{21'600'000'000'001};
    p2p.events = 1'000'000 + r;
    p2p.metrics = {
        example_metric("propagation", "p50", 0.52 + 0.01 * r, "s", 14),
        example_metric("propagation", "p90", 1.02 + 0.02 * r, "s", 14),
        example_metric("replicated(100)", "p50", r == 2 ? never : 7.5 + r, "s", 40),
        example_metric("agreement(0)", "mean", 0.9953 + 0.0001 * r, "share", 500),
        example_metric("agreed.after(eu-cut)", "most", 900.0 + 100 * r, "s", 1),
        example_absent("agreed.after(later)", "most", "s", Standing::not_challenged, "the fault did not occur"),
        example_share("stale.per_mined", r == 0 ? 1 : 0, 14),
        example_metric("reorg.depth", "max", 3, "blocks", 9),
        example_metric("messages", "count", 1'204'332 + 1000.0 * r, "messages", 1'204'332),
        example_metric("cost.bytes_sent", "total", 7.49e9 + 1e7 * r, "B", 1),
    };
    p2p.metrics[4].censored = r == 2;
    p2p.metrics.back().note = "a \"note\", with a comma";
    Metric hidden = example_metric("propagation", "p10", 0.1, "s", 14);
    hidden.headline = false;
    p2p.metrics.push_back(hidden);
    BlockLine block;
    block.block = 0xabcdef;
    block.height = 1;
    block.miner = 3;
    block.mined = Time{600'123'456'789};
    block.main_chain = true;
    block.s50 = 0.5;
    block.s90 = 1.0 / 3;
    block.s99 = never;
    block.eligible = 500;
    p2p.blocks = {block};
    RunRecord central = p2p;
    central.system = "central";
    central.digest = std::string(60, 'b') + "000" + std::to_string(r);
    central.blocks.clear();
    central.metrics = {
        example_metric("replicated(100)", "p50", 0.081 + 0.001 * r, "s", 40),
        example_absent("agreement(0)", "mean", "share", Standing::no_sample, "one copy"),
        example_metric("messages", "count", 48'000 + 10.0 * r, "messages", 48'000),
        example_metric("cost.bytes_sent", "total", 123'456.0 * (r + 1), "B", 1),
    };
    result.runs.push_back(p2p);
    result.runs.push_back(central);
  }
  result.expectations = {
      {"agreed.after(eu-cut)@p2p < 1 h", ExpectationVerdict::inconclusive, "in one run of three the end came first"},
      {"propagation.p90@p2p < 3 s", ExpectationVerdict::pass, "1.04 s [0.99, 1.09]"},
      {"cost.bytes_sent@central > cost.bytes_sent@p2p", ExpectationVerdict::fail, "247 kB is not above 7.50 GB"},
  };
  summarise(result);
  return result;
}

}  // namespace peerlab
