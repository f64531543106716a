// What clients and servers say to each other, and servers among themselves. Kinds 32 .. 47.
//
// A session:      hello -> challenge -> proof -> welcome, which brings a token; with a password: proof -> welcome.
// A write:        write request -> done (with a verdict), refused, or turned away.
// A read:         read request -> answer, refused, or turned away.
// Among servers:  append -> appended ships the log and is the heartbeat; vote request -> vote elects a primary; fold says what may
//                 be compacted; snapshot part -> appended replaces a log that lacks what is compacted elsewhere.
//
// Where the service keeps an audit log (audit_log.h), requests say how much of it the asker has seen, and a write that was done is told
// with its proof: write request -> logged. Without one nothing is added to any message.
//
// Numbers of operations, users and nodes are the same everywhere, so that all but the longer ones are inline. Everything travels in
// the same envelope as the messages of peers, 24 bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "models/base/bytes.h"
#include "models/ledger/verdict.h"
#include "models/node/message.h"
#include "models/node/parcels.h"
#include "models/protocols/audit_log.h"
#include "models/protocols/central_answer.h"
#include "models/protocols/central_log.h"
#include "models/protocols/refusal.h"

namespace peerlab {

namespace kind {
inline constexpr MessageKind hello = 32;          ///< I want a session. ref: user
inline constexpr MessageKind challenge = 33;      ///< ChallengeParcel
inline constexpr MessageKind proof = 34;          ///< ProofParcel
inline constexpr MessageKind welcome = 35;        ///< WelcomeParcel
inline constexpr MessageKind write_request = 36;  ///< WriteParcel
inline constexpr MessageKind read_request = 37;   ///< ReadParcel
inline constexpr MessageKind done = 38;     ///< a write was done or not. ref: number of the operation; extra: verdict
inline constexpr MessageKind answer = 39;   ///< AnswerParcel
inline constexpr MessageKind refused = 40;  ///< one operation was not taken. ref: its number; extra: Refusal
inline constexpr MessageKind turned_away =
    41;  ///< nothing of yours is taken. ref: node of the primary, or nobody; extra: Refusal
inline constexpr MessageKind append = 42;         ///< AppendParcel
inline constexpr MessageKind appended = 43;       ///< AppendedParcel
inline constexpr MessageKind vote_request = 44;   ///< VoteRequestParcel
inline constexpr MessageKind vote = 45;           ///< VoteParcel
inline constexpr MessageKind fold = 46;           ///< a majority holds the log up to here. ref: index
inline constexpr MessageKind snapshot_part = 47;  ///< SnapshotPartParcel
inline constexpr MessageKind part_taken = 48;     ///< PartTakenParcel
inline constexpr MessageKind logged = 49;         ///< LoggedParcel: a write was done, and here is the proof
}  // namespace kind

struct ChallengeParcel : Parcel {
  Hash256 nonce;
};
struct ProofParcel : Parcel {
  UserId user;
  Bytes secret;  ///< the signature of the challenge, or the password
};
struct WelcomeParcel : Parcel {
  std::uint64_t token = 0;
};
struct WriteParcel : Parcel {
  std::uint64_t token = 0;
  OperationPtr operation;
  std::uint32_t seen = 0;  ///< entries of the audit log that the asker has seen
};
struct ReadParcel : Parcel {
  std::uint64_t token = 0;
  std::uint32_t number = 0;
  RecordName record;
  std::uint32_t seen = 0;  ///< as in WriteParcel
};
struct AnswerParcel : Parcel {
  std::uint32_t number = 0;
  Answer answer;
  std::optional<AuditProof> proof;  ///< of every write in the answer
};
struct LoggedParcel : Parcel {
  std::uint32_t number = 0;  ///< of the operation
  AuditProof proof;
};
/// The log from `after` on. Empty: a heartbeat.
struct AppendParcel : Parcel {
  std::uint32_t epoch = 0;        ///< of the primary
  std::uint32_t after = 0;        ///< index of the entry before the first
  std::uint32_t after_epoch = 0;  ///< its epoch: the receiver's must be the same
  std::uint32_t commit = 0;       ///< entries up to here are done
  std::vector<LogEntry> entries;
};
struct AppendedParcel : Parcel {
  std::uint32_t epoch = 0;  ///< the latest the sender has seen
  bool taken = false;
  std::uint32_t length =
      0;  ///< taken: entries known to agree with the primary's; not: where to try next, or nothing_fits
};
/// Not even what the sender has compacted agrees with the primary's log.
inline constexpr std::uint32_t nothing_fits = 0xffffffff;
/// Which snapshot travels (central_transfer.h).
struct SnapshotName {
  std::uint32_t epoch = 0;  ///< of the primary
  std::uint32_t index = 0;  ///< of its last entry
  std::uint32_t total = 0;  ///< bytes of the whole, encoded
};
/// A part of an encoded snapshot (central_snapshot.h).
struct SnapshotPartParcel : Parcel {
  SnapshotName name;
  std::uint32_t offset = 0;  ///< where this part begins
  Bytes bytes;
};
/// A part has arrived.
struct PartTakenParcel : Parcel {
  std::uint32_t epoch = 0;  ///< as in the part
  std::uint32_t index = 0;
  std::uint32_t offset = 0;
};
struct VoteRequestParcel : Parcel {
  std::uint32_t epoch = 0;  ///< in which the sender wants to be primary
  bool trial = false;       ///< only asks whether it would be elected
  std::uint32_t length = 0;
  std::uint32_t last_epoch = 0;
};
struct VoteParcel : Parcel {
  std::uint32_t epoch = 0;  ///< granted: of the request; not: the latest the sender has seen
  bool trial = false;
  bool granted = false;
  bool whole = false;  ///< the sender never lost what it had (central_group.h)
};

Message hello(UserId user);
Message challenge(Parcels& parcels, const Hash256& nonce);
Message proof(Parcels& parcels, UserId user, Bytes secret);
Message welcome(Parcels& parcels, std::uint64_t token);
Message write_request(Parcels& parcels, std::uint64_t token, OperationPtr operation, std::uint32_t seen = 0);
Message read_request(Parcels& parcels, std::uint64_t token, std::uint32_t number, RecordName record,
                     std::uint32_t seen = 0);
Message done(std::uint32_t number, Verdict verdict);
Message answer(Parcels& parcels, std::uint32_t number, Answer answer, std::optional<AuditProof> proof = std::nullopt);
Message logged(Parcels& parcels, std::uint32_t number, AuditProof proof);
Message refused(std::uint32_t number, Refusal why);
Message turned_away(NodeId primary, Refusal why);
Message append(Parcels& parcels, std::uint32_t epoch, std::uint32_t after, std::uint32_t after_epoch,
               std::uint32_t commit, std::vector<LogEntry> entries);
Message appended(Parcels& parcels, std::uint32_t epoch, bool taken, std::uint32_t length);
Message vote_request(Parcels& parcels, std::uint32_t epoch, bool trial, std::uint32_t length, std::uint32_t last_epoch);
Message vote(Parcels& parcels, std::uint32_t epoch, bool trial, bool granted, bool whole);
Message fold(std::uint32_t index);
Message snapshot_part(Parcels& parcels, const SnapshotName& name, std::uint32_t offset, Bytes bytes);
/// The same by who knows the sum of these bytes already.
Message snapshot_part(Parcels& parcels, const SnapshotName& name, std::uint32_t offset, Bytes bytes, std::uint64_t sum);
/// What stands for a part's bytes in a message's content.
std::uint64_t sum_of_part(ByteView bytes);
Message part_taken(Parcels& parcels, std::uint32_t epoch, std::uint32_t index, std::uint32_t offset);

}  // namespace peerlab
