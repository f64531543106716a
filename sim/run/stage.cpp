#include "sim/run/stage.h"

namespace peerlab {

namespace {
// Up to so many users a run's first replication is recorded for its report without being asked.
constexpr std::uint32_t small = 3'000;
// More than are drawn: those around faults and forks are, and these may come late.
constexpr std::size_t rows_to_draw = 1'000'000;
constexpr std::size_t rows_to_trace = 500'000;
}  // namespace

std::unique_ptr<Staged> stage(const Scenario& scenario, const SystemEntry& system, std::uint64_t seed,
                              const RunModes& modes, Problems& problems) {
  auto staged = std::make_unique<Staged>();
  staged->built = build(scenario, system, seed, modes, problems);
  if (staged->built == nullptr) return nullptr;
  WorldPlan& plan = staged->built->plan;
  for (const MeasureUse& use : scenario.measure) {
    staged->measures.push_back(use.row->make(use.argument));
    Measure& measure = *staged->measures.back();
    measure.begin(staged->built->cast, staged->built->requests);
    staged->audience.add(measure);
    if (measure.audits() == Measure::Audits::none) continue;
    staged->auditing.push_back(&measure);
    plan.audit_opens |= measure.audits() == Measure::Audits::opening_seals;
    plan.audit_before_faults |= measure.audits() == Measure::Audits::before_faults_too;
  }
  if (scenario.record_trees) {
    staged->trees.begin(staged->built->cast);
    staged->audience.add(staged->trees);
  }
  const bool first = scenario.replications > 0 && seed == replication_seed(scenario.seed, 0);
  staged->records = first && (scenario.record_replay || staged->built->cast.users <= small);
  if (staged->records) {
    staged->recorder.begin(staged->built->cast);
    staged->audience.add(staged->recorder);
  }
  staged->logs = first && (scenario.record_trace || staged->built->cast.nodes.size() <= most_nodes_to_draw);
  if (staged->logs) {
    staged->log.begin(scenario.record_trace ? rows_to_trace : rows_to_draw);
    staged->audience.add(staged->log);
  }
  plan.audience = &staged->audience;
  // Where nobody asks for anything and nobody forges, there is nothing to find.
  if (!staged->auditing.empty() && !(plan.requests.empty() && plan.directed.empty())) {
    plan.audited = [whom = staged.get()](const Audit& audit) {
      for (Measure* measure : whom->auditing) measure->audited(audit);
    };
  }
  return staged;
}

}  // namespace peerlab
