// The field table of scenario files, assembled from what each plug-in exports: the one source for the reader, `--set`,
// `explain` and the resolved form.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "analysis/measures/measure.h"
#include "models/attacks/attack.h"
#include "models/base/field.h"
#include "models/disturbances/disturbance.h"
#include "models/protocols/protocol.h"
#include "models/workloads/workload.h"

namespace peerlab {

struct Schema {
  Fields top;         ///< single values at the top level: schema, name, question, seed, ...
  Fields stop;        ///< `stop:`
  Fields network;     ///< `network:`
  Fields machines;    ///< `machines:`
  Fields cpu;         ///< `cpu:`
  Fields prices;      ///< `prices:`
  Fields protection;  ///< `protection:`
  Fields claim;       ///< single values of `claim:`
  Fields validation;  ///< `validation:`
  Fields entry;       ///< what every line of `timeline:` has: at, for, every, name
  std::span<const ProtocolRow> protocols;
  std::span<const AttackRow> attacks;
  std::span<const DisturbanceRow> disturbances;
  std::span<const WorkloadRow> workloads;
  std::span<const MeasureRow> measures;
};

/// All of it. `cpu`: the fields of the cost table, which belongs to the world that a scenario knows nothing of.
Schema standard_schema(Fields cpu);

/// The keys of the top level that hold more than one value, with a sentence each.
struct Section {
  std::string_view name;
  std::string_view sentence;
  std::string_view example;
};
std::span<const Section> sections();

/// The field of that name, or nullptr.
const Field* find_field(const Fields& fields, std::string_view name);
std::vector<std::string> names_of(const Fields& fields);

/// One field with its full path, such as `systems.NAME.block_interval` with `owner` "nakamoto".
struct PathField {
  std::string path;
  std::string owner;  ///< the protocol, workload, disturbance or attack it belongs to; empty for sections
  Field field;
};
/// Every field that a scenario file can hold.
std::vector<PathField> all_fields(const Schema& schema);

}  // namespace peerlab
