#include "models/ledger/chain_state.h"

#include <algorithm>

#include "models/base/check.h"
#include "models/crypto/sha256.h"

namespace peerlab {

namespace {

U256 hash_of_output(const OutPoint& point) {
  Bytes text;
  text.reserve(36);
  Writer out(text);
  out.hash(point.txid);
  out.u32(point.index);
  return U256::from_hash(sha256(text));
}

}  // namespace

ChainState::ChainState(const Rules& rules, HeaderTree& headers, TransactionStore& transactions, const BodyStore& bodies,
                       BodyRef genesis)
    : rules_(rules), headers_(headers), transactions_(transactions), bodies_(bodies) {
  const BlockRef first = headers_.genesis();
  Block& record = at(first);
  record.body = genesis;
  record.judged = true;
  record.checked = static_cast<std::uint32_t>(bodies_.list(genesis).size());
  include(first, record);
}

ChainState::Block& ChainState::at(BlockRef block) {
  if (block.index() >= blocks_.size()) {
    blocks_.resize(block.index() + 1);
    digest_.resize(block.index() + 1);
  }
  return blocks_[block.index()];
}

Judged ChainState::bind(BlockRef block, BodyRef body) {
  CHECK(headers_.present(block));
  const Judged judged = bodies_.judge_binding(headers_.header(block), body);
  if (judged.ok()) {
    Block& record = at(block);
    if (!record.body.valid()) record.body = body;
  }
  return judged;
}

Judged ChainState::judge(BlockRef block) {
  Block& record = at(block);
  if (!record.judged) {
    CHECK(record.body.valid());
    CHECK(headers_.linked(block));
    CHECK_SAYING(judged(headers_.parent(block)), "blocks are judged from the genesis block up");
    record.verdict = judge_in_place(block, record);
    record.judged = true;
    const auto sum = [&](TxRef tx) { record.by_themselves += transactions_.effort(tx); };
    if (record.checked == bodies_.list(record.body).size()) TxSet().each_missing(bodies_.mask(record.body), sum);
    if (record.verdict == Verdict::ok) include(block, record);
  }
  return {record.verdict, Effort{.state_steps = record.state_steps}};
}

Verdict ChainState::judge_in_place(BlockRef block, Block& record) {
  const BlockRef parent = headers_.parent(block);
  if (verdict(parent) != Verdict::ok) return Verdict::previous_invalid;
  if (const Judged header = headers_.judge(block); !header.ok()) return header.verdict;
  if (const Judged shape = bodies_.judge_shape(record.body); !shape.ok()) return shape.verdict;

  const std::span<const TxRef> list = bodies_.list(record.body);
  const TxRef coinbase = list.front();
  const std::uint32_t height = headers_.height(block);
  record.checked = 1;
  if (const Judged alone = transactions_.judge(coinbase); !alone.ok()) return alone.verdict;
  if (static_cast<std::uint32_t>(transactions_.transaction(coinbase).number) != height)
    return Verdict::bad_coinbase_height;

  TxSet made;
  Lookup<OutputRef, TxRef> spent;
  const Around around{&made, &spent, nullptr};
  std::uint64_t reward = rules_.subsidy_at(height);
  for (const TxRef tx : list.subspan(1)) {
    ++record.checked;
    if (const Judged alone = transactions_.judge(tx); !alone.ok()) return alone.verdict;
    const Verdict in_place = judge_against(tx, parent, around, record.state_steps);
    if (in_place != Verdict::ok) return in_place;
    const Transaction& t = transactions_.transaction(tx);
    for (std::size_t i = 0; i < t.inputs.size(); ++i) spent.insert(transactions_.spent_by(tx, i), tx);
    made.add(tx);
    record.state_steps += static_cast<std::uint32_t>(t.outputs.size());
    reward += transactions_.fee(tx).value_or(0);
  }
  std::uint64_t taken = 0;
  for (const Output& o : transactions_.transaction(coinbase).outputs)
    taken += o.amount;  // judged: at most the money limit
  record.state_steps += static_cast<std::uint32_t>(transactions_.transaction(coinbase).outputs.size());
  return taken > reward ? Verdict::inflated_coinbase : Verdict::ok;
}

void ChainState::include(BlockRef block, const Block& record) {
  const BlockRef parent = headers_.parent(block);
  U256 digest = parent.valid() ? digest_[parent.index()] : U256{};
  for (const TxRef tx : bodies_.list(record.body)) {
    if (tx.index() >= included_.size()) included_.resize(tx.index() + 1 + tx.index() / 2);
    BlockRef& first = included_[tx.index()];
    if (!first.valid()) {
      first = block;
    } else {
      std::vector<BlockRef>& all = more_inclusions_[tx];
      if (all.empty()) all.push_back(first);
      all.push_back(block);
    }
    const Transaction& t = transactions_.transaction(tx);
    for (std::uint32_t i = 0; i < t.outputs.size(); ++i) digest += hash_of_output({transactions_.id(tx), i});
    for (const Input& input : t.inputs) digest -= hash_of_output(input.spends);
  }
  digest_[block.index()] = digest;
}

Effort ChainState::effort_of_body(BlockRef block, const TxSet& checked_before) const {
  CHECK(judged(block));
  const Block& record = blocks_[block.index()];
  const std::span<const TxRef> list = bodies_.list(record.body);
  if (record.checked < list.size()) {
    Effort effort;
    for (const TxRef tx : list.first(record.checked)) {
      if (!checked_before.has(tx)) effort += transactions_.effort(tx);
    }
    return effort;
  }
  // Most nodes have checked nearly all of a block's transactions or none of them: add up the few.
  const std::span<const MaskWord> mask = bodies_.mask(record.body);
  if (2 * checked_before.count_common(mask) > list.size()) {
    Effort effort;
    checked_before.each_missing(mask, [&](TxRef tx) { effort += transactions_.effort(tx); });
    return effort;
  }
  Effort effort = record.by_themselves;
  checked_before.each_common(mask, [&](TxRef tx) { effort -= transactions_.effort(tx); });
  return effort;
}

const U256& ChainState::digest(BlockRef tip) const {
  CHECK(judged(tip));
  return digest_[tip.index()];
}

std::span<const BlockRef> ChainState::inclusions(TxRef tx) const {
  if (tx.index() >= included_.size()) return {};
  const BlockRef& first = included_[tx.index()];
  if (!first.valid()) return {};
  if (const std::vector<BlockRef>* const all = more_inclusions_.find(tx)) return *all;
  return {&first, 1};
}

BlockRef ChainState::inclusion(BlockRef tip, TxRef tx) const {
  for (const BlockRef block : inclusions(tx)) {
    if (headers_.is_ancestor(block, tip)) return block;  // one at most: a chain includes nothing twice
  }
  return {};
}

bool ChainState::unspent_at(BlockRef tip, OutputRef out) const {
  if (!contains(tip, transactions_.maker(out))) return false;
  const std::span<const TxRef> spenders = transactions_.spenders(out);
  return std::none_of(spenders.begin(), spenders.end(), [&](TxRef spender) { return contains(tip, spender); });
}

bool ChainState::published(BlockRef tip, const PublicKey& owner, std::uint64_t record) const {
  const std::span<const TxRef> all = transactions_.publishers(owner, record);
  return std::any_of(all.begin(), all.end(), [&](TxRef tx) { return contains(tip, tx); });
}

Verdict ChainState::judge_input(TxRef tx, std::size_t i, BlockRef tip, const Around& around) const {
  const OutputRef out = transactions_.spent_by(tx, i);
  if (!out.valid()) return Verdict::unknown_output;
  const TxRef maker = transactions_.maker(out);
  const BlockRef included = inclusion(tip, maker);
  if (!included.valid() && !(around.made != nullptr && around.made->has(maker))) return Verdict::unknown_output;
  if (around.spent != nullptr && around.spent->contains(out)) return Verdict::double_spend_in_block;
  bool rival = false;
  for (const TxRef spender : transactions_.spenders(out)) {
    if (contains(tip, spender)) return Verdict::double_spend;
    rival = rival || (spender != tx && around.rivals != nullptr && around.rivals->has(spender));
  }
  if (rival) return Verdict::mempool_conflict;
  if (transactions_.kind(maker) == TransactionKind::coinbase && included != headers_.genesis()) {
    const std::uint32_t age = headers_.height(tip) + 1 - headers_.height(included);
    if (age < rules_.coinbase_maturity) return Verdict::immature_coinbase;
  }
  if (transactions_.output(out).owner != transactions_.transaction(tx).inputs[i].owner) return Verdict::not_owner;
  return Verdict::ok;
}

Verdict ChainState::judge_records(TxRef tx, BlockRef tip, const Around& around, std::uint32_t& steps) const {
  const Transaction& t = transactions_.transaction(tx);
  if (t.kind == TransactionKind::publish) {
    for (const Output& o : t.outputs) {
      if (!o.record) continue;
      ++steps;
      bool rival = false;
      for (const TxRef other : transactions_.publishers(o.owner, o.record->name)) {
        if (contains(tip, other)) return Verdict::duplicate_record;
        if (other == tx) continue;
        // Within a block only the ones before are in `made`.
        if (around.rivals == nullptr && around.made != nullptr && around.made->has(other))
          return Verdict::duplicate_record;
        rival = rival || (around.rivals != nullptr && around.rivals->has(other));
      }
      if (rival) return Verdict::mempool_conflict;
    }
  }

  // Records that go in must come out, in the same order; only a transfer or an update may touch any, and an erasure ends
  // them.
  const bool keeps = t.kind == TransactionKind::transfer || t.kind == TransactionKind::update;
  bool erased = false;
  std::size_t next = 0;
  std::size_t next_enclosure = 0;
  for (std::size_t i = 0; i < t.inputs.size(); ++i) {
    const std::optional<Record>& before = transactions_.output(transactions_.spent_by(tx, i)).record;
    if (!before) continue;
    if (t.kind == TransactionKind::erase) {
      erased = true;
      continue;
    }
    if (!keeps) return Verdict::record_mismatch;
    while (next < t.outputs.size() && !t.outputs[next].record) ++next;
    if (next == t.outputs.size() || t.outputs[next].record->name != before->name) return Verdict::record_mismatch;
    while (next_enclosure < t.enclosures.size() && t.enclosures[next_enclosure].output < next) ++next_enclosure;
    if (t.kind == TransactionKind::update && t.outputs[next].owner != t.inputs[i].owner) return Verdict::owner_changed;
    const bool enclosed = next_enclosure < t.enclosures.size() && t.enclosures[next_enclosure].output == next;
    if (!enclosed && *t.outputs[next].record != *before) return Verdict::content_mismatch;
    ++next;
  }
  if (t.kind == TransactionKind::erase && !erased) return Verdict::nothing_erased;
  if (keeps) {
    for (; next < t.outputs.size(); ++next) {
      if (t.outputs[next].record) return Verdict::record_mismatch;
    }
  }
  return Verdict::ok;
}

Verdict ChainState::judge_against(TxRef tx, BlockRef tip, const Around& around, std::uint32_t& steps) const {
  const std::size_t inputs = transactions_.transaction(tx).inputs.size();
  for (std::size_t i = 0; i < inputs; ++i) {
    ++steps;
    const Verdict verdict = judge_input(tx, i, tip, around);
    if (verdict != Verdict::ok) return verdict;
  }
  const Verdict records = judge_records(tx, tip, around, steps);
  if (records != Verdict::ok) return records;
  return transactions_.fee(tx).has_value() ? Verdict::ok : Verdict::overspend;
}

bool ChainState::depends_on(TxRef tx, const TxSet& mempool) const {
  const std::size_t inputs = transactions_.transaction(tx).inputs.size();
  for (std::size_t i = 0; i < inputs; ++i) {
    if (mempool.has(transactions_.maker(transactions_.spent_by(tx, i)))) return true;
  }
  return false;
}

Verdict ChainState::still_admissible(TxRef tx, BlockRef tip, const TxSet& mempool) {
  std::uint32_t steps = 0;
  if (contains(tip, tx)) return Verdict::already_known;
  return judge_against(tx, tip, Around{&mempool, nullptr, &mempool}, steps);
}

std::optional<Effort> ChainState::admissible_together(std::span<const TxRef> list, BlockRef tip) const {
  std::uint32_t steps = 0;
  for (const TxRef tx : list) {
    if (tx.index() >= admitted_.size() || admitted_[tx.index()].tip != tip || transactions_.contested(tx)) return {};
    steps += admitted_[tx.index()].steps;
  }
  Effort effort = transactions_.effort(list);
  effort.state_steps += steps;
  return effort;
}

Judged ChainState::admissible(TxRef tx, BlockRef tip, const TxSet& mempool) {
  CHECK(transactions_.present(tx));
  if (tx.index() >= admitted_.size()) admitted_.resize(tx.index() + 1 + tx.index() / 2);
  if (const Admitted& admitted = admitted_[tx.index()]; admitted.tip == tip && !transactions_.contested(tx)) {
    // Judged for another node at this tip, with all inputs confirmed and no rival in sight: the same for everyone.
    Judged judged = transactions_.judge(tx);
    judged.effort.state_steps += admitted.steps;
    return judged;
  }
  Judged judged;
  judged.verdict = transactions_.judge_shape(tx);
  if (!judged.ok()) {
    judged.effort = transactions_.effort(tx);
    return judged;
  }
  if (transactions_.kind(tx) == TransactionKind::coinbase) {
    judged.verdict = Verdict::coinbase_misplaced;
    return judged;
  }
  if (contains(tip, tx)) {
    judged.verdict = Verdict::already_known;
    return judged;
  }
  judged.verdict = judge_against(tx, tip, Around{&mempool, nullptr, &mempool}, judged.effort.state_steps);
  if (!judged.ok()) return judged;
  const Judged alone = transactions_.judge(tx);
  judged.verdict = alone.verdict;
  judged.effort += alone.effort;
  if (judged.ok() && !depends_on(tx, mempool)) {
    const Transaction& t = transactions_.transaction(tx);
    const std::size_t records = t.kind == TransactionKind::publish ? t.enclosures.size() : 0;
    admitted_[tx.index()] = {tip, static_cast<std::uint32_t>(t.inputs.size() + records)};
  }
  return judged;
}

std::size_t ChainState::memory() const {
  return blocks_.capacity() * sizeof(Block) + digest_.capacity() * sizeof(U256) +
         included_.capacity() * sizeof(BlockRef) + admitted_.capacity() * sizeof(Admitted);
}

}  // namespace peerlab
