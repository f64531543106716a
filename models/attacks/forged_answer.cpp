#include "models/attacks/forged_answer.h"

#include <algorithm>

#include "models/ledger/pool.h"
#include "models/protocols/central_messages.h"
#include "models/protocols/light_messages.h"
#include "models/replication/messages.h"

namespace peerlab {
namespace {

/// Above the numbers of forged writes (director.h).
constexpr std::uint32_t first_forged_answer = 0xc0000000;

/// Other bytes, as many.
Content another(const Content& content, std::uint64_t salt) {
  return declared_content(mix64(salt ^ 0x66616b65) | 1, static_cast<std::uint32_t>(content.size()));
}

std::optional<ForgedAnswer> forge(const AnswerParcel& honest, Forgery how, const Home& home) {
  Answer answer = honest.answer;
  std::optional<AuditProof> proof = honest.proof;
  if (how == Forgery::shortened) {
    if (answer.custody.size() < 2) return std::nullopt;
    answer.custody.pop_back();
    if (proof && !proof->entries.empty()) proof->entries.pop_back();
    const int carrier = answer.carrier();
    if (carrier < 0 || !answer.custody[static_cast<std::size_t>(carrier)]->content) return std::nullopt;
  } else {
    const int carrier = answer.carrier();
    if (carrier < 0) return std::nullopt;
    OperationPtr& write = answer.custody[static_cast<std::size_t>(carrier)];
    if (!write->content) return std::nullopt;
    // Where readers compare what they are told, a lie must stay the same.
    const std::uint32_t salt = honest.proof ? answer.custody.back()->number : honest.number;
    Operation draft = *write;
    draft.content = another(*write->content, salt);
    draft.commitment = commitment(*draft.content);
    write = make_operation(std::move(draft));
    Operation last = *answer.custody.back();
    last.number = first_forged_answer | salt;
    answer.custody.back() = make_operation(std::move(last));
  }
  const std::uint64_t record = answer.custody.front()->record.packed();
  const std::uint32_t version = answer.custody.back()->number;
  return ForgedAnswer{peerlab::answer(*home.parcels, honest.number, std::move(answer), std::move(proof)), honest.number,
                      version, record};
}

/// The transaction with other bytes in its first content, to which its record commits.
TxRef altered(BlockPool& pool, TxRef tx, std::uint64_t salt) {
  Transaction draft = pool.transactions.transaction(tx);
  Enclosure& enclosure = draft.enclosures.front();
  enclosure.content = another(enclosure.content, salt);
  draft.outputs[enclosure.output].record->commitment = commitment(enclosure.content);
  return pool.transactions.intern(std::move(draft));
}

bool alterable(const BlockPool& pool, TxRef tx) {
  const Transaction& t = pool.transactions.transaction(tx);
  return !t.enclosures.empty() && t.enclosures.front().output < t.outputs.size() &&
         t.outputs[t.enclosures.front().output].record.has_value();
}

std::optional<ForgedAnswer> forge(const LightAnswerParcel& honest, Forgery how, const Home& home) {
  BlockPool& pool = *home.pool;
  std::vector<TxRef> custody = honest.custody;
  if (custody.empty()) return std::nullopt;
  std::uint64_t record = 0;
  for (const Output& output : pool.transactions.transaction(custody.front()).outputs) {
    if (output.record) record = output.record->name;
  }
  if (how == Forgery::shortened) {
    if (custody.size() < 2) return std::nullopt;
    custody.pop_back();
  } else {
    const auto carries = [&](TxRef tx) { return !pool.transactions.transaction(tx).enclosures.empty(); };
    const auto carrier = std::find_if(custody.rbegin(), custody.rend(), carries);
    if (carrier == custody.rend() || !alterable(pool, *carrier)) return std::nullopt;
    *carrier = altered(pool, *carrier, honest.number);
    Transaction last = pool.transactions.transaction(custody.back());
    last.number = first_forged_answer | honest.number;
    custody.back() = pool.transactions.intern(std::move(last));
  }
  const auto version = static_cast<std::uint32_t>(pool.transactions.transaction(custody.back()).number);
  return ForgedAnswer{light_answer(*home.parcels, pool, honest.number, honest.coins, std::move(custody)), honest.number,
                      version, record};
}

}  // namespace

std::optional<Message> forge_body(const Message& honest, const Home& home) {
  if (honest.kind != kind::block_body || honest.parcel != 0) return std::nullopt;
  BlockPool& pool = *home.pool;
  const BlockRef block(honest.ref);
  const std::span<const TxRef> body = pool.bodies.list(pool.state.body(block));
  std::vector<TxRef> list(body.begin(), body.end());
  const auto place = std::find_if(list.begin(), list.end(), [&](TxRef tx) { return alterable(pool, tx); });
  if (place == list.end()) return std::nullopt;
  *place = altered(pool, *place, pool.headers.name(block));
  return block_body(*home.parcels, pool, {block, pool.bodies.intern(list)});
}

std::optional<ForgedAnswer> forge_answer(const Message& honest, Forgery how, const Home& home) {
  if (honest.kind == kind::answer) return forge(home.parcels->as<AnswerParcel>(honest), how, home);
  if (honest.kind == kind::light_answer) return forge(home.parcels->as<LightAnswerParcel>(honest), how, home);
  return std::nullopt;
}

}  // namespace peerlab
