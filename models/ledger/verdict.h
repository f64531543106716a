// What the rules say about a header, a body, a block or a transaction: one value per rule.
//
// A verdict is about what a peer sent, never about a fault of ours. `ok` is the only acceptance. Some refusals are no
// offence of the sender (`harmless`): what is merely not usable yet, not usable on this chain, or already known.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "models/ledger/effort.h"

namespace peerlab {

enum class [[nodiscard]] Verdict : std::uint8_t{
    ok,
    // A header.
    bad_proof_of_work,  ///< the hash of the header is above its own target
    bad_target,         ///< the bits are not a target, above the limit, or not the ones the retarget rule asks for
    unknown_previous,   ///< the header names a previous block that is not known here
    previous_invalid,   ///< an ancestor broke a rule
    too_early,          ///< time not above the median of the eleven before it
    too_far_ahead,      ///< time too far beyond the local clock; may become valid
    // A body and its header.
    bad_merkle_root,      ///< the transactions do not hash to the header's root
    merkle_mutated,       ///< a list that was doubled without changing the root (CVE-2012-2459)
    empty,                ///< a body without transactions, a transaction without inputs or outputs
    too_large,            ///< block or transaction above the limit
    no_coinbase,          ///< the first transaction is not a coinbase
    coinbase_misplaced,   ///< a coinbase elsewhere than first in a block
    bad_coinbase_height,  ///< the coinbase does not name the height of its block
    inflated_coinbase,    ///< the coinbase takes more than subsidy and fees
    // A transaction.
    malformed,              ///< bytes that encode nothing, or not in the one allowed way
    bad_amount,             ///< an amount, or a sum of amounts, above all the coins there can be
    duplicate_input,        ///< one transaction spends an output twice
    bad_signature,          ///< a signature is not one of the key that the input shows
    not_owner,              ///< the key that the input shows does not own the output
    unknown_output,         ///< an input names an output that is not known here
    double_spend,           ///< the output is spent already in this chain
    double_spend_in_block,  ///< the output is spent already earlier in the same block
    immature_coinbase,      ///< a coinbase output is spent too soon
    overspend,              ///< the outputs are worth more than the inputs
    duplicate_record,       ///< this owner has published a record of this name already
    record_mismatch,        ///< a record vanishes, appears or changes its name on the way through a transaction
    content_mismatch,       ///< content does not hash to the commitment, has another size, or is missing
    owner_changed,          ///< an update gives a record to another key
    nothing_erased,         ///< an erasure spends no record
    // A mempool, and what a node has already.
    mempool_conflict,  ///< another transaction in the mempool spends the same output
    mempool_full,      ///< the fee rate is too low for a full mempool
    already_known,     ///< nothing new
};

/// The name as it is printed, such as `bad_proof_of_work`.
std::string_view name(Verdict verdict);
/// What the rule says, one sentence.
std::string_view sentence(Verdict verdict);
/// Every verdict in order, for tables and help.
std::span<const Verdict> all_verdicts();
/// True when an honest sender who stands on another tip, or knows more or less than we do, may have sent it as a
/// header or a loose transaction: unknown_previous, too_far_ahead, unknown_output, double_spend, duplicate_record,
/// immature_coinbase, mempool_conflict, mempool_full, already_known. A sender of anything else may be cut off. In a
/// *block* a double_spend, a duplicate_record, an unknown_output or an immature_coinbase is an offence, because a
/// block names its place.
bool harmless(Verdict verdict);

/// A verdict and what it cost to reach.
struct [[nodiscard]] Judged {
  Verdict verdict = Verdict::ok;
  Effort effort;
  [[nodiscard]] bool ok() const { return verdict == Verdict::ok; }
  friend bool operator==(const Judged&, const Judged&) = default;
};

}  // namespace peerlab
