#include "models/protocols/light_messages.h"

#include <memory>

#include "models/ledger/pool.h"
#include "models/replication/content.h"
#include "models/replication/envelope.h"

namespace peerlab {
namespace {

std::uint64_t name_of(const Hash256& hash) { return hash.low64(); }

template <class T>
std::unique_ptr<T> sized(std::size_t payload) {
  auto parcel = std::make_unique<T>();
  parcel->wire_size = envelope_size + static_cast<std::uint32_t>(payload);
  return parcel;
}

constexpr std::size_t coin_size = 32 + 4 + 8;

std::size_t payload_size(const Whereabouts& where) {
  constexpr std::size_t head = 32 + 1;
  if (where.state != Whereabouts::State::in_block) return head;
  return head + 32 + 4 + compact_size_length(where.proof.branch.size()) + 32 * where.proof.branch.size();
}

}  // namespace

Message light_question(Parcels& parcels, std::uint32_t number, const std::optional<PublicKey>& coins_of,
                       const std::optional<RecordQuestion>& record) {
  auto p = sized<QuestionParcel>(4 + 1 + (coins_of ? 32U : 0U) + (record ? 40U : 0U));
  std::uint64_t content = content_of(kind::light_question, number, coins_of ? coins_of->low64() : 0);
  if (record) content = content_of(kind::light_question, content ^ record->publisher.low64(), record->name);
  p->number = number;
  p->coins_of = coins_of;
  p->record = record;
  p->content = content_of(kind::light_question, content, (coins_of ? 1U : 0U) + (record ? 2U : 0U));
  return parcels.add(kind::light_question, std::move(p));
}

Message light_answer(Parcels& parcels, const BlockPool& pool, std::uint32_t number, std::vector<Coin> coins,
                     std::vector<TxRef> custody) {
  std::size_t size =
      4 + compact_size_length(coins.size()) + coin_size * coins.size() + compact_size_length(custody.size());
  std::uint64_t content = content_of(kind::light_answer, number, coins.size());
  for (const Coin& coin : coins) {
    content = content_of(kind::light_answer, content, name_of(coin.point.txid));
    content = content_of(kind::light_answer, content + coin.point.index, coin.amount);
  }
  for (const TxRef tx : custody) {
    size += pool.transactions.wire_size(tx);
    content = content_of(kind::light_answer, content, pool.transactions.name(tx));
  }
  auto p = sized<LightAnswerParcel>(size);
  p->number = number;
  p->coins = std::move(coins);
  p->custody = std::move(custody);
  p->content = content;
  return parcels.add(kind::light_answer, std::move(p));
}

Message light_verdict(TxRef tx, Verdict verdict) {
  return {kind::light_verdict, 0, static_cast<std::uint16_t>(verdict), tx.value};
}

Message proof_request(Parcels& parcels, const BlockPool& pool, std::vector<TxRef> list) {
  auto p = sized<ProofRequestParcel>(compact_size_length(list.size()) + 32 * list.size());
  std::uint64_t content = content_of(kind::proof_request, 0, list.size());
  for (const TxRef tx : list) content = content_of(kind::proof_request, content, pool.transactions.name(tx));
  p->list = std::move(list);
  p->content = content;
  return parcels.add(kind::proof_request, std::move(p));
}

Message proofs(Parcels& parcels, const BlockPool& pool, std::vector<Whereabouts> list) {
  std::size_t size = compact_size_length(list.size());
  std::uint64_t content = content_of(kind::proofs, 0, list.size());
  for (const Whereabouts& where : list) {
    size += payload_size(where);
    content =
        content_of(kind::proofs, content + static_cast<std::uint64_t>(where.state), pool.transactions.name(where.tx));
    if (where.state != Whereabouts::State::in_block) continue;
    content = content_of(kind::proofs, content + where.proof.place, pool.headers.name(where.block));
    for (const Hash256& beside : where.proof.branch) content = content_of(kind::proofs, content, name_of(beside));
  }
  auto p = sized<ProofsParcel>(size);
  p->list = std::move(list);
  p->content = content;
  return parcels.add(kind::proofs, std::move(p));
}

}  // namespace peerlab
