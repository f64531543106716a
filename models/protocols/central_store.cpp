#include "models/protocols/central_store.h"

#include <algorithm>

#include "models/crypto/sha256.h"

namespace peerlab {

Verdict RecordStore::apply(const OperationPtr& write, Work& work) {
  const auto [verdict, added] = verdicts_.insert(write->number, Verdict::ok);
  if (!added) return *verdict;
  const Verdict found = judge_and_do(write, work);
  verdicts_[write->number] = found;
  judged_.push_back(write->number);
  return found;
}

Verdict RecordStore::judge_and_do(const OperationPtr& write, Work& work) {
  const Operation& w = *write;
  ++work.state_steps;
  if (w.user.value >= accounts_.size()) return Verdict::not_owner;
  const std::uint64_t name = w.record.packed();
  const auto at = records_.find(name);
  const bool there = at != records_.end() && !at->second.state.erased();
  switch (w.what) {
    case Asked::publish: {
      if (at != records_.end()) return Verdict::duplicate_record;
      if (w.record.publisher != w.user) return Verdict::not_owner;
      if (!w.content_matches) return Verdict::content_mismatch;
      Record& record = records_[name];
      record.owner = w.user;
      add(record, write);
      return Verdict::ok;
    }
    case Asked::update:
    case Asked::transfer:
    case Asked::erase: {
      if (!there) return Verdict::unknown_output;
      Record& record = at->second;
      if (record.owner != w.user) return Verdict::not_owner;
      if (w.commitment ? !w.content_matches : w.what == Asked::update) return Verdict::content_mismatch;
      if (w.what == Asked::transfer && w.other.value >= accounts_.size()) return Verdict::malformed;
      fold_record(name, record, false);
      add(record, write);
      return Verdict::ok;
    }
    case Asked::pay: {
      ++work.state_steps;
      if (w.other.value >= accounts_.size()) return Verdict::malformed;
      if (w.amount > accounts_[w.user.index()]) return Verdict::overspend;
      for (const bool in : {false, true}) {
        fold_account(w.user, in);
        if (w.other != w.user) fold_account(w.other, in);
        if (in) break;
        accounts_[w.user.index()] -= w.amount;
        accounts_[w.other.index()] += w.amount;
      }
      return Verdict::ok;
    }
    case Asked::read: break;
  }
  return Verdict::malformed;
}

void RecordStore::add(Record& record, const OperationPtr& write) {
  std::vector<OperationPtr>& custody = record.state.custody;
  if (write->what == Asked::update) {
    std::erase_if(custody, [](const OperationPtr& w) { return w->what == Asked::update; });
  }
  if (write->what == Asked::transfer) record.owner = write->other;
  custody.push_back(write);
  fold_record(write->record.packed(), record, true);
}

Answer RecordStore::read(RecordName name, Work& work) const {
  ++work.state_steps;
  const auto at = records_.find(name.packed());
  return at == records_.end() ? Answer{} : at->second.state;
}

UserId RecordStore::only_reader(RecordName name) const {
  const auto at = records_.find(name.packed());
  if (at == records_.end() || at->second.state.erased()) return {};
  return at->second.state.custody.front()->is_private ? at->second.owner : UserId{};
}

void RecordStore::fold(const Hash256& part, bool in) {
  Reader words(part.bytes);
  for (std::uint64_t& lane : sum_) lane = in ? lane + words.u64() : lane - words.u64();
}

void RecordStore::fold_record(std::uint64_t name, const Record& record, bool in) {
  Bytes text;
  Writer w(text);
  w.u64(name);
  w.u32(record.owner.value);
  for (const OperationPtr& write : record.state.custody) {  // the digest names the content, whether or not it is kept
    w.hash(write->digest);
    w.u8(write->signature ? 1 : 0);
    if (write->signature) w.raw(write->signature->bytes);
  }
  fold(tagged_hash("peerlab/record", text), in);
}

void RecordStore::fold_account(UserId user, bool in) {
  Bytes text;
  Writer w(text);
  w.u32(user.value);
  w.u64(accounts_[user.index()]);
  fold(tagged_hash("peerlab/account", text), in);
}

Hash256 RecordStore::digest() const {
  Bytes text;
  Writer w(text);
  for (const std::uint64_t lane : sum_) w.u64(lane);
  Hash256 all;
  std::copy(text.begin(), text.end(), all.bytes.begin());
  return all;
}

std::uint64_t RecordStore::encoded_size() const {
  std::uint64_t size = 8 + compact_size_length(accounts_.size()) + 8 * accounts_.size();
  size += compact_size_length(records_.size());
  for (const auto& [name, record] : records_) size += 12 + peerlab::encoded_size(record.state);
  return size + compact_size_length(judged_.size()) + 5 * judged_.size();
}

void RecordStore::encode(Writer& out) const {
  out.u64(initial_);
  out.compact_size(accounts_.size());
  for (const std::uint64_t balance : accounts_) out.u64(balance);
  out.compact_size(records_.size());
  for (const auto& [name, record] : records_) {
    out.u64(name);
    out.u32(record.owner.value);
    peerlab::encode(record.state, out);
  }
  out.compact_size(judged_.size());
  for (const std::uint32_t number : judged_) {
    out.u32(number);
    out.u8(static_cast<std::uint8_t>(*verdicts_.find(number)));
  }
}

std::optional<RecordStore> RecordStore::decode(Reader& in) {
  RecordStore store(0, in.u64());
  const std::uint64_t accounts = in.compact_size();
  if (!in.ok() || accounts > in.left() / 8) return std::nullopt;
  for (std::uint32_t user = 0; user < accounts; ++user) {
    store.accounts_.push_back(store.initial_);
    const std::uint64_t balance = in.u64();
    if (balance == store.initial_) continue;
    store.fold_account(UserId(user), false);
    store.accounts_.back() = balance;
    store.fold_account(UserId(user), true);
  }
  const std::uint64_t records = in.compact_size();
  if (!in.ok() || records > in.left() / 13) return std::nullopt;
  for (std::uint64_t i = 0; i < records; ++i) {
    const std::uint64_t name = in.u64();
    const UserId owner(in.u32());
    std::optional<Answer> state = decode_answer(in);
    if (!state || !state->found() || (!store.records_.empty() && name <= store.records_.rbegin()->first)) {
      return std::nullopt;
    }
    const Record& record = store.records_.emplace(name, Record{owner, std::move(*state)}).first->second;
    store.fold_record(name, record, true);
  }
  const std::uint64_t verdicts = in.compact_size();
  if (!in.ok() || verdicts > in.left() / 5) return std::nullopt;
  for (std::uint64_t i = 0; i < verdicts; ++i) {
    const std::uint32_t number = in.u32();
    const std::uint8_t verdict = in.u8();
    if (verdict >= all_verdicts().size() || !store.verdicts_.insert(number, static_cast<Verdict>(verdict)).second) {
      return std::nullopt;
    }
    store.judged_.push_back(number);
  }
  if (!in.ok()) return std::nullopt;
  return store;
}

}  // namespace peerlab
