// How several servers keep one log: one is primary and ships its log, the others are its backups and can replace it.
// (central_primary.cpp, central_election.cpp; a backup and what comes in: central_group.cpp.)
//
// The rules are those of viewstamped replication (Oki and Liskov 1988) in the words of Raft (Ongaro and Ousterhout 2014), with
// "primary" for leader and "epoch" for view or term:
//
//  1. A primary appends to its log and ships what a backup lacks, after naming the entry before it; a backup whose entry there is of
//     another epoch says so, and what the primary overrules is cut off.
//  2. A primary beats five times within `failover`. A backup that heard nothing for so long, and a little longer by its number,
//     asks whether it would be elected (a trial, so that a server which was cut off disturbs nobody), then stands for the next
//     epoch. A server votes once per epoch, not while it hears a primary, and only for a log at least as good as its own:
//     later last epoch, then longer. A majority of all servers elects.
//  3. Epochs fence: whoever hears of a later one is primary no more. Among three or more, a primary that hears no majority
//     for `failover` steps down by itself. In a pair it goes on: nobody can be elected without it.
//  4. `commit` is how far the log is done. Quorum: a majority holds it; synchronous: all backups that keep up hold it as well, and
//     one that does not answer for `failover` keeps up no more, unless that would leave fewer than a majority; asynchronous:
//     the primary holds it. The first two count only from the primary's own epoch on, which an empty entry begins.
//  5. A server that lost its disk may not help to elect as if it had not, or a majority could forget: it is not `whole` until a
//     primary has brought it up to date. Its vote counts only when all servers vote.
//  6. Only what a majority holds in the primary's own epoch is compacted, under every rule: whoever is elected later has it. The primary
//     says so to its backups. A backup that lacks what the primary has compacted gets the snapshot in its place; so does one that
//     has compacted what the primary overrules, which takes the loss of unsynced logs on a majority.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "models/node/node.h"
#include "models/protocols/central_messages.h"
#include "models/protocols/central_shared.h"
#include "models/protocols/central_transfer.h"

namespace peerlab {

class CentralGroup {
 public:
  static constexpr Slot beat_slot = 1;
  static constexpr Slot doubt_slot = 2;
  static constexpr Slot ship_slot = 3;

  CentralGroup(const Home& home, CentralShared& shared, CentralLog& log);

  /// `first`: nothing was ever written by anybody; server 0 then begins as primary.
  void start(Time now, const CentralLog::Promises& found, bool first, Outbox& out);
  /// append, appended, vote_request, vote, fold, snapshot_part and part_taken, from another server.
  void receive(Time now, NodeId from, const Message& message, Outbox& out);
  void wake(Time now, Slot slot, Outbox& out);
  /// The link to another server opened or closed.
  void link_changed(Time now, NodeId peer, bool open, Outbox& out);
  /// The primary's log has grown: ships it, or soon will.
  void grown(Time now, Outbox& out);

  [[nodiscard]] bool primary() const { return role_ == Role::primary; }
  /// Who is primary as far as this server knows, or nobody.
  [[nodiscard]] NodeId primary_node() const { return primary_; }
  [[nodiscard]] std::uint32_t epoch() const { return epoch_; }
  [[nodiscard]] bool whole() const { return whole_; }
  /// The primary's log is done further than before: tells those backups that hold all of it.
  void done_further(Time now, Outbox& out);
  /// How far the log is done, as far as this server knows.
  [[nodiscard]] std::uint32_t commit();
  /// How far the log may be compacted: a majority holds it, as far as this server knows.
  [[nodiscard]] std::uint32_t safe() const;
  /// The primary has compacted: its backups may, up to there.
  void tell_safe(std::uint32_t index, Outbox& out);
  /// Backups whose logs fit in no way, which need a snapshot of now. The caller ships one to each.
  [[nodiscard]] std::vector<NodeId> take_misfits() { return std::exchange(misfits_, {}); }
  void ship(NodeId backup, Time now, const Snapshot& snapshot, Outbox& out);
  /// Whether the log was replaced by another server's snapshot since the last call.
  [[nodiscard]] bool take_installed() { return std::exchange(installed_, false); }
  /// A backup: holds everything that the primary, when last heard, knew to be done.
  [[nodiscard]] bool up_to_date() const { return up_to_date_; }

  /// The operator of this server vouches for a write that its owner has not signed: it is taken when the primary ships it.
  void vouch(std::uint32_t number) { vouched_.push_back(number); }

 private:
  enum class Role : std::uint8_t { backup, candidate, primary };
  struct Peer {
    NodeId node;
    std::uint32_t next = 1;   ///< index of the first entry to ship
    std::uint32_t match = 0;  ///< entries known to agree
    std::uint32_t told = 0;   ///< how far it was told that the log is done
    bool asked = false;       ///< a shipment is under way, since `sent`
    bool keeps_up = false;    ///< synchronous: answers wait for it
    bool refilled = false;    ///< a snapshot is under way
    SnapshotSender refill;
    Time sent;
    Time heard;  ///< the last answer
  };

  [[nodiscard]] bool alone() const { return shared_.options.servers == 1; }
  [[nodiscard]] Duration beat() const { return shared_.options.failover / 5; }
  [[nodiscard]] Peer* peer(NodeId node);
  void send(Peer& to, Time now, bool entries, Outbox& out);
  void tell_done(Peer& to, Time now, Outbox& out);
  void take_append(Time now, NodeId from, const AppendParcel& p, Outbox& out);
  void take_appended(Time now, NodeId from, const AppendedParcel& p, Outbox& out);
  void take_vote_request(Time now, NodeId from, const VoteRequestParcel& p, Outbox& out);
  void take_vote(Time now, NodeId from, const VoteParcel& p, Outbox& out);
  void take_part(Time now, NodeId from, const SnapshotPartParcel& p, Outbox& out);
  void take_part_taken(Time now, NodeId from, const PartTakenParcel& p, Outbox& out);
  /// The snapshot as it travels: made once for all backups that need it.
  std::shared_ptr<const Bytes> encoded(const Snapshot& snapshot, Outbox& out);
  [[nodiscard]] std::uint32_t held_by_majority() const;
  bool merge(const AppendParcel& p, Outbox& out);
  void doubt(Time now, Outbox& out);
  void stand(Time now, bool trial, Outbox& out);
  void count(Time now, Outbox& out);
  void lead(Time now, Outbox& out);
  void beat_all(Time now, Outbox& out);
  void adopt(Time now, std::uint32_t epoch, Outbox& out);
  void step_down(Time now, Outbox& out);
  void promise(CentralLog::Stored what, std::uint32_t value, Outbox& out);

  CentralShared& shared_;
  CentralLog& log_;
  Parcels& parcels_;
  NodeId self_;
  Stream chance_;
  std::vector<Peer> peers_;
  Role role_ = Role::backup;
  NodeId primary_;
  std::uint32_t epoch_ = 0;
  std::uint32_t voted_ = 0;
  std::uint32_t commit_ = 0;
  bool whole_ = false;
  bool up_to_date_ = false;
  bool ship_armed_ = false;
  bool installed_ = false;
  std::uint32_t told_safe_ = 0;  ///< by a primary
  std::vector<NodeId> misfits_;
  std::vector<std::uint32_t> vouched_;
  SnapshotReceiver refill_;  ///< a snapshot on its way here
  std::weak_ptr<const Bytes> encoded_;
  std::uint64_t encoded_history_ = 0;  ///< which snapshot that is
  Time heard_;                         ///< from a primary
  bool trial_ = false;                 ///< what the votes are for
  std::uint32_t votes_ = 0;            ///< servers that voted for this one, a bit each
  std::uint32_t whole_votes_ = 0;      ///< those of them that are whole
};

}  // namespace peerlab
