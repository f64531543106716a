// A user's client of `central-server`: it logs in when first needed, sends what the user asks, and tries again.
//
// An attempt fails when no answer comes within `timeout`, when the server's queue is full, or when the link breaks; after a pause
// that doubles with each failure the client tries the next server, as often as `retries` and the deadline allow. A server that names
// another one as primary is believed at once.
//
// The content of a record is declared, the same as in every system, and sealed to its owner where the scenario encrypts. To give a
// sealed record away the client first reads it, to seal it again to the receiver. What a reader gets he checks himself
// (central_answer.h).
//
// Where the service keeps an audit log he also checks, with every answer, that its writes are in the log and that the log continues what
// he had seen of it when he first asked (audit_log.h). What fails he throws away, and tells. He goes on from the longest log that passed,
// and never takes up with one that has forgotten what he saw, not even where a backup was put back in good faith.
#pragma once

#include <optional>
#include <vector>

#include "models/node/node.h"
#include "models/protocols/author.h"
#include "models/protocols/central_messages.h"
#include "models/protocols/central_shared.h"

namespace peerlab {

class CentralClient final : public Node {
 public:
  static constexpr Slot retry_slot = 0;

  CentralClient(const Home& home, UserId user, CentralShared& shared);

  void start(Time now, const Disk& survived, Outbox& out) override;
  void receive(Time now, NodeId from, const Message& message, Outbox& out) override;
  void wake(Time now, Slot slot, Outbox& out) override;
  void submit(Time now, const Request& request, Outbox& out) override;
  void connected(Time now, NodeId peer, bool inbound, Outbox& out) override;
  void disconnected(Time now, NodeId peer, Reason reason, Outbox& out) override;
  void won(Time now, Outbox& out) override;
  void show(HoldingsSink& sink) const override;

  [[nodiscard]] std::size_t pending() const { return pending_.size(); }

 private:
  enum class Stage : std::uint8_t {
    login,   ///< waits for a session with `server`
    asked,   ///< waits for the answer of `server`
    paused,  ///< waits for the next attempt
  };
  /// Something the user asked for that has no answer yet.
  struct Pending {
    Request request;
    OperationPtr write;  ///< null: a read, or a transfer whose content is being fetched
    Stage stage = Stage::paused;
    std::uint32_t server = 0;
    std::uint32_t failures = 0;
    std::optional<SeenLog> seen{};  ///< of the audit log when this was first asked: late answers continue that
    Time due;                       ///< when this attempt or pause ends
  };
  struct Session {
    enum class State : std::uint8_t { none, asked, open };
    State state = State::none;
    std::uint64_t token = 0;
  };

  /// Whether what is asked takes the user's secret key, which may be lost.
  [[nodiscard]] bool needs_key(const Request& request) const;
  void attempt(Pending& p, Time now, Outbox& out);
  void send(Pending& p, Outbox& out);
  void log_in(std::uint32_t server, Outbox& out);
  /// The attempt failed. True: given up, and told.
  bool fail(Pending& p, Time now, Outbox& out);
  void fail_all_at(std::uint32_t server, Time now, Outbox& out);
  void turned_away_by(std::uint32_t server, const Message& m, Time now, Outbox& out);
  void take_answer(Time now, const AnswerParcel& p, Outbox& out);
  void take_done(std::uint32_t number, Verdict verdict, Outbox& out);
  void take_logged(const LoggedParcel& p, Outbox& out);
  /// Whether the proof holds for the writes; tells what does not, and remembers the log when it does.
  bool proven(const Pending& p, const AuditProof* proof, std::span<const OperationPtr> writes, Outbox& out);
  void finish(std::uint32_t number, Verdict verdict, Outbox& out);
  [[nodiscard]] Pending* find(std::uint32_t number);
  void forget(std::uint32_t number);
  [[nodiscard]] Time last_moment(const Pending& p) const;
  [[nodiscard]] Duration timeout() const;
  void ring(Outbox& out);

  Home home_;
  CentralShared& shared_;
  UserId user_;
  Author author_;
  std::vector<Session> sessions_;  ///< by server
  std::uint32_t current_ = 0;      ///< the server taken for the primary
  std::uint32_t reader_ = 0;       ///< the server asked for reads, where any will do
  std::vector<Pending> pending_;   ///< in the order in which they were asked
  Time rings_ = Time::never();
  SeenLog seen_;  ///< the longest audit log that has passed every check
};

}  // namespace peerlab
