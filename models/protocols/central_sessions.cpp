#include "models/protocols/central_sessions.h"

#include <algorithm>

#include "models/crypto/sha256.h"

namespace peerlab {

Hash256 challenge_digest(const Hash256& nonce, NodeId server, UserId user) {
  Bytes text;
  Writer w(text);
  w.hash(nonce);
  w.u32(server.value);
  w.u32(user.value);
  return tagged_hash("peerlab/session", text);
}

Bytes password_of(std::uint64_t seed, UserId user) {
  Bytes text;
  Writer w(text);
  w.u64(seed);
  w.u32(user.value);
  const std::string hex = to_hex(tagged_hash("peerlab/password", text).view().first(8));
  return Bytes(hex.begin(), hex.end());
}

Hash256 password_hash(UserId user, ByteView password) {
  Bytes text;
  Writer w(text);
  w.u32(user.value);  // the salt
  w.sized(password);
  Hash256 hash = tagged_hash("peerlab/password hash", text);
  for (std::uint32_t i = 1; i < password_rounds; ++i) hash = sha256(hash.view());
  return hash;
}

bool Sessions::full(Time now) {
  if (slots_ == 0) return false;
  while (!half_open_.empty() && half_open_.front().until <= now) half_open_.pop_front();
  return open_ + half_open_.size() >= slots_;
}

void Sessions::end(NodeId client) {
  const Session* const session = sessions_.find(client);
  if (session != nullptr && session->open) --open_;
  sessions_.erase(client);
  std::erase_if(half_open_, [&](const HalfOpen& half) { return half.client == client; });
}

Hash256 Sessions::challenge(Time now, NodeId client, UserId user) {
  if (slots_ > 0) half_open_.push_back({client, now + login_within});
  const Session* const before = sessions_.find(client);
  if (before != nullptr && before->open) --open_;
  Session session;
  session.user = user;
  Bytes text;
  Writer w(text);
  for (int i = 0; i < 4; ++i) w.u64(chance_.bits());
  std::copy(text.begin(), text.end(), session.nonce.bytes.begin());
  const Hash256 nonce = session.nonce;
  sessions_[client] = session;
  return nonce;
}

std::optional<std::uint64_t> Sessions::prove(NodeId client, UserId user, ByteView secret, Work& work) {
  if (user.value >= users_) return std::nullopt;
  bool right = false;
  if (password_) {
    const auto [known, added] = passwords_.insert(user, Hash256{});
    if (added) *known = password_hash(user, password_of(book_.seed(), user));
    work.bytes_hashed += std::uint64_t{password_rounds} * 32;
    right = password_hash(user, secret) == *known;
  } else {
    const Session* asked = sessions_.find(client);
    if (asked == nullptr || asked->open || asked->user != user || secret.size() != 64) return std::nullopt;
    Signature signature;
    std::copy(secret.begin(), secret.end(), signature.bytes.begin());
    ++work.signatures;
    right = verify(book_.public_key(user), challenge_digest(asked->nonce, server_, user), signature);
  }
  // Who proves himself gives up the place of his hello.
  const auto mine =
      std::find_if(half_open_.begin(), half_open_.end(), [&](const HalfOpen& half) { return half.client == client; });
  if (mine != half_open_.end()) half_open_.erase(mine);
  if (!right) {
    end(client);
    return std::nullopt;
  }
  Session& session = sessions_[client];
  if (!session.open) ++open_;
  session.user = user;
  session.open = true;
  session.token = chance_.bits();
  return session.token;
}

UserId Sessions::user_of(NodeId client, std::uint64_t token) const {
  const Session* session = sessions_.find(client);
  if (session == nullptr || !session->open || session->token != token) return {};
  return session->user;
}

}  // namespace peerlab
