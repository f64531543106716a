// A miner who decides for himself what to build on, what to put into his blocks, and when to tell.
//
// The wrapped peer stays honest: it follows what is public, serves and relays it, and learns of the attacker's own blocks when they
// are published, as if they had come from outside. The attacker's part is to choose a parent for the next block (`parent`), to
// make it when the lottery falls on him (`found`), and to react when the public chain moves (`public_moved`). Blocks are really
// assembled, solved and judged; until they are published nobody but the attacker has them, and a crash loses them.
//
// Before `from` everything is as the honest peer does it.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "models/attacks/wrapper.h"
#include "models/ledger/assembly.h"
#include "models/protocols/nakamoto.h"

namespace peerlab {

class PrivateMiner : public Wrapper {
 public:
  PrivateMiner(std::unique_ptr<Node> honest, const AttackSetup& setup);

  void start(Time now, const Disk& survived, Outbox& out) override;
  void receive(Time now, NodeId from, const Message& message, Outbox& out) override;
  void won(Time now, Outbox& out) final;

 protected:
  /// What the next block stands on; asked after every call.
  [[nodiscard]] virtual BlockRef parent() const = 0;
  /// The lottery fell on us.
  virtual void found(Time now, Outbox& out) = 0;
  /// The public chain, as the honest half knows it, has a new tip that was not our doing.
  virtual void public_moved(Time now, BlockRef before, Outbox& out) = 0;
  /// The attack begins; also when the machine comes up again.
  virtual void begin(Time now, Outbox& out) { (void)now, (void)out; }

  /// A message came, and the honest half has had it.
  virtual void heard(Time now, NodeId from, const Message& message, Outbox& out) {
    (void)now, (void)from, (void)message, (void)out;
  }

  /// The timer, which is the derived attacker's once the attack has begun, rang.
  virtual void alarm(Time now, Outbox& out) { (void)now, (void)out; }

  [[nodiscard]] const Replica& seen() const { return peer_.replica(); }
  [[nodiscard]] BlockRef public_tip() const { return seen().tree.tip(); }
  [[nodiscard]] BlockPool& pool() const { return *home().pool; }
  [[nodiscard]] const HeaderTree& headers() const { return home().pool->headers; }
  [[nodiscard]] const NakamotoShared& shared() const { return peer_.shared(); }
  [[nodiscard]] UserId user() const { return UserId(home().self.value); }
  [[nodiscard]] const PublicKey& address() const { return shared().book->public_key(user()); }
  [[nodiscard]] bool begun() const { return begun_; }

  /// A block on `on` that nobody else knows: first `own`, then what the honest half's mempool offers and the rules allow there,
  /// without what `refuses` names.
  Block forge(Time now, BlockRef on, std::span<const TxRef> own, Outbox& out);
  /// The time in the header of a block on `on`, in Unix seconds; 0: the true one.
  [[nodiscard]] virtual std::uint32_t header_time(Time now, BlockRef on) const { return (void)now, (void)on, 0; }
  /// Whether a transaction of the mempool is to stay out of our blocks.
  [[nodiscard]] virtual bool refuses(TxRef tx) const { return (void)tx, false; }
  /// Tells everybody. Its parent must be public.
  void publish(Time now, const Block& block, Outbox& out);

 private:
  void edit(Time now, Outbox& out) final;
  void strike(Time now, Outbox& out) final;
  /// Points the hash power at `parent`.
  void aim(Outbox& out);

  Nakamoto& peer_;
  Time from_;
  bool begun_ = false;
  bool mining_ = false;     ///< the honest half wants to
  std::uint32_t bits_ = 0;  ///< compact target that the host knows of
  BlockRef known_;          ///< public tip that was told of last
};

}  // namespace peerlab
