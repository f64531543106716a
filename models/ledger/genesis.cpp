#include "models/ledger/genesis.h"

#include "models/ledger/assembly.h"

namespace peerlab {

Transaction genesis_transaction(const Genesis& genesis) {
  Transaction tx;
  tx.kind = TransactionKind::coinbase;
  tx.number = std::uint64_t{genesis.number} << 32;  // height 0 in the low 32 bits
  for (const Allotment& a : genesis.allotments) {
    for (std::uint32_t i = 0; i < a.coins; ++i) tx.outputs.push_back({a.amount, a.owner, std::nullopt});
  }
  if (tx.outputs.empty()) tx.outputs.push_back({});  // a transaction has an output, even where nobody is funded
  return tx;
}

Header genesis_header(const Rules& rules, const Hash256& merkle_root) {
  Header header;
  header.merkle_root = merkle_root;
  header.time = rules.epoch;
  header.bits = rules.genesis_bits;
  solve(header);
  return header;
}

}  // namespace peerlab
