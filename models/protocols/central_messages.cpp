#include "models/protocols/central_messages.h"

#include "models/base/check.h"
#include "models/crypto/sha256.h"
#include "models/replication/content.h"
#include "models/replication/envelope.h"

namespace peerlab {
namespace {

template <class P>
std::unique_ptr<P> sized(std::size_t payload) {
  auto parcel = std::make_unique<P>();
  CHECK(payload <= payload_limit);
  parcel->wire_size = envelope_size + static_cast<std::uint32_t>(payload);
  return parcel;
}

/// Folds numbers into the content of a message.
template <class... Numbers>
std::uint64_t folded(MessageKind which, std::uint64_t first, Numbers... rest) {
  std::uint64_t content = content_of(which, first, 0);
  ((content = content_of(which, content, static_cast<std::uint64_t>(rest))), ...);
  return content;
}

std::uint64_t fold_bytes(MessageKind which, ByteView bytes) {
  std::uint64_t content = content_of(which, bytes.size(), 0);
  for (const std::uint8_t b : bytes) content = content_of(which, content, b);
  return content;
}

std::uint64_t fold_proof(const AuditProof& proof) {
  Bytes text;
  Writer w(text);
  encode(proof, w);
  return sha256(text).low64();
}

// Who has seen nothing of an audit log, or asks where there is none, does not mention it.
std::size_t size_of_seen(std::uint32_t seen) { return seen > 0 ? 4 : 0; }
std::uint64_t with_seen(MessageKind which, std::uint64_t content, std::uint32_t seen) {
  return seen > 0 ? content_of(which, content, seen) : content;
}

}  // namespace

Message hello(UserId user) { return {kind::hello, 0, 0, user.value}; }

Message challenge(Parcels& parcels, const Hash256& nonce) {
  auto p = sized<ChallengeParcel>(32);
  p->nonce = nonce;
  p->content = fold_bytes(kind::challenge, nonce.bytes);
  return parcels.add(kind::challenge, std::move(p));
}

Message proof(Parcels& parcels, UserId user, Bytes secret) {
  auto p = sized<ProofParcel>(4 + compact_size_length(secret.size()) + secret.size());
  p->user = user;
  p->content = content_of(kind::proof, fold_bytes(kind::proof, secret), user.value);
  p->secret = std::move(secret);
  return parcels.add(kind::proof, std::move(p));
}

Message welcome(Parcels& parcels, std::uint64_t token) {
  auto p = sized<WelcomeParcel>(8);
  p->token = token;
  p->content = content_of(kind::welcome, token, 0);
  return parcels.add(kind::welcome, std::move(p));
}

Message write_request(Parcels& parcels, std::uint64_t token, OperationPtr operation, std::uint32_t seen) {
  auto p = sized<WriteParcel>(8 + operation->full_size + size_of_seen(seen));
  p->token = token;
  p->seen = seen;
  p->content = with_seen(kind::write_request, folded(kind::write_request, token, operation->id.low64()), seen);
  p->operation = std::move(operation);
  return parcels.add(kind::write_request, std::move(p));
}

Message read_request(Parcels& parcels, std::uint64_t token, std::uint32_t number, RecordName record,
                     std::uint32_t seen) {
  auto p = sized<ReadParcel>(20 + size_of_seen(seen));
  p->token = token;
  p->number = number;
  p->record = record;
  p->seen = seen;
  p->content = with_seen(kind::read_request, folded(kind::read_request, token, number, record.packed()), seen);
  return parcels.add(kind::read_request, std::move(p));
}

Message done(std::uint32_t number, Verdict verdict) {
  return {kind::done, 0, static_cast<std::uint16_t>(verdict), number};
}

Message answer(Parcels& parcels, std::uint32_t number, Answer what, std::optional<AuditProof> proof) {
  auto p = sized<AnswerParcel>(4 + encoded_size(what) + (proof ? encoded_size(*proof) : 0));
  std::uint64_t content = folded(kind::answer, number, what.custody.size());
  const int carrier = what.carrier();
  for (std::size_t i = 0; i < what.custody.size(); ++i) {
    const Operation& write = *what.custody[i];
    content = content_of(kind::answer, content, write.digest.low64());
    if (write.signature) content = content_of(kind::answer, content, fold_bytes(kind::answer, write.signature->bytes));
    if (static_cast<int>(i) == carrier) content = content_of(kind::answer, content, write.id.low64());
  }
  if (proof) content = content_of(kind::answer, content, fold_proof(*proof));
  p->number = number;
  p->content = content;
  p->answer = std::move(what);
  p->proof = std::move(proof);
  return parcels.add(kind::answer, std::move(p));
}

Message logged(Parcels& parcels, std::uint32_t number, AuditProof proof) {
  auto p = sized<LoggedParcel>(4 + encoded_size(proof));
  p->number = number;
  p->content = folded(kind::logged, number, fold_proof(proof));
  p->proof = std::move(proof);
  return parcels.add(kind::logged, std::move(p));
}

Message refused(std::uint32_t number, Refusal why) {
  return {kind::refused, 0, static_cast<std::uint16_t>(why), number};
}

Message turned_away(NodeId primary, Refusal why) {
  return {kind::turned_away, 0, static_cast<std::uint16_t>(why), primary.value};
}

Message append(Parcels& parcels, std::uint32_t epoch, std::uint32_t after, std::uint32_t after_epoch,
               std::uint32_t commit, std::vector<LogEntry> entries) {
  std::size_t size = 16 + compact_size_length(entries.size());
  std::uint64_t content = folded(kind::append, epoch, after, after_epoch, commit);
  for (const LogEntry& entry : entries) {
    size += encoded_size(entry);
    content = content_of(kind::append, content, entry.epoch);
    if (entry.operation) content = content_of(kind::append, content, entry.operation->id.low64());
  }
  auto p = sized<AppendParcel>(size);
  p->epoch = epoch;
  p->after = after;
  p->after_epoch = after_epoch;
  p->commit = commit;
  p->entries = std::move(entries);
  p->content = content;
  return parcels.add(kind::append, std::move(p));
}

Message appended(Parcels& parcels, std::uint32_t epoch, bool taken, std::uint32_t length) {
  auto p = sized<AppendedParcel>(9);
  p->epoch = epoch;
  p->taken = taken;
  p->length = length;
  p->content = folded(kind::appended, epoch, taken, length);
  return parcels.add(kind::appended, std::move(p));
}

Message vote_request(Parcels& parcels, std::uint32_t epoch, bool trial, std::uint32_t length,
                     std::uint32_t last_epoch) {
  auto p = sized<VoteRequestParcel>(13);
  p->epoch = epoch;
  p->trial = trial;
  p->length = length;
  p->last_epoch = last_epoch;
  p->content = folded(kind::vote_request, epoch, trial, length, last_epoch);
  return parcels.add(kind::vote_request, std::move(p));
}

Message vote(Parcels& parcels, std::uint32_t epoch, bool trial, bool granted, bool whole) {
  auto p = sized<VoteParcel>(7);
  p->epoch = epoch;
  p->trial = trial;
  p->granted = granted;
  p->whole = whole;
  p->content = folded(kind::vote, epoch, trial, granted, whole);
  return parcels.add(kind::vote, std::move(p));
}

Message fold(std::uint32_t index) { return {kind::fold, 0, 0, index}; }

std::uint64_t sum_of_part(ByteView bytes) { return sha256(bytes).low64(); }

Message snapshot_part(Parcels& parcels, const SnapshotName& name, std::uint32_t offset, Bytes bytes) {
  const std::uint64_t sum = sum_of_part(bytes);
  return snapshot_part(parcels, name, offset, std::move(bytes), sum);
}

Message snapshot_part(Parcels& parcels, const SnapshotName& name, std::uint32_t offset, Bytes bytes,
                      std::uint64_t sum) {
  auto p = sized<SnapshotPartParcel>(16 + compact_size_length(bytes.size()) + bytes.size());
  p->name = name;
  p->offset = offset;
  p->content =
      content_of(kind::snapshot_part, folded(kind::snapshot_part, name.epoch, name.index, name.total, offset), sum);
  p->bytes = std::move(bytes);
  return parcels.add(kind::snapshot_part, std::move(p));
}

Message part_taken(Parcels& parcels, std::uint32_t epoch, std::uint32_t index, std::uint32_t offset) {
  auto p = sized<PartTakenParcel>(12);
  p->epoch = epoch;
  p->index = index;
  p->offset = offset;
  p->content = folded(kind::part_taken, epoch, index, offset);
  return parcels.add(kind::part_taken, std::move(p));
}

}  // namespace peerlab
