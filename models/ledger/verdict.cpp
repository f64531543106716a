#include "models/ledger/verdict.h"

#include <array>

#include "models/base/check.h"

namespace peerlab {

std::string_view name(Verdict verdict) {
  switch (verdict) {
    case Verdict::ok: return "ok";
    case Verdict::bad_proof_of_work: return "bad_proof_of_work";
    case Verdict::bad_target: return "bad_target";
    case Verdict::unknown_previous: return "unknown_previous";
    case Verdict::previous_invalid: return "previous_invalid";
    case Verdict::too_early: return "too_early";
    case Verdict::too_far_ahead: return "too_far_ahead";
    case Verdict::bad_merkle_root: return "bad_merkle_root";
    case Verdict::merkle_mutated: return "merkle_mutated";
    case Verdict::empty: return "empty";
    case Verdict::too_large: return "too_large";
    case Verdict::no_coinbase: return "no_coinbase";
    case Verdict::coinbase_misplaced: return "coinbase_misplaced";
    case Verdict::bad_coinbase_height: return "bad_coinbase_height";
    case Verdict::inflated_coinbase: return "inflated_coinbase";
    case Verdict::malformed: return "malformed";
    case Verdict::bad_amount: return "bad_amount";
    case Verdict::duplicate_input: return "duplicate_input";
    case Verdict::bad_signature: return "bad_signature";
    case Verdict::not_owner: return "not_owner";
    case Verdict::unknown_output: return "unknown_output";
    case Verdict::double_spend: return "double_spend";
    case Verdict::double_spend_in_block: return "double_spend_in_block";
    case Verdict::immature_coinbase: return "immature_coinbase";
    case Verdict::overspend: return "overspend";
    case Verdict::duplicate_record: return "duplicate_record";
    case Verdict::record_mismatch: return "record_mismatch";
    case Verdict::content_mismatch: return "content_mismatch";
    case Verdict::owner_changed: return "owner_changed";
    case Verdict::nothing_erased: return "nothing_erased";
    case Verdict::mempool_conflict: return "mempool_conflict";
    case Verdict::mempool_full: return "mempool_full";
    case Verdict::already_known: return "already_known";
  }
  check_failed("a verdict has a name", __FILE__, __LINE__, "");
}

std::string_view sentence(Verdict verdict) {
  switch (verdict) {
    case Verdict::ok: return "No rule is broken.";
    case Verdict::bad_proof_of_work: return "The hash of the header is above its target.";
    case Verdict::bad_target:
      return "The header's bits are no target within the limit, or not the ones the retarget rule asks for.";
    case Verdict::unknown_previous: return "The header names a previous block that is not known here.";
    case Verdict::previous_invalid: return "An ancestor of the block broke a rule.";
    case Verdict::too_early: return "The header's time is not above the median time of the blocks before it.";
    case Verdict::too_far_ahead: return "The header's time is too far ahead of the local clock.";
    case Verdict::bad_merkle_root: return "The transactions do not hash to the merkle root in the header.";
    case Verdict::merkle_mutated: return "The list of transactions repeats its tail without changing the merkle root.";
    case Verdict::empty: return "A block has no transactions, or a transaction has no inputs or no outputs.";
    case Verdict::too_large: return "The block or transaction is larger than allowed.";
    case Verdict::no_coinbase: return "The first transaction of the block is not a coinbase.";
    case Verdict::coinbase_misplaced: return "A coinbase stands elsewhere than first in a block.";
    case Verdict::bad_coinbase_height: return "The coinbase does not name the height of its block.";
    case Verdict::inflated_coinbase: return "The coinbase takes more than the subsidy and the fees of its block.";
    case Verdict::malformed:
      return "The bytes are not the one allowed encoding of anything, or the parts do not fit the kind of transaction.";
    case Verdict::bad_amount: return "An amount or a sum of amounts is above the money limit.";
    case Verdict::duplicate_input: return "The transaction spends the same output twice.";
    case Verdict::bad_signature: return "A signature is not one of the key that the input shows.";
    case Verdict::not_owner: return "Someone acts on an output or a record that another key owns.";
    case Verdict::unknown_output: return "An input names an output that is not known here.";
    case Verdict::double_spend: return "The output is already spent in this chain.";
    case Verdict::double_spend_in_block: return "The output is already spent earlier in the same block.";
    case Verdict::immature_coinbase: return "A coinbase output is spent before it has matured.";
    case Verdict::overspend: return "The outputs are worth more than the inputs.";
    case Verdict::duplicate_record: return "The owner has already published a record of this name.";
    case Verdict::record_mismatch: return "A record vanishes, appears or changes its name in a transaction.";
    case Verdict::content_mismatch:
      return "Content does not match its commitment or size, is missing, or belongs to nothing.";
    case Verdict::owner_changed: return "An update gives a record to another key, which only a transfer may do.";
    case Verdict::nothing_erased: return "An erasure spends no record.";
    case Verdict::mempool_conflict:
      return "Another transaction in the mempool spends the same output or publishes the same record.";
    case Verdict::mempool_full: return "The mempool is full of transactions that pay more per byte.";
    case Verdict::already_known: return "This is already here.";
  }
  check_failed("a verdict has a sentence", __FILE__, __LINE__, "");
}

std::span<const Verdict> all_verdicts() {
  static constexpr std::size_t count = static_cast<std::size_t>(Verdict::already_known) + 1;
  static constexpr auto all = [] {
    std::array<Verdict, count> list{};
    for (std::size_t i = 0; i < count; ++i) list[i] = static_cast<Verdict>(i);
    return list;
  }();
  return all;
}

bool harmless(Verdict verdict) {
  switch (verdict) {
    case Verdict::ok:
    case Verdict::unknown_previous:
    case Verdict::too_far_ahead:
    case Verdict::unknown_output:
    case Verdict::double_spend:
    case Verdict::duplicate_record:
    case Verdict::immature_coinbase:
    case Verdict::mempool_conflict:
    case Verdict::mempool_full:
    case Verdict::already_known: return true;
    case Verdict::bad_proof_of_work:
    case Verdict::bad_target:
    case Verdict::previous_invalid:
    case Verdict::too_early:
    case Verdict::bad_merkle_root:
    case Verdict::merkle_mutated:
    case Verdict::empty:
    case Verdict::too_large:
    case Verdict::no_coinbase:
    case Verdict::coinbase_misplaced:
    case Verdict::bad_coinbase_height:
    case Verdict::inflated_coinbase:
    case Verdict::malformed:
    case Verdict::bad_amount:
    case Verdict::duplicate_input:
    case Verdict::bad_signature:
    case Verdict::not_owner:
    case Verdict::double_spend_in_block:
    case Verdict::overspend:
    case Verdict::record_mismatch:
    case Verdict::content_mismatch:
    case Verdict::owner_changed:
    case Verdict::nothing_erased: return false;
  }
  check_failed("a verdict is harmless or not", __FILE__, __LINE__, "");
}

}  // namespace peerlab
