// `peerlab explain NAME` and `peerlab list`: what a name means, from the same tables that scenarios are read with.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/schema.h"

namespace peerlab {

struct Explanation {
  std::string text;   ///< ends in a line feed; empty when nothing of that name exists
  std::string error;  ///< a sentence with a suggestion
};

/// `name`: a field or its path, a section, a metric or measure, a protocol, attack, disturbance, workload, topology,
/// latency law, network preset, access profile, closed form, or a verdict of the ledger.
Explanation explain(std::string_view name, const Schema& schema);
/// Every name that explain knows, sorted, each once.
std::vector<std::string> explainable_names(const Schema& schema);
/// All tables of names, each row with its sentence.
std::string list_names(const Schema& schema);

}  // namespace peerlab
