// The store against a plain model, the log against a plain list, and every message through its bytes and back.
#include <gtest/gtest.h>

#include <map>
#include <optional>

#include "models/protocols/central_message_kinds.h"
#include "models/protocols/central_messages.h"
#include "models/protocols/central_snapshot.h"
#include "models/protocols/central_store.h"
#include "models/replication/envelope.h"

namespace peerlab {
namespace {

constexpr std::uint32_t users = 4;

OperationPtr random_write(Stream& chance, std::uint32_t number, bool right_content = true) {
  Operation draft;
  constexpr Asked kinds[] = {Asked::publish, Asked::publish, Asked::transfer, Asked::pay, Asked::update, Asked::erase};
  draft.what = kinds[chance.below(6)];
  draft.number = number;
  draft.user = UserId(static_cast<std::uint32_t>(chance.below(users)));
  draft.other = UserId(static_cast<std::uint32_t>(chance.below(users)));
  const auto publisher = static_cast<std::uint32_t>(chance.below(users));
  draft.record = {UserId(publisher), static_cast<std::uint32_t>(chance.below(3))};
  if (draft.what == Asked::publish && chance.chance(0.9)) draft.record.publisher = draft.user;
  draft.amount = draft.what == Asked::pay ? chance.below(80) : 0;
  if (draft.what == Asked::publish || draft.what == Asked::update) {
    const auto size = static_cast<std::uint32_t>(1 + chance.below(300));
    draft.content = declared_content(chance.bits() | 1, size);
    draft.commitment = commitment(*draft.content);
    if (!right_content) draft.commitment->bytes[0] ^= 1;
  }
  draft.is_private = chance.chance(0.3);
  if (chance.chance(0.7)) {
    draft.signature.emplace();
    for (std::uint8_t& b : draft.signature->bytes) b = static_cast<std::uint8_t>(chance.bits());
  }
  return make_operation(std::move(draft));
}

/// The same rules, written down in the plainest way.
struct Twin {
  struct Record {
    std::uint32_t owner = 0;
    std::uint32_t version = 0;
    bool erased = false;
  };
  std::map<std::pair<std::uint32_t, std::uint32_t>, Record> records;
  std::map<std::uint32_t, std::uint64_t> coins;

  bool apply(const Operation& w) {
    const std::pair name{w.record.publisher.value, w.record.ordinal};
    const bool known = records.contains(name);
    const bool mine = known && !records[name].erased && records[name].owner == w.user.value;
    if (w.commitment && !w.content_matches) return false;
    switch (w.what) {
      case Asked::publish:
        if (known || w.record.publisher != w.user) return false;
        records[name] = {w.user.value, w.number, false};
        return true;
      case Asked::transfer:
        if (!mine) return false;
        records[name].owner = w.other.value;
        records[name].version = w.number;
        return true;
      case Asked::update:
      case Asked::erase:
        if (!mine) return false;
        records[name].version = w.number;
        records[name].erased = w.what == Asked::erase;
        return true;
      case Asked::pay:
        if (coins[w.user.value] < w.amount) return false;
        coins[w.user.value] -= w.amount;
        coins[w.other.value] += w.amount;
        return true;
      case Asked::read: break;
    }
    return false;
  }
};

TEST(RecordStore, DoesAsAPlainModelDoes) {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    Stream chance(seed, purpose("store"));
    RecordStore store(users, 100);
    RecordStore again(users, 100);
    Twin twin;
    for (std::uint32_t u = 0; u < users; ++u) twin.coins[u] = 100;
    Work work;
    for (std::uint32_t n = 0; n < 100; ++n) {
      const OperationPtr write = random_write(chance, n, chance.chance(0.95));
      const Verdict verdict = store.apply(write, work);
      ASSERT_EQ(verdict == Verdict::ok, twin.apply(*write)) << "seed " << seed << " write " << n;
      ASSERT_EQ(store.apply(write, work), verdict) << "a repeated write changes nothing";
      (void)again.apply(write, work);
      ASSERT_EQ(store.digest(), again.digest());
      for (const auto& [name, record] : twin.records) {
        const Answer answer = store.read({UserId(name.first), name.second}, work);
        ASSERT_EQ(answer.version(), record.version);
        ASSERT_EQ(answer.erased(), record.erased);
        ASSERT_EQ(answer.owner(), UserId(record.owner));
        // Whoever checks the custody, signatures apart, agrees.
        KeyBook book(1);
        SignatureMemo memo(users);
        ASSERT_TRUE(credible(answer, {UserId(name.first), name.second}, false, book, memo, work));
        ASSERT_FALSE(credible(answer, {UserId(name.first), name.second + 1}, false, book, memo, work));
      }
      for (std::uint32_t u = 0; u < users; ++u) ASSERT_EQ(store.balance(UserId(u)), twin.coins[u]);
    }
  }
}

TEST(RecordStore, HasOneDigestForOneStateHoweverItCameAbout) {
  Stream chance(3, purpose("digest"));
  Work work;
  RecordStore one(users, 100);
  RecordStore other(users, 100);
  std::uint32_t number = 0;
  const auto pay = [&](RecordStore& store, std::uint32_t from, std::uint32_t to, std::uint64_t amount) {
    Operation draft;
    draft.what = Asked::pay;
    draft.number = number++;
    draft.user = UserId(from);
    draft.other = UserId(to);
    draft.amount = amount;
    return store.apply(make_operation(draft), work);
  };
  EXPECT_EQ(pay(one, 0, 1, 30), Verdict::ok);
  EXPECT_NE(one.digest(), other.digest());
  EXPECT_EQ(pay(one, 1, 0, 30), Verdict::ok);
  EXPECT_EQ(one.digest(), other.digest());
  EXPECT_EQ(pay(one, 2, 2, 30), Verdict::ok);
  EXPECT_EQ(one.digest(), other.digest()) << "paying oneself changes nothing";
}

/// Carries out the wishes about the disk.
void write_down(Outbox& out, Disk& disk, bool sync) {
  for (const Wish& w : out.wishes()) {
    if (w.kind == Wish::Kind::write) disk.write(out.written(w));
  }
  if (sync) disk.sync();
  out.clear();
}

TEST(RecordStore, IsTheSameThroughItsBytes) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    Stream chance(seed, purpose("snapshot"));
    RecordStore store(users, 100);
    Work work;
    const std::uint64_t writes = chance.below(60);
    for (std::uint32_t n = 0; n < writes; ++n) (void)store.apply(random_write(chance, n, chance.chance(0.9)), work);
    const Snapshot snapshot{7, 3, seed, std::make_shared<const RecordStore>(store)};
    const Bytes bytes = encode_snapshot(snapshot);
    ASSERT_EQ(bytes.size(), encoded_size(snapshot));
    std::optional<Snapshot> back = decode_snapshot(bytes);
    ASSERT_TRUE(back.has_value()) << seed;
    EXPECT_EQ(std::tuple(back->index, back->epoch, back->history), std::tuple(7U, 3U, seed));
    RecordStore again = *back->store;
    EXPECT_EQ(again.digest(), store.digest()) << seed;
    EXPECT_EQ(encode_snapshot(*back), bytes);
    for (std::uint32_t n = 0; n < writes; ++n) EXPECT_EQ(*again.verdict_of(n), *store.verdict_of(n));
    for (std::uint32_t n = 100; n < 160; ++n) {  // and it goes on alike
      const OperationPtr write = random_write(chance, n);
      EXPECT_EQ(again.apply(write, work), store.apply(write, work));
      EXPECT_EQ(again.only_reader(write->record), store.only_reader(write->record));
    }
    EXPECT_EQ(again.digest(), store.digest()) << seed;
    Bytes damaged = bytes;
    damaged[chance.below(damaged.size())] ^= 0x10;
    EXPECT_FALSE(decode_snapshot(damaged).has_value());
    EXPECT_FALSE(decode_snapshot(ByteView(bytes).first(chance.below(bytes.size()))).has_value());
  }
}

TEST(CentralLog, ReadsBackWhatTheDiskKept) {
  std::uint32_t torn = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    Stream chance(seed, purpose("log"));
    Journal journal;
    Disk disk;
    std::vector<std::uint32_t> kept;  // epochs of the entries that a power cut would leave
    std::vector<std::uint32_t> twin;  // of all entries
    auto log = std::make_unique<CentralLog>(journal, false);
    Outbox out;
    std::uint32_t epoch = 1;
    for (std::uint32_t n = 0; n < 60; ++n) {
      const std::uint64_t what = chance.below(10);
      if (what == 0 && log->length() > 0) {
        const auto length = static_cast<std::uint32_t>(chance.below(log->length()));
        const std::size_t gone = log->length() - length;
        log->cut(length, out);
        EXPECT_EQ(log->take_overruled().size(), gone);
        twin.resize(length);
        ++epoch;
        write_down(out, disk, true);
        kept = twin;
      } else if (what == 1) {
        // The power fails, perhaps in the middle of a write; what was not synced is gone.
        if (chance.chance(0.5)) {
          disk.tear();
        } else {
          disk.crash();
        }
        Work work;
        log = std::make_unique<CentralLog>(journal, false);
        torn += log->replay(disk.entries(), work).torn;
        twin = kept;
        ASSERT_EQ(log->length(), twin.size()) << "seed " << seed;
        for (std::uint32_t i = 1; i <= log->length(); ++i) ASSERT_EQ(log->epoch_at(i), twin[i - 1]);
        EXPECT_GT(work.bytes_read + 1, disk.bytes());
      } else {
        OperationPtr write = chance.chance(0.9) ? random_write(chance, n) : nullptr;
        log->append({log->length() + 1, epoch, std::move(write)}, out);
        twin.push_back(epoch);
        const bool sync = chance.chance(0.5);
        write_down(out, disk, sync);
        if (sync) kept = twin;
      }
    }
  }
  EXPECT_GT(torn, 100U);
}

TEST(CentralLog, RecognisesEveryTornOrAlteredEntry) {
  Stream chance(9, purpose("entry"));
  for (std::uint32_t n = 0; n < 200; ++n) {
    const LogEntry entry{n + 1, 7, random_write(chance, n)};
    const Bytes bytes = encode_entry(entry);
    ASSERT_EQ(bytes.size(), encoded_size(entry));
    const std::optional<LogEntry> back = decode_entry(bytes);
    ASSERT_TRUE(back.has_value());
    EXPECT_EQ(back->index, entry.index);
    EXPECT_EQ(back->operation->id, entry.operation->id);
    EXPECT_FALSE(decode_entry(ByteView(bytes).first(chance.below(bytes.size()))).has_value());
    Bytes altered = bytes;
    const std::size_t where = chance.below(altered.size());
    altered[where] = static_cast<std::uint8_t>(altered[where] ^ (1U << chance.below(8)));
    EXPECT_FALSE(decode_entry(altered).has_value());
  }
}

Message random_message(Stream& chance, Parcels& parcels, std::uint32_t n) {
  const auto small = [&] { return static_cast<std::uint32_t>(chance.below(100'000)); };
  const bool yes = chance.chance(0.5);
  const bool also = chance.chance(0.5);
  const auto some_hash = [&] {
    Hash256 hash;
    for (std::uint8_t& b : hash.bytes) b = static_cast<std::uint8_t>(chance.bits());
    return hash;
  };
  const auto some_proof = [&](std::size_t entries) {
    AuditProof proof;
    proof.size = small();
    proof.root = some_hash();
    proof.signature.bytes.fill(static_cast<std::uint8_t>(n));
    proof.from = small();
    proof.continues.assign(chance.below(9), some_hash());
    for (std::size_t i = 0; i < entries; ++i) {
      const std::uint32_t index = small();
      proof.entries.push_back({index, std::vector<Hash256>(chance.below(9), some_hash())});
    }
    return proof;
  };
  switch (n % 18) {
    case 0: return hello(UserId(small()));
    case 1: {
      Hash256 nonce;
      for (std::uint8_t& b : nonce.bytes) b = static_cast<std::uint8_t>(chance.bits());
      return challenge(parcels, nonce);
    }
    case 2: return proof(parcels, UserId(small()), Bytes(chance.below(100), 7));
    case 3: return welcome(parcels, chance.bits());
    case 4: return write_request(parcels, chance.bits(), random_write(chance, n, yes), also ? small() : 0);
    case 5: {
      const UserId publisher(small());
      return read_request(parcels, chance.bits(), n, {publisher, small()}, also ? n : 0);
    }
    case 6: return done(n, all_verdicts()[chance.below(all_verdicts().size())]);
    case 7: {
      Answer what;
      for (std::uint64_t i = chance.below(5); i > 0; --i) what.custody.push_back(random_write(chance, small()));
      const std::size_t writes = what.custody.size();
      return answer(parcels, n, std::move(what), also ? std::optional(some_proof(writes)) : std::nullopt);
    }
    case 8: return refused(n, Refusal::overloaded);
    case 9: return turned_away(yes ? NodeId(small()) : nobody, Refusal::not_primary);
    case 10: {
      const std::uint32_t after = small();
      std::vector<LogEntry> entries;
      for (std::uint32_t i = 0; i < n % 5; ++i) {
        entries.push_back({after + 1 + i, small(), i % 3 == 0 ? nullptr : random_write(chance, small())});
      }
      return append(parcels, small(), after, small(), small(), std::move(entries));
    }
    case 11: return appended(parcels, small(), yes, small());
    case 12: return vote_request(parcels, small(), yes, small(), small());
    case 13: return fold(n);
    case 14: {
      Bytes part(chance.below(300));
      for (std::uint8_t& b : part) b = static_cast<std::uint8_t>(chance.bits());
      return snapshot_part(parcels, {small(), small(), small()}, small(), std::move(part));
    }
    case 15: return part_taken(parcels, small(), small(), small());
    case 16: return logged(parcels, n, some_proof(1));
    default: return vote(parcels, small(), yes, also, chance.chance(0.5));
  }
}

TEST(CentralMessages, AreTheSameThroughTheirBytes) {
  Parcels parcels;
  Stream chance(21, purpose("messages"));
  const std::span<const MessageKindRow> rows = central_message_kinds();
  for (std::uint32_t n = 0; n < 5'000; ++n) {
    const Message m = random_message(chance, parcels, n);
    const MessageKindRow* row = row_of(rows, m.kind);
    ASSERT_NE(row, nullptr);
    const Bytes bytes = row->encode(m, parcels, nullptr);
    ASSERT_EQ(bytes.size(), row->wire_size(m, parcels, nullptr)) << row->name;
    const std::optional<Message> back = row->decode(bytes, parcels, nullptr);
    ASSERT_TRUE(back.has_value()) << row->name;
    EXPECT_EQ(back->kind, m.kind);
    EXPECT_EQ(row->content(*back, parcels, nullptr), row->content(m, parcels, nullptr)) << row->name;
    EXPECT_EQ(row->encode(*back, parcels, nullptr), bytes) << row->name;
    // Bytes of one kind are no message of another, and damaged ones of none.
    for (const MessageKindRow& other : rows) {
      if (other.kind == m.kind || other.kind == garbage_kind) continue;
      EXPECT_FALSE(other.decode(bytes, parcels, nullptr).has_value()) << row->name << " as " << other.name;
    }
    Bytes damaged = bytes;
    damaged[chance.below(damaged.size())] ^= 0x10;
    EXPECT_FALSE(row->decode(damaged, parcels, nullptr).has_value()) << row->name;
    EXPECT_FALSE(row->decode(ByteView(bytes).first(chance.below(bytes.size())), parcels, nullptr).has_value());
    parcels.drop(*back);
    parcels.drop(m);
  }
  EXPECT_EQ(parcels.alive(), 0U);
}

TEST(CentralMessages, SurviveDamageUnderARightChecksum) {
  // Whoever makes bytes can make the checksum as well: no decoder may run off its end or take nonsense for a message.
  Parcels parcels;
  Stream chance(22, purpose("damage"));
  const std::span<const MessageKindRow> rows = central_message_kinds();
  for (std::uint32_t n = 0; n < 5'000; ++n) {
    const Message m = random_message(chance, parcels, n);
    const MessageKindRow* row = row_of(rows, m.kind);
    const Bytes bytes = row->encode(m, parcels, nullptr);
    constexpr std::size_t envelope = 24;
    Bytes payload(bytes.begin() + envelope, bytes.end());
    for (std::uint64_t i = 1 + chance.below(3); i > 0 && !payload.empty(); --i) {
      payload[chance.below(payload.size())] = static_cast<std::uint8_t>(chance.bits());
    }
    if (chance.chance(0.3)) payload.resize(chance.below(payload.size() + 1));
    std::string command(bytes.begin() + 4, bytes.begin() + 16);
    command.resize(command.find('\0') == std::string::npos ? 12 : command.find('\0'));
    const Bytes forged = enclose(command, payload);
    if (const std::optional<Message> back = row->decode(forged, parcels, nullptr)) {
      EXPECT_EQ(row->encode(*back, parcels, nullptr), forged) << row->name << ": each message has one encoding";
      parcels.drop(*back);
    }
    parcels.drop(m);
  }
}

}  // namespace
}  // namespace peerlab
