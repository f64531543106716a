#include "models/protocols/central_operation.h"

#include <algorithm>

#include "models/crypto/sha256.h"

namespace peerlab {
namespace {

constexpr std::uint8_t flag_private = 1;
constexpr std::uint8_t flag_sealed = 2;
constexpr std::uint8_t flag_commitment = 4;
constexpr std::uint8_t flag_signature = 8;
constexpr std::size_t content_limit = 32'000'000;

void encode_header(const Operation& o, bool with_signature, Writer& out) {
  out.u8(static_cast<std::uint8_t>(o.what));
  std::uint8_t flags = 0;
  if (o.is_private) flags |= flag_private;
  if (o.sealed) flags |= flag_sealed;
  if (o.commitment) flags |= flag_commitment;
  if (with_signature && o.signature) flags |= flag_signature;
  out.u8(flags);
  out.u32(o.number);
  out.u32(o.user.value);
  out.u32(o.other.value);
  out.u64(o.record.packed());
  out.u64(o.amount);
  if (o.commitment) out.hash(*o.commitment);
  if (with_signature && o.signature) out.raw(o.signature->bytes);
}

}  // namespace

Hash256 digest_to_sign(const Operation& draft) {
  Bytes text;
  Writer w(text);
  encode_header(draft, false, w);
  return tagged_hash("peerlab/write", text);
}

OperationPtr make_operation(Operation draft) {
  draft.digest = digest_to_sign(draft);
  Bytes text;
  Writer w(text);
  encode_header(draft, true, w);
  draft.header_size = static_cast<std::uint32_t>(text.size());
  draft.full_size = draft.header_size;
  w.u8(draft.content ? 1 : 0);
  draft.content_matches = false;
  if (draft.content) {
    const Hash256 actual = commitment(*draft.content);
    draft.content_matches = draft.commitment && actual == *draft.commitment;
    const std::uint64_t size = draft.content->size();
    draft.full_size += static_cast<std::uint32_t>(compact_size_length(size) + size);
    w.hash(actual);
  } else if (draft.commitment) {
    draft.full_size += 1;
  }
  draft.id = tagged_hash("peerlab/operation", text);
  return std::make_shared<const Operation>(std::move(draft));
}

void encode(const Operation& o, OperationForm form, Writer& out) {
  encode_header(o, true, out);
  if (form == OperationForm::header || !o.commitment) return;
  if (o.content) {
    out.sized(materialise(*o.content));
  } else {
    out.compact_size(0);
  }
}

OperationPtr decode_operation(Reader& in, OperationForm form) {
  Operation o;
  const std::uint8_t what = in.u8();
  const std::uint8_t flags = in.u8();
  o.number = in.u32();
  o.user = UserId(in.u32());
  o.other = UserId(in.u32());
  const std::uint64_t record = in.u64();
  o.amount = in.u64();
  if (!in.ok() || what > static_cast<std::uint8_t>(Asked::erase) || what == static_cast<std::uint8_t>(Asked::read) ||
      flags > (flag_private | flag_sealed | flag_commitment | flag_signature)) {
    return nullptr;
  }
  o.what = static_cast<Asked>(what);
  o.is_private = (flags & flag_private) != 0;
  o.sealed = (flags & flag_sealed) != 0;
  o.record = {UserId(static_cast<std::uint32_t>(record >> 32)), static_cast<std::uint32_t>(record)};
  if ((flags & flag_commitment) != 0) o.commitment = in.hash();
  if ((flags & flag_signature) != 0) {
    const ByteView bytes = in.raw(64);
    if (!in.ok()) return nullptr;
    o.signature.emplace();
    std::copy(bytes.begin(), bytes.end(), o.signature->bytes.begin());
  }
  if (form == OperationForm::full && o.commitment) {
    const ByteView bytes = in.sized(content_limit);
    if (!bytes.empty()) o.content = stored_content(bytes);
  }
  if (!in.ok()) return nullptr;
  return make_operation(std::move(o));
}

bool SignatureMemo::genuine(const Operation& operation, KeyBook& book, Work& work) {
  ++work.signatures;
  work.bytes_hashed += operation.header_size;
  if (!operation.signature || operation.user.value >= users_) return false;
  const auto [right, added] = known_.insert(operation.id, false);
  if (added) *right = verify(book.public_key(operation.user), operation.digest, *operation.signature);
  return *right;
}

}  // namespace peerlab
