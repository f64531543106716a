// What the service knows: records with their owners and custody, accounts, and what became of every write.
//
// A deterministic state machine over the log: equal logs give equal stores, on every server and after every replay. A write that is
// not allowed changes nothing but is remembered, so that a client who repeats it learns the same verdict. An erased record
// leaves its custody behind and can neither be written nor published again.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "models/base/lookup.h"
#include "models/ledger/verdict.h"
#include "models/protocols/central_answer.h"

namespace peerlab {

class RecordStore {
 public:
  RecordStore(std::uint32_t users, std::uint64_t balance) : initial_(balance), accounts_(users, balance) {}

  /// Does the write, once. Charges a state step for every record or account touched.
  Verdict apply(const OperationPtr& write, Work& work);
  /// What became of write `number`, or nullptr when it was never applied.
  [[nodiscard]] const Verdict* verdict_of(std::uint32_t number) const { return verdicts_.find(number); }
  /// The numbers of all writes that have a verdict, in the order in which they got it.
  [[nodiscard]] std::span<const std::uint32_t> judged() const { return judged_; }
  /// The record as it is now.
  [[nodiscard]] Answer read(RecordName name, Work& work) const;
  /// The owner of a private record that is not erased; nobody when everybody may read it.
  [[nodiscard]] UserId only_reader(RecordName name) const;
  [[nodiscard]] std::uint64_t balance(UserId user) const { return accounts_[user.index()]; }
  /// A digest of all records and accounts: equal states have equal ones, however they came about.
  [[nodiscard]] Hash256 digest() const;
  [[nodiscard]] std::size_t records() const { return records_.size(); }
  /// Calls f(state) for every record, by name; erased ones too.
  template <class F>
  void each(F&& f) const {
    for (const auto& [name, record] : records_) f(record.state);
  }
  [[nodiscard]] std::uint64_t encoded_size() const;
  void encode(Writer& out) const;
  /// The store that was encoded: the same digest, the same answers, the same verdicts. Nothing when the bytes are none.
  static std::optional<RecordStore> decode(Reader& in);

 private:
  struct Record {
    UserId owner;
    Answer state;
  };
  Verdict judge_and_do(const OperationPtr& write, Work& work);
  void add(Record& record, const OperationPtr& write);
  void fold(const Hash256& part, bool in);
  void fold_record(std::uint64_t name, const Record& record, bool in);
  void fold_account(UserId user, bool in);

  std::map<std::uint64_t, Record> records_;  ///< by name: shown in this order
  std::uint64_t initial_;                    ///< what every account began with
  std::vector<std::uint64_t> accounts_;      ///< by user
  Lookup<std::uint64_t, Verdict> verdicts_;  ///< by number of the operation
  std::vector<std::uint32_t> judged_;        ///< the numbers, in the order in which they were judged
  std::array<std::uint64_t, 4> sum_{};       ///< of the hashes of all parts
};

}  // namespace peerlab
