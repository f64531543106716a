// Lists of transactions that may be bodies of blocks. Each list is an immutable object, and what can be said of the
// list alone (root, mutation, size) is computed once for it.
//
// Whether a body belongs to a header is judged on the body object: a list with one transaction doubled, dropped or
// swapped is another object and judged afresh, so a mutated body can never hide behind the verdict of the right one.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/base/lookup.h"
#include "models/ledger/header.h"
#include "models/ledger/refs.h"
#include "models/ledger/rules.h"
#include "models/ledger/transaction_store.h"
#include "models/ledger/tx_set.h"
#include "models/ledger/verdict.h"

namespace peerlab {

class BodyStore {
 public:
  BodyStore(const Rules& rules, const TransactionStore& transactions) : rules_(rules), transactions_(transactions) {}
  BodyStore(const BodyStore&) = delete;
  BodyStore& operator=(const BodyStore&) = delete;

  /// The reference of a list; equal lists share one.
  BodyRef intern(std::span<const TxRef> list);

  [[nodiscard]] std::size_t size() const { return bodies_.size(); }
  /// The transactions in the order of the block.
  [[nodiscard]] std::span<const TxRef> list(BodyRef body) const { return bodies_[body.index()].list; }
  /// The same as a set.
  [[nodiscard]] std::span<const MaskWord> mask(BodyRef body) const { return bodies_[body.index()].mask; }
  /// Merkle root of the list.
  [[nodiscard]] const Hash256& root(BodyRef body) const { return bodies_[body.index()].root; }
  /// Bytes of a block with this body: header, count and transactions.
  [[nodiscard]] std::uint32_t block_size(BodyRef body) const { return bodies_[body.index()].block_size; }

  /// Does this body belong to this header? bad_merkle_root and merkle_mutated say no: the header may yet have a right
  /// body. Cheap here, charged with all merkle nodes.
  Judged judge_binding(const Header& header, BodyRef body) const;
  /// Of a body that belongs to a header: too_large, empty, no_coinbase, coinbase_misplaced. Such a block is lost for
  /// good.
  Judged judge_shape(BodyRef body) const;
  [[nodiscard]] std::size_t memory() const;

 private:
  struct Body {
    std::vector<TxRef> list;
    TxMask mask;
    Hash256 root;
    std::uint32_t block_size = 0;
    bool mutated = false;
    Verdict shape = Verdict::ok;
    std::uint64_t merkle_bytes = 0;
  };
  const Rules& rules_;
  const TransactionStore& transactions_;
  std::vector<Body> bodies_;
  Lookup<std::uint64_t, std::vector<BodyRef>> by_list_;  // by a hash of the list
};

}  // namespace peerlab
