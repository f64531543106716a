// The rules of transactions that need nothing but the transaction.

#include <algorithm>
#include <vector>

#include "models/crypto/seal.h"
#include "models/ledger/transaction.h"

namespace peerlab {

namespace {

Verdict judge_coinbase_shape(const Transaction& tx) {
  if (!tx.inputs.empty()) return Verdict::malformed;
  if (tx.enclosures.size() > 1) return Verdict::malformed;
  if (!tx.enclosures.empty() && tx.enclosures.front().output != Enclosure::padding) return Verdict::malformed;
  const bool records =
      std::any_of(tx.outputs.begin(), tx.outputs.end(), [](const Output& o) { return o.record.has_value(); });
  return records ? Verdict::record_mismatch : Verdict::ok;
}

Verdict judge_amounts(const Transaction& tx, const Rules& rules) {
  std::uint64_t sum = 0;
  for (const Output& o : tx.outputs) {
    if (o.amount > rules.money_limit) return Verdict::bad_amount;
    sum += o.amount;  // cannot wrap: both are at most the limit, which is far below 2^63
    if (sum > rules.money_limit) return Verdict::bad_amount;
  }
  return Verdict::ok;
}

Verdict judge_inputs_differ(const Transaction& tx) {
  std::vector<OutPoint> points;
  points.reserve(tx.inputs.size());
  for (const Input& input : tx.inputs) points.push_back(input.spends);
  std::sort(points.begin(), points.end());  // equal points are one and the same: ties do not matter
  return std::adjacent_find(points.begin(), points.end()) == points.end() ? Verdict::ok : Verdict::duplicate_input;
}

// Each content belongs to an output with a record of the same size, in rising order.
Verdict judge_enclosures(const Transaction& tx) {
  std::size_t next = 0;
  for (const Enclosure& e : tx.enclosures) {
    if (e.output >= tx.outputs.size()) return Verdict::content_mismatch;
    if (e.output < next) return Verdict::malformed;
    next = std::size_t{e.output} + 1;
    const std::optional<Record>& record = tx.outputs[e.output].record;
    if (!record || record->size != e.content.size()) return Verdict::content_mismatch;
    if (record->sealed && record->size < capsule_size) return Verdict::content_mismatch;
  }
  return Verdict::ok;
}

Verdict judge_publish(const Transaction& tx, std::size_t records) {
  if (records == 0) return Verdict::record_mismatch;
  if (tx.enclosures.size() != records) return Verdict::content_mismatch;
  std::vector<std::pair<PublicKey, std::uint64_t>> names;
  for (const Output& o : tx.outputs) {
    if (!o.record) continue;
    const bool signs =
        std::any_of(tx.inputs.begin(), tx.inputs.end(), [&](const Input& i) { return i.owner == o.owner; });
    if (!signs) return Verdict::not_owner;
    names.emplace_back(o.owner, o.record->name);
  }
  std::sort(names.begin(), names.end());
  return std::adjacent_find(names.begin(), names.end()) == names.end() ? Verdict::ok : Verdict::duplicate_record;
}

// Every record comes with its new content, for a key that signed an input.
Verdict judge_update(const Transaction& tx, std::size_t records) {
  if (records == 0) return Verdict::record_mismatch;
  if (tx.enclosures.size() != records) return Verdict::content_mismatch;
  for (const Output& o : tx.outputs) {
    if (!o.record) continue;
    const bool signs =
        std::any_of(tx.inputs.begin(), tx.inputs.end(), [&](const Input& i) { return i.owner == o.owner; });
    if (!signs) return Verdict::owner_changed;
  }
  return Verdict::ok;
}

Verdict judge_kind(const Transaction& tx) {
  const auto records = static_cast<std::size_t>(
      std::count_if(tx.outputs.begin(), tx.outputs.end(), [](const Output& o) { return o.record.has_value(); }));
  switch (tx.kind) {
    case TransactionKind::coinbase: return Verdict::ok;
    case TransactionKind::publish: return judge_publish(tx, records);
    case TransactionKind::transfer: return records > 0 ? Verdict::ok : Verdict::record_mismatch;
    case TransactionKind::pay:
    case TransactionKind::erase: return records == 0 ? Verdict::ok : Verdict::record_mismatch;
    case TransactionKind::update: return judge_update(tx, records);
  }
  return Verdict::malformed;
}

}  // namespace

Verdict judge_shape(const Transaction& tx, const Rules& rules) {
  if (tx.outputs.empty()) return Verdict::empty;
  if (tx.kind == TransactionKind::coinbase) {
    const Verdict shape = judge_coinbase_shape(tx);
    return shape == Verdict::ok ? judge_amounts(tx, rules) : shape;
  }
  if (tx.inputs.empty()) return Verdict::empty;
  if (wire_size(tx) > rules.transaction_size_limit) return Verdict::too_large;
  for (const Verdict verdict :
       {judge_amounts(tx, rules), judge_inputs_differ(tx), judge_enclosures(tx), judge_kind(tx)}) {
    if (verdict != Verdict::ok) return verdict;
  }
  return Verdict::ok;
}

Judged judge_proofs(const Transaction& tx) {
  Judged judged;
  if (!tx.inputs.empty()) {
    const Hash256 message = sighash(tx);
    for (const Input& input : tx.inputs) {
      ++judged.effort.signatures;
      if (!verify(input.owner, message, input.signature)) {
        judged.verdict = Verdict::bad_signature;
        return judged;
      }
    }
  }
  for (const Enclosure& e : tx.enclosures) {
    if (e.output == Enclosure::padding) continue;
    judged.effort.bytes_hashed += e.content.size();
    if (commitment(e.content) != tx.outputs[e.output].record->commitment) {
      judged.verdict = Verdict::content_mismatch;
      return judged;
    }
  }
  return judged;
}

}  // namespace peerlab
