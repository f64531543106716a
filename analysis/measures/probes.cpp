#include "analysis/measures/probes.h"

#include <algorithm>

#include "models/base/random.h"

namespace peerlab {
namespace {

bool is_read_by_others(const Request& request) { return request.what != Asked::read && request.what != Asked::pay; }

}  // namespace

void Probes::begin(const Cast& cast, std::span<const Request> requests) {
  cast_ = &cast;
  requests_ = requests;
  probes_.assign(requests.size(), {});
  off_line_.assign(cast.nodes.size(), {});
  chosen_.clear();
  std::vector<NodeId> homes(cast.users, NodeId());
  for (std::uint32_t i = 0; i < cast.nodes.size(); ++i) {
    const UserId user = cast.nodes[i].user;
    if (user.valid() && user.index() < homes.size() && !homes[user.index()].valid()) homes[user.index()] = NodeId(i);
  }
  if (cast.users < 2) return;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    if (!is_read_by_others(requests[i])) continue;
    Stream chance(cast.seed, purpose("probe"), requests[i].number);
    const auto drawn = static_cast<std::uint32_t>(chance.below(cast.users - 1));
    const UserId probe(drawn < requests[i].user.value ? drawn : drawn + 1);
    probes_[i].user = probe;
    probes_[i].home = homes[probe.index()];
  }
}

bool Probes::looks_at(NodeId home, NodeId place) const {
  const CastNode& node = cast_->nodes[home.index()];
  if (node.store) return place == home;
  const std::span<const NodeId> asks =
      chosen_.empty() ? std::span<const NodeId>(node.asks) : std::span<const NodeId>(chosen_[home.index()]);
  return std::find(asks.begin(), asks.end(), place) != asks.end();
}

void Probes::see(const Row& row) {
  if (row.kind == happened::operation_shown) {
    if (row.subject >= probes_.size()) return;
    Probe& probe = probes_[row.subject];
    if (probe.valid() && probe.visible == Time::never() && looks_at(probe.home, row.who)) probe.visible = row.at;
  } else if (row.kind == happened::outbound_opened) {
    chosen_.resize(cast_->nodes.size());
    chosen_[row.who.index()].emplace_back(static_cast<std::uint32_t>(row.subject));
  } else if (row.kind == happened::outbound_closed) {
    if (!chosen_.empty()) std::erase(chosen_[row.who.index()], NodeId(static_cast<std::uint32_t>(row.subject)));
  } else if (row.kind == happened::machine_down) {
    if (!chosen_.empty()) chosen_[row.who.index()].clear();
    auto& spans = off_line_[row.who.index()];
    if (spans.empty() || spans.back().second != Time::never()) spans.emplace_back(row.at, Time::never());
  } else if (row.kind == happened::machine_up) {
    auto& spans = off_line_[row.who.index()];
    if (!spans.empty()) spans.back().second = row.at;
  }
}

void Probes::finish(Time end) {
  for (std::size_t i = 0; i < probes_.size(); ++i) {
    Probe& probe = probes_[i];
    if (!probe.valid()) continue;
    const Time until = std::min(probe.visible, end);
    for (const auto& [from, to] : off_line_[probe.home.index()]) {
      probe.was_off = probe.was_off || (from <= until && requests_[i].issued <= to);
    }
  }
}

}  // namespace peerlab
