// A service's log as its users can check it: a Merkle tree over the writes, heads that the operator signs, and proofs for each answer.
//
// Entry i of the server's log is leaf i - 1: what the write says and who signed it, in the header form, so that a reader who is
// sent a write without its content can hash it too. A head names how many leaves there are and their root. With every answer goes
//   1. the head as it is now;
//   2. that it continues the head which the asker kept: nothing that he has seen was altered or taken back;
//   3. that every write in the answer is a leaf.
// What this does not show: that a newer write was kept back, that the owner wanted what was written, and that others are told the
// same. A forger can lie to whoever has not yet seen a head that covers the lie, and must then keep to it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "models/base/lookup.h"
#include "models/crypto/keys.h"
#include "models/protocols/audit_tree.h"
#include "models/protocols/central_operation.h"

namespace peerlab {

/// What somebody remembers of a log that he has checked so far. Nothing: size 0.
struct SeenLog {
  std::uint32_t size = 0;
  Hash256 root;
};

struct AuditProof {
  std::uint32_t size = 0;  ///< the head: leaves
  Hash256 root;
  Signature signature;               ///< of the operator, of both
  std::uint32_t from = 0;            ///< leaves of the head that the asker kept
  std::vector<Hash256> continues{};  ///< from there to this head
  struct Entry {
    std::uint32_t index = 0;
    std::vector<Hash256> path{};
  };
  std::vector<Entry> entries{};  ///< of the writes in the answer, in their order
};
std::uint32_t encoded_size(const AuditProof& proof);
void encode(const AuditProof& proof, Writer& out);
std::optional<AuditProof> decode_proof(Reader& in);

/// What is wrong with a proof; the first that applies.
enum class AuditVerdict : std::uint8_t {
  ok,
  no_proof,        ///< nothing came with the answer
  bad_head,        ///< the operator has not signed it
  taken_back,      ///< the log is shorter than it was
  not_continued,   ///< it is not what was seen before, and more
  not_in_the_log,  ///< a write in the answer is no leaf
};

/// The operator's signatures of heads, for all nodes of a world: made, and charged, once each; checked once each, charged to everybody who
/// checks.
class HeadSignatures {
 public:
  explicit HeadSignatures(std::uint64_t seed) : seed_(seed) {}
  /// By whoever has the operator's key.
  Signature sign(std::uint32_t size, const Hash256& root, Work& work);
  [[nodiscard]] bool genuine(std::uint32_t size, const Hash256& root, const Signature& signature, Work& work);

 private:
  const KeyPair& key();
  std::uint64_t seed_;
  std::optional<KeyPair> key_;
  Lookup<Hash256, Signature> made_;  ///< by what is signed
  Lookup<Hash256, bool> right_;      ///< by what is signed and the signature
};

/// The leaf of a write.
Hash256 leaf_of(const Operation& write, Work& work);

class AuditLog {
 public:
  /// The next entry of the log; null: an epoch begins.
  void append(const Operation* write, std::uint32_t epoch, Work& work);
  [[nodiscard]] std::uint32_t size() const { return tree_.size(); }
  [[nodiscard]] const AuditTree& tree() const { return tree_; }
  /// The leaf of the write with this number; nothing when it is not in the log.
  [[nodiscard]] std::optional<std::uint32_t> index_of(std::uint32_t number) const;

  [[nodiscard]] std::uint64_t encoded_size() const;
  void encode(Writer& out) const;
  static std::optional<AuditLog> decode(Reader& in);

 private:
  AuditTree tree_;
  std::vector<std::uint32_t> numbers_;  ///< of the writes, by leaf; no_number where an epoch begins
  Lookup<std::uint64_t, std::uint32_t> places_;
};

/// The proof for somebody who has seen `from` leaves that these are leaves of the tree. Who has seen more than there is, is not shown
/// that it continues.
AuditProof prove(const AuditTree& tree, std::uint32_t from, std::span<const std::uint32_t> indices,
                 HeadSignatures& heads, Work& work);
/// Whether somebody who has seen `seen` may believe that the leaves are in the log. Charges what he checks.
AuditVerdict judge(const AuditProof& proof, const SeenLog& seen, std::span<const Hash256> leaves, HeadSignatures& heads,
                   Work& work);

}  // namespace peerlab
