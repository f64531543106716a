// What a peer sees of a record: the writes to it in the peer's chain and mempool, followed from the publication to the last.
//
// A record lies in an output. Each write spends that output: an update or a transfer makes the next one, an erasure none. Of several
// known spenders at most one is in a peer's chain or mempool. Only what is in these two is looked at, so that a peer never
// learns from a shared pool what it has not received.
//
// The view is `genuine` when every write on the way keeps the rules that need nothing but itself (the signatures of the keys that
// it shows, contents against commitments), the first is by the publisher whom the record's name names, and the content is the one
// that the last output commits to. Who owned the record at each step was judged before a write came into chain or mempool.
// The pool checks each transaction's proofs once and remembers; the reader is charged for reading and hashing the content, and for
// each output looked up, but for no signature: his own peer has checked those when they came.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/ledger/mempool.h"
#include "models/ledger/pool.h"
#include "models/node/work.h"

namespace peerlab {

struct RecordView {
  TxRef last;                        ///< the last write; invalid: the peer has none
  OutputRef output;                  ///< where the record lies; invalid: it was erased, or never there
  const Content* content = nullptr;  ///< of the record now; null when it is not live
  bool genuine = false;

  [[nodiscard]] bool found() const { return last.valid(); }
  [[nodiscard]] bool live() const { return output.valid(); }
};

/// The record `name` that `publisher` published. Cost: proportional to the number of writes. `custody`, where it is given, gets the
/// writes, oldest first.
RecordView view_record(BlockPool& pool, BlockRef tip, const Mempool& mempool, const PublicKey& publisher,
                       std::uint64_t name, Work& work, std::vector<TxRef>* custody = nullptr);

/// The same for somebody without a copy, to whom another one has sent these transactions as the custody of the record. He takes
/// nobody's word and is charged for every signature. `genuine` when
///   1. the first publishes the record `name` of `publisher`;
///   2. each later one spends the output in which the record lay, with the key that owned it, and puts it into one of its outputs under
///      the same name: a transfer, an update without a change of owner, or, as the last one, an erasure;
///   3. all keep the rules that need nothing but themselves, signatures and contents included;
///   4. the content is the one that the last output commits to.
/// That nothing newer was kept back he cannot see, nor that a write is in the chain already: depth has proofs of its own.
RecordView check_custody(BlockPool& pool, std::span<const TxRef> custody, const PublicKey& publisher,
                         std::uint64_t name, Work& work);

}  // namespace peerlab
