// Scenarios by name: a unique file stem anywhere under one of the roots, or a path.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace peerlab {

struct FoundScenarios {
  std::vector<std::string> files;  ///< one for a name or a file; all of it, sorted, for a folder
  std::string root;                ///< the root they lie under; empty for a path elsewhere
  std::string error;               ///< a sentence; empty when something was found
};

/// `name` is a path when it ends in .yaml or .yml or contains a `/`; otherwise a stem, or a folder's name, under `roots`. The
/// first root that exists counts.
FoundScenarios find_scenarios(const std::string& name, const std::vector<std::string>& roots);
/// All scenario files under the first root that exists, sorted by path.
FoundScenarios all_scenarios(const std::vector<std::string>& roots);

}  // namespace peerlab
