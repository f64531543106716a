#include "models/ledger/pool.h"

#include <array>

#include "models/base/check.h"

namespace peerlab {

namespace {

BodyRef intern_genesis(TransactionStore& transactions, BodyStore& bodies, const Genesis& genesis) {
  const std::array<TxRef, 1> list{transactions.intern(genesis_transaction(genesis))};
  return bodies.intern(list);
}

}  // namespace

BlockPool::BlockPool(const Rules& its_rules, const Genesis& genesis)
    : rules(its_rules),
      transactions(rules),
      bodies(rules, transactions),
      headers(rules, genesis_header(rules, bodies.root(intern_genesis(transactions, bodies, genesis)))),
      state(rules, headers, transactions, bodies, intern_genesis(transactions, bodies, genesis)),
      live(transactions, headers, state) {
  CHECK(rules.money_limit < std::uint64_t{1} << 62);
}

std::size_t BlockPool::memory() const {
  return transactions.memory() + bodies.memory() + headers.memory() + state.memory();
}

}  // namespace peerlab
