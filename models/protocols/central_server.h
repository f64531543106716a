// `central-server`: a service that stores what its users ask for, as a complete and honest server.
//
// A request is checked for its session and admitted by the queue (or turned away); a worker takes it up. A read is answered from the
// store. A write is checked for its owner's signature, appended to the log, flushed and shipped; when the log is done up to
// there (central_group.h says when), the store applies it and the client gets its verdict. A repeated write is not done twice.
//
// After a power cut the server reads its log back from disk, leaves out an entry that was torn, and goes on. With an empty disk
// and a backup it first waits until the backup is in place. Every server copies its own log to its backup. After `compact_every`
// entries it folds the log into a snapshot of the store (when a large one is due: CentralLog::worth_folding), which it writes in the
// background: what the snapshot replaces is forgotten a second later, when it is synced.
//
// Where it keeps an audit log, every entry that is done becomes a leaf, and every answer brings its proof (audit_log.h). A server whose
// log is not yet as long as what the asker has seen says that it is behind.
//
// What it is made of: Sessions (who asks), ServiceQueue (when), CentralLog (what survives), CentralBackup (what survives a wipe),
// CentralGroup (with whom), RecordStore (what is true), AuditLog (what can be shown). Its own code is in central_server.cpp (coming up,
// what comes in, the disk), central_requests.cpp (what clients ask) and central_applying.cpp (what the log says).
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "models/base/bits.h"
#include "models/protocols/central_backup.h"
#include "models/protocols/central_group.h"
#include "models/protocols/central_queue.h"
#include "models/protocols/central_sessions.h"
#include "models/protocols/central_store.h"

namespace peerlab {

class CentralServer final : public Node {
 public:
  static constexpr Slot queue_slot = 0;
  static constexpr Slot flush_slot = 4;
  static constexpr Slot backup_slot = 5;
  static constexpr Slot restore_slot = 6;
  static constexpr Slot compact_slot = 7;

  CentralServer(const Home& home, CentralShared& shared);
  ~CentralServer() override;

  void start(Time now, const Disk& survived, Outbox& out) override;
  void receive(Time now, NodeId from, const Message& message, Outbox& out) override;
  void wake(Time now, Slot slot, Outbox& out) override;
  void submit(Time now, const Request& request, Outbox& out) override;
  void connected(Time now, NodeId peer, bool inbound, Outbox& out) override;
  void disconnected(Time now, NodeId peer, Reason reason, Outbox& out) override;
  void won(Time now, Outbox& out) override;
  void show(HoldingsSink& sink) const override;

  /// For tests and attackers that look at what they wrap.
  [[nodiscard]] const RecordStore& store() const { return store_; }
  [[nodiscard]] const CentralLog& log() const { return log_; }
  /// Whoever holds a server has the operator's key.
  [[nodiscard]] HeadSignatures& heads() const { return shared_.heads; }
  [[nodiscard]] const ServiceQueue& queue() const { return queue_; }
  /// Of the entries that are in the store; empty where the service keeps none.
  [[nodiscard]] const AuditLog& audit() const { return audit_; }
  [[nodiscard]] const CentralGroup& group() const { return group_; }
  [[nodiscard]] bool restoring() const { return backup_.restoring(); }

 private:
  /// A write in the log whose client waits for the verdict.
  struct Waiting {
    std::uint32_t index;
    std::uint32_t number;
    NodeId client;
    std::uint32_t seen;  ///< entries of the audit log that the client has seen
  };
  void open(Time now, std::span<const DiskEntry> disk, bool first, Outbox& out);
  void take_hello(Time now, NodeId from, UserId user, Outbox& out);
  void take_proof(Time now, NodeId from, const ProofParcel& p, Outbox& out);
  void take_write(Time now, NodeId from, const WriteParcel& p, Outbox& out);
  void take_read(Time now, NodeId from, const ReadParcel& p, Outbox& out);
  void admit(Time now, Job job, Outbox& out);
  void turn_away(NodeId client, Outbox& out);
  void work_off(Time now, Outbox& out);
  bool do_write(const Job& job, Outbox& out);
  void do_read(const Job& job, Outbox& out);
  void group_moved(Time now, bool was_primary, std::uint32_t length_before, Outbox& out);
  void settle(Time now, Outbox& out);
  /// Puts the next entry of the log into the store.
  Verdict apply(const LogEntry& entry, Outbox& out);
  void tell_done(NodeId client, std::uint32_t number, std::uint32_t seen, Outbox& out);
  void roll_back(std::uint32_t length, Outbox& out);
  void note_held(std::uint32_t from, Outbox& out);
  void tell_tip(Outbox& out) const;
  void note_grown(std::uint32_t from, Outbox& out) const;
  void ring(Outbox& out);
  /// Flushes the disk, and says what is safe from a crash now.
  void sync(Outbox& out);
  void note_flushed(Outbox& out);
  void back_up(Time now, Outbox& out);
  void load_snapshot();
  [[nodiscard]] Snapshot snapshot_now() const;
  void consider_compaction(Time now, Outbox& out);

  Home home_;
  CentralShared& shared_;
  Sessions sessions_;
  ServiceQueue queue_;
  CentralLog log_;
  CentralGroup group_;
  RecordStore store_;
  AuditLog audit_;                       ///< where the service keeps one: of the entries that the store has
  std::uint32_t applied_ = 0;            ///< entries of the log that the store has
  std::uint32_t flushed_ = 0;            ///< entries of the log that it has said are flushed
  std::deque<Waiting> waiting_;          ///< by index
  Lookup<std::uint32_t, bool> in_work_;  ///< writes in the queue, or in the log and not done
  Bits answered_;                        ///< writes that this server said were done
  std::vector<std::uint32_t> doubtful_;  ///< answered, overruled by a later primary, who may have got it another way
  struct Spent {
    std::int64_t second = -1;
    std::uint32_t requests = 0;
  };
  [[nodiscard]] bool too_many(NodeId client, Time now);
  Lookup<std::uint32_t, Spent> spent_;  ///< by client, where requests are limited
  Time rings_ = Time::never();          ///< the queue's timer
  CentralBackup backup_;
  std::optional<Snapshot> candidate_;  ///< to be written once it is safe
  bool caught_up_ = false;             ///< since it was switched on, and said so
};

}  // namespace peerlab
