// What befalls machines and links: power, disks, cuts, degradation.
//
// A link that breaks because a machine went off or a cut fell stays wanted: it opens again as soon as both ends are on
// and no cut stands between them. A link that a node closed on purpose does not come back by itself, and none does where
// nodes find their links themselves.
#include <algorithm>
#include <bit>

#include "models/base/check.h"
#include "sim/world/world.h"

namespace peerlab {

Adjacency& World::wanted() {
  if (wanted_ == nullptr) wanted_ = std::make_unique<Adjacency>(links_);
  return *wanted_;
}

void World::break_link(NodeId id, NodeId peer, Reason reason) {
  if (!plan_.layout.finds_links) (void)wanted();  // remembers it
  close_link(id, peer);
  if (up(peer)) note(peer, id, {Note::What::link_down, static_cast<std::uint8_t>(reason), 0, 0}, now_, id);
}

void World::mend_links(NodeId id, bool asker) {
  if (wanted_ == nullptr || !up(id)) return;
  const std::span<const NodeId> row_then = wanted_->of(id);
  const std::vector<NodeId> peers(row_then.begin(), row_then.end());
  for (const NodeId peer : peers) {
    if (!peer.valid() || !up(peer) || links_.linked(id, peer)) continue;
    open_link(asker ? id : peer, asker ? peer : id);
  }
}

void World::crash(MachineId where) {
  Host& host = hosts_[where.index()];
  if (!host.on) return;
  host.on = false;
  Story& story = host.change_story();
  story.on_line += now_ - story.up_since;
  ++story.epoch;
  if (host.busy) {
    discard(*outboxes_[host.outbox]);
    free_outboxes_.push_back(host.outbox);
    host.busy = false;
    host.outbox = 0;
  }
  for (std::size_t i = host.waiting_next; i < host.waiting.size(); ++i) {
    if (class_of(host.waiting[i]) <= EventClass::delivery) lose(host.waiting[i]);
  }
  host.waiting.clear();
  host.waiting_next = 0;
  fabric_.clear_queues(where);
  host.disk.tear();  // in the middle of a write, if one was under way
  for (const NodeId id : nodes_on(where)) {
    lottery_.idle(now_, id);
    for (std::vector<std::uint32_t>& column : armed_) {
      if (!column.empty()) ++column[id.index()];
    }
    const std::span<const NodeId> row_then = links_.of(id);
    const std::vector<NodeId> peers(row_then.begin(), row_then.end());
    for (const NodeId peer : peers) {
      if (peer.valid()) break_link(id, peer, Reason::peer_down);
    }
    stations_[id.index()].hosted.node.reset();
    tell(id, {happened::machine_down, 0, 0, 0});
  }
  schedule_lottery();
}

void World::restart(MachineId where) {
  Host& host = hosts_[where.index()];
  if (host.on) return;
  host.on = true;
  host.change_story().up_since = now_;
  ++host.change_story().incarnations;
  if (host.wiped) custody_.returned(where);
  host.wiped = false;
  for (const NodeId id : nodes_on(where)) {
    tell(id, {happened::machine_up, 0, 0, 0});
    stations_[id.index()].hosted.node = make_node(id);
  }
  for (const NodeId id : nodes_on(where)) {
    Outbox& out = *outboxes_[0];
    stations_[id.index()].hosted.node->start(now_, host.disk, out);
    finish(id, out);
  }
  for (const NodeId id : nodes_on(where)) mend_links(id, true);
  schedule_lottery();
}

void World::wipe(MachineId where) {
  crash(where);
  Host& host = hosts_[where.index()];
  host.disk.wipe();
  host.wiped = true;
  custody_.wiped(where);
  for (const NodeId id : nodes_on(where)) tell(id, {happened::disk_wiped, 0, 0, 0});
}

bool World::backup_reached(MachineId where) const {
  const std::size_t users = hosts_.size() - plan_.layout.services.size();
  return where.index() < users || !plan_.layout.services[where.index() - users].backup_offline;
}

void World::destroy_backup(MachineId where) {
  if (backup_reached(where)) hosts_[where.index()].disk.wipe_backup();
}

void World::leave(MachineId where) {
  crash(where);
  Host& host = hosts_[where.index()];
  host.disk.wipe();
  host.disk.wipe_backup();
  for (const NodeId id : nodes_on(where)) tell(id, {happened::disk_wiped, 0, 0, 0});
}

void World::cut(std::uint32_t number, std::span<const std::uint8_t> group_of_machine, CutShape shape) {
  fabric_.cut(number, group_of_machine, shape);
  for (std::uint32_t i = 0; i < nodes_; ++i) {
    const NodeId id(i);
    const std::span<const NodeId> row_then = links_.of(id);
    const std::vector<NodeId> peers(row_then.begin(), row_then.end());
    for (const NodeId peer : peers) {
      if (!peer.valid() || fabric_.passes(machine(id), machine(peer)) || fabric_.passes(machine(peer), machine(id)))
        continue;
      break_link(id, peer, Reason::link_cut);
      note(id, peer, {Note::What::link_down, static_cast<std::uint8_t>(Reason::link_cut), 0, 0}, now_, id);
    }
  }
}

void World::heal(std::uint32_t number) {
  fabric_.heal(number);
  for (std::uint32_t i = 0; i < nodes_; ++i) mend_links(NodeId(i), true);
}

void World::degrade(MachineId where, const Degradation& how) {
  fabric_.degrade(where, how.latency_factor, how.bandwidth_factor, how.loss);
}

std::uint64_t World::bytes_moved(MachineId where) const {
  const Traffic& traffic = fabric_.traffic(where);
  return traffic.bytes_sent + traffic.bytes_received;
}

}  // namespace peerlab
