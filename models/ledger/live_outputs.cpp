#include "models/ledger/live_outputs.h"

#include <algorithm>

namespace peerlab {

std::span<const OutputRef> LiveOutputs::of(const PublicKey& owner, BlockRef tip) const {
  const std::span<const OutputRef> all = transactions_.outputs_of(owner);
  if (all.size() < few) return all;
  Kept& kept = kept_[owner];
  if (kept.root.valid() && !headers_.is_ancestor(kept.root, tip)) return all;
  kept.left.insert(kept.left.end(), all.begin() + static_cast<std::ptrdiff_t>(kept.seen), all.end());
  kept.seen = all.size();
  if (kept.left.size() >= 2 * kept.swept + few) sweep(kept, tip);
  return kept.left;
}

// The new root is the tip's, so it comes after the old one, which is an ancestor of the tip, or is none.
void LiveOutputs::sweep(Kept& kept, BlockRef tip) const {
  kept.swept = kept.left.size();
  const std::uint32_t height = headers_.height(tip);
  if (height <= settled) return;
  const BlockRef root = headers_.ancestor(tip, height - settled);
  if (kept.root.valid() && !headers_.is_ancestor(kept.root, root)) return;
  std::erase_if(kept.left, [&](OutputRef out) {
    const std::span<const TxRef> spenders = transactions_.spenders(out);
    return std::any_of(spenders.begin(), spenders.end(), [&](TxRef tx) { return state_.contains(root, tx); });
  });
  kept.root = root;
  kept.swept = kept.left.size();
}

}  // namespace peerlab
