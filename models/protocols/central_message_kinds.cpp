#include "models/protocols/central_message_kinds.h"

#include <vector>

#include "models/base/check.h"
#include "models/protocols/central_messages.h"
#include "models/replication/content.h"
#include "models/replication/envelope.h"
#include "models/replication/message_kinds.h"

namespace peerlab {
namespace {

using Decoded = std::optional<Message>;

// --- inline messages: two numbers ------------------------------------------------------------------------------------

std::uint32_t inline_size(const Message&, const Parcels&, const BlockPool*) { return envelope_size + 6; }
std::uint64_t inline_content(const Message& m, const Parcels&, const BlockPool*) {
  return content_of(m.kind, m.ref, m.extra);
}
Bytes encode_inline(std::string_view command, const Message& m) {
  Bytes payload;
  Writer w(payload);
  w.u32(m.ref);
  w.u16(m.extra);
  return enclose(command, payload);
}
Decoded decode_inline(MessageKind which, std::string_view command, ByteView bytes) {
  const auto payload = payload_of(command, bytes);
  if (!payload) return std::nullopt;
  Reader in(*payload);
  Message m{which, 0, 0, in.u32()};
  m.extra = in.u16();
  if (!in.finished()) return std::nullopt;
  return m;
}

// --- parcels -----------------------------------------------------------------------------------------------------------

std::uint32_t parcel_size(const Message& m, const Parcels& parcels, const BlockPool*) {
  return parcels.at(m).wire_size;
}
std::uint64_t parcel_content(const Message& m, const Parcels& parcels, const BlockPool*) {
  return parcels.at(m).content;
}

/// A yes or no that can be written in one way only.
bool read_flag(Reader& in) {
  const std::uint8_t flag = in.u8();
  if (flag > 1) in.fail();
  return flag == 1;
}

/// How much of the audit log somebody has seen, where he says so at all.
std::uint32_t read_seen(Reader& in) {
  if (in.left() == 0) return 0;
  const std::uint32_t seen = in.u32();
  if (seen == 0) in.fail();
  return seen;
}

void put(const ChallengeParcel& p, Writer& w) { w.hash(p.nonce); }
Decoded take_challenge(Reader& in, Parcels& parcels) {
  const Hash256 nonce = in.hash();
  if (!in.finished()) return std::nullopt;
  return challenge(parcels, nonce);
}

void put(const ProofParcel& p, Writer& w) {
  w.u32(p.user.value);
  w.sized(p.secret);
}
Decoded take_proof(Reader& in, Parcels& parcels) {
  constexpr std::size_t longest_secret = 256;
  const UserId user(in.u32());
  const ByteView secret = in.sized(longest_secret);
  if (!in.finished()) return std::nullopt;
  return proof(parcels, user, Bytes(secret.begin(), secret.end()));
}

void put(const WelcomeParcel& p, Writer& w) { w.u64(p.token); }
Decoded take_welcome(Reader& in, Parcels& parcels) {
  const std::uint64_t token = in.u64();
  if (!in.finished()) return std::nullopt;
  return welcome(parcels, token);
}

void put(const WriteParcel& p, Writer& w) {
  w.u64(p.token);
  encode(*p.operation, OperationForm::full, w);
  if (p.seen > 0) w.u32(p.seen);
}
Decoded take_write(Reader& in, Parcels& parcels) {
  const std::uint64_t token = in.u64();
  OperationPtr operation = decode_operation(in, OperationForm::full);
  if (operation == nullptr) return std::nullopt;
  const std::uint32_t seen = read_seen(in);
  if (!in.finished()) return std::nullopt;
  return write_request(parcels, token, std::move(operation), seen);
}

void put(const ReadParcel& p, Writer& w) {
  w.u64(p.token);
  w.u32(p.number);
  w.u64(p.record.packed());
  if (p.seen > 0) w.u32(p.seen);
}
Decoded take_read(Reader& in, Parcels& parcels) {
  const std::uint64_t token = in.u64();
  const std::uint32_t number = in.u32();
  const std::uint64_t record = in.u64();
  const std::uint32_t seen = read_seen(in);
  if (!in.finished()) return std::nullopt;
  const UserId publisher(static_cast<std::uint32_t>(record >> 32));
  return read_request(parcels, token, number, {publisher, static_cast<std::uint32_t>(record)}, seen);
}

void put(const AnswerParcel& p, Writer& w) {
  w.u32(p.number);
  encode(p.answer, w);
  if (p.proof) encode(*p.proof, w);
}
Decoded take_answer(Reader& in, Parcels& parcels) {
  const std::uint32_t number = in.u32();
  std::optional<Answer> read = decode_answer(in);
  if (!read) return std::nullopt;
  std::optional<AuditProof> proof;
  if (in.left() > 0) {
    proof = decode_proof(in);
    if (!proof) return std::nullopt;
  }
  if (!in.finished()) return std::nullopt;
  return answer(parcels, number, std::move(*read), std::move(proof));
}

void put(const LoggedParcel& p, Writer& w) {
  w.u32(p.number);
  encode(p.proof, w);
}
Decoded take_logged(Reader& in, Parcels& parcels) {
  const std::uint32_t number = in.u32();
  std::optional<AuditProof> proof = decode_proof(in);
  if (!proof || !in.finished()) return std::nullopt;
  return logged(parcels, number, std::move(*proof));
}

void put(const AppendParcel& p, Writer& w) {
  w.u32(p.epoch);
  w.u32(p.after);
  w.u32(p.after_epoch);
  w.u32(p.commit);
  w.compact_size(p.entries.size());
  for (const LogEntry& entry : p.entries) w.raw(encode_entry(entry));
}
Decoded take_append(Reader& in, Parcels& parcels) {
  constexpr std::size_t least_entry = 17;
  const std::uint32_t epoch = in.u32();
  const std::uint32_t after = in.u32();
  const std::uint32_t after_epoch = in.u32();
  const std::uint32_t commit = in.u32();
  const std::uint64_t count = in.compact_size();
  if (!in.ok() || count > in.left() / least_entry) return std::nullopt;
  std::vector<LogEntry> entries;
  for (std::uint64_t i = 0; i < count; ++i) {
    Reader head = in;
    const std::uint32_t body = head.u32();
    std::optional<LogEntry> entry = decode_entry(in.raw(std::size_t{body} + 8));
    if (!in.ok() || !entry || entry->index != after + 1 + i) return std::nullopt;
    entries.push_back(std::move(*entry));
  }
  if (!in.finished()) return std::nullopt;
  return append(parcels, epoch, after, after_epoch, commit, std::move(entries));
}

void put(const AppendedParcel& p, Writer& w) {
  w.u32(p.epoch);
  w.u8(p.taken ? 1 : 0);
  w.u32(p.length);
}
Decoded take_appended(Reader& in, Parcels& parcels) {
  const std::uint32_t epoch = in.u32();
  const bool taken = read_flag(in);
  const std::uint32_t length = in.u32();
  if (!in.finished()) return std::nullopt;
  return appended(parcels, epoch, taken, length);
}

void put(const VoteRequestParcel& p, Writer& w) {
  w.u32(p.epoch);
  w.u8(p.trial ? 1 : 0);
  w.u32(p.length);
  w.u32(p.last_epoch);
}
Decoded take_vote_request(Reader& in, Parcels& parcels) {
  const std::uint32_t epoch = in.u32();
  const bool trial = read_flag(in);
  const std::uint32_t length = in.u32();
  const std::uint32_t last_epoch = in.u32();
  if (!in.finished()) return std::nullopt;
  return vote_request(parcels, epoch, trial, length, last_epoch);
}

void put(const VoteParcel& p, Writer& w) {
  w.u32(p.epoch);
  w.u8(p.trial ? 1 : 0);
  w.u8(p.granted ? 1 : 0);
  w.u8(p.whole ? 1 : 0);
}
Decoded take_vote(Reader& in, Parcels& parcels) {
  const std::uint32_t epoch = in.u32();
  const bool trial = read_flag(in);
  const bool granted = read_flag(in);
  const bool whole = read_flag(in);
  if (!in.finished()) return std::nullopt;
  return vote(parcels, epoch, trial, granted, whole);
}

void put(const SnapshotPartParcel& p, Writer& w) {
  w.u32(p.name.epoch);
  w.u32(p.name.index);
  w.u32(p.name.total);
  w.u32(p.offset);
  w.sized(p.bytes);
}
Decoded take_snapshot_part(Reader& in, Parcels& parcels) {
  constexpr std::size_t longest = 32'000'000;
  SnapshotName name;
  name.epoch = in.u32();
  name.index = in.u32();
  name.total = in.u32();
  const std::uint32_t offset = in.u32();
  const ByteView bytes = in.sized(longest);
  if (!in.finished()) return std::nullopt;
  return snapshot_part(parcels, name, offset, Bytes(bytes.begin(), bytes.end()));
}

void put(const PartTakenParcel& p, Writer& w) {
  w.u32(p.epoch);
  w.u32(p.index);
  w.u32(p.offset);
}
Decoded take_part_taken(Reader& in, Parcels& parcels) {
  const std::uint32_t epoch = in.u32();
  const std::uint32_t index = in.u32();
  const std::uint32_t offset = in.u32();
  if (!in.finished()) return std::nullopt;
  return part_taken(parcels, epoch, index, offset);
}

// --- the table -----------------------------------------------------------------------------------------------------------

/// A command on the wire, at most 12 characters, as a type.
template <std::size_t N>
struct Command {
  char text[N]{};
  constexpr Command(const char (&from)[N]) {  // NOLINT: written as a literal
    for (std::size_t i = 0; i < N; ++i) text[i] = from[i];
  }
  [[nodiscard]] constexpr std::string_view view() const { return {text, N - 1}; }
};

template <MessageKind which, Command command>
constexpr MessageKindRow inline_row(std::string_view name) {
  return {which,
          name,
          false,
          inline_size,
          inline_content,
          [](const Message& m, const Parcels&, const BlockPool*) { return encode_inline(command.view(), m); },
          [](ByteView bytes, Parcels&, BlockPool*) { return decode_inline(which, command.view(), bytes); }};
}

template <MessageKind which, Command command, class P, Decoded (*take)(Reader&, Parcels&)>
constexpr MessageKindRow parcel_row(std::string_view name, bool bulk = false) {
  return {which,
          name,
          bulk,
          parcel_size,
          parcel_content,
          [](const Message& m, const Parcels& parcels, const BlockPool*) {
            Bytes payload;
            Writer w(payload);
            put(parcels.as<P>(m), w);
            return enclose(command.view(), payload);
          },
          [](ByteView bytes, Parcels& parcels, BlockPool*) -> Decoded {
            const auto payload = payload_of(command.view(), bytes);
            if (!payload) return std::nullopt;
            Reader in(*payload);
            return take(in, parcels);
          }};
}

std::vector<MessageKindRow> make_rows() {
  std::vector<MessageKindRow> rows = {
      inline_row<kind::hello, "hello">("hello"),
      parcel_row<kind::challenge, "challenge", ChallengeParcel, take_challenge>("challenge"),
      parcel_row<kind::proof, "proof", ProofParcel, take_proof>("proof"),
      parcel_row<kind::welcome, "welcome", WelcomeParcel, take_welcome>("welcome"),
      parcel_row<kind::write_request, "write", WriteParcel, take_write>("write request", true),
      parcel_row<kind::read_request, "read", ReadParcel, take_read>("read request"),
      inline_row<kind::done, "done">("done"),
      parcel_row<kind::answer, "answer", AnswerParcel, take_answer>("answer", true),
      inline_row<kind::refused, "refused">("refused"),
      inline_row<kind::turned_away, "turnedaway">("turned away"),
      parcel_row<kind::append, "append", AppendParcel, take_append>("append", true),
      parcel_row<kind::appended, "appended", AppendedParcel, take_appended>("appended"),
      parcel_row<kind::vote_request, "voterequest", VoteRequestParcel, take_vote_request>("vote request"),
      parcel_row<kind::vote, "vote", VoteParcel, take_vote>("vote"),
      inline_row<kind::fold, "fold">("fold"),
      parcel_row<kind::snapshot_part, "snapshot", SnapshotPartParcel, take_snapshot_part>("snapshot part", true),
      parcel_row<kind::part_taken, "parttaken", PartTakenParcel, take_part_taken>("part taken"),
      parcel_row<kind::logged, "logged", LoggedParcel, take_logged>("logged"),
  };
  const MessageKindRow* noise = row_of(replication_message_kinds(), garbage_kind);
  CHECK(noise != nullptr);
  rows.push_back(*noise);
  return rows;
}

}  // namespace

std::span<const MessageKindRow> central_message_kinds() {
  static const std::vector<MessageKindRow> rows = make_rows();
  return rows;
}

}  // namespace peerlab
