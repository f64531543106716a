#include "models/protocols/audit_log.h"

#include "models/crypto/sha256.h"

namespace peerlab {
namespace {

constexpr std::uint32_t no_number = 0xffffffff;
/// Nobody's number among the users: the operator's own key.
constexpr std::uint32_t operator_key = 0xfffffffe;
constexpr std::size_t most_steps = 64;  ///< no proof over 2^32 leaves has more

Hash256 head_digest(std::uint32_t size, const Hash256& root) {
  Bytes text(4);
  for (std::size_t i = 0; i < 4; ++i) text[i] = static_cast<std::uint8_t>(size >> (8 * i));
  text.insert(text.end(), root.bytes.begin(), root.bytes.end());
  return tagged_hash("peerlab/tree-head", text);
}

std::size_t size_of(const std::vector<Hash256>& path) { return compact_size_length(path.size()) + 32 * path.size(); }

void put(const std::vector<Hash256>& path, Writer& out) {
  out.compact_size(path.size());
  for (const Hash256& step : path) out.hash(step);
}

std::vector<Hash256> take_path(Reader& in) {
  const std::uint64_t count = in.compact_size();
  std::vector<Hash256> path;
  if (!in.ok() || count > most_steps || count > in.left() / 32) {
    in.fail();
    return path;
  }
  for (std::uint64_t i = 0; i < count; ++i) path.push_back(in.hash());
  return path;
}

}  // namespace

std::uint32_t encoded_size(const AuditProof& proof) {
  std::size_t size = 4 + 32 + 64 + 4 + size_of(proof.continues) + compact_size_length(proof.entries.size());
  for (const AuditProof::Entry& entry : proof.entries) size += 4 + size_of(entry.path);
  return static_cast<std::uint32_t>(size);
}

void encode(const AuditProof& proof, Writer& out) {
  out.u32(proof.size);
  out.hash(proof.root);
  out.raw(proof.signature.bytes);
  out.u32(proof.from);
  put(proof.continues, out);
  out.compact_size(proof.entries.size());
  for (const AuditProof::Entry& entry : proof.entries) {
    out.u32(entry.index);
    put(entry.path, out);
  }
}

std::optional<AuditProof> decode_proof(Reader& in) {
  constexpr std::size_t least_entry = 5;
  AuditProof proof;
  proof.size = in.u32();
  proof.root = in.hash();
  const ByteView signature = in.raw(64);
  if (!in.ok()) return std::nullopt;
  std::copy(signature.begin(), signature.end(), proof.signature.bytes.begin());
  proof.from = in.u32();
  proof.continues = take_path(in);
  const std::uint64_t count = in.compact_size();
  if (!in.ok() || count > in.left() / least_entry) return std::nullopt;
  for (std::uint64_t i = 0; i < count && in.ok(); ++i) {
    AuditProof::Entry entry;
    entry.index = in.u32();
    entry.path = take_path(in);
    proof.entries.push_back(std::move(entry));
  }
  if (!in.ok()) return std::nullopt;
  return proof;
}

const KeyPair& HeadSignatures::key() {
  if (!key_) key_ = KeyPair::derive(seed_, operator_key);
  return *key_;
}

Signature HeadSignatures::sign(std::uint32_t size, const Hash256& root, Work& work) {
  const Hash256 digest = head_digest(size, root);
  const auto [signature, added] = made_.insert(digest, {});
  if (added) {
    *signature = key().sign(digest);
    ++work.signed_;
  }
  return *signature;
}

bool HeadSignatures::genuine(std::uint32_t size, const Hash256& root, const Signature& signature, Work& work) {
  ++work.signatures;
  const Hash256 digest = head_digest(size, root);
  Bytes text;
  Writer w(text);
  w.hash(digest);
  w.raw(signature.bytes);
  const auto [right, added] = right_.insert(sha256(text), false);
  if (added) *right = verify(key().public_key(), digest, signature);
  return *right;
}

Hash256 leaf_of(const Operation& write, Work& work) {
  Bytes text;
  Writer w(text);
  encode(write, OperationForm::header, w);
  work.bytes_hashed += text.size() + 1;
  return audit_leaf(text);
}

void AuditLog::append(const Operation* write, std::uint32_t epoch, Work& work) {
  Bytes beginning;
  Writer(beginning).u32(epoch);
  const Hash256 leaf = write != nullptr ? leaf_of(*write, work) : audit_leaf(beginning);
  // A write that stands twice in the log was done the first time.
  if (write != nullptr) (void)places_.insert(write->number, tree_.size());
  numbers_.push_back(write != nullptr ? write->number : no_number);
  tree_.append(leaf, work);
}

std::optional<std::uint32_t> AuditLog::index_of(std::uint32_t number) const {
  const std::uint32_t* const place = places_.find(number);
  if (place == nullptr) return std::nullopt;
  return *place;
}

std::uint64_t AuditLog::encoded_size() const { return compact_size_length(numbers_.size()) + 36 * numbers_.size(); }

void AuditLog::encode(Writer& out) const {
  out.compact_size(numbers_.size());
  for (std::uint32_t i = 0; i < numbers_.size(); ++i) {
    out.u32(numbers_[i]);
    out.hash(tree_.leaf(i));
  }
}

std::optional<AuditLog> AuditLog::decode(Reader& in) {
  const std::uint64_t count = in.compact_size();
  if (!in.ok() || count > in.left() / 36) return std::nullopt;
  AuditLog log;
  Work unpaid;
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint32_t number = in.u32();
    log.numbers_.push_back(number);
    if (number != no_number) (void)log.places_.insert(number, i);
    log.tree_.append(in.hash(), unpaid);
  }
  return log;
}

AuditProof prove(const AuditTree& tree, std::uint32_t from, std::span<const std::uint32_t> indices,
                 HeadSignatures& heads, Work& work) {
  AuditProof proof;
  proof.size = tree.size();
  proof.root = tree.root();
  proof.signature = heads.sign(proof.size, proof.root, work);
  proof.from = from;
  if (from <= tree.size()) proof.continues = tree.consistency(from);
  for (const std::uint32_t index : indices) proof.entries.push_back({index, tree.inclusion(index)});
  return proof;
}

AuditVerdict judge(const AuditProof& proof, const SeenLog& seen, std::span<const Hash256> leaves, HeadSignatures& heads,
                   Work& work) {
  if (!heads.genuine(proof.size, proof.root, proof.signature, work)) return AuditVerdict::bad_head;
  if (proof.size < seen.size) return AuditVerdict::taken_back;
  if (proof.from != seen.size || !is_continued(seen.size, seen.root, proof.size, proof.root, proof.continues, work)) {
    return AuditVerdict::not_continued;
  }
  if (proof.entries.size() != leaves.size()) return AuditVerdict::not_in_the_log;
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    const AuditProof::Entry& entry = proof.entries[i];
    if (!is_included(leaves[i], entry.index, proof.size, entry.path, proof.root, work)) {
      return AuditVerdict::not_in_the_log;
    }
  }
  return AuditVerdict::ok;
}

}  // namespace peerlab
