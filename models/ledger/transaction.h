// Transactions: unspent outputs are spent by their owners' signatures and new outputs are made.
//
// An output holds an amount and an owner's key, and may carry a record: a name, and a commitment to content. Kinds:
//
//   coinbase  no inputs; first in its block; takes subsidy and fees; may carry padding content
//   publish   makes records; each belongs to a key that signed an input, and comes with its content
//   transfer  spends outputs with records; makes the same records, in the same order, for new owners. A record whose
//             commitment changes (sealed again) comes with its content, an unchanged one may come without
//   pay       amounts only, on both sides
//   update    spends outputs with records; makes the same records, in the same order, for the same owners, each with new
//             content that comes along
//   erase     spends outputs with records and makes none: they are no longer live, and their names stay used. The old
//             bytes remain in the blocks
//
// An input shows the key it claims to own the output with, so that signatures can be checked without knowing the output
// (`bad_signature`) and the claim afterwards (`not_owner`). The id is the double SHA-256 of all bytes, signatures
// included. What inputs, less outputs, is left over is the fee.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "models/base/bytes.h"
#include "models/crypto/keys.h"
#include "models/ledger/content.h"
#include "models/ledger/rules.h"
#include "models/ledger/verdict.h"

namespace peerlab {

enum class TransactionKind : std::uint8_t { coinbase, publish, transfer, pay, update, erase };
inline constexpr std::uint8_t transaction_kinds = 6;

/// Which output of which transaction.
struct OutPoint {
  Hash256 txid;
  std::uint32_t index = 0;
  friend constexpr auto operator<=>(const OutPoint&, const OutPoint&) = default;
};
inline std::uint64_t spread(const OutPoint& p) { return mix64(p.txid.low64() + p.index); }

struct Input {
  OutPoint spends;
  PublicKey owner;      ///< claimed owner of the spent output
  Signature signature;  ///< his, over sighash()
  friend bool operator==(const Input&, const Input&) = default;
};

/// A user's content, by its name and the hash of its stored form.
struct Record {
  std::uint64_t name = 0;  ///< packed RecordName: publisher and ordinal
  Hash256 commitment;      ///< SHA-256 of the stored (perhaps sealed) bytes
  std::uint32_t size = 0;  ///< of the stored form, in bytes
  bool sealed = false;     ///< the stored bytes are sealed to the output's owner
  friend bool operator==(const Record&, const Record&) = default;
};

struct Output {
  std::uint64_t amount = 0;  ///< smallest coin units
  PublicKey owner;
  std::optional<Record> record;
  friend bool operator==(const Output&, const Output&) = default;
};

/// Content that travels with a transaction.
struct Enclosure {
  static constexpr std::uint32_t padding = 0xffffffff;  ///< belongs to no output; only in a coinbase
  std::uint32_t output = padding;                       ///< index of the output whose record it is
  Content content;
  friend bool operator==(const Enclosure&, const Enclosure&) = default;
};

struct Transaction {
  TransactionKind kind = TransactionKind::pay;
  /// Coinbase: the height of its block in the low 32 bits, the rest free. Otherwise free: number of the user's
  /// operation.
  std::uint64_t number = 0;
  std::vector<Input> inputs;
  std::vector<Output> outputs;
  std::vector<Enclosure> enclosures;  ///< by rising output index
  friend bool operator==(const Transaction&, const Transaction&) = default;
};

/// How declared content is encoded: with its bytes generated, as it travels and is hashed, or left out, as a model of
/// something shorter. Everything else is the same.
enum class Form : std::uint8_t { full, brief };

void encode(const Transaction& tx, Writer& out, Form form = Form::full);
Bytes encode(const Transaction& tx);
/// Exactly one encoding per transaction: everything it accepts re-encodes to the same bytes. Fails the reader
/// otherwise. Declared content is accepted when the bytes are really those of the seed.
std::optional<Transaction> decode_transaction(Reader& in, Form form = Form::full);
/// encode(tx).size(), without encoding.
std::uint64_t wire_size(const Transaction& tx);
/// Double SHA-256 of encode(tx); generated content is hashed in pieces and never held.
Hash256 txid(const Transaction& tx);
/// What the inputs sign: everything but the signatures, content through its commitment (tagged hash).
Hash256 sighash(const Transaction& tx);
/// Signs every input whose `owner` is this key. Fill in everything else first, all `owner` fields included: any later
/// change breaks the signatures.
void sign_inputs(Transaction& tx, const KeyPair& owner);

/// Rules that need nothing but the transaction: shape, amounts, sizes; not signatures and contents. Cheap.
Verdict judge_shape(const Transaction& tx, const Rules& rules);
/// Rules that need nothing but the transaction and are expensive: signatures, then contents against commitments.
Judged judge_proofs(const Transaction& tx);

}  // namespace peerlab
