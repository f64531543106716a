#include "models/protocols/author.h"

#include <algorithm>

#include "models/base/check.h"
#include "models/base/random.h"
#include "models/crypto/sha256.h"

namespace peerlab {

const KeyPair& Author::key() {
  if (!key_) key_ = book_.key_pair(user_);
  return *key_;
}

Hash256 Author::entropy(std::uint32_t number) {
  Bytes text;
  Writer w(text);
  w.hash(key().secret());
  w.u64(number);
  return tagged_hash("peerlab/wallet", text);
}

OperationPtr Author::write(const Request& request, std::optional<Content> content, bool sealed, Work& work) {
  Operation draft;
  draft.what = request.what;
  draft.is_private = request.is_private;
  draft.number = request.number;
  draft.user = user_;
  draft.other = request.other;
  draft.record = request.record;
  draft.amount = request.what == Asked::pay ? std::max<std::uint64_t>(request.amount, 1) : 0;
  if (content) {
    work.bytes_hashed += content->size();
    draft.commitment = commitment(*content);
    draft.content = std::move(content);
    draft.sealed = sealed;
  }
  if (signs_) {
    draft.signature = key().sign(digest_to_sign(draft));
    ++work.signed_;
  }
  return make_operation(std::move(draft));
}

OperationPtr Author::write(const Request& request, Work& work) {
  if (request.what != Asked::publish && request.what != Asked::update) {
    return write(request, std::nullopt, false, work);
  }
  std::uint64_t seed = book_.seed() ^ mix64(request.record.packed());
  if (request.what == Asked::update) seed += mix64(std::uint64_t{request.number} + 1);
  Content content = declared_content(mix64(seed) | 1, std::max<std::uint32_t>(request.size, 1));
  const bool sealed = request.is_private && seals_;
  if (sealed) {
    auto closed = seal_content(content, book_.public_key(user_), entropy(request.number));
    CHECK(closed.has_value());  // our own key is a key
    content = std::move(*closed);
    work.bytes_coded += content.size();
  }
  return write(request, std::move(content), sealed, work);
}

OperationPtr Author::hand_over(const Request& request, const Operation& stored, Work& work) {
  if (!stored.sealed) return write(request, std::nullopt, false, work);
  std::optional<Content> content =
      reseal_content(*stored.content, key(), book_.public_key(request.other), entropy(request.number));
  if (!content) return nullptr;
  work.bytes_coded += content->size();
  return write(request, std::move(content), true, work);
}

}  // namespace peerlab
