#include "models/attacks/flooder.h"

#include <algorithm>

#include "models/ledger/pool.h"
#include "models/protocols/central_messages.h"
#include "models/replication/messages.h"

namespace peerlab {
namespace {

/// A payment out of a coin that everybody knows, with its owner's key and not his signature. `salt` makes each another one. Invalid
/// where the first block funds nobody.
TxRef unsigned_payment(BlockPool& pool, std::uint64_t salt) {
  const TxRef first = pool.bodies.list(pool.state.body(pool.genesis())).front();
  const std::vector<Output>& coins = pool.transactions.transaction(first).outputs;
  if (coins.empty()) return {};
  const auto place = static_cast<std::uint32_t>(mix64(salt) % coins.size());
  const Output coin = coins[place];
  Transaction tx;
  tx.kind = TransactionKind::pay;
  tx.number = salt;
  Input input;
  input.spends = {pool.transactions.id(first), place};
  input.owner = coin.owner;
  for (std::size_t i = 0; i < 8; ++i) input.signature.bytes[i] = static_cast<std::uint8_t>(salt >> (8 * i));
  tx.inputs.push_back(input);
  tx.outputs.push_back({coin.amount / 2, coin.owner, std::nullopt});
  return pool.transactions.intern(std::move(tx));
}

}  // namespace

void Flooder::submit(Time now, const Request& request, Outbox& out) {
  if (request.number < first_forged) return Wrapper::submit(now, request, out);
  if (what_ == What::logins) {
    for (const NodeId server : home().links->of(home().self)) {
      if (server.valid()) out.send(server, hello(request.user));
    }
    return;
  }
  if (home().pool == nullptr) return Wrapper::submit(now, request, out);  // the write is spoilt on its way out
  const std::span<const NodeId> neighbours = home().links->of(home().self);
  if (std::none_of(neighbours.begin(), neighbours.end(), [](NodeId peer) { return peer.valid(); })) return;
  const TxRef payment = unsigned_payment(*home().pool, request.number);
  if (payment.valid()) out.flood(transaction(payment));
}

void Flooder::edit(Time, Outbox& out) {
  if (what_ != What::writes) return;
  for (Wish& wish : out.wishes()) {
    if (wish.kind != Wish::Kind::send || wish.message.kind != kind::write_request) continue;
    const auto& honest = home().parcels->as<WriteParcel>(wish.message);
    if (honest.operation->number < first_forged || !honest.operation->signature) continue;
    Operation draft = *honest.operation;
    draft.signature->bytes[0] ^= 1;
    const Message spoilt = write_request(*home().parcels, honest.token, make_operation(std::move(draft)), honest.seen);
    home().parcels->drop(wish.message);
    wish.message = spoilt;
  }
}

}  // namespace peerlab
