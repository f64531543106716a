#include "sim/world/world.h"

#include <bit>
#include <numeric>
#include <utility>

#include "analysis/observation/message_rows.h"
#include "models/base/check.h"

namespace peerlab {

namespace {

std::vector<double> hash_power(const Layout& layout) {
  std::vector<double> power;
  power.reserve(layout.members.size());
  for (const Member& member : layout.members) power.push_back(member.hash_power);
  return power;
}

std::vector<KeyCopy> keys_of(const WorldPlan& plan) {
  if (!plan.keys.empty()) return plan.keys;
  std::vector<KeyCopy> keys;
  for (const Member& member : plan.layout.members) {
    if (member.user.valid()) keys.push_back({member.user, member.machine});
  }
  return keys;
}

/// Its memory too: assigning `{}` would keep it.
template <class T>
void give_back(std::vector<T>& list) {
  std::vector<T>().swap(list);
}

constexpr std::uint64_t events_between_looks = 1 << 14;

}  // namespace

World::World(WorldPlan plan)
    : plan_(std::move(plan)),
      queue_(plan_.ties),
      nodes_(plan_.layout.members.size()),
      stations_(std::max(nodes_, plan_.network.machines.size())),
      machine_of_(plan_.layout.members.size()),
      links_(plan_.layout.members.size(), plan_.links),
      fabric_(std::move(plan_.network), plan_.seed, {&stations_.front().downlink, sizeof(Station)}),
      lottery_(plan_.seed, hash_power(plan_.layout)),
      custody_(keys_of(plan_), fabric_.machines()),
      end_(plan_.end),
      next_checkpoint_(Time::zero() + plan_.checkpoint_every) {
  CHECK(plan_.system != nullptr);
  tells_messages_ = plan_.audience != nullptr && plan_.audience->wants(happened::message_sent);
  CHECK(nodes_ < most_node_sources);
  hosts_.resize(fabric_.machines());
  first_node_on_.resize(hosts_.size() + 1);
  for (std::uint32_t i = 0; i < nodes_; ++i) {
    const Member& member = plan_.layout.members[i];
    CHECK(member.machine.index() < hosts_.size());
    machine_of_[i] = member.machine;
    ++first_node_on_[member.machine.index() + 1];
    if (member.user.valid()) {
      if (node_of_user_.size() <= member.user.index()) node_of_user_.resize(member.user.index() + 1);
      node_of_user_[member.user.index()] = NodeId(i);
    }
  }
  bool own_machines = true;
  for (std::uint32_t i = 0; i < nodes_; ++i) own_machines = own_machines && machine_of_[i].value == i;
  std::partial_sum(first_node_on_.begin(), first_node_on_.end(), first_node_on_.begin());
  nodes_by_machine_.resize(nodes_);
  user_of_.reserve(nodes_);
  std::vector<std::uint32_t> place(first_node_on_.begin(), first_node_on_.end() - 1);
  for (std::uint32_t i = 0; i < nodes_; ++i) nodes_by_machine_[place[machine_of_[i].index()]++] = NodeId(i);
  give_back(plan_.keys);
  for (std::uint32_t i = 0; i < nodes_; ++i) {
    user_of_.push_back(plan_.layout.members[i].user);
    if (plan_.layout.members[i].store) stores_.add(i);
  }
  bool own_users = true;
  for (std::uint32_t i = 0; i < nodes_; ++i) own_users = own_users && user_of_[i].value == i;
  if (own_users) {
    give_back(user_of_);
    give_back(node_of_user_);
  }
  if (own_machines) give_back(machine_of_);
  if (own_machines && hosts_.size() == nodes_) give_back(first_node_on_);
  if (plan_.directed
          .empty()) {  // nobody else asks who takes part and what the links were: they stand in tables of their own now
    give_back(plan_.layout.members);
    give_back(plan_.layout.edges);
    give_back(plan_.layout.in_graph);
    give_back(plan_.layout.powers);
    give_back(plan_.links);
  }
  for (const MessageKindRow& kind : plan_.system->message_kinds()) kinds_[kind.kind] = &kind;
  const std::size_t pools = plan_.private_pools ? nodes_ : 1;
  for (std::size_t i = 0; i < pools; ++i) {
    std::unique_ptr<BlockPool> made = plan_.system->make_pool();
    if (made == nullptr) break;
    pools_.push_back(std::move(made));
  }
  if (!plan_.attacks.empty()) {
    attack_on_.resize(nodes_);
    for (const AttackOn& attack : plan_.attacks) {
      const AttackOn*& first = attack_on_[attack.node.index()];
      CHECK_SAYING(first == nullptr || (&attack - 1)->node == attack.node, "a node's attacks stand side by side");
      if (first == nullptr) first = &attack;
    }
  }
  outboxes_.push_back(std::make_unique<Outbox>());
  if (!plan_.timeline.empty()) {
    CHECK(plan_.population != nullptr);
    timeline_ = std::make_unique<Timeline>(plan_.timeline, *plan_.population, plan_.seed, static_cast<Machines&>(*this),
                                           plan_.end);
    acts_ = timeline_->plan();
    std::erase_if(acts_, [&](const Act& act) { return act.entry < plan_.spared.size() && plan_.spared[act.entry]; });
  }
}

Home World::home_of(NodeId id) {
  const Host& host = hosts_[machine(id).index()];
  Stream random(plan_.seed, purpose("node"), id.value);
  random.seek(std::uint64_t{host.story().incarnations} << 40);  // a restarted node does not draw its old numbers again
  const UserId user = user_at(id);
  const bool has_key = !user.valid() || custody_.has(machine(id), user);
  return {id, machine(id), random, pool(id), &parcels_, &links_, has_key};
}

std::unique_ptr<Node> World::make_node(NodeId id) {
  const Home home = home_of(id);
  std::unique_ptr<Node> made = plan_.system->make_node(home);
  if (!attack_on_.empty() && attack_on_[id.index()] != nullptr) {
    const AttackOn* const end = plan_.attacks.data() + plan_.attacks.size();
    for (const AttackOn* attack = attack_on_[id.index()]; attack != end && attack->node == id; ++attack) {
      made = attack->row->wrap(std::move(made), {home, attack->params, attack->attackers, attack->victims});
    }
  }
  if (!seized_.empty()) {
    for (const Seizure& seizure : seized_[machine(id).index()]) made = seizure(std::move(made), home);
  }
  return made;
}

void World::tell(NodeId who, const Happening& what) {
  if (plan_.audience != nullptr) plan_.audience->tell(now_, who, what);
}

void World::begin() {
  CHECK_SAYING(!started_, "a world runs once");
  started_ = true;
  std::size_t act = 0;
  for (; act < acts_.size() && acts_[act].at == Time::zero(); ++act) perform(acts_[act]);  // who joins later never ran
  for (std::size_t i = act; i < acts_.size(); ++i) {
    queue_.push({acts_[i].at, event_key(EventClass::disturbance, disturbance_source, disturbance_sequence_++), nobody,
                 nobody, i});
  }
  for (std::uint32_t i = 0; i < nodes_; ++i) {
    const NodeId id(i);
    if (!hosts_[machine(id).index()].on) continue;
    stations_[i].hosted.node = make_node(id);
    Outbox& out = *outboxes_[0];
    stations_[i].hosted.node->start(now_, hosts_[machine(id).index()].disk, out);
    carry_out(id, out);  // nobody is charged for having been there from the beginning
    out.clear();
  }
  next_request();
  schedule_lottery();
  plan_directors();
  plan_audits();
}

/// Says in a failed check where the run stood.
void World::watch(const Event& event, CheckContext& context) const {
  context.now_ns = event.at.ns;
  context.node = event.to.value;
  context.event = events_;
}

/// Most events wait for memory: the receiver's slot, its downlink, its node. What the next ones will touch is asked for while
/// the present one is handled: the slot first, then where the node begins, then what the node itself expects to need, and
/// last what it will ask of its host. One message of ten gets that far.
void World::look_ahead() {
  constexpr std::size_t near = 5;
  constexpr std::size_t far = 10;
  constexpr std::size_t farther = 18;
  constexpr std::uint64_t later = 3;  // events after `near`
  if (const Event* event = queue_.ahead(farther); event != nullptr && event->to.valid()) {
    __builtin_prefetch(&stations_[event->to.index()].hosted, 1);
    if (!machine_of_.empty()) fabric_.prefetch(machine(event->to));  // otherwise it lies on the same line
  }
  if (const Event* event = queue_.ahead(far); event != nullptr && event->to.valid()) {
    const char* node = reinterpret_cast<const char*>(stations_[event->to.index()].hosted.node.get());
    __builtin_prefetch(node, 1);
    __builtin_prefetch(node + 64, 1);
  }
  if (const Event* event = queue_.ahead(near); event != nullptr && is_message(*event)) {
    const Message message = std::bit_cast<Message>(event->payload);
    const Node* node = stations_[event->to.index()].hosted.node.get();
    if (node != nullptr && node->expect(message)) {
      const MachineId where = machine(event->to);
      busy_soon_[busy_count_++ % busy_soon_.size()] = {events_ + later, event->to};
      fabric_.prefetch_uplink(where);
      links_.fetch_place(event->to);
      if (row(message.kind).bulk) __builtin_prefetch(&hosts_[where.index()].disk, 1);  // will be written
    }
  }
  if (busy_done_ != busy_count_) {
    const BusySoon& busy = busy_soon_[busy_done_ % busy_soon_.size()];
    if (busy.event > events_) return;
    ++busy_done_;
    links_.fetch_row(busy.node);
    hosts_[machine(busy.node).index()].disk.fetch();
    if (const Node* node = stations_[busy.node.index()].hosted.node.get(); node != nullptr) node->expect_more();
  }
}

WorldOutcome World::run() {
  CheckContext& context = check_context();  // of this thread
  context.seed = plan_.seed;
  begin();
  WorldOutcome outcome;
  Event event;
  while (queue_.pop_before(end_, event)) {
    if (event.at >= next_checkpoint_) checkpoint(event.at);
    now_ = event.at;
    ++events_;
    watch(event, context);
    speaker_ = is_message(event) ? event.from : nobody;
    listener_ = event.to;
    look_ahead();
    if (class_of(event) == EventClass::arrival) [[likely]] {
      arrive(event);
    } else {
      handle(event);
    }
    if (events_ % events_between_looks == 0 && plan_.keep_going && !plan_.keep_going(now_, events_)) {
      outcome.interrupted = true;
      break;
    }
  }
  if (!outcome.interrupted) {
    now_ = end_;
    if (auditor_ != nullptr) audit(Audit::Why::end);
  }
  checkpoint(now_);
  queue_ = EventQueue(plan_.ties);  // what is still under way is never handled, and the totals need room
  collect(outcome);
  context = {};
  return outcome;
}

void World::handle(const Event& event) {
  switch (class_of(event)) {
    case EventClass::disturbance:
      if (event.payload < acts_.size()) {
        perform(acts_[event.payload]);
      } else {
        direct(event.payload - acts_.size());
      }
      break;
    case EventClass::lottery: lottery(event); break;
    case EventClass::arrival: CHECK(false); break;  // run() hands it on by itself
    case EventClass::delivery: deliver(event); break;
    case EventClass::timer: {
      const Note note = std::bit_cast<Note>(event.payload);
      if (note.what == Note::What::release) {
        release(event);
      } else if (note.what == Note::What::link_open) {
        open_link(event.from, event.to);
      } else {
        serve(event);
      }
      break;
    }
    case EventClass::request:
      if (event.payload < plan_.requests.size()) next_request();
      serve(event);
      break;
    case EventClass::audit: audit(static_cast<Audit::Why>(event.payload)); break;
  }
}

void World::perform(const Act& act) {
  if (act.what != Act::What::between) {
    const bool begins = act.what == Act::What::begin;
    tell(nobody, {begins ? happened::fault_began : happened::fault_ended, act.occurrence, act.entry, 0});
  }
  timeline_->perform(act);
}

void World::lottery(const Event& event) {
  if (event.payload != lottery_version_) return;  // the candidate was moved since
  if (plan_.stop_blocks != 0 && blocks_mined_ >= plan_.stop_blocks) return;
  const NodeId winner = lottery_.take(now_);
  if (winner.valid() && up(winner)) note(winner, winner, {Note::What::won, 0, 0, 0}, now_, winner);
  schedule_lottery();
}

void World::schedule_lottery() {
  if (lottery_.version() == lottery_version_) return;
  lottery_version_ = lottery_.version();
  const std::optional<Time> due = lottery_.next();
  if (!due || *due >= end_) return;
  queue_.push(
      {*due, event_key(EventClass::lottery, lottery_source, lottery_sequence_++), nobody, nobody, lottery_version_});
}

void World::next_request() {
  while (next_request_ < plan_.requests.size()) {
    const std::size_t i = next_request_++;
    const Request& request = plan_.requests[i];
    const NodeId at = node_of(request.user);
    if (!at.valid()) continue;
    queue_.push({request.issued, event_key(EventClass::request, workload_source, i), at, nobody, i});
    return;
  }
}

void World::checkpoint(Time at) {
  const auto digest_now = [this] {
    std::uint64_t whole = 0;
    for (std::size_t i = 0; i < nodes_; ++i) whole = combine(whole, stations_[i].hosted.digest);
    return whole;
  };
  const std::uint64_t digest = digest_now();
  while (next_checkpoint_ <= at && next_checkpoint_ <= end_) {
    checkpoints_.push_back({next_checkpoint_, digest});
    next_checkpoint_ = next_checkpoint_ + plan_.checkpoint_every;
  }
  if (at >= end_) checkpoints_.push_back({at, digest});
}

void World::collect(WorldOutcome& outcome) const {
  outcome.end = now_;
  std::uint64_t whole = 0;
  for (std::size_t i = 0; i < nodes_; ++i) whole = combine(whole, stations_[i].hosted.digest);
  outcome.digest = whole;
  outcome.checkpoints = checkpoints_;
  outcome.events = events_;
  outcome.blocks_mined = blocks_mined_;
  outcome.totals.events = events_;
  outcome.totals.machines.reserve(hosts_.size());
  for (std::uint32_t m = 0; m < hosts_.size(); ++m) {
    const Host& host = hosts_[m];
    const Traffic& traffic = fabric_.traffic(MachineId(m));
    MachineTotals totals;
    totals.bytes_sent = traffic.bytes_sent;
    totals.bytes_received = traffic.bytes_received;
    totals.messages_sent = traffic.messages_sent;
    totals.messages_received = traffic.messages_received;
    totals.messages_lost = traffic.lost + traffic.cut + host.story().lost;
    totals.disk_bytes = host.disk.bytes() + host.disk.backup_bytes();
    totals.cpu = host.cpu;
    totals.on_line = host.story().on_line + (host.on ? now_ - host.story().up_since : Duration{});
    for (const NodeId id : nodes_on(MachineId(m))) totals.hashes += lottery_.hashes_tried(now_, id);
    outcome.totals.machines.push_back(totals);
  }
  for (const MessageKindRow& kind : plan_.system->message_kinds()) {
    const KindCount& count = sent_[kind.kind];
    if (count.messages > 0) outcome.totals.kinds.push_back({std::string(kind.name), count.messages, count.bytes});
  }
}

std::size_t World::memory() const {
  return queue_.memory() + links_.memory() + fabric_.memory() + stations_.capacity() * sizeof(Station) +
         hosts_.capacity() * sizeof(Host);
}

}  // namespace peerlab
