// Who is logged in at a server. Sessions live in memory: a server that restarts knows none.
//
// With keys the server sends a challenge of 32 fresh bytes and the user signs it together with the server's number and his own
// (BIP340 under the tag "peerlab/session"), so that no answer is of use elsewhere or twice. With passwords the user sends his
// password, and the server compares its hash, iterated 1,000 times (the least that NIST SP 800-132 allows). Either way the
// session has a token of 64 random bits, which every request carries.
//
// A server may have room for so many at once (`slots`). Whoever says hello takes a place, too, until he has proved who he is, or has let
// `login_within` pass, and each hello takes another one: this is what floods of half-open connections fill (RFC 4987).
#pragma once

#include <cstdint>
#include <deque>
#include <optional>

#include "models/base/lookup.h"
#include "models/base/random.h"
#include "models/base/time.h"
#include "models/crypto/keys.h"
#include "models/node/work.h"
#include "models/protocols/key_book.h"

namespace peerlab {

/// What the user signs.
Hash256 challenge_digest(const Hash256& nonce, NodeId server, UserId user);
/// A user's password: 16 hexadecimal characters that follow from the seed of the run.
Bytes password_of(std::uint64_t seed, UserId user);
/// What a server keeps of a password.
Hash256 password_hash(UserId user, ByteView password);
inline constexpr std::uint32_t password_rounds = 1'000;

class Sessions {
 public:
  Sessions(NodeId server, std::uint32_t users, KeyBook& book, bool password, Stream chance)
      : server_(server), users_(users), book_(book), password_(password), chance_(chance) {}

  /// Room for so many, half-open ones included; 0: for any number.
  void limit(std::uint32_t slots) { slots_ = slots; }
  static constexpr Duration login_within = seconds(10);
  /// Whether there is no room for another one. Half-open ones that took too long make room.
  [[nodiscard]] bool full(Time now);
  /// A fresh challenge for the user who sits at `client`.
  Hash256 challenge(Time now, NodeId client, UserId user);
  /// The token of a new session, or nothing when the proof is wrong. Charges the check.
  std::optional<std::uint64_t> prove(NodeId client, UserId user, ByteView secret, Work& work);
  /// Whose session it is; nobody when there is no such session.
  [[nodiscard]] UserId user_of(NodeId client, std::uint64_t token) const;
  void end(NodeId client);
  [[nodiscard]] std::size_t count() const { return sessions_.size(); }

 private:
  struct Session {
    UserId user;
    bool open = false;
    Hash256 nonce;
    std::uint64_t token = 0;
  };
  struct HalfOpen {
    NodeId client;
    Time until;
  };
  NodeId server_;
  std::uint32_t users_;
  KeyBook& book_;
  bool password_;
  Stream chance_;
  Lookup<NodeId, Session> sessions_;
  std::uint32_t slots_ = 0;
  std::uint32_t open_ = 0;             ///< sessions that are open
  std::deque<HalfOpen> half_open_;     ///< oldest first; only where there are slots
  Lookup<UserId, Hash256> passwords_;  ///< hashes, made when first needed as if at registration
};

}  // namespace peerlab
