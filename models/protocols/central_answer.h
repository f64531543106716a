// What a server answers to a reader: the record with its chain of custody, so that he need not take the server's word.
//
// The custody is the writes that made the record what it is, oldest first: the publication, every transfer, the last update, and
// the erasure if there was one. Only the last write that brought content carries it. A reader accepts an answer when
//   1. the first is a publication of the record asked for, by the user whom the record's name names;
//   2. every later one is by whoever owned the record then: the publisher, or the receiver of the last transfer;
//   3. all bear their user's signature (where the service keeps signatures);
//   4. the content is what the last write that brought one commits to; an erased record has none.
// A server can still hide the newest writes, or the whole record: that is staleness and refusal, not forgery.
#pragma once

#include <cstdint>
#include <vector>

#include "models/protocols/central_operation.h"

namespace peerlab {

/// Empty: there is no such record.
struct Answer {
  std::vector<OperationPtr> custody;

  [[nodiscard]] bool found() const { return !custody.empty(); }
  /// Number of the last write; no_version when there is no record.
  [[nodiscard]] std::uint64_t version() const;
  /// Place of the operation whose content travels, or -1.
  [[nodiscard]] int carrier() const;
  /// Who owns it after the last write.
  [[nodiscard]] UserId owner() const;
  [[nodiscard]] bool erased() const { return found() && custody.back()->what == Asked::erase; }
};

/// Whether a reader who asked for `record` accepts the answer. Charges what he checks.
bool credible(const Answer& answer, RecordName record, bool signatures, KeyBook& book, SignatureMemo& memo, Work& work);

std::uint32_t encoded_size(const Answer& answer);
void encode(const Answer& answer, Writer& out);
/// Nothing when the bytes are no answer.
std::optional<Answer> decode_answer(Reader& in);

}  // namespace peerlab
