// Every kind of message: as long as declared, the same after decoding in another pool, and nothing that comes breaks a decoder.
#include "models/replication/message_kinds.h"

#include "models/replication/envelope.h"
#include "models/replication/messages.h"
#include "tests/models/replication/a_ledger.h"

namespace peerlab {
namespace {

struct Kinds : testing::Test {
  ALedger ledger;
  Parcels parcels;
  std::vector<Message> all;

  Kinds() {
    std::vector<TxRef> list;
    for (std::uint32_t i = 0; i < 12; ++i) {
      list.push_back(
          i % 3 == 0 ? ledger.spend(i % 4, i, i == 6 ? declared_content(77, 5000) : stored_content(Bytes(40 + i, 7)))
                     : ledger.spend(i % 4, i));
      EXPECT_TRUE(ledger.mempool->add(list.back(), ledger.tip).ok());
    }
    BlockPool& pool = *ledger.pool;
    const Block full = ledger.mine();
    const Block filled = ledger.mine(60'000);
    all = {
        block_inventory(full.header),
        block_request(full.header, true),
        block_request(full.header, false),
        block_body(parcels, pool, full),
        block_body(parcels, pool, filled),
        block_body(parcels, pool, {full.header, filled.body}),
        compact_block(parcels, pool, make_compact(pool, full.header)),
        missing_request(parcels, pool, full.header, {0, 1, 5, 11}),
        missing_request(parcels, pool, full.header, {}),
        missing_transactions(parcels, pool, full.header, {list[0], list[6]}),
        get_headers(parcels, {pool.headers.id(full.header), pool.headers.id(pool.genesis())}),
        headers(parcels, pool, {full.header, filled.header}),
        headers(parcels, pool, {}),
        transaction_list(kind::transaction_inventory, parcels, pool, {list[3]}),
        transaction_list(kind::transaction_inventory, parcels, pool, list),
        transaction_list(kind::transaction_request, parcels, pool, {list[4]}),
        transaction_list(kind::transaction_request, parcels, pool, list),
        transaction(list[0]),
        transaction(list[6]),
        {kind::modelled_compact, 0, 18'000, filled.header.value},
        {kind::modelled_compact, 0, 100, full.header.value},
        {kind::modelled_missing, 0, 655, filled.header.value},
        {kind::modelled_rest, 0, 655, filled.header.value},
        garbage(5, 300),
    };
  }
  ~Kinds() override {
    for (const Message& m : all) parcels.drop(m);
  }
  static const MessageKindRow& row(const Message& m) { return *row_of(replication_message_kinds(), m.kind); }
  Bytes bytes(const Message& m) { return row(m).encode(m, parcels, ledger.pool.get()); }
};

TEST_F(Kinds, EveryKindIsThere) {
  for (const MessageKindRow& r : replication_message_kinds()) {
    EXPECT_TRUE(std::any_of(all.begin(), all.end(), [&](const Message& m) { return m.kind == r.kind; })) << r.name;
  }
}

TEST_F(Kinds, EncodingsAreAsLongAsDeclared) {
  for (const Message& m : all)
    EXPECT_EQ(bytes(m).size(), row(m).wire_size(m, parcels, ledger.pool.get())) << row(m).name;
}

TEST_F(Kinds, SizesAreThoseOfBitcoin) {
  EXPECT_EQ(row(all[0]).wire_size(all[0], parcels, ledger.pool.get()), 24U + 1 + 36);
  const Message& two_headers = all[11];
  EXPECT_EQ(row(two_headers).wire_size(two_headers, parcels, ledger.pool.get()), 24U + 1 + 2 * 81);
  const Message& modelled = all[19];
  EXPECT_EQ(row(modelled).wire_size(modelled, parcels, ledger.pool.get()), 24U + 18'000);
}

TEST_F(Kinds, AnotherPoolReadsTheSameContentAndWritesTheSameBytes) {
  const auto other = ledger.make();
  for (const Message& m : all) {
    const Bytes first = bytes(m);
    const auto read = row(m).decode(first, parcels, other.get());
    ASSERT_TRUE(read.has_value()) << row(m).name;
    EXPECT_EQ(read->kind, m.kind);
    EXPECT_EQ(read->extra, m.extra) << row(m).name;
    EXPECT_EQ(row(m).content(*read, parcels, other.get()), row(m).content(m, parcels, ledger.pool.get()))
        << row(m).name;
    EXPECT_EQ(row(m).wire_size(*read, parcels, other.get()), first.size()) << row(m).name;
    if (m.kind != garbage_kind) {
      EXPECT_EQ(row(m).encode(*read, parcels, other.get()), first) << row(m).name;
    }
    parcels.drop(*read);
  }
}

TEST_F(Kinds, BytesFindTheirOwnKind) {
  const auto other = ledger.make();
  for (const Message& m : all) {
    const Message read = decode_replication(bytes(m), parcels, other.get());
    EXPECT_EQ(read.kind, m.kind) << row(m).name;
    parcels.drop(read);
  }
}

TEST_F(Kinds, ContentsOfDifferentMessagesDiffer) {
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = i + 1; j < all.size(); ++j) {
      EXPECT_NE(row(all[i]).content(all[i], parcels, ledger.pool.get()),
                row(all[j]).content(all[j], parcels, ledger.pool.get()))
          << row(all[i]).name << " and " << row(all[j]).name;
    }
  }
}

TEST_F(Kinds, DecodersSurviveMutatedBytesAndAcceptOnlyWhatTheyWouldWrite) {
  const auto other = ledger.make();
  Stream chance(4, purpose("fuzz"), 0);
  int accepted = 0;
  for (int round = 0; round < 4000; ++round) {
    const Message& m = all[chance.below(all.size())];
    if (m.kind == garbage_kind) continue;
    Bytes payload = bytes(m);
    const std::string_view command(reinterpret_cast<const char*>(payload.data()) + 4, 12);
    const std::string name(command.substr(0, command.find('\0')));
    payload.erase(payload.begin(), payload.begin() + envelope_size);
    for (std::uint64_t edits = 1 + chance.below(3); edits > 0 && !payload.empty(); --edits) {
      const std::size_t at = chance.below(std::min<std::size_t>(payload.size(), 400));
      switch (chance.below(4)) {
        case 0: payload[at] = static_cast<std::uint8_t>(chance.bits()); break;
        case 1: payload[at] ^= static_cast<std::uint8_t>(1U << chance.below(8)); break;
        case 2: payload.resize(at); break;
        default:
          payload.insert(payload.begin() + static_cast<std::ptrdiff_t>(at), static_cast<std::uint8_t>(chance.bits()));
      }
    }
    const Bytes sealed = enclose(name, payload);  // the checksum is right: the decoder itself is tried
    const auto read = row(m).decode(sealed, parcels, other.get());
    if (!read) continue;
    ++accepted;
    EXPECT_EQ(row(m).encode(*read, parcels, other.get()), sealed) << row(m).name;
    EXPECT_EQ(row(m).wire_size(*read, parcels, other.get()), sealed.size()) << row(m).name;
    parcels.drop(*read);
  }
  EXPECT_GT(accepted, 100);
}

TEST_F(Kinds, NoiseIsNoise) {
  const auto other = ledger.make();
  Stream chance(4, purpose("noise"), 0);
  for (int round = 0; round < 500; ++round) {
    Bytes noise(chance.below(200));
    for (std::uint8_t& b : noise) b = static_cast<std::uint8_t>(chance.bits());
    EXPECT_EQ(decode_replication(noise, parcels, other.get()).kind, garbage_kind);
  }
}

}  // namespace
}  // namespace peerlab
