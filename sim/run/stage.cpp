#include "sim/run/stage.h"

namespace peerlab {

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
    plan.audit_before_faults |= measure.audits() == Measure::Audits::before_faults_too;
  }
  if (scenario.record_trees) {
    staged->trees.begin(staged->built->cast);
    staged->audience.add(staged->trees);
  }
  plan.audience = &staged->audience;
  if (!staged->auditing.empty()) {
    plan.audited = [whom = staged.get()](const Audit& audit) {
      for (Measure* measure : whom->auditing) measure->audited(audit);
    };
  }
  return staged;
}

}  // namespace peerlab
