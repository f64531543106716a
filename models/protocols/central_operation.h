// A write as its owner asks for it: publish, transfer, pay, update or erase, with his signature and the content it brings.
//
// The signature covers everything but the content, which it names by its commitment: so an operation can be shown without its
// content (the `header` form) and still be checked. An operation is made once and never edited. What can be known of it by itself,
// its digest, its id and whether its content is what it says, is computed when it is made; a signature is checked once per
// id and remembered, and charged to everybody who checks it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "models/base/bytes.h"
#include "models/base/lookup.h"
#include "models/crypto/keys.h"
#include "models/ledger/content.h"
#include "models/node/request.h"
#include "models/node/work.h"
#include "models/protocols/key_book.h"

namespace peerlab {

struct Operation {
  Asked what = Asked::publish;
  bool is_private = false;   ///< only its owner may read the record
  bool sealed = false;       ///< the content is sealed to its owner
  std::uint32_t number = 0;  ///< of the request: a repeated request is the same operation
  UserId user;               ///< who asks and signs
  UserId other;              ///< who receives (transfer, pay)
  RecordName record;
  std::uint64_t amount = 0;
  std::optional<Hash256> commitment;   ///< of the content that belongs to it
  std::optional<Content> content;      ///< nothing in the header form
  std::optional<Signature> signature;  ///< nothing where the service asks for none

  // Computed by make_operation.
  Hash256 digest;                ///< what is signed
  Hash256 id;                    ///< of everything, the content included
  bool content_matches = false;  ///< the content is here and hashes to the commitment
  std::uint32_t header_size = 0;
  std::uint32_t full_size = 0;
};
using OperationPtr = std::shared_ptr<const Operation>;

/// Computes what follows from the rest. Hashes the content, 10 us for 2 kB.
OperationPtr make_operation(Operation draft);
/// The digest that the signature of `draft` must cover.
Hash256 digest_to_sign(const Operation& draft);

enum class OperationForm : std::uint8_t { full, header };
void encode(const Operation& operation, OperationForm form, Writer& out);
/// Nothing when the bytes are no operation of that form.
OperationPtr decode_operation(Reader& in, OperationForm form);

/// Remembers which signatures are right: one check for all nodes of a world.
class SignatureMemo {
 public:
  explicit SignatureMemo(std::uint32_t users) : users_(users) {}
  /// Whether `operation` bears the signature of its user. Charges a check.
  bool genuine(const Operation& operation, KeyBook& book, Work& work);

 private:
  std::uint32_t users_;  ///< nobody else has an account
  Lookup<Hash256, bool> known_;
};

}  // namespace peerlab
