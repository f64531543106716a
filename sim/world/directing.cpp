// What directors of attacks can do here: the Reach of models/attacks/director.h.
//
// A director's instants are events of the class of disturbances, behind the timeline's; what it asks of a node is an event of the
// class of requests, behind the workload's. So an attack moves no key of an event that would have been there without it.
#include <algorithm>

#include "models/base/check.h"
#include "sim/world/world.h"

namespace peerlab {

namespace {

/// Lets through the contents that belong to some users.
class Theirs final : public HoldingsSink {
 public:
  Theirs(std::span<const UserId> owners, std::span<const Request> requests, HoldingsSink& sink)
      : owners_(owners), requests_(requests), sink_(sink) {}
  void state_digest(const Hash256&) override {}
  void tip(std::uint32_t, const Hash256&) override {}
  void key(std::uint32_t) override {}
  bool begin_bundle(std::uint64_t name) override { return shown_.insert(name, true).second; }
  void end_bundle() override {}
  void held(const HeldWrite& write) override {
    if (write.number >= requests_.size()) return;
    const Request& request = requests_[write.number];
    const UserId owner = request.what == Asked::transfer ? request.other : request.user;
    if (std::find(owners_.begin(), owners_.end(), owner) != owners_.end()) sink_.held(write);
  }

 private:
  std::span<const UserId> owners_;
  std::span<const Request> requests_;
  HoldingsSink& sink_;
  Lookup<std::uint64_t, bool> shown_;
};

}  // namespace

class World::Grip final : public Reach {
 public:
  Grip(World& world, std::uint64_t number, std::unique_ptr<Director> director)
      : world_(world), number_(number), director_(std::move(director)) {}

  void begin() { director_->begin(*this); }
  void wake() { director_->wake(now(), *this); }

  Time now() const override { return world_.now_; }
  const Layout& layout() const override { return world_.plan_.layout; }
  std::uint32_t machine_count() const override { return static_cast<std::uint32_t>(world_.hosts_.size()); }
  std::uint64_t seed() const override { return world_.plan_.seed; }
  std::span<const Request> requests() const override { return world_.plan_.requests; }
  bool on(MachineId machine) const override { return host(machine).on; }
  const Disk& disk(MachineId machine) const override { return host(machine).disk; }
  Machines& machines() override { return world_; }

  std::uint32_t degree(MachineId machine) const override {
    std::uint32_t degree = 0;
    for (const auto& [a, b] : world_.plan_.links) {
      const MachineId ma = world_.machine(a);
      const MachineId mb = world_.machine(b);
      if (ma != mb && (ma == machine || mb == machine)) ++degree;
    }
    return degree;
  }

  bool read(MachineId machine, HoldingsSink& sink) override {
    if (!host(machine).on && world_.plan_.system->disks_encrypted()) {
      for (const UserId user : world_.custody_.on(machine)) sink.key(user.value);
      return false;
    }
    world_.show_machine(machine, sink, [] {});
    return true;
  }
  bool read_backup(MachineId machine, HoldingsSink& sink) override {
    if (host(machine).disk.backup().empty() || world_.plan_.system->disks_encrypted()) return false;
    world_.plan_.system->show_disk(host(machine).disk.backup(), world_.pool_on(machine), sink);
    return true;
  }
  void join(HoldingsSink& sink) override {
    if (!layout().open) return;
    for (std::uint32_t i = 0; i < layout().members.size(); ++i) {
      if (!layout().members[i].store || !world_.up(NodeId(i))) continue;
      world_.stations_[i].hosted.node->show(sink);
      return;
    }
  }

  void ask_as(std::span<const UserId> owners, HoldingsSink& sink) override {
    Theirs theirs(owners, requests(), sink);
    for (std::uint32_t i = 0; i < layout().members.size(); ++i) {
      if (layout().members[i].store && world_.up(NodeId(i))) world_.stations_[i].hosted.node->show(theirs);
    }
  }

  void seize(MachineId machine, const Seizure& how) override {
    world_.seized_.resize(world_.hosts_.size());
    world_.seized_[machine.index()].push_back(how);
    for (const NodeId id : world_.nodes_on(machine)) {
      if (!world_.up(id)) continue;
      std::unique_ptr<Node>& node = world_.stations_[id.index()].hosted.node;
      node = how(std::move(node), world_.home_of(id));
    }
  }
  void put_disk(MachineId machine, std::span<const DiskEntry> entries) override {
    CHECK_SAYING(!host(machine).on, "a disk is changed while its machine runs");
    Disk& disk = world_.hosts_[machine.index()].disk;
    const std::vector<DiskEntry> kept(entries.begin(), entries.end());
    disk.wipe();
    for (const DiskEntry& entry : kept) disk.write(entry);
    disk.sync();
  }
  void submit(NodeId node, const Request& request) override {
    CHECK(request.number >= first_forged);
    world_.forged_.push_back(request);
    const std::uint64_t place = world_.plan_.requests.size() + world_.forged_.size() - 1;
    world_.queue_.push({now(), event_key(EventClass::request, workload_source, place), node, nobody, place});
  }
  void arm(Time at) override {
    world_.queue_.push({at, event_key(EventClass::disturbance, disturbance_source, world_.disturbance_sequence_++),
                        nobody, nobody, world_.acts_.size() + number_});
  }
  void report(NodeId who, const Happening& what) override { world_.tell(who, what); }

 private:
  const Host& host(MachineId machine) const { return world_.hosts_[machine.index()]; }

  World& world_;
  std::uint64_t number_;
  std::unique_ptr<Director> director_;
};

void World::plan_directors() {
  for (const DirectedAttack& attack : plan_.directed) {
    grips_.push_back(std::make_shared<Grip>(*this, grips_.size(), attack.row->direct(attack.setup)));
    grips_.back()->begin();
  }
}

void World::direct(std::uint64_t number) { grips_[number]->wake(); }

World::~World() = default;

}  // namespace peerlab
