// Audits: at chosen instants somebody looks at every disk, every backup and into every running node.
//
// An audit is an event like any other, the last of its instant, but no node notices it: it moves no digest. Nothing of this
// happens unless the plan names somebody who wants to know. Before a fault means one nanosecond before it begins.
#include "models/base/check.h"
#include "sim/world/world.h"

namespace peerlab {

void World::plan_audits() {
  if (!plan_.audited) return;
  auditor_ = std::make_unique<Auditor>(plan_.requests);
  if (plan_.audit_opens) auditor_->try_keys(plan_.seed);
  const auto at = [this](Time instant, Audit::Why why) {
    queue_.push({instant, event_key(EventClass::audit, audit_source, audit_sequence_++), nobody, nobody,
                 static_cast<std::uint64_t>(why)});
  };
  if (plan_.audit_every.ns > 0) {
    for (Time t = Time::zero() + plan_.audit_every; t < end_; t = t + plan_.audit_every) at(t, Audit::Why::clock);
  }
  if (!plan_.audit_before_faults) return;
  Time last = Time::zero();
  for (const Act& act : acts_) {
    if (act.what != Act::What::begin || act.at == last) continue;
    last = act.at;
    at(act.at - Duration{1}, Audit::Why::before_fault);
  }
}

void World::audit(Audit::Why why) {
  Auditor& auditor = *auditor_;
  auditor.begin(now_, why, hosts_.size(), custody_.users());
  for (std::uint32_t m = 0; m < hosts_.size(); ++m) {
    const MachineId where(m);
    const Host& host = hosts_[m];
    Audit::Holding about;
    about.on = host.on;
    for (const NodeId id : nodes_on(where)) {
      const bool hostile = !attack_on_.empty() && attack_on_[id.index()] != nullptr;
      about.hostile = about.hostile || hostile;
      about.store = about.store || (!hostile && stores_.has(id.value));
    }
    about.locked = plan_.system->disks_encrypted() && !host.on;
    auditor.open(where, Auditor::Place::machine, about);
    show_machine(where, auditor, [&auditor] { auditor.next_source(); });
    if (host.disk.backup().empty()) continue;
    about.on = true;  // it lies elsewhere
    about.reached = backup_reached(where);
    about.locked = plan_.system->disks_encrypted();
    auditor.open(where, Auditor::Place::backup, about);
    plan_.system->show_disk(host.disk.backup(), pool_on(where), auditor);
  }
  plan_.audited(auditor.finish());
}

void World::show_machine(MachineId where, HoldingsSink& sink, const std::function<void()>& next_source) {
  const Host& host = hosts_[where.index()];
  plan_.system->show_disk(host.disk.entries(), pool_on(where), sink);
  for (const UserId user : custody_.on(where)) sink.key(user.value);
  for (const NodeId id : nodes_on(where)) {
    next_source();
    if (up(id)) stations_[id.index()].hosted.node->show(sink);
  }
}

}  // namespace peerlab
