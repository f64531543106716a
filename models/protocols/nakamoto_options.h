// Everything that a user can set about `nakamoto`, and what all its nodes share.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/base/distribution.h"
#include "models/base/field.h"
#include "models/base/time.h"
#include "models/ledger/rules.h"
#include "models/protocols/peer_selection.h"
#include "models/replication/block_relay.h"

namespace peerlab {

/// Which of two branches with equal work a peer stands on.
struct TieBreak {
  enum class Rule : std::uint8_t {
    first_seen,  ///< the one that was complete first (Nakamoto 2008)
    random,      ///< a toss of a coin for every rival (the defence that Eyal & Sirer propose)
    gamma,       ///< scripted: an attacker's against an honest one with this chance, otherwise the first seen
  };
  Rule rule = Rule::first_seen;
  double gamma = 0;
};

struct NakamotoOptions {
  Rules rules;                                 ///< spacing, retarget, size limit, subsidy, maturity
  BlockRelayOptions relay;                     ///< how blocks travel
  TieBreak tie_break;                          ///< between branches with equal work
  double compact_share = 0.964;                ///< modelled: nodes that use compact blocks
  double churn_share = 0.976;                  ///< modelled: nodes that fail as churn nodes do
  Duration announce_every = seconds(5);        ///< between batches of transaction announcements
  bool bundles = false;                        ///< transactions asked for together are sent together
  Duration block_timeout = seconds(20);        ///< a block asked for and not sent
  Duration transaction_timeout = seconds(60);  ///< a transaction asked for and not sent
  std::uint64_t mempool_limit = 300'000'000;   ///< bytes
  std::uint32_t ack_depth = 6;                 ///< confirmations until an operation is acked
  std::uint32_t final_depth = 6;      ///< confirmations until it is final: by the exact law of the double-spend race
  bool equal_shares = true;           ///< of the hash power
  bool pool_shares = false;           ///< as among the pools of pool_shares.h
  std::vector<double> listed_shares;  ///< of the first peers, if they are listed; the others have none
  Distribution hash_shares{};         ///< otherwise: its law
  std::uint32_t body_size = 0;        ///< bytes a block is filled up to with declared content; 0: not filled
  std::uint32_t coins_per_user = 10;  ///< genesis outputs of each user
  std::uint64_t coin_amount = 100'000'000;  ///< worth of each
  std::uint64_t fee_rate = 1;               ///< smallest coin units per byte that wallets offer
  double light_share = 0;                   ///< users without a copy of their own
  std::uint32_t light_peers = 2;            ///< full peers that each of them is linked to
  Duration light_timeout = seconds(5);      ///< until he asks another one
  bool encrypt_private = false;             ///< private records are sealed to their owner
  PeerSelection selection;                  ///< how nodes come by their neighbours

  static NakamotoOptions from(const Params& params, const Params& protection);
};

Fields nakamoto_fields();
/// What is wrong with the values together, as a sentence; empty when nothing is.
std::string check_nakamoto(const Params& params);

}  // namespace peerlab
