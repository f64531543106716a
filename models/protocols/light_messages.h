// What light users and the full peers they ask say to each other, besides Bitcoin's own messages. Kinds 64 .. 68.
//
//   light question  ->                what may I spend, and what is this record?
//                   <- light answer   coins, and the writes of the record as they were signed
//   transaction     ->                mine (replication's message)
//                   <- light verdict  whether it was taken
//   proof request   ->                where are these transactions?
//                   <- proofs         not here, waiting, or in a block, with the branch to its merkle root
//
// New blocks reach a light user as inventories, headers by get headers and headers, and a transaction that made one of his coins by
// transaction request and transaction. All sizes are those of real encodings in the envelope of the other messages.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "models/crypto/keys.h"
#include "models/ledger/merkle_proof.h"
#include "models/ledger/refs.h"
#include "models/ledger/verdict.h"
#include "models/node/message.h"
#include "models/node/message_kind_row.h"
#include "models/node/parcels.h"
#include "models/protocols/coins.h"

namespace peerlab {

namespace kind {
inline constexpr MessageKind light_question = 64;  ///< QuestionParcel
inline constexpr MessageKind light_answer = 65;    ///< LightAnswerParcel
inline constexpr MessageKind light_verdict = 66;   ///< your transaction. ref: transaction; extra: Verdict
inline constexpr MessageKind proof_request = 67;   ///< ProofRequestParcel
inline constexpr MessageKind proofs = 68;          ///< ProofsParcel
}  // namespace kind

inline constexpr std::size_t most_proofs = 1'000;     ///< in one message
inline constexpr std::size_t most_light_coins = 100;  ///< in one answer: the first ones in the order of taking
inline constexpr std::size_t most_custody = 100'000;  ///< writes in one answer

struct RecordQuestion {
  PublicKey publisher;
  std::uint64_t name = 0;
  friend bool operator==(const RecordQuestion&, const RecordQuestion&) = default;
};
struct QuestionParcel : Parcel {
  std::uint32_t number = 0;              ///< comes back with the answer
  std::optional<PublicKey> coins_of;     ///< whose coins are asked for
  std::optional<RecordQuestion> record;  ///< which record
};
struct LightAnswerParcel : Parcel {
  std::uint32_t number = 0;
  std::vector<Coin> coins;
  std::vector<TxRef> custody;  ///< oldest first; empty: no such record, or none was asked for
};
struct ProofRequestParcel : Parcel {
  std::vector<TxRef> list;
};
struct Whereabouts {
  enum class State : std::uint8_t { unknown, waiting, in_block };
  TxRef tx;
  State state = State::unknown;
  BlockRef block{};     ///< in_block
  MerkleProof proof{};  ///< in_block
};
struct ProofsParcel : Parcel {
  std::vector<Whereabouts> list;
};

Message light_question(Parcels& parcels, std::uint32_t number, const std::optional<PublicKey>& coins_of,
                       const std::optional<RecordQuestion>& record);
Message light_answer(Parcels& parcels, const BlockPool& pool, std::uint32_t number, std::vector<Coin> coins,
                     std::vector<TxRef> custody);
Message light_verdict(TxRef tx, Verdict verdict);
Message proof_request(Parcels& parcels, const BlockPool& pool, std::vector<TxRef> list);
Message proofs(Parcels& parcels, const BlockPool& pool, std::vector<Whereabouts> list);

/// The rows of these kinds, in their order.
std::span<const MessageKindRow> light_message_rows();

}  // namespace peerlab
