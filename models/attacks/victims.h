// Whose transactions an attacker is after: those that spend what belongs to one of these users.
#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "models/ledger/pool.h"
#include "models/protocols/key_book.h"

namespace peerlab {

class Victims {
 public:
  Victims(std::span<const NodeId> nodes, KeyBook& book) {
    for (const NodeId id : nodes) keys_.push_back(book.public_key(UserId(id.value)));
  }
  [[nodiscard]] bool wrote(const Transaction& tx) const {
    return std::any_of(tx.inputs.begin(), tx.inputs.end(), [&](const Input& input) {
      return std::find(keys_.begin(), keys_.end(), input.owner) != keys_.end();
    });
  }
  [[nodiscard]] bool in_block(const BlockPool& pool, BlockRef block) const {
    const auto list = pool.bodies.list(pool.state.body(block));
    return std::any_of(list.begin(), list.end(), [&](TxRef tx) { return wrote(pool.transactions.transaction(tx)); });
  }

 private:
  std::vector<PublicKey> keys_;
};

}  // namespace peerlab
