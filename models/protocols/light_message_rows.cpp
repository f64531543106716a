// How the messages of light users are written and read.
#include "models/ledger/pool.h"
#include "models/protocols/light_messages.h"
#include "models/replication/content.h"
#include "models/replication/message_rows.h"

namespace peerlab {
namespace {

using Decoded = std::optional<Message>;

// --- question --------------------------------------------------------------------------------------------------------

constexpr std::uint8_t wants_coins = 1;
constexpr std::uint8_t wants_record = 2;

PublicKey read_key(Reader& in) { return PublicKey{in.hash().bytes}; }

Bytes encode_question(const Message& m, const Parcels& parcels, const BlockPool*) {
  const auto& p = parcels.as<QuestionParcel>(m);
  Bytes payload;
  Writer w(payload);
  w.u32(p.number);
  w.u8(static_cast<std::uint8_t>((p.coins_of ? wants_coins : 0) | (p.record ? wants_record : 0)));
  if (p.coins_of) w.hash(Hash256{p.coins_of->bytes});
  if (p.record) {
    w.hash(Hash256{p.record->publisher.bytes});
    w.u64(p.record->name);
  }
  return enclose("lightask", payload);
}
Decoded decode_question(ByteView bytes, Parcels& parcels, BlockPool*) {
  const auto payload = payload_of("lightask", bytes);
  if (!payload) return std::nullopt;
  Reader in(*payload);
  const std::uint32_t number = in.u32();
  const std::uint8_t wants = in.u8();
  if (!in.ok() || wants == 0 || wants > (wants_coins | wants_record)) return std::nullopt;
  std::optional<PublicKey> coins_of;
  std::optional<RecordQuestion> record;
  if ((wants & wants_coins) != 0) coins_of = read_key(in);
  if ((wants & wants_record) != 0) {
    record.emplace();
    record->publisher = read_key(in);
    record->name = in.u64();
  }
  if (!in.finished()) return std::nullopt;
  return light_question(parcels, number, coins_of, record);
}

// --- answer ----------------------------------------------------------------------------------------------------------

Bytes encode_answer(const Message& m, const Parcels& parcels, const BlockPool* pool) {
  const auto& p = parcels.as<LightAnswerParcel>(m);
  Bytes payload;
  Writer w(payload);
  w.u32(p.number);
  w.compact_size(p.coins.size());
  for (const Coin& coin : p.coins) {
    w.hash(coin.point.txid);
    w.u32(coin.point.index);
    w.u64(coin.amount);
  }
  w.compact_size(p.custody.size());
  for (const TxRef tx : p.custody) encode(pool->transactions.transaction(tx), w);
  return enclose("lightanswer", payload);
}
Decoded decode_answer_message(ByteView bytes, Parcels& parcels, BlockPool* pool) {
  const auto payload = payload_of("lightanswer", bytes);
  if (!payload) return std::nullopt;
  Reader in(*payload);
  const std::uint32_t number = in.u32();
  const std::uint64_t coin_count = in.compact_size();
  if (!in.ok() || coin_count > most_light_coins) return std::nullopt;
  std::vector<Coin> coins;
  for (std::uint64_t i = 0; i < coin_count; ++i) {
    Coin coin;
    coin.point.txid = in.hash();
    coin.point.index = in.u32();
    coin.amount = in.u64();
    coins.push_back(coin);
  }
  const std::uint64_t count = in.compact_size();
  if (!in.ok() || count > most_custody) return std::nullopt;
  std::vector<Transaction> read;
  for (std::uint64_t i = 0; i < count; ++i) {
    auto tx = decode_transaction(in);
    if (!tx) return std::nullopt;
    read.push_back(std::move(*tx));
  }
  if (!in.finished()) return std::nullopt;
  std::vector<TxRef> custody;
  for (Transaction& tx : read) custody.push_back(pool->transactions.intern(std::move(tx)));
  return light_answer(parcels, *pool, number, std::move(coins), std::move(custody));
}

// --- verdict: inline -------------------------------------------------------------------------------------------------

std::uint32_t verdict_wire_size(const Message&, const Parcels&, const BlockPool*) { return envelope_size + 32 + 2; }
std::uint64_t verdict_content(const Message& m, const Parcels&, const BlockPool* pool) {
  return content_of(m.kind, pool->transactions.name(TxRef(m.ref)), m.extra);
}
Bytes encode_verdict(const Message& m, const Parcels&, const BlockPool* pool) {
  Bytes payload;
  Writer w(payload);
  w.hash(pool->transactions.id(TxRef(m.ref)));
  w.u16(m.extra);
  return enclose("lightverdict", payload);
}
Decoded decode_verdict(ByteView bytes, Parcels&, BlockPool* pool) {
  const auto payload = payload_of("lightverdict", bytes);
  if (!payload) return std::nullopt;
  Reader in(*payload);
  const Hash256 id = in.hash();
  const std::uint16_t verdict = in.u16();
  if (!in.finished() || verdict >= all_verdicts().size()) return std::nullopt;
  return light_verdict(pool->transactions.refer(id), static_cast<Verdict>(verdict));
}

// --- proofs ----------------------------------------------------------------------------------------------------------

Bytes encode_proof_request(const Message& m, const Parcels& parcels, const BlockPool* pool) {
  const auto& p = parcels.as<ProofRequestParcel>(m);
  Bytes payload;
  Writer w(payload);
  w.compact_size(p.list.size());
  for (const TxRef tx : p.list) w.hash(pool->transactions.id(tx));
  return enclose("getproofs", payload);
}
Decoded decode_proof_request(ByteView bytes, Parcels& parcels, BlockPool* pool) {
  const auto payload = payload_of("getproofs", bytes);
  if (!payload) return std::nullopt;
  Reader in(*payload);
  const std::uint64_t count = in.compact_size();
  if (!in.ok() || count == 0 || count > most_proofs || in.left() != 32 * count) return std::nullopt;
  std::vector<TxRef> list;
  for (std::uint64_t i = 0; i < count; ++i) list.push_back(pool->transactions.refer(in.hash()));
  return proof_request(parcels, *pool, std::move(list));
}

Bytes encode_proofs(const Message& m, const Parcels& parcels, const BlockPool* pool) {
  const auto& p = parcels.as<ProofsParcel>(m);
  Bytes payload;
  Writer w(payload);
  w.compact_size(p.list.size());
  for (const Whereabouts& where : p.list) {
    w.hash(pool->transactions.id(where.tx));
    w.u8(static_cast<std::uint8_t>(where.state));
    if (where.state != Whereabouts::State::in_block) continue;
    w.hash(pool->headers.id(where.block));
    w.u32(where.proof.place);
    w.compact_size(where.proof.branch.size());
    for (const Hash256& beside : where.proof.branch) w.hash(beside);
  }
  return enclose("proofs", payload);
}
Decoded decode_proofs(ByteView bytes, Parcels& parcels, BlockPool* pool) {
  const auto payload = payload_of("proofs", bytes);
  if (!payload) return std::nullopt;
  Reader in(*payload);
  const std::uint64_t count = in.compact_size();
  if (!in.ok() || count > most_proofs) return std::nullopt;
  struct Read {
    Hash256 tx;
    Hash256 block;
    Whereabouts where;
  };
  std::vector<Read> read;
  for (std::uint64_t i = 0; i < count; ++i) {
    Read r;
    r.tx = in.hash();
    const std::uint8_t state = in.u8();
    if (!in.ok() || state > static_cast<std::uint8_t>(Whereabouts::State::in_block)) return std::nullopt;
    r.where.state = static_cast<Whereabouts::State>(state);
    if (r.where.state == Whereabouts::State::in_block) {
      r.block = in.hash();
      r.where.proof.place = in.u32();
      const std::uint64_t steps = in.compact_size();
      if (!in.ok() || steps > most_branch) return std::nullopt;
      for (std::uint64_t s = 0; s < steps; ++s) r.where.proof.branch.push_back(in.hash());
    }
    read.push_back(std::move(r));
  }
  if (!in.finished()) return std::nullopt;
  std::vector<Whereabouts> list;
  for (Read& r : read) {
    r.where.tx = pool->transactions.refer(r.tx);
    if (r.where.state == Whereabouts::State::in_block) r.where.block = pool->headers.refer(r.block);
    list.push_back(std::move(r.where));
  }
  return proofs(parcels, *pool, std::move(list));
}

constexpr MessageKindRow rows[] = {
    {kind::light_question, "light question", false, parcel_wire_size, parcel_content, encode_question, decode_question},
    {kind::light_answer, "light answer", false, parcel_wire_size, parcel_content, encode_answer, decode_answer_message},
    {kind::light_verdict, "light verdict", false, verdict_wire_size, verdict_content, encode_verdict, decode_verdict},
    {kind::proof_request, "proof request", false, parcel_wire_size, parcel_content, encode_proof_request,
     decode_proof_request},
    {kind::proofs, "proofs", false, parcel_wire_size, parcel_content, encode_proofs, decode_proofs},
};

}  // namespace

std::span<const MessageKindRow> light_message_rows() { return rows; }

}  // namespace peerlab
