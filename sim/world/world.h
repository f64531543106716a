// The host of all nodes of one run: hands events to nodes and carries out what they ask.
//
// An event reaches a handler in these steps:
//   1. A message that arrives passes the receiver's downlink; it may be handed over later (class `delivery`).
//   2. If the machine is off, or the link was closed since, it is lost. If the machine is busy, it waits in the
//      machine's queue.
//   3. The handler runs with `now` = start of service and fills an outbox.
//   4. The cost table prices the outbox's work. At price zero the outbox is carried out at once, and no event is added;
//      otherwise the machine is busy for that long, then the outbox is carried out and the next in its queue is served.
//
// Files: world.cpp builds and runs, serving.cpp is steps 1 to 4, carrying_out.cpp does what outboxes ask, coding.cpp
// puts messages into bytes where pools are private, machines.cpp is what disturbances do to machines and links,
// telling.cpp says what becomes of messages, auditing.cpp looks at what machines hold, directing.cpp gives attackers their reach.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <vector>

#include "models/base/big_pages.h"
#include "models/base/bits.h"
#include "models/base/check.h"
#include "models/base/lookup.h"
#include "models/base/thin_vector.h"
#include "models/ledger/pool.h"
#include "models/node/machines.h"
#include "models/node/node.h"
#include "sim/engine/event_queue.h"
#include "sim/fabric/fabric.h"
#include "sim/world/adjacency.h"
#include "sim/world/auditor.h"
#include "sim/world/key_custody.h"
#include "sim/world/lottery.h"
#include "sim/world/world_plan.h"

namespace peerlab {

class World final : private Machines {
 public:
  explicit World(WorldPlan plan);
  ~World() override;
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  /// Runs from time zero to the end, once.
  WorldOutcome run();

  /// For audits and tests, between or after runs.
  [[nodiscard]] const Node* node(NodeId id) const { return stations_[id.index()].hosted.node.get(); }
  [[nodiscard]] const Links& links() const { return links_; }
  [[nodiscard]] const BlockPool* pool_of(NodeId id) const {
    return pools_.empty() ? nullptr : pools_[pools_.size() == 1 ? 0 : id.index()].get();
  }
  [[nodiscard]] const Disk& disk(MachineId machine) const { return hosts_[machine.index()].disk; }
  [[nodiscard]] const Parcels& parcels() const { return parcels_; }
  /// Bytes held by queue, links, fabric and the nodes' slots; the nodes' own memory and the pool apart.
  [[nodiscard]] std::size_t memory() const;

 private:
  /// What every event of a node touches: half a cache line.
  struct Hosted {
    std::unique_ptr<Node> node;  ///< null while its machine is off
    std::uint64_t digest = 0;
    std::uint64_t sequence = 0;  ///< running number of what this node caused
    bool severed = false;        ///< had a link closed: messages must be checked against `closed_`
  };
  /// What a message touches where it arrives, on one cache line. Most nodes have a machine of their own, of the same number.
  struct alignas(64) Station {
    Hosted hosted;              ///< of the node of this number
    Fabric::Downlink downlink;  ///< of the machine of this number
  };
  static_assert(sizeof(Station) == 64);
  /// What became of a machine that was off once, or from which a message was lost.
  struct Story {
    std::uint32_t epoch = 0;  ///< counts power cycles, so that a release from before one is ignored
    std::uint32_t incarnations = 0;
    Duration on_line{};  ///< up to when it went off last
    Time up_since;
    std::uint64_t lost = 0;
  };
  /// A machine: cold state, on one cache line.
  struct alignas(64) Host {
    bool on = true;
    bool busy = false;
    bool wiped = false;        ///< since it went off
    std::uint32_t outbox = 0;  ///< while busy: what is to be carried out when the work is done
    std::uint32_t waiting_next = 0;
    ThinVector<Event> waiting;  ///< FIFO from waiting_next
    Disk disk;
    Duration cpu{};
    std::unique_ptr<Story> past;  ///< null: nothing has happened to it

    [[nodiscard]] const Story& story() const {
      static const Story uneventful;
      return past == nullptr ? uneventful : *past;
    }
    Story& change_story() {
      if (past == nullptr) past = std::make_unique<Story>();
      return *past;
    }
  };
  static_assert(sizeof(Host) == 64);
  /// The payload of events of class `timer`: everything a node is told that is no message and no request.
  struct Note {
    enum class What : std::uint8_t { ring, release, link_open, link_up, link_down, won };
    What what = What::ring;
    std::uint8_t slot = 0;  ///< ring: the slot; link_up: 1 when inbound; link_down: the reason
    std::uint16_t unused = 0;
    std::uint32_t value = 0;  ///< ring: which arm; release: epoch of the machine
  };
  /// What the table says of the last inline message of a kind: the same one is sent and received many times in a row.
  struct Told {
    std::uint32_t ref = 0;
    std::uint16_t extra = 0;
    bool known = false;
    std::uint32_t bytes = 0;
    std::uint64_t content = 0;
  };
  /// A node that will not be through with a message at once, and the event before which the last of it is fetched.
  struct BusySoon {
    std::uint64_t event = 0;
    NodeId node;
  };
  struct KindCount {
    std::uint64_t messages = 0;
    std::uint64_t bytes = 0;
  };

  // world.cpp
  void begin();
  void handle(const Event& event);
  void look_ahead();
  void lottery(const Event& event);
  void perform(const Act& act);
  void next_request();
  void schedule_lottery();
  void checkpoint(Time at);
  [[nodiscard]] Home home_of(NodeId id);
  [[nodiscard]] std::unique_ptr<Node> make_node(NodeId id);
  void tell(NodeId who, const Happening& what);
  void collect(WorldOutcome& outcome) const;
  void watch(const Event& event, CheckContext& context) const;

  // serving.cpp
  void arrive(const Event& event);
  void deliver(const Event& event);
  void serve(const Event& event);
  void unserved(const Event& event);
  void run_handler(const Event& event, Outbox& out);
  void run_other_handler(const Event& event, Outbox& out);
  void finish(NodeId id, Outbox& out);
  void release(const Event& event);
  void serve_waiting(MachineId machine);
  [[nodiscard]] bool stale(const Event& event) const;
  void lose(const Event& event);
  [[nodiscard]] std::uint64_t content(const Message& message, NodeId receiver) const {
    return message.parcel == 0 && !plan_.private_pools ? told(message).content : content_of_parcel(message, receiver);
  }
  [[nodiscard]] std::uint64_t content_of_parcel(const Message& message, NodeId receiver) const;

  // profiling.cpp
  static std::size_t profile_row(const Event& event);
  void serve_timed(const Event& event, Outbox& out);
  void carry_out_timed(NodeId id, std::uint32_t slot);

  // carrying_out.cpp
  void carry_out(NodeId id, Outbox& out);
  void send_to(NodeId from, NodeId to, const Message& message);
  void flood_from(NodeId from, NodeId except, const Message& message);
  void transmit(NodeId from, std::span<const NodeId> receivers, NodeId except, const Message& message);
  /// Of a message on the wire: as `outgoing` made it.
  [[nodiscard]] std::uint32_t wire_size(const Message& message) const {
    return message.parcel == 0 ? told(message).bytes : wire_size_of_parcel(message);
  }
  [[nodiscard]] std::uint32_t wire_size_of_parcel(const Message& message) const;
  void arm(NodeId id, Slot slot, Time at);
  void disarm(NodeId id, Slot slot);
  void open_link(NodeId asker, NodeId peer);
  void close_link(NodeId a, NodeId b);
  void hang_up(NodeId id, NodeId peer, Reason reason);
  void note(NodeId to, NodeId from, Note what, Time at, NodeId cause);
  void discard(Outbox& out);
  std::uint32_t take_outbox();

  [[nodiscard]] const Told& told(const Message& message) const {
    const Told& last = told_[message.kind];
    if (last.ref == message.ref && last.extra == message.extra && last.known) [[likely]]
      return last;
    return look_up(message);
  }
  [[nodiscard]] const Told& look_up(const Message& message) const;

  // telling.cpp
  void tell_message(HappeningKind what, const Event& event);
  void tell_unsent(NodeId from, NodeId to, const Message& message);

  // auditing.cpp
  void plan_audits();
  void audit(Audit::Why why);

  [[nodiscard]] bool backup_reached(MachineId machine) const;
  void show_machine(MachineId machine, HoldingsSink& sink, const std::function<void()>& next_source);

  // directing.cpp
  class Grip;
  void plan_directors();
  void direct(std::uint64_t number);
  [[nodiscard]] const Request& request_at(std::uint64_t place) const {
    return place < plan_.requests.size() ? plan_.requests[place] : forged_[place - plan_.requests.size()];
  }

  // coding.cpp: private pools
  [[nodiscard]] Message outgoing(NodeId from, const Message& message) {
    return plan_.private_pools ? encoded(from, message) : message;
  }
  [[nodiscard]] Message incoming(NodeId to, const Message& message) {
    return plan_.private_pools ? decoded(to, message) : message;
  }
  [[nodiscard]] Message encoded(NodeId from, const Message& message);
  [[nodiscard]] Message decoded(NodeId to, const Message& message);

  // machines.cpp: class Machines
  void crash(MachineId machine) override;
  void restart(MachineId machine) override;
  void wipe(MachineId machine) override;
  void destroy_backup(MachineId machine) override;
  void leave(MachineId machine) override;
  void cut(std::uint32_t number, std::span<const std::uint8_t> group_of_machine, CutShape shape) override;
  void heal(std::uint32_t number) override;
  void degrade(MachineId machine, const Degradation& how) override;
  void detour(std::uint32_t number, std::span<const std::uint8_t> group_of_machine, const Detour& how) override {
    fabric_.detour(number, group_of_machine, how.delay, how.loss);
  }
  void end_detour(std::uint32_t number) override { fabric_.end_detour(number); }
  [[nodiscard]] std::uint64_t bytes_moved(MachineId machine) const override;
  void break_link(NodeId id, NodeId peer, Reason reason);
  void mend_links(NodeId id, bool asker);
  [[nodiscard]] Adjacency& wanted();

  [[nodiscard]] MachineId machine(NodeId id) const {
    return machine_of_.empty() ? MachineId(id.value) : machine_of_[id.index()];
  }
  /// The nodes that run on a machine, rising.
  [[nodiscard]] std::span<const NodeId> nodes_on(MachineId machine) const {
    if (first_node_on_.empty()) return {nodes_by_machine_.data() + machine.index(), 1};
    const std::uint32_t from = first_node_on_[machine.index()];
    return {nodes_by_machine_.data() + from, first_node_on_[machine.index() + 1] - from};
  }
  /// A link over which a message has just come is open, unless one was closed.
  [[nodiscard]] bool linked(NodeId id, NodeId peer) const {
    if (peer == speaker_ && id == listener_ && !stations_[id.index()].hosted.severed) return true;
    return links_.linked(id, peer);
  }
  [[nodiscard]] UserId user_at(NodeId id) const { return user_of_.empty() ? UserId(id.value) : user_of_[id.index()]; }
  [[nodiscard]] NodeId node_of(UserId user) const {
    CHECK(user.index() < (user_of_.empty() ? nodes_ : node_of_user_.size()));
    if (user_of_.empty()) return NodeId(user.value);
    return node_of_user_[user.index()];
  }
  [[nodiscard]] bool up(NodeId id) const { return stations_[id.index()].hosted.node != nullptr; }
  [[nodiscard]] std::uint64_t key(EventClass what, NodeId source) {
    return event_key(what, source.value, stations_[source.index()].hosted.sequence++);
  }
  [[nodiscard]] BlockPool* pool(NodeId id) {
    return pools_.empty() ? nullptr : pools_[pools_.size() == 1 ? 0 : id.index()].get();
  }
  [[nodiscard]] BlockPool* pool_on(MachineId where) {
    const std::span<const NodeId> nodes = nodes_on(where);
    return nodes.empty() ? nullptr : pool(nodes.front());
  }
  [[nodiscard]] const MessageKindRow& row(MessageKind kind) const { return *kinds_[kind]; }

  WorldPlan plan_;
  Time now_;
  std::uint64_t events_ = 0;
  NodeId speaker_;  ///< who sent the message at hand to `listener_`; nobody when it is no message
  NodeId listener_;
  std::array<BusySoon, 16> busy_soon_;  ///< the latest; from busy_done_ to busy_count_ they wait
  std::uint32_t busy_done_ = 0;
  std::uint32_t busy_count_ = 0;
  EventQueue queue_;
  std::size_t nodes_;
  BigVector<Station> stations_;        ///< for nodes and machines, whichever are more
  std::vector<UserId> user_of_;        ///< whose person sits at the node; invalid: nobody's; empty: that of its number
  Bits stores_;                        ///< nodes that keep others' records
  std::vector<MachineId> machine_of_;  ///< empty where every node has the machine of its own number
  BigVector<Host> hosts_;
  std::vector<std::uint32_t>
      first_node_on_;  ///< by machine: where its nodes begin in the next list; empty: one on each
  std::vector<NodeId> nodes_by_machine_;
  Adjacency links_;
  Fabric fabric_;
  Lottery lottery_;
  Parcels parcels_;
  std::vector<std::unique_ptr<BlockPool>> pools_;
  std::array<const MessageKindRow*, 256> kinds_{};
  std::array<KindCount, 256> sent_{};
  mutable std::array<Told, 256> told_{};
  std::array<std::vector<std::uint32_t>, 16>
      armed_;                                      ///< by slot, made when first used: which arm of each node is valid
  std::vector<std::unique_ptr<Outbox>> outboxes_;  ///< [0] is the one in use; the others wait for their CPU
  std::vector<std::uint32_t> free_outboxes_;
  Lookup<std::uint64_t, std::uint64_t> closed_;  ///< (from, to) -> running number of `from` when the link was closed
  std::unique_ptr<Adjacency> wanted_;  ///< links that come back when both ends can; made when the first one breaks
  std::unique_ptr<Timeline> timeline_;
  std::vector<Act> acts_;
  std::vector<NodeId> node_of_user_;          ///< empty where user_of_ is
  std::vector<const AttackOn*> attack_on_;    ///< by node: the first of its own; empty without attacks
  std::vector<std::shared_ptr<Grip>> grips_;  ///< of the directors, by their place in the plan
  std::deque<Request> forged_;                ///< what directors asked for: events name it behind the workload
  std::vector<std::vector<Seizure>> seized_;  ///< by machine, the first seizure first; empty without any
  KeyCustody custody_;
  std::unique_ptr<Auditor> auditor_;  ///< null: nobody wants audits
  std::size_t next_request_ = 0;
  std::uint64_t disturbance_sequence_ = 0;
  std::uint64_t audit_sequence_ = 0;
  std::uint64_t lottery_sequence_ = 0;
  std::uint32_t lottery_version_ = 0xffffffff;
  std::uint64_t blocks_mined_ = 0;
  Time end_;
  Time next_checkpoint_;
  std::vector<Checkpoint> checkpoints_;
  bool started_ = false;
  bool tells_messages_ = false;  ///< somebody wants to see each of them
};

}  // namespace peerlab
