#include "models/ledger/body_store.h"

#include <algorithm>

#include "models/base/check.h"
#include "models/ledger/merkle.h"

namespace peerlab {

namespace {

TxMask mask_of(std::span<const TxRef> list) {
  std::vector<TxRef> sorted(list.begin(), list.end());
  std::sort(sorted.begin(), sorted.end());  // equal references are one and the same: ties do not matter
  TxMask mask;
  for (const TxRef tx : sorted) {
    const std::uint32_t word = tx.value >> 6;
    if (mask.empty() || mask.back().word != word) mask.push_back({word, 0});
    mask.back().bits |= std::uint64_t{1} << (tx.value & 63);
  }
  mask.shrink_to_fit();
  return mask;
}

}  // namespace

BodyRef BodyStore::intern(std::span<const TxRef> list) {
  std::uint64_t key = list.size();
  for (const TxRef tx : list) key = mix64(key ^ transactions_.name(tx));
  std::vector<BodyRef>& same = by_list_[key];
  for (const BodyRef b : same) {
    if (std::ranges::equal(this->list(b), list)) return b;
  }

  Body body;
  body.list.assign(list.begin(), list.end());
  body.mask = mask_of(list);
  std::vector<Hash256> ids;
  ids.reserve(list.size());
  std::uint64_t size = Header::size + compact_size_length(list.size());
  for (const TxRef tx : list) {
    CHECK_SAYING(transactions_.present(tx), "a body is made of transactions, not of bare names");
    ids.push_back(transactions_.id(tx));
    size += transactions_.wire_size(tx);
  }
  const Merkle tree = merkle(std::move(ids));
  body.root = tree.root;
  body.mutated = tree.mutated;
  body.merkle_bytes = tree.bytes_hashed;
  body.block_size = static_cast<std::uint32_t>(std::min<std::uint64_t>(size, 0xffffffff));

  if (list.empty()) {
    body.shape = Verdict::empty;
  } else if (size > rules_.block_size_limit) {
    body.shape = Verdict::too_large;
  } else if (transactions_.kind(list.front()) != TransactionKind::coinbase) {
    body.shape = Verdict::no_coinbase;
  } else if (std::any_of(list.begin() + 1, list.end(),
                         [&](TxRef tx) { return transactions_.kind(tx) == TransactionKind::coinbase; })) {
    body.shape = Verdict::coinbase_misplaced;
  }
  const BodyRef ref = BodyRef::of(bodies_.size());
  bodies_.push_back(std::move(body));
  same.push_back(ref);
  return ref;
}

Judged BodyStore::judge_binding(const Header& header, BodyRef body) const {
  const Body& b = bodies_[body.index()];
  Judged judged{Verdict::ok, {.bytes_hashed = b.merkle_bytes}};
  if (b.root != header.merkle_root) {
    judged.verdict = Verdict::bad_merkle_root;
  } else if (b.mutated) {
    judged.verdict = Verdict::merkle_mutated;
  }
  return judged;
}

Judged BodyStore::judge_shape(BodyRef body) const { return {bodies_[body.index()].shape, {}}; }

std::size_t BodyStore::memory() const {
  std::size_t bytes = bodies_.capacity() * sizeof(Body);
  for (const Body& b : bodies_) bytes += b.list.capacity() * sizeof(TxRef) + b.mask.capacity() * sizeof(MaskWord);
  return bytes;
}

}  // namespace peerlab
