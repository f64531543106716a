// The part of a nakamoto peer that most messages never touch. Only the files of `nakamoto` itself include this.
//
// A large world has a million of these, so what few peers ever need is made when it is needed: requests (RequestTracker), the
// user's side (UserSide), how transactions travel (TransactionRelay), lists that are nearly always empty (ThinVector).
#pragma once

#include <algorithm>
#include <memory>
#include <utility>

#include "models/base/thin_vector.h"
#include "models/protocols/nakamoto.h"

namespace peerlab {

/// Kinds of entries on a peer's disk.
enum class Stored : std::uint32_t { block, own_transaction };  // 2: see LightStored
inline DiskEntry entry(Stored kind, std::uint32_t ref, std::uint64_t bytes) {
  return {static_cast<std::uint32_t>(kind), ref, bytes};
}

/// A block with such a verdict breaks a rule; the rest is a matter of time and place.
inline bool breaks_a_rule(Verdict v) {
  return v != Verdict::ok && v != Verdict::already_known && v != Verdict::unknown_previous &&
         v != Verdict::too_far_ahead;
}

/// What a block carries besides its coinbase.
inline std::span<const TxRef> besides_coinbase(std::span<const TxRef> list) {
  return list.empty() ? list : list.subspan(1);
}

struct alignas(16) Nakamoto::Cold {
  /// When a node's batches leave, after a multiple of the period: each has a phase of its own.
  static Duration draw_phase(Stream& random, Duration period) {
    return {static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(period.ns)))};
  }

  /// An operation of this machine's user.
  struct Own {
    TxRef tx;
    std::uint32_t number;
    bool acked;
    bool is_final = false;
    std::uint32_t deepest = 0;  ///< that was reported
  };
  /// Who sent a body that was not judged yet.
  struct Source {
    BlockRef block;
    NodeId peer;
  };

  Cold(const Home& home, HotSets& hot, const NakamotoShared& its_shared, CompactCache& cache, bool its_mines)
      : r(home, hot, its_shared.options.mempool_limit, its_shared.options.block_timeout,
          its_shared.options.transaction_timeout),
        blocks(
            r, its_shared.options.relay,
            compact_class(its_shared.seed, home.self, its_shared.options.compact_share, its_shared.options.churn_share),
            cache),
        shared(its_shared),
        mines(its_mines),
        sync(blocks),
        random(home.random),
        phase(draw_phase(random, shared.options.announce_every)) {
    r.light = &shared.light;
  }

  /// What a user and the transactions of others leave here.
  struct UserSide {
    Wallet wallet;
    Bits held;   ///< transactions that bring content, which is here
    Bits shown;  ///< transactions that were in mempool or chain here, without coinbases and payments
    ThinVector<Own> own;
  };
  /// The user of a number has the node of that number.
  [[nodiscard]] UserId its_user() const { return UserId(r.home.self.value); }
  UserSide& user() {
    if (user_side == nullptr) {
      const Wallet::Terms terms{shared.options.fee_rate, shared.options.encrypt_private, r.home.has_key};
      user_side = std::make_unique<UserSide>(UserSide{Wallet(*shared.book, its_user(), terms), {}, {}, {}});
    }
    return *user_side;
  }

  /// Blocks that are not what they should be yet.
  struct Unsettled {
    ThinVector<Source> sources;
    ThinVector<BlockRef> unplaced;  ///< bodies here whose headers still wait for a parent
  };
  Unsettled& unsettled() {
    if (unsettled_blocks == nullptr) unsettled_blocks = std::make_unique<Unsettled>();
    return *unsettled_blocks;
  }
  [[nodiscard]] bool awaits_parents() const {
    return unsettled_blocks != nullptr && !unsettled_blocks->unplaced.empty();
  }
  template <class Predicate>
  void forget_sources(Predicate goes) {
    if (unsettled_blocks != nullptr) erase_if(unsettled_blocks->sources, goes);
  }

  TransactionRelay& transactions() {
    if (relay == nullptr) {
      relay = std::make_unique<TransactionRelay>(r, shared.options.announce_every, phase, shared.options.bundles);
    }
    return *relay;
  }
  /// What the relay let in last.
  [[nodiscard]] std::span<const TxRef> entered() const {
    return relay == nullptr ? std::span<const TxRef>() : relay->entered();
  }

  Replica r;
  BlockRelay blocks;
  const NakamotoShared& shared;
  std::uint32_t mined_bits = 0;                 ///< compact target of the template the host knows of; 0: not mining
  bool mines;                                   ///< has hash power
  bool joining = false;                         ///< has not caught up since it came up: mines and announces nothing
  std::unique_ptr<Unsettled> unsettled_blocks;  ///< null: all came in good order and connected at once
  std::unique_ptr<UserSide> user_side;          ///< null: no transaction besides coinbases has been here
  std::unique_ptr<TransactionRelay> relay;      ///< null: nobody has spoken of any
  HeaderSync sync;
  Stream random;
  Duration phase;  ///< of its batches of announcements
};

}  // namespace peerlab
