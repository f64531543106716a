// A user's wallet: it makes transactions from what the user owns, as his node sees the ledger.
//
// It takes coins in the order of coins.h, never anything by dense number. The fee is `fee_rate` per byte; what is left over comes back as
// change. What it can spend it learns from the node that it sits in, or from a peer whom a light user asks.
//
// A record's content is declared: its bytes follow from the seed of the run and the record's name (those of an update from its number
// too), so that every system stores the same photo. Private content is sealed to its owner where the scenario encrypts; a transfer seals it again to the new one.
#pragma once

#include <optional>
#include <vector>

#include "models/ledger/block_tree.h"
#include "models/ledger/mempool.h"
#include "models/node/request.h"
#include "models/node/work.h"
#include "models/protocols/coins.h"
#include "models/protocols/key_book.h"

namespace peerlab {

class Wallet {
 public:
  struct Terms {
    std::uint64_t fee_rate = 1;  ///< smallest coin units per byte
    bool encrypt_private = false;
    bool has_key = true;  ///< the user's secret key is here
  };
  Wallet(KeyBook& book, UserId user, const Terms& terms) : book_(book), user_(user), terms_(terms) {}

  /// A transaction, or why there is none.
  struct Made {
    std::optional<Transaction> tx;
    Verdict why =
        Verdict::ok;  ///< overspend: no coins; unknown_output: no such record of this user; not_owner: his key is lost
  };
  /// Any write: publish, pay, transfer, update or erase. Charges signing and sealing to `work`.
  Made make(const Request& request, const BlockPool& pool, const BlockTree& tree, const Mempool& mempool, Work& work);

  /// What a write can be made of.
  struct Means {
    struct Held {
      OutPoint point;
      Output output;
      const Content* content = nullptr;  ///< as it is stored; null where it is not at hand
    };
    std::vector<Coin> coins;   ///< in the order in which they are taken
    std::optional<Held> held;  ///< the record that is transferred, updated or erased
  };
  /// The same from what somebody else has looked up.
  Made make(const Request& request, const Means& means, Work& work);

  [[nodiscard]] UserId user() const { return user_; }
  [[nodiscard]] const PublicKey& address() const { return book_.public_key(user_); }

 private:
  const KeyPair& key();
  /// Pays outputs and fee from coins, adds change, signs. `in`: what the inputs so far are worth.
  Made complete(Transaction tx, std::uint64_t in, const Means& means, Work& work);
  void add_content(Transaction& tx, const Request& request, Work& work);
  bool reseal(Transaction& tx, const Means::Held& held, const PublicKey& to, Work& work);
  [[nodiscard]] Hash256 entropy(std::uint64_t number) const;

  KeyBook& book_;
  UserId user_;
  Terms terms_;
  std::optional<KeyPair> key_;
};

/// The content that came with a record's latest stored form: from the transaction that made `out`, or an earlier one where a transfer
/// came without. Null when the pool does not know it.
const Content* stored_content_of(const TransactionStore& transactions, OutputRef out);

}  // namespace peerlab
