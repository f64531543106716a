#include "models/protocols/light_service.h"

#include <algorithm>

#include "models/protocols/light_messages.h"
#include "models/protocols/record_view.h"

namespace peerlab {
namespace {

void answer_question(Replica& r, NodeId from, const QuestionParcel& question, Outbox& out) {
  const BlockRef tip = r.tree.tip();
  std::vector<Coin> coins;
  // A write is accepted when its transaction is.
  if (!question.coins_of) out.report({happened::operation_accepted, 0, question.number, 0});
  if (question.coins_of) {
    coins = spendable_coins(r.pool, tip, r.mempool, *question.coins_of);
    if (coins.size() > most_light_coins) coins.resize(most_light_coins);
    out.work.state_steps += static_cast<std::uint32_t>(1 + coins.size());
  }
  std::vector<TxRef> custody;
  if (question.record) {
    (void)view_record(r.pool, tip, r.mempool, question.record->publisher, question.record->name, out.work, &custody);
  }
  const Message answer = light_answer(*r.home.parcels, r.pool, question.number, std::move(coins), std::move(custody));
  out.work.bytes_coded += r.home.parcels->at(answer).wire_size;
  out.send(from, answer);
}

MerkleProof prove(const BlockPool& pool, BlockRef block, TxRef tx, bool charged, Work& work) {
  const std::span<const TxRef> list = pool.bodies.list(pool.state.body(block));
  std::vector<Hash256> ids;
  ids.reserve(list.size());
  for (const TxRef other : list) ids.push_back(pool.transactions.id(other));
  const auto place = static_cast<std::uint32_t>(std::find(list.begin(), list.end(), tx) - list.begin());
  if (charged) {
    work.bytes_read += pool.bodies.block_size(pool.state.body(block));
    work.bytes_hashed += 64 * (ids.size() - 1);
  }
  return merkle_proof(std::move(ids), place);
}

void answer_proof_request(Replica& r, NodeId from, const ProofRequestParcel& request, Outbox& out) {
  const BlockRef tip = r.tree.tip();
  std::vector<Whereabouts> list;
  std::vector<BlockRef> read;
  for (const TxRef tx : request.list) {
    Whereabouts where;
    where.tx = tx;
    ++out.work.state_steps;
    const BlockRef block = r.pool.state.inclusion(tip, tx);
    if (block.valid()) {
      const bool first = std::find(read.begin(), read.end(), block) == read.end();
      where.state = Whereabouts::State::in_block;
      where.block = block;
      where.proof = prove(r.pool, block, tx, first, out.work);
      if (first) read.push_back(block);
    } else if (r.mempool.has(tx)) {
      where.state = Whereabouts::State::waiting;
    }
    list.push_back(std::move(where));
  }
  out.send(from, proofs(*r.home.parcels, r.pool, std::move(list)));
}

void answer_transaction_request(Replica& r, NodeId from, const Message& m, Outbox& out) {
  const auto answer = [&](TxRef tx) {
    const bool here = r.mempool.has(tx) || r.pool.state.contains(r.tree.tip(), tx);
    if (!here) return;
    const std::uint32_t size = r.pool.transactions.wire_size(tx);
    out.work.bytes_read += size;
    out.work.bytes_coded += size;
    out.send(from, transaction(tx));
  };
  if (m.parcel == 0) {
    answer(TxRef(m.ref));
  } else {
    for (const TxRef tx : r.home.parcels->as<ListParcel>(m).list) answer(tx);
  }
}

}  // namespace

void answer_light(Replica& r, NodeId from, const Message& m, Outbox& out) {
  const Parcels& parcels = *r.home.parcels;
  switch (m.kind) {
    case kind::light_question: answer_question(r, from, parcels.as<QuestionParcel>(m), out); return;
    case kind::proof_request: answer_proof_request(r, from, parcels.as<ProofRequestParcel>(m), out); return;
    case kind::transaction_request: answer_transaction_request(r, from, m, out); return;
    default: CHECK(false);
  }
}

}  // namespace peerlab
