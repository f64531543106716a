// The network of a scenario as plain values: everything the fabric needs, made from the section `network:`.
//
//   Params p = Params::defaults(network_fields());
//   apply_preset(p, "internet-2021");            // then what the user wrote, with p.set(...)
//   check_network(p)                             // problems in words, by field
//   Parsed<Graph> graph = make_graph(p, seed);   // links between users 0 .. n-1
//   NetworkModel model = make_network(p, seed);  // users' machines; servers follow with machines.push_back(...)
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "models/base/field.h"
#include "models/base/time.h"
#include "models/network/graph.h"
#include "models/network/latency.h"
#include "models/network/places.h"

namespace peerlab {

/// How bodies share an uplink; described at the head of sim/fabric/fabric.h.
enum class UplinkLaw : std::uint8_t { fifo, one_at_a_time };

struct NetworkModel {
  std::vector<Place> machines;    ///< by MachineId; the machine of user i is machine i
  LatencyMap latency;             ///< one-way, by regions
  bool latency_per_link = false;  ///< drawn once for each link, not for each message
  UplinkLaw uplink = UplinkLaw::fifo;
  Duration control_overhead{};  ///< added to everything that is not bulk
  Duration bulk_overhead{};     ///< added to block bodies, compact blocks and the like
  double loss = 0;              ///< probability that a message is lost, besides what the access adds
};

/// The fields of `network:`, topologies' and latency laws' own ones included. Defaults are those of the preset internet-2019.
Fields network_fields();

/// A named set of values; what the user writes beside `preset` wins over it.
struct Preset {
  std::string_view name;
  std::string_view sentence;
  std::vector<std::pair<std::string_view, std::string_view>> values;  ///< field, text
};
std::span<const Preset> presets();
/// The preset of that name, or nullptr.
const Preset* find_preset(std::string_view name);
/// Sets what the preset says; the sentence of a failure, or an empty string. Call it before the user's own values.
std::string apply_preset(Params& params, std::string_view name);

/// What is wrong with values that are each right by themselves.
struct NetworkProblem {
  std::string field;
  std::string sentence;
};
std::vector<NetworkProblem> check_network(const Params& params);

/// The links between the users, connected as the policy says; or why there are none. Costs about a second per million nodes.
Parsed<Graph> make_graph(const Params& params, std::uint64_t seed);
/// The model with the machines of users 0 .. users-1. `params` must have passed check_network.
NetworkModel make_network(const Params& params, std::uint64_t seed);

}  // namespace peerlab
