// A peer without a chain: it keeps every record that it hears of, passes on what is new, and lets the later writer win.
//
// News is offered to all neighbours in batches; whoever lacks it asks, stores it, says so, and offers it on. From time to time a peer
// compares sums with a random neighbour, and with everybody to whom a link opens, and is offered what it missed (Demers et al. 1987:
// rumour mongering with anti-entropy behind it). Nobody orders anything: a write is done at once where it is made, acked when
// so many machines hold it, and never final. What is refused is refused by what this peer has heard, which may be old.
//
// With `spread: push` or `rounds` news are told to one random neighbour at a time, unasked, as a rumour that machines lose interest in
// (rumours.h). What dies out before everybody has heard it is left to the comparisons.
//
// Payments are refused: without an order nobody can say which of two spent the coins first.
#pragma once

#include <array>
#include <map>
#include <vector>

#include "models/ledger/verdict.h"
#include "models/node/node.h"
#include "models/protocols/author.h"
#include "models/protocols/gossip_messages.h"
#include "models/protocols/gossip_versions.h"
#include "models/protocols/rumours.h"

namespace peerlab {

/// Tells the content of a version, if it has any.
void show_version(const Version& version, HoldingsSink& sink);

class GossipStore final : public Node {
 public:
  static constexpr Slot announce_slot = 0;
  static constexpr Slot compare_slot = 1;
  /// The kind of what it writes to disk: a version, by its place in the journal.
  static constexpr std::uint32_t stored_version = 1;

  GossipStore(const Home& home, UserId user, GossipShared& shared);

  void start(Time now, const Disk& survived, Outbox& out) override;
  void receive(Time now, NodeId from, const Message& message, Outbox& out) override;
  void wake(Time now, Slot slot, Outbox& out) override;
  void submit(Time now, const Request& request, Outbox& out) override;
  void connected(Time now, NodeId peer, bool inbound, Outbox& out) override;
  void disconnected(Time now, NodeId peer, Reason reason, Outbox& out) override;
  void won(Time now, Outbox& out) override;
  void show(HoldingsSink& sink) const override;

  /// The version it holds; null when it has not heard of the record.
  [[nodiscard]] const Version* find(RecordName record) const;

 private:
  /// A write of this machine's user.
  struct Own {
    std::uint32_t number = 0;
    std::uint64_t record = 0;
    bool replaceable = false;  ///< an update: a later one takes its place, and that undoes nothing
    bool acked = false;
    bool undone = false;
    std::vector<NodeId> holders;  ///< neighbours that have said so
  };
  struct AskedFor {
    std::uint32_t stamp = 0;
    Time at;
  };

  [[nodiscard]] Verdict judge(const Request& request, UserId writer) const;
  OperationPtr write_as_another(const Request& request, Outbox& out);
  void read(const Request& request, Outbox& out);
  /// Takes it in place of what is there, which it must be later than.
  void adopt(const VersionPtr& version, Outbox& out);
  void keep(const VersionPtr& version);
  void tell(Time now, Outbox& out, std::uint64_t record);
  [[nodiscard]] bool calls() const { return shared_.options.spreading != Spreading::batches; }
  void call(Time now, Outbox& out);
  /// Waits for the next call, if one is due.
  void await_call(Time now, Outbox& out);
  void follow_own(const Version& version, Outbox& out);
  void take_offer(Time now, NodeId from, const std::vector<Offered>& offers, Outbox& out);
  void take_record(Time now, NodeId from, const Answer& state, Outbox& out);
  void take_summary(NodeId from, const Summary16& sums, Outbox& out);
  void give(NodeId to, const std::vector<std::uint64_t>& records, Outbox& out);
  void take_have(NodeId from, std::uint32_t number, Outbox& out);
  void compare(NodeId with, Outbox& out);
  [[nodiscard]] Hash256 state() const;

  Home home_;
  GossipShared& shared_;
  UserId user_;
  Author author_;
  std::map<std::uint64_t, VersionPtr> records_;                ///< by name: offered in this order
  Summary16 sums_{};                                           ///< of the marks of all versions
  std::array<std::vector<Offered>, summary_buckets> buckets_;  ///< the versions that each sum is of, by name
  std::vector<std::uint64_t> news_;                            ///< to be offered with the next batch
  std::map<std::uint64_t, AskedFor> asked_;                    ///< what is on its way
  std::vector<Own> own_;
  Rumours rumours_;  ///< with calls: instead of `news_`
  bool waits_for_call_ = false;
};

}  // namespace peerlab
