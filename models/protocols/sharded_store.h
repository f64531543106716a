// A peer of a sharded store: every record lies on a few machines, and everybody knows on which (placement.h).
//
// A write goes to the machines that hold the record, over links that are opened for it, and is acked when enough of them have it on
// disk; what has not confirmed is told again until it does. A reader without a copy asks the holders one after the other. A machine
// compares with those with whom it shares records when a link to them opens and from time to time, and each gives the other what it
// lacks: so whoever comes back with an empty disk is filled again, as long as one copy is left, and never by somebody who
// holds nothing of the same set. Nobody takes the place of a machine that stays away.
//
// Nobody orders writes: of two versions the later one stands, as in `gossip-store` (gossip_versions.h), and payments are refused.
#pragma once

#include <map>
#include <utility>
#include <vector>

#include "models/ledger/verdict.h"
#include "models/node/node.h"
#include "models/protocols/author.h"
#include "models/protocols/gossip_versions.h"
#include "models/protocols/placement.h"
#include "models/protocols/sharded_messages.h"

namespace peerlab {

struct ShardedOptions {
  std::uint32_t acks = 3;                ///< copies on disk until a write is acked, the writer's included
  Duration timeout = seconds(5);         ///< until the next holder is asked, and a copy is sent again
  Duration compare_every = seconds(30);  ///< between two comparisons with a random fellow; zero: never
};

/// What all machines of a world share.
struct ShardedShared {
  GossipShared versions;
  ShardedOptions options;
  Placement placement;
  /// Pairs that hold records together, the smaller first, rising: these are linked for good. Empty where nobody ever compares.
  std::vector<std::pair<NodeId, NodeId>> fellows;
};

class ShardedStore final : public Node {
 public:
  static constexpr Slot patience_slot = 0;
  static constexpr Slot compare_slot = 1;
  /// The kind of what it writes to disk: a version, by its place in the journal.
  static constexpr std::uint32_t stored_version = 1;

  ShardedStore(const Home& home, UserId user, ShardedShared& shared);

  void start(Time now, const Disk& survived, Outbox& out) override;
  void receive(Time now, NodeId from, const Message& message, Outbox& out) override;
  void wake(Time now, Slot slot, Outbox& out) override;
  void submit(Time now, const Request& request, Outbox& out) override;
  void connected(Time now, NodeId peer, bool inbound, Outbox& out) override;
  void disconnected(Time now, NodeId peer, Reason reason, Outbox& out) override;
  void won(Time now, Outbox& out) override;
  void show(HoldingsSink& sink) const override;

  /// The version it holds; null when it has none.
  [[nodiscard]] const Version* find(RecordName record) const;

 private:
  struct Held {
    VersionPtr version;
    std::vector<NodeId> with;  ///< who else holds it; empty where nobody ever compares
  };
  /// A write of this machine's user, until all holders have it.
  struct Own {
    std::uint32_t number = 0;
    VersionPtr version;
    bool acked = false;
    std::uint32_t copies = 0;
    std::vector<NodeId> missing;  ///< holders that have not said so
    Time again;                   ///< when they are told once more
  };
  /// What a user did before, to tell when a later writer undoes it.
  struct Done {
    std::uint32_t number = 0;
    bool replaceable = false;  ///< an update: a later one takes its place, and that undoes nothing
    bool acked = false;
    bool undone = false;
  };
  /// A record that is asked for because a user wants to read or to change it.
  struct Asking {
    Request request;
    std::size_t turn = 0;     ///< which of the holders is asked
    std::uint32_t empty = 0;  ///< in a row without the record
    Time again;               ///< when the next one is
  };
  /// What is to be said to a machine as soon as there is a link.
  struct Errand {
    VersionPtr store;  ///< or null:
    std::uint64_t fetch = 0;
    std::uint32_t number = 0;
  };
  struct Line {
    bool ours = false;              ///< opened by this machine, for errands
    std::uint32_t awaited = 0;      ///< answers to errands
    std::vector<Errand> waiting{};  ///< for the link
  };

  [[nodiscard]] Verdict judge(const Request& request, UserId writer, const Answer& there) const;
  OperationPtr write_as_another(const Request& request, Outbox& out);
  void answer_read(const Request& request, const Answer& there, Outbox& out);
  void change(Time now, const Request& request, const Answer& there, Outbox& out);
  void distribute(Time now, const Request& request, const VersionPtr& version, Outbox& out);
  void ask_next(Time now, Asking& asking, Outbox& out);
  void run_errand(NodeId to, Errand errand, Outbox& out);
  void say(NodeId to, const Errand& errand, Outbox& out);
  void answered(NodeId by, Outbox& out);
  void be_patient(Time now, Outbox& out);
  void keep(const VersionPtr& version);
  void adopt(const VersionPtr& version, Outbox& out);
  void follow_done(const Version& version, Outbox& out);
  /// Whether the state may be kept here; reports and bans whoever sent one that may not.
  bool fit(NodeId from, const Answer& state, Outbox& out);
  void take_fetch(NodeId from, const ShardFetchParcel& asked, Outbox& out);
  void take_found(Time now, NodeId from, const ShardFoundParcel& found, Outbox& out);
  void take_store(NodeId from, const Answer& state, Outbox& out);
  void take_stored(NodeId from, std::uint32_t number, Outbox& out);
  void take_sum(NodeId from, std::uint64_t sum, Outbox& out);
  void take_names(NodeId from, const std::vector<Offered>& names, Outbox& out);
  [[nodiscard]] bool compares() const { return shared_.options.compare_every.ns > 0; }
  [[nodiscard]] bool linked(NodeId peer) const { return home_.links->place(home_.self, peer) != Links::no_place; }
  [[nodiscard]] bool fellow(NodeId peer) const;
  /// The machines that hold the record, without this one.
  [[nodiscard]] std::vector<NodeId> others_with(RecordName record) const;
  [[nodiscard]] std::uint64_t sum_with(NodeId peer) const;
  [[nodiscard]] Hash256 state() const;
  [[nodiscard]] Message sum_for(NodeId peer) const { return shard_sum(*home_.parcels, sum_with(peer)); }

  Home home_;
  ShardedShared& shared_;
  GossipShared& versions_;
  UserId user_;
  Author author_;
  std::map<std::uint64_t, Held> records_;            ///< by name
  std::uint64_t sum_ = 0;                            ///< of the marks of all versions
  std::map<std::uint32_t, std::uint64_t> sums_;      ///< of those that another machine holds too, by machine
  std::vector<Own> own_;                             ///< on their way
  std::map<std::uint64_t, std::vector<Done>> done_;  ///< by record
  std::vector<Asking> asking_;
  std::map<std::uint32_t, Line> lines_;  ///< by machine: those with something outstanding
  bool patient_ = false;                 ///< the timer is set
};

}  // namespace peerlab
