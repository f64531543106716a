// All transactions that a pool has seen: each once, immutable, with who makes what and who spends what.
//
// Invariants
//   1. A transaction is kept once, under its id, which covers all its bytes.
//   2. An input is resolved to the output it names as soon as that output's transaction is there, whatever came first;
//      the output then lists the spender. An input that names no existing output of a known transaction stays
//      unresolved for ever.
//   3. What is remembered of a transaction (shape, proofs, fee) is a pure function of its bytes and of the outputs it
//      names.
//
// Nothing here says what is in a chain or what a node has received.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <vector>

#include "models/base/lookup.h"
#include "models/ledger/refs.h"
#include "models/ledger/transaction.h"

namespace peerlab {

class TransactionStore {
 public:
  explicit TransactionStore(const Rules& rules) : rules_(rules) {}
  TransactionStore(const TransactionStore&) = delete;
  TransactionStore& operator=(const TransactionStore&) = delete;

  /// The reference of a transaction, kept when it is new. Costs hashing all its bytes.
  TxRef intern(Transaction tx);
  /// The reference of an id, or an invalid one.
  [[nodiscard]] TxRef find(const Hash256& txid) const;
  /// The reference of an id whose transaction may not have been seen yet: a bare name, which `intern` fills later.
  TxRef refer(const Hash256& txid);
  /// True when the transaction itself is here, not a bare name.
  [[nodiscard]] bool present(TxRef tx) const { return present_.has(tx); }

  /// How many references there are, bare names included.
  [[nodiscard]] std::size_t size() const { return transactions_.size(); }
  [[nodiscard]] const Transaction& transaction(TxRef tx) const { return transactions_[tx.index()]; }
  [[nodiscard]] const Hash256& id(TxRef tx) const { return ids_[tx.index()]; }
  /// Short name of a transaction that is the same on every machine.
  [[nodiscard]] std::uint64_t name(TxRef tx) const { return ids_[tx.index()].low64(); }
  /// Encoded size in bytes.
  [[nodiscard]] std::uint32_t wire_size(TxRef tx) const { return size_[tx.index()]; }
  [[nodiscard]] TransactionKind kind(TxRef tx) const { return kind_[tx.index()]; }

  /// Shape, signatures and contents: context-free, computed once, charged always. Not judged here: whether outputs
  /// exist.
  Judged judge(TxRef tx);
  /// Shape only: cheap.
  Verdict judge_shape(TxRef tx);
  /// What judge(tx) costs, all bytes hashed included, without judging now; of one that was judged and failed, what
  /// that cost.
  [[nodiscard]] Effort effort(TxRef tx) const;
  /// What judging all of a list costs, of transactions that are judged ok.
  [[nodiscard]] Effort effort(std::span<const TxRef> list) const;
  /// Inputs less outputs; 0 for a coinbase, nothing while an input is unresolved or when outputs are worth more.
  [[nodiscard]] std::optional<std::uint64_t> fee(TxRef tx) const;
  /// True when `a` pays more per byte than `b`; equal rates are ordered by txid, the smaller first. A total order that
  /// is the same on every machine; an unknown fee counts as zero.
  [[nodiscard]] bool pays_better(TxRef a, TxRef b) const;

  /// The outputs of a transaction: dense and consecutive.
  [[nodiscard]] OutputRef first_output(TxRef tx) const { return first_output_[tx.index()]; }
  [[nodiscard]] TxRef maker(OutputRef out) const { return maker_[out.index()]; }
  [[nodiscard]] const Output& output(OutputRef out) const;
  [[nodiscard]] OutPoint point(OutputRef out) const;
  /// The output at a point; invalid while its transaction is not here, or when it has no such output.
  [[nodiscard]] OutputRef output_at(const OutPoint& point) const;
  /// The output that input `i` names; invalid while unresolved.
  [[nodiscard]] OutputRef spent_by(TxRef tx, std::size_t i) const { return inputs_[first_input_[tx.index()] + i]; }
  /// All interned transactions that spend `out`, most often none or one. In dense order: never let that order be seen.
  [[nodiscard]] std::span<const TxRef> spenders(OutputRef out) const;
  /// True when an input of `tx` names an output that has another interned spender as well.
  [[nodiscard]] bool contested(TxRef tx) const { return contested_.has(tx); }
  /// 64 bits of contested transactions, as in TxSet.
  [[nodiscard]] std::uint64_t contested_word(std::uint32_t word) const { return contested_.word(word); }
  /// Outputs ever made for a key, in dense order: filter by what is unspent, then sort before anything depends on it.
  [[nodiscard]] std::span<const OutputRef> outputs_of(const PublicKey& owner) const;
  /// Publishing transactions of a record name for a first owner, most often one. In dense order.
  [[nodiscard]] std::span<const TxRef> publishers(const PublicKey& owner, std::uint64_t record) const;
  [[nodiscard]] std::size_t memory() const;

 private:
  struct RecordKey {
    PublicKey owner;
    std::uint64_t name = 0;
    friend bool operator==(const RecordKey&, const RecordKey&) = default;
    friend std::uint64_t spread(const RecordKey& k) { return mix64(k.owner.low64() ^ mix64(k.name)); }
  };
  struct Waiting {
    TxRef spender;
    std::uint32_t input = 0;
  };
  class Flags {  // a growing bitset with words
   public:
    [[nodiscard]] bool has(TxRef tx) const { return (word(tx.value >> 6) >> (tx.value & 63) & 1) != 0; }
    [[nodiscard]] std::uint64_t word(std::uint32_t w) const { return w < words_.size() ? words_[w] : 0; }
    void add(TxRef tx) {
      if (tx.value >> 6 >= words_.size()) words_.resize((tx.value >> 6) + 1);
      words_[tx.value >> 6] |= std::uint64_t{1} << (tx.value & 63);
    }

   private:
    std::vector<std::uint64_t> words_;
  };
  void resolve(TxRef spender, std::uint32_t input, TxRef made_by);
  void add_spender(OutputRef out, TxRef spender);

  const Rules& rules_;
  std::deque<Transaction> transactions_;  // stable addresses
  std::vector<Hash256> ids_;
  std::vector<std::uint32_t> size_;
  std::vector<TransactionKind> kind_;  // apart from the transaction itself: every node asks for it
  std::vector<OutputRef> first_output_;
  std::vector<std::uint32_t> first_input_;
  struct Memo {
    bool shaped = false;
    bool proved = false;
    Verdict shape = Verdict::ok;
    Verdict proofs = Verdict::ok;
  };
  std::vector<Memo> memo_;
  std::vector<OutputRef> inputs_;                        // by input: the output it names
  std::vector<TxRef> maker_;                             // by output
  std::vector<TxRef> spender_;                           // by output: the first known spender
  Lookup<OutputRef, std::vector<TxRef>> more_spenders_;  // all of them, where there are two or more
  Lookup<Hash256, TxRef> by_id_;
  Lookup<Hash256, std::vector<Waiting>> waiting_;  // unresolved inputs by the id they wait for
  Lookup<PublicKey, std::vector<OutputRef>> by_owner_;
  Lookup<RecordKey, std::vector<TxRef>> by_record_;
  Flags contested_;
  Flags present_;
  struct Cost {
    std::uint32_t signatures = 0;
    std::uint32_t bytes = 0;
  };
  std::vector<Cost> cost_;                 // of a complete judgement, by transaction
  Lookup<TxRef, Effort> cost_of_failure_;  // of the ones that break a rule
};

}  // namespace peerlab
