// The host of nodes, tried with a participant that writes a diary: what it was told and when.
#include "sim/world/world.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "analysis/measures/event_log.h"
#include "analysis/observation/message_rows.h"
#include "models/disturbances/rows.h"
#include "models/network/access.h"

namespace peerlab {
namespace {

constexpr MessageKind token = 64;

/// What the nodes of one test do and what they saw.
struct Script {
  std::map<std::uint32_t, std::vector<std::string>> diary;
  Work work_per_message;        ///< done for every message received
  bool flood_at_start = false;  ///< node 0 floods a token when it starts
  bool mine = false;
  double hashes = 100;
  std::vector<DiskEntry> write_at_start;
  bool sync = false;
};

std::string at(Time now) { return std::to_string(now.ns / 1'000'000) + " ms "; }

class Diarist final : public Node {
 public:
  Diarist(const Home& home, Script& script) : home_(home), script_(script) {}
  void start(Time now, const Disk& survived, Outbox& out) override {
    say(now, "start with " + std::to_string(survived.entries().size()));
    if (script_.mine) out.mine({script_.hashes});
    for (const DiskEntry& entry : script_.write_at_start) out.write(entry);
    if (script_.sync) out.sync();
    if (script_.flood_at_start && home_.self == NodeId(0)) out.flood({token, 0, 0, 7});
  }
  void receive(Time now, NodeId from, const Message& message, Outbox& out) override {
    say(now, "got " + std::to_string(message.ref) + " from " + std::to_string(from.value));
    out.work = script_.work_per_message;
  }
  void wake(Time now, Slot slot, Outbox& out) override {
    say(now, "ring " + std::to_string(slot));
    if (slot == 1) out.arm(2, now);
  }
  void submit(Time now, const Request& request, Outbox& out) override {
    say(now, "asked " + std::to_string(request.number));
    switch (request.what) {
      case Asked::publish: out.flood({token, 0, 0, request.number}); break;
      case Asked::pay: out.send(NodeId(request.other.value), {token, 0, 0, request.number}); break;
      case Asked::read:
        out.arm(1, now + seconds(1));
        out.arm(1, now + seconds(2));  // replaces the first
        out.arm(3, now + seconds(1));
        out.disarm(3);
        break;
      case Asked::erase: out.disconnect(NodeId(request.other.value), Reason::banned); break;
      case Asked::update: out.connect(NodeId(request.other.value)); break;
      case Asked::transfer: out.report({happened::caught_up, request.number, 0, 0}); break;
    }
  }
  void connected(Time now, NodeId peer, bool inbound, Outbox&) override {
    say(now, (inbound ? "link from " : "link to ") + std::to_string(peer.value));
  }
  void disconnected(Time now, NodeId peer, Reason reason, Outbox&) override {
    say(now, "lost " + std::to_string(peer.value) + " for " + std::to_string(static_cast<int>(reason)));
  }
  void won(Time now, Outbox& out) override {
    say(now, "won");
    out.report({happened::block_mined, 1, 1, 0});
  }
  void show(HoldingsSink&) const override {}

 private:
  void say(Time now, const std::string& what) { script_.diary[home_.self.value].push_back(at(now) + what); }
  Home home_;
  Script& script_;
};

std::uint32_t hundred_bytes(const Message&, const Parcels&, const BlockPool*) { return 100; }
std::uint64_t its_number(const Message& message, const Parcels&, const BlockPool*) { return message.ref; }

class Club final : public System {
 public:
  Club(std::uint32_t members, Script& script) : members_(members), script_(script) {
    row_ = {token, "token", false, hundred_bytes, its_number, nullptr, nullptr};
  }
  [[nodiscard]] Layout layout() const override {
    Layout layout;
    for (std::uint32_t i = 0; i < members_; ++i) layout.members.push_back({"peer", MachineId(i), UserId(i), 1.0, true});
    return layout;
  }
  [[nodiscard]] std::unique_ptr<BlockPool> make_pool() const override { return nullptr; }
  [[nodiscard]] std::unique_ptr<Node> make_node(const Home& home) override {
    return std::make_unique<Diarist>(home, script_);
  }
  [[nodiscard]] std::span<const MessageKindRow> message_kinds() const override { return {&row_, 1}; }
  [[nodiscard]] double genesis_hashes() const override { return script_.hashes; }
  [[nodiscard]] double hashes_per_real_hash() const override { return 1; }
  [[nodiscard]] Duration block_interval() const override { return seconds(100); }

 private:
  std::uint32_t members_;
  Script& script_;
  MessageKindRow row_;
};

/// A club on a line 0 - 1 - 2 with 10 ms from anyone to anyone, no limits of bandwidth, and free CPUs.
struct Evening {
  explicit Evening(std::uint32_t members, Time end = Time::zero() + seconds(100)) : club(members, script) {
    plan.seed = 5;
    plan.system = &club;
    plan.layout = club.layout();
    plan.network.machines.resize(members, Place{RegionId{0}, access_custom, 0, 0});
    plan.network.latency = LatencyMap(Distribution::constant(10e6));
    for (std::uint32_t i = 0; i + 1 < members; ++i) plan.links.emplace_back(NodeId(i), NodeId(i + 1));
    plan.costs.free = true;
    plan.end = end;
  }
  void ask(Asked what, std::uint32_t user, double at_seconds, std::uint32_t other = 0) {
    Request request;
    request.number = static_cast<std::uint32_t>(requests.size());
    request.what = what;
    request.user = UserId(user);
    request.other = UserId(other);
    request.issued = Time::zero() + Duration::from_seconds(at_seconds);
    requests.push_back(request);
  }
  void befall(const std::string& row, std::vector<std::string> who, double at_seconds, double for_seconds = 0) {
    TimelineEntry entry;
    for (const DisturbanceRow& candidate : disturbance_rows()) {
      if (candidate.name == row) entry.row = &candidate;
    }
    ASSERT_NE(entry.row, nullptr);
    entry.at = Time::zero() + Duration::from_seconds(at_seconds);
    entry.for_ = Duration::from_seconds(for_seconds);
    entry.params = entry.row->fields != nullptr ? Params::defaults(entry.row->fields()) : Params();
    for (const std::string& text : who) entry.selectors.push_back(*parse_selector(text).value);
    timeline.push_back(entry);
  }
  WorldOutcome run() {
    population = Population({"NA"});
    for (std::size_t i = 0; i < plan.network.machines.size(); ++i) population.add_machine(RegionId{0});
    for (const Member& member : plan.layout.members) population.add_node(member.machine, member.role, member.store);
    plan.requests = requests;
    plan.timeline = timeline;
    plan.population = &population;
    World world(plan);
    WorldOutcome outcome = world.run();
    disk_entries = world.disk(MachineId(0)).entries().size();
    disk_bytes = world.disk(MachineId(0)).bytes();
    return outcome;
  }
  [[nodiscard]] const std::vector<std::string>& diary(std::uint32_t node) { return script.diary[node]; }

  Script script;
  Club club;
  WorldPlan plan;
  std::vector<Request> requests;
  std::vector<TimelineEntry> timeline;
  Population population;
  std::size_t disk_entries = 0;
  std::uint64_t disk_bytes = 0;
};

using Diary = std::vector<std::string>;

TEST(World, CarriesAFloodToEveryNeighbour) {
  Evening evening(3);
  evening.ask(Asked::publish, 1, 1);
  const WorldOutcome outcome = evening.run();
  EXPECT_EQ(evening.diary(0), (Diary{"0 ms start with 0", "1010 ms got 0 from 1"}));
  EXPECT_EQ(evening.diary(2), (Diary{"0 ms start with 0", "1010 ms got 0 from 1"}));
  ASSERT_EQ(outcome.totals.kinds.size(), 1U);
  EXPECT_EQ(outcome.totals.kinds[0].messages, 2U);
  EXPECT_EQ(outcome.totals.kinds[0].bytes, 200U);
}

TEST(World, LosesWhatIsSentToANodeThatIsNoNeighbour) {
  Evening evening(3);
  evening.ask(Asked::pay, 0, 1, 2);
  const WorldOutcome outcome = evening.run();
  EXPECT_EQ(evening.diary(2), (Diary{"0 ms start with 0"}));
  EXPECT_EQ(outcome.totals.machines[0].messages_lost, 1U);
}

// Who wants to see every message is told of each once when it is sent and once at its end, and the run is the same.
TEST(World, TellsEveryMessageToWhoAsks) {
  Evening alone(3);
  alone.ask(Asked::publish, 1, 1);
  alone.ask(Asked::pay, 0, 2, 2);  // to a node that is no neighbour
  alone.befall("crash", {"node 2"}, 0.995, 50);
  const std::uint64_t digest = alone.run().digest;

  Evening watched(3);
  watched.ask(Asked::publish, 1, 1);
  watched.ask(Asked::pay, 0, 2, 2);
  watched.befall("crash", {"node 2"}, 0.995, 50);
  EventLog log;
  log.begin(100);
  Audience audience;
  audience.add(log);
  watched.plan.audience = &audience;
  EXPECT_EQ(watched.run().digest, digest);
  std::vector<std::string> told;
  for (const Row& row : log.rows()) {
    const bool message = row.kind == happened::message_sent || row.kind == happened::message_received ||
                         row.kind == happened::message_dropped;
    if (!message) continue;
    told.push_back(at(row.at) +
                   (row.kind == happened::message_sent       ? "sent"
                    : row.kind == happened::message_received ? "received"
                                                             : "dropped") +
                   " " + std::to_string(row.who.value) + " " + std::to_string(other_end_of(row).value) + " " +
                   std::to_string(row.amount));
  }
  EXPECT_EQ(told, (Diary{"1000 ms sent 1 0 100", "1010 ms received 0 1 100", "2000 ms dropped 0 2 100"}));
}

TEST(World, RingsOnlyTheLastArmOfASlotAndNoDisarmedOne) {
  Evening evening(1);
  evening.ask(Asked::read, 0, 1);
  evening.run();
  EXPECT_EQ(evening.diary(0), (Diary{"0 ms start with 0", "1000 ms asked 0", "3000 ms ring 1", "3000 ms ring 2"}));
}

// Two messages at the same instant, each worth 5 ms of CPU: the second handler runs when the first is done.
TEST(World, QueuesAtABusyMachine) {
  Evening evening(3);
  evening.plan.costs = CostTable{};
  evening.plan.costs.header = milliseconds(5);
  evening.script.work_per_message.headers = 1;
  evening.ask(Asked::pay, 0, 1, 1);
  evening.ask(Asked::pay, 2, 1, 1);
  const WorldOutcome outcome = evening.run();
  EXPECT_EQ(evening.diary(1), (Diary{"0 ms start with 0", "1010 ms got 0 from 0", "1015 ms got 1 from 2"}));
  EXPECT_EQ(outcome.totals.machines[1].cpu, milliseconds(10));
}

TEST(World, TellsBothEndsWhenAMachineGoesAndComesBack) {
  Evening evening(2);
  evening.befall("crash", {"node 0"}, 10, 5);
  evening.run();
  EXPECT_EQ(evening.diary(0), (Diary{"0 ms start with 0", "15000 ms start with 0", "15000 ms link to 1"}));
  EXPECT_EQ(evening.diary(1), (Diary{"0 ms start with 0", "10000 ms lost 0 for 4", "15000 ms link from 0"}));
}

// What was under way when the link broke must not come out of the link that replaces it.
TEST(World, LosesWhatWasUnderWayOnALinkThatBroke) {
  Evening evening(2);
  evening.ask(Asked::pay, 0, 10, 1);
  evening.befall("crash", {"node 1"}, 10.002, 0.004);
  evening.run();
  for (const std::string& line : evening.diary(1)) EXPECT_EQ(line.find("got"), std::string::npos) << line;
}

TEST(World, KeepsOnDiskWhatWasSynced) {
  Evening evening(1);
  evening.script.write_at_start = {{1, 1, 10}};
  evening.script.sync = true;
  evening.befall("crash", {"node 0"}, 10, 5);
  evening.run();
  EXPECT_EQ(evening.diary(0), (Diary{"0 ms start with 0", "15000 ms start with 1"}));
  EXPECT_EQ(evening.disk_entries, 2U);
}

// Of two entries that were not synced the second is gone, and half of the first stays: its owner must notice.
TEST(World, TearsOnDiskWhatWasNotSynced) {
  Evening evening(1);
  evening.script.write_at_start = {{1, 1, 10}, {1, 2, 10}};
  evening.befall("crash", {"node 0"}, 10);
  evening.run();
  EXPECT_EQ(evening.disk_entries, 1U);
  EXPECT_EQ(evening.disk_bytes, 5U);
}

TEST(World, EmptiesAWipedDisk) {
  Evening evening(1);
  evening.script.write_at_start = {{1, 1, 10}};
  evening.script.sync = true;
  evening.befall("wipe", {"node 0"}, 10, 5);
  evening.run();
  EXPECT_EQ(evening.diary(0), (Diary{"0 ms start with 0", "15000 ms start with 0"}));
}

TEST(World, CutsAndHealsTheLinksBetweenSides) {
  Evening evening(3);
  evening.befall("partition", {"node 0", "rest"}, 10, 5);
  evening.ask(Asked::publish, 0, 12);
  evening.run();
  EXPECT_EQ(evening.diary(0),
            (Diary{"0 ms start with 0", "10000 ms lost 1 for 3", "12000 ms asked 0", "15000 ms link to 1"}));
  EXPECT_EQ(evening.diary(1), (Diary{"0 ms start with 0", "10000 ms lost 0 for 3", "15000 ms link from 0"}));
  EXPECT_EQ(evening.diary(2), (Diary{"0 ms start with 0"}));
}

TEST(World, DoesNotReopenALinkThatWasClosedOnPurpose) {
  Evening evening(2);
  evening.ask(Asked::erase, 0, 1, 1);
  evening.befall("crash", {"node 0"}, 10, 5);
  evening.run();
  EXPECT_EQ(evening.diary(1), (Diary{"0 ms start with 0", "1010 ms lost 0 for 1"}));
  EXPECT_EQ(evening.diary(0).back(), "15000 ms start with 0");
}

TEST(World, OpensALinkWhenTheRequestArrives) {
  Evening evening(3);
  evening.ask(Asked::update, 0, 1, 2);
  evening.run();
  EXPECT_EQ(evening.diary(0).back(), "1010 ms link to 2");
  EXPECT_EQ(evening.diary(2).back(), "1010 ms link from 0");
}

TEST(World, LeavesOutAMachineUntilItJoins) {
  Evening evening(2);
  evening.befall("join", {"node 1"}, 20);
  evening.ask(Asked::publish, 0, 1);
  evening.run();
  EXPECT_EQ(evening.diary(1), (Diary{"20000 ms start with 0", "20000 ms link to 0"}));
  EXPECT_EQ(evening.diary(0), (Diary{"0 ms start with 0", "1000 ms asked 0", "20000 ms link from 1"}));
}

TEST(World, StopsTheLotteryAfterSoManyBlocksAndSettles) {
  Evening evening(2, Time::zero() + hours(10));
  evening.script.mine = true;
  evening.plan.stop_blocks = 3;
  evening.plan.settle = seconds(30);
  const WorldOutcome outcome = evening.run();
  EXPECT_EQ(outcome.blocks_mined, 3U);
  EXPECT_LT(outcome.end, Time::zero() + hours(1));
}

TEST(World, EndsEarlyWhenInterrupted) {
  Evening evening(2, Time::zero() + hours(2000));
  evening.script.mine = true;
  evening.plan.keep_going = [](Time, std::uint64_t) { return false; };
  const WorldOutcome outcome = evening.run();
  EXPECT_TRUE(outcome.interrupted);
  EXPECT_LT(outcome.end, Time::zero() + hours(2000));
}

TEST(World, GivesTheSameDigestTwiceAndAnotherOneForAnotherSeed) {
  const auto digest = [](std::uint64_t seed) {
    Evening evening(3);
    evening.plan.seed = seed;
    evening.script.mine = true;
    evening.script.hashes = 30;
    evening.ask(Asked::publish, 1, 1);
    return evening.run().digest;
  };
  EXPECT_EQ(digest(1), digest(1));
  EXPECT_NE(digest(1), digest(2));
}

TEST(World, AddsACheckpointPerIntervalAndOneAtTheEnd) {
  Evening evening(2);
  evening.plan.checkpoint_every = seconds(25);
  evening.ask(Asked::publish, 0, 30);
  const WorldOutcome outcome = evening.run();
  ASSERT_EQ(outcome.checkpoints.size(), 5U);
  EXPECT_EQ(outcome.checkpoints[0].at, Time::zero() + seconds(25));
  EXPECT_NE(outcome.checkpoints[0].digest, outcome.checkpoints[1].digest);
  EXPECT_EQ(outcome.checkpoints[1].digest, outcome.checkpoints[2].digest);
  EXPECT_EQ(outcome.checkpoints[4].digest, outcome.digest);
}

/// When audits were made and why, and of which users some disk had the key.
struct Auditing {
  explicit Auditing(Evening& evening) {
    evening.plan.audited = [this](const Audit& audit) {
      instants.push_back(std::to_string(audit.at.ns) + " " + std::to_string(static_cast<int>(audit.why)));
      keys = audit.keys;
      on.clear();
      for (const Audit::Holding& machine : audit.machines) on.push_back(machine.on);
    };
  }
  std::vector<std::string> instants;
  std::vector<std::uint32_t> keys;
  std::vector<bool> on;
};

TEST(World, AuditsByTheClockJustBeforeFaultsAndAtTheEnd) {
  Evening evening(2);
  Auditing auditing(evening);
  evening.plan.audit_every = seconds(40);
  evening.plan.audit_before_faults = true;
  evening.befall("crash", {"node 1"}, 50);
  evening.befall("wipe", {"node 0"}, 50);
  evening.befall("crash", {"node 0"}, 60);
  evening.run();
  EXPECT_EQ(auditing.instants,
            (Diary{"40000000000 0", "49999999999 1", "59999999999 1", "80000000000 0", "100000000000 2"}));
  EXPECT_EQ(auditing.on, (std::vector<bool>{false, false}));
}

TEST(World, NobodyIsAuditedWhenNobodyAsks) {
  Evening asked(2);
  Auditing auditing(asked);
  asked.plan.audit_every = seconds(10);
  asked.ask(Asked::publish, 0, 1);
  Evening not_asked(2);
  not_asked.ask(Asked::publish, 0, 1);
  const WorldOutcome with = asked.run();
  const WorldOutcome without = not_asked.run();
  EXPECT_EQ(with.digest, without.digest);
  EXPECT_EQ(with.events, without.events + 9) << "at 10, 20 .. 90 s; the last one is made when all is over";
}

TEST(World, AKeyGoesWithTheDiskAndComesBackFromAnotherCopy) {
  Evening evening(3);
  Auditing auditing(evening);
  evening.plan.audit_every = seconds(15);
  evening.plan.keys = {{UserId(0), MachineId(0)}, {UserId(1), MachineId(1)}, {UserId(0), MachineId(2)}};
  evening.befall("wipe", {"node 0", "node 1"}, 10, 10);
  std::vector<std::vector<std::uint32_t>> seen;
  const auto inner = evening.plan.audited;
  evening.plan.audited = [&](const Audit& audit) {
    inner(audit);
    seen.push_back(audit.keys);
  };
  evening.run();
  ASSERT_GE(seen.size(), 2U);
  EXPECT_EQ(seen[0], (std::vector<std::uint32_t>{1, 0})) << "at 15 s, while both are off";
  EXPECT_EQ(seen[1], (std::vector<std::uint32_t>{2, 0})) << "at 30 s: nobody else had the second one";
}

TEST(CostTable, PricesEachKindOfWork) {
  CostTable costs;
  costs.message = nanoseconds(10);
  costs.signature_check = microseconds(37);
  costs.header = nanoseconds(150);
  costs.hash_ns_per_byte = 2.5;
  Work work;
  work.signatures = 2;
  work.headers = 3;
  work.bytes_hashed = 1000;
  EXPECT_EQ(costs.price(work), nanoseconds(10 + 74'000 + 450 + 2500));
  costs.speed = 0.5;
  EXPECT_EQ(costs.price(work), nanoseconds(2 * (10 + 74'000 + 450 + 2500)));
  costs.free = true;
  EXPECT_EQ(costs.price(work), Duration{});
}

TEST(CostTable, ReadsEveryFieldOfItsSection) {
  const CostTable costs = CostTable::from(Params::defaults(cost_fields()));
  EXPECT_FALSE(costs.free);
  EXPECT_EQ(costs.signature_check, microseconds(37));
  EXPECT_EQ(costs.header, nanoseconds(150));
  EXPECT_DOUBLE_EQ(costs.hash_ns_per_byte, 2.5);
}

}  // namespace
}  // namespace peerlab
