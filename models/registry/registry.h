// The tables of names: what a scenario can ask for. One row a line; a new plug-in is one more row.
//
// Protocols and attacks stand here. Topologies, latency laws, disturbances and workloads keep their tables beside their
// code; this header is the one place that shows them all.
#pragma once

#include <span>
#include <string_view>

#include "models/attacks/attack.h"
#include "models/disturbances/rows.h"
#include "models/network/latency.h"
#include "models/network/topology.h"
#include "models/protocols/protocol.h"
#include "models/workloads/rows.h"

namespace peerlab {

/// Complete honest participants, in the order a reader should meet them: protocols.cpp.
std::span<const ProtocolRow> protocols();
/// The row of that name, or nullptr.
const ProtocolRow* find_protocol(std::string_view name);

/// Attackers: attacks.cpp.
std::span<const AttackRow> attacks();
const AttackRow* find_attack(std::string_view name);

/// What befalls machines and links: models/disturbances/rows.cpp.
inline std::span<const DisturbanceRow> disturbances() { return disturbance_rows(); }
/// Who asks for what: models/workloads/rows.cpp.
inline std::span<const WorkloadRow> workloads() { return workload_rows(); }
// topologies() and latency_laws() are models/network's.

}  // namespace peerlab
