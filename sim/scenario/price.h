// The budgets of an attacker that a sweep tries, for the section `price:`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/problem.h"
#include "sim/scenario/scenario.h"

namespace peerlab {

/// The budget in a scenario: the number at a path such as `attacks.0.machines`; none where there is no number.
std::optional<double> budget_at(const Scenario& scenario, const std::string& path);

struct Budget {
  double k = 0;
  std::string cell;
};
/// Those of all cells, rising.
std::vector<Budget> budgets_of(const Scenario& scenario);
/// What it is counted in: machines, owners, hosts, exploits, share, or the field's own name.
std::string budget_unit(const Scenario& scenario);
/// What is wrong with `price:`, cells read; none where there is no such section.
Problems check_price(const Scenario& scenario);

}  // namespace peerlab
