#include "models/protocols/central_answer.h"

#include "models/node/happening.h"

namespace peerlab {

std::uint64_t Answer::version() const { return found() ? custody.back()->number : happened::no_version; }

int Answer::carrier() const {
  if (!found() || erased()) return -1;
  for (int i = static_cast<int>(custody.size()) - 1; i >= 0; --i) {
    if (custody[static_cast<std::size_t>(i)]->commitment) return i;
  }
  return -1;
}

UserId Answer::owner() const {
  UserId owner;
  for (const OperationPtr& write : custody) {
    if (write->what == Asked::publish) owner = write->user;
    if (write->what == Asked::transfer) owner = write->other;
  }
  return owner;
}

bool credible(const Answer& answer, RecordName record, bool signatures, KeyBook& book, SignatureMemo& memo,
              Work& work) {
  if (!answer.found()) return false;
  UserId owner = record.publisher;
  for (std::size_t i = 0; i < answer.custody.size(); ++i) {
    const Operation& write = *answer.custody[i];
    const bool last = i + 1 == answer.custody.size();
    if (write.record != record || write.user != owner) return false;
    if ((write.what == Asked::publish) != (i == 0)) return false;
    if (write.what == Asked::pay || write.what == Asked::read) return false;
    if (write.what == Asked::erase && !last) return false;
    if (signatures && !memo.genuine(write, book, work)) return false;
    if (write.what == Asked::transfer) owner = write.other;
  }
  if (answer.erased()) return true;
  const int carrier = answer.carrier();
  if (carrier < 0) return false;
  const Operation& write = *answer.custody[static_cast<std::size_t>(carrier)];
  work.bytes_hashed += write.full_size - write.header_size;
  return write.content_matches;
}

std::uint32_t encoded_size(const Answer& answer) {
  std::size_t size = compact_size_length(answer.custody.size());
  const int carrier = answer.carrier();
  for (std::size_t i = 0; i < answer.custody.size(); ++i) {
    const Operation& write = *answer.custody[i];
    size += static_cast<int>(i) == carrier ? write.full_size : write.header_size;
  }
  return static_cast<std::uint32_t>(size);
}

// Whether an operation is the carrier follows from the headers, but the reader meets them one by one: so the headers come first.
void encode(const Answer& answer, Writer& out) {
  out.compact_size(answer.custody.size());
  for (const OperationPtr& write : answer.custody) encode(*write, OperationForm::header, out);
  const int carrier = answer.carrier();
  if (carrier < 0) return;
  const Operation& write = *answer.custody[static_cast<std::size_t>(carrier)];
  if (write.content) {
    out.sized(materialise(*write.content));
  } else {
    out.compact_size(0);
  }
}

std::optional<Answer> decode_answer(Reader& in) {
  constexpr std::size_t content_limit = 32'000'000;
  constexpr std::size_t least_header = 30;
  Answer answer;
  const std::uint64_t count = in.compact_size();
  if (!in.ok() || count > in.left() / least_header) return std::nullopt;
  for (std::uint64_t i = 0; i < count; ++i) {
    OperationPtr write = decode_operation(in, OperationForm::header);
    if (write == nullptr) return std::nullopt;
    answer.custody.push_back(std::move(write));
  }
  const int carrier = answer.carrier();
  if (carrier < 0) return in.ok() ? std::optional(std::move(answer)) : std::nullopt;
  const ByteView bytes = in.sized(content_limit);
  if (!in.ok()) return std::nullopt;
  if (!bytes.empty()) {
    OperationPtr& place = answer.custody[static_cast<std::size_t>(carrier)];
    Operation whole = *place;
    whole.content = stored_content(bytes);
    place = make_operation(std::move(whole));
  }
  return answer;
}

}  // namespace peerlab
