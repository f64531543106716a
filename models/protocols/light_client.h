// A light user of `nakamoto`: no copy of the blocks, a chain of headers, and full peers whom he asks (Nakamoto 2008, section 8,
// "simplified payment verification").
//
// What he checks himself:
//   headers     every one, its proof of work included; he follows the chain with the most work among those he is shown
//   depth       a branch leads from his transaction to the merkle root of a header on that chain; the headers above it count
//   records     the whole custody (record_view.h): owners' signatures, and the content against its commitment
//   coins       the transaction that made a coin he spends, by its id, which covers its outputs
// What he cannot check: that a chain of headers with the most work has blocks that keep the rules, that nothing newer was kept back,
// and that a coin he was not told of is not there. Who sends him something wrong is cut off for good.
//
// How he asks. A question goes to one of the full peers he is linked to, the same one as long as it answers. After `light_timeout`, a broken
// link, a refusal or a wrong answer the next one is asked. When all were asked and one has said no, that is the answer; when none has
// answered he pauses, longer each time, and asks again, until the deadline or `most_rounds`. Without a link he waits.
//
// Writes are made one after the other, so that no two spend the same coin: question, transaction, verdict. His own transactions are on his
// disk; a full peer that no longer knows one gets it again. What is confirmed he asks once per new header until he has a proof.
// Neighbours are the full peers that the network gave him, for good; with another `peer_selection` than `fixed` he looks for others
// when one is gone (peer_discovery.h).
#pragma once

#include <optional>
#include <vector>

#include "models/ledger/block_tree.h"
#include "models/node/node.h"
#include "models/protocols/light_messages.h"
#include "models/protocols/nakamoto.h"

namespace peerlab {

/// Kinds of entries on a light user's disk; his transactions lie there as a full peer's own ones do.
enum class LightStored : std::uint32_t { own_transaction = 1, header };

class LightClient final : public Node {
 public:
  static constexpr Slot timer_slot = 0;
  static constexpr std::uint32_t most_rounds = 10;

  LightClient(const Home& home, UserId user, const NakamotoShared& shared);

  void start(Time now, const Disk& survived, Outbox& out) override;
  void receive(Time now, NodeId from, const Message& message, Outbox& out) override;
  void wake(Time now, Slot slot, Outbox& out) override;
  void submit(Time now, const Request& request, Outbox& out) override;
  void connected(Time now, NodeId peer, bool inbound, Outbox& out) override;
  void disconnected(Time now, NodeId peer, Reason reason, Outbox& out) override;
  void won(Time now, Outbox& out) override;
  void show(HoldingsSink& sink) const override;

  [[nodiscard]] std::size_t pending() const { return pending_.size(); }
  /// The last header of the chain he follows.
  [[nodiscard]] BlockRef best() const { return tree_.best_header(); }

 private:
  enum class Stage : std::uint8_t {
    waiting,    ///< for its turn, or for a link
    asked,      ///< for the answer to a question
    fetching,   ///< for the transactions that made the coins
    submitted,  ///< for the verdict
    paused,     ///< until the next round
  };
  /// Something the user asked for that has no answer yet.
  struct Pending {
    Request request;
    Stage stage = Stage::waiting;
    NodeId peer{};                 ///< who is asked now
    std::vector<NodeId> tried{};   ///< in this round
    std::uint32_t rounds = 0;      ///< in which nobody answered
    std::optional<Verdict> why{};  ///< what the last one who refused said
    Wallet::Means means{};
    TxRef tx{};  ///< the write, once it is made
    Time due = Time::never();
  };
  /// A write of this user that was made.
  struct Own {
    TxRef tx;
    std::uint32_t number = 0;
    BlockRef block{};  ///< where a proof has shown it to be
    NodeId told{};     ///< the last one it was sent to
    bool acked = false;
    bool is_final = false;
    std::uint32_t deepest = 0;  ///< that was reported
  };

  // light_client.cpp: what the user asks
  [[nodiscard]] Time last_moment(const Pending& p) const;
  [[nodiscard]] bool its_turn(const Pending& p) const;
  void go_on(Time now, Outbox& out);
  // Those that return bool: true when the request is over, and told.
  bool attempt(Pending& p, Time now, Outbox& out);
  bool give_up(const Pending& p, std::uint64_t why, Outbox& out);
  bool take_answer(Pending& p, Time now, const LightAnswerParcel& answer, Outbox& out);
  bool take_custody(Pending& p, const LightAnswerParcel& answer, Outbox& out);
  bool compose(Pending& p, Time now, Outbox& out);
  [[nodiscard]] bool sort_coins(Wallet::Means& means) const;
  void question(const Pending& p, Outbox& out);
  void hand_in(Pending& p, Outbox& out);
  void take_verdict(Time now, NodeId from, TxRef tx, Verdict verdict, Outbox& out);
  void take_transaction(Time now, NodeId from, TxRef tx, Outbox& out);
  void forget(TxRef tx);

  // light_chain.cpp: headers and proofs
  void ask_headers(NodeId peer, Time now, Outbox& out);
  void take_headers(Time now, NodeId from, std::span<const BlockRef> list, Outbox& out);
  void take_proofs(Time now, NodeId from, const ProofsParcel& proofs, Outbox& out);
  void follow(Time now, Outbox& out);
  void count_depth(Outbox& out);
  void send_own(Own& own, NodeId to, Outbox& out) const;

  [[nodiscard]] NodeId choose(std::span<const NodeId> except) const;
  [[nodiscard]] bool banned(NodeId peer) const;
  void cut_off(NodeId peer, Verdict why, Outbox& out);
  /// The next one is asked first from now on.
  void pass_over(NodeId peer);
  void ring(Outbox& out);

  Home home_;
  const NakamotoShared& shared_;
  BlockPool& pool_;
  BlockTree tree_;  ///< headers only
  Wallet wallet_;
  NodeId current_;  ///< whom he asks first
  std::vector<NodeId> cut_off_;
  std::vector<Pending> pending_;  ///< in the order of asking
  std::vector<Own> own_;
  std::vector<OutPoint> spent_;  ///< by his own transactions
  Bits known_;                   ///< transactions that he has seen whole
  NodeId headers_from_;
  Time headers_due_ = Time::never();
  NodeId proofs_from_;
  Time proofs_due_ = Time::never();
  BlockRef proofs_at_;  ///< the best header when proofs were last asked for
  Time rings_ = Time::never();
};

}  // namespace peerlab
