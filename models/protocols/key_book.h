// Who has which public key: every user's key follows from the seed of the run, so that the same person has the same key in
// every system. Computed when first asked for, 30 us each. One book serves all nodes of a world.
#pragma once

#include <optional>
#include <vector>

#include "models/base/ids.h"
#include "models/crypto/keys.h"

namespace peerlab {

class KeyBook {
 public:
  explicit KeyBook(std::uint64_t seed) : seed_(seed) {}

  const PublicKey& public_key(UserId user) {
    if (user.index() >= keys_.size()) keys_.resize(user.index() + 1);
    std::optional<PublicKey>& key = keys_[user.index()];
    if (!key) key = key_pair(user).public_key();
    return *key;
  }
  /// The user's own key pair, for whoever sits at his machine.
  [[nodiscard]] KeyPair key_pair(UserId user) const { return KeyPair::derive(seed_, user.value); }
  [[nodiscard]] std::uint64_t seed() const { return seed_; }

 private:
  std::uint64_t seed_;
  std::vector<std::optional<PublicKey>> keys_;
};

}  // namespace peerlab
