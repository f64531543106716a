#include "models/attacks/refuse.h"

#include <algorithm>

#include "models/attacks/seizing.h"
#include "models/attacks/wrapper.h"
#include "models/ledger/pool.h"
#include "models/node/attack_happening.h"
#include "models/protocols/central_messages.h"
#include "models/protocols/key_book.h"
#include "models/replication/messages.h"

namespace peerlab {
namespace {

/// Those who are refused.
struct Outcasts {
  std::vector<bool> nodes;      ///< by node
  std::vector<PublicKey> keys;  ///< rising
  Time until;
};

class Refuser final : public Wrapper {
 public:
  Refuser(std::unique_ptr<Node> honest, const Home& home, std::shared_ptr<const Outcasts> outcasts)
      : Wrapper(std::move(honest), home), outcasts_(std::move(outcasts)) {}

  void receive(Time now, NodeId from, const Message& message, Outbox& out) override {
    if (now < outcasts_->until && unwanted(from, message, out)) return;
    if (now < outcasts_->until && message.kind == kind::transaction_bundle) {  // each for itself, without theirs
      for (const TxRef tx : home().parcels->as<BundleParcel>(message).list) receive(now, from, transaction(tx), out);
      return;
    }
    Wrapper::receive(now, from, message, out);
  }

 private:
  bool unwanted(NodeId from, const Message& message, Outbox& out) {
    if (message.kind == kind::write_request && outcasts_->nodes[from.index()]) {
      const Operation& write = *home().parcels->as<WriteParcel>(message).operation;
      tell(write.number, write.record.packed(), out);
      return true;
    }
    if (message.kind == kind::read_request && outcasts_->nodes[from.index()]) {
      const auto& read = home().parcels->as<ReadParcel>(message);
      tell(read.number, read.record.packed(), out);
      return true;
    }
    if (message.kind != kind::transaction || home().pool == nullptr) return false;
    const Transaction& tx = home().pool->transactions.transaction(TxRef(message.ref));
    const bool theirs = std::any_of(tx.inputs.begin(), tx.inputs.end(), [&](const Input& input) {
      return std::binary_search(outcasts_->keys.begin(), outcasts_->keys.end(), input.owner);
    });
    if (theirs) tell(static_cast<std::uint32_t>(tx.number), 0, out);
    return theirs;
  }
  static void tell(std::uint32_t number, std::uint64_t record, Outbox& out) {
    out.report({happened::deed_tried, static_cast<std::uint32_t>(Deed::refuse), number, record});
  }
  std::shared_ptr<const Outcasts> outcasts_;
};

Seizure refusing(Reach& reach, const Targets& targets, const std::vector<NodeId>& victims) {
  auto outcasts = std::make_shared<Outcasts>();
  outcasts->until = targets.ends();
  outcasts->nodes.resize(reach.layout().members.size());
  KeyBook book(reach.seed());
  for (const NodeId victim : victims) {
    outcasts->nodes[victim.index()] = true;
    const UserId user = reach.layout().members[victim.index()].user;
    if (user.valid()) outcasts->keys.push_back(book.public_key(user));
  }
  std::sort(outcasts->keys.begin(), outcasts->keys.end());
  return [outcasts](std::unique_ptr<Node> honest, const Home& home) -> std::unique_ptr<Node> {
    return std::make_unique<Refuser>(std::move(honest), home, outcasts);
  };
}

}  // namespace

AttackRow refuse_row() {
  return {.name = "refuse",
          .sentence = "Machines do not take what some users ask for, and serve everybody else.",
          .source = "censorship by an intermediary; on a ledger only all the miners together could do it",
          .fields = lasting_target_fields,
          .direct = [](const DirectorSetup& setup) -> std::unique_ptr<Director> {
            return std::make_unique<Seizing>(setup, [victims = setup.victims](Reach& reach, const Targets& targets) {
              return refusing(reach, targets, victims);
            });
          },
          .victim = AttackRow::Victim::wanted,
          .decides = "whose requests are taken",
          .check = check_taken};
}

}  // namespace peerlab
