#include "models/network/network_model.h"

#include "models/base/check.h"
#include "models/base/random.h"
#include "models/network/connectivity.h"
#include "models/network/topology.h"

namespace peerlab {

namespace {

std::uint32_t users_of(const Params& params) { return static_cast<std::uint32_t>(params.whole("users")); }

const TopologyRow& topology_of(const Params& params) {
  const TopologyRow* row = find_topology(params.text("topology"));
  CHECK(row != nullptr);
  return *row;
}

std::string latency_problem(const Params& params) {
  const std::string& latency = params.text("latency");
  const LatencyLawRow* row = find_latency_law(latency);
  if (row != nullptr) return row->make(params).error;
  std::vector<std::string> names;
  for (const LatencyLawRow& law : latency_laws()) names.emplace_back(law.name);
  const auto meant = nearest_name(latency.substr(0, latency.find(' ')), names);
  return "`" + latency + "` is no law of latency" +
         (meant ? "; did you mean `" + *meant + "`?" : "; write `region-matrix`, `50 ms` or `uniform 10 ms..50 ms`.");
}

}  // namespace

std::vector<NetworkProblem> check_network(const Params& params) {
  std::vector<NetworkProblem> problems;
  if (std::string wrong = topology_of(params).check(params, users_of(params)); !wrong.empty()) {
    problems.push_back({"topology", std::move(wrong)});
  }
  if (std::string wrong = latency_problem(params); !wrong.empty()) problems.push_back({"latency", std::move(wrong)});
  return problems;
}

Parsed<Graph> make_graph(const Params& params, std::uint64_t seed) {
  const TopologyRow& row = topology_of(params);
  if (std::string wrong = row.check(params, users_of(params)); !wrong.empty()) return {std::nullopt, std::move(wrong)};
  Stream stream(seed, purpose("topology"));
  Parsed<Graph> graph = row.make(params, users_of(params), stream);
  if (!graph) return graph;
  return connect(std::move(*graph.value), connectivity_from(params.text("connected")));
}

NetworkModel make_network(const Params& params, std::uint64_t seed) {
  const LatencyLawRow* law = find_latency_law(params.text("latency"));
  CHECK_SAYING(law != nullptr, "check_network was not asked");
  Parsed<LatencyMap> latency = law->make(params);
  CHECK_SAYING(latency.value.has_value(), "check_network was not asked");

  NetworkModel model;
  const Places places(params, seed);
  const std::uint32_t users = users_of(params);
  model.machines.reserve(users);
  for (std::uint32_t user = 0; user < users; ++user) model.machines.push_back(places.of(UserId(user)));
  model.latency = std::move(*latency.value);
  model.latency_per_link = params.text("latency_drawn") == "per-link";
  model.uplink = params.text("uplink") == "fifo" ? UplinkLaw::fifo : UplinkLaw::one_at_a_time;
  model.control_overhead = params.duration("control_overhead");
  model.bulk_overhead = params.duration("bulk_overhead");
  model.loss = params.share("loss");
  return model;
}

}  // namespace peerlab
