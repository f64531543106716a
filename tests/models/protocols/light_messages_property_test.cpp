// The messages of light users: as long as declared, the same after decoding in another pool, and nothing that comes breaks a decoder.
#include "models/protocols/light_messages.h"

#include <gtest/gtest.h>

#include <string>

#include "models/replication/envelope.h"
#include "tests/models/replication/a_ledger.h"

namespace peerlab {
namespace {

struct LightKinds : testing::Test {
  ALedger ledger;
  Parcels parcels;
  std::vector<Message> all;

  LightKinds() {
    BlockPool& pool = *ledger.pool;
    std::vector<TxRef> list;
    for (std::uint32_t i = 0; i < 9; ++i) {
      list.push_back(
          i % 2 == 0 ? ledger.spend(i % 4, i, i == 6 ? declared_content(77, 5000) : stored_content(Bytes(40 + i, 7)))
                     : ledger.spend(i % 4, i));
      EXPECT_TRUE(ledger.mempool->add(list.back(), ledger.tip).ok());
    }
    const Block block = ledger.mine();
    std::vector<Hash256> ids;
    for (const TxRef tx : pool.bodies.list(block.body)) ids.push_back(pool.transactions.id(tx));
    const PublicKey key = ledger.keys[1].public_key();
    const Coin coin{{pool.transactions.id(list[1]), 0}, 900'000};
    const Coin other{{pool.transactions.id(list[2]), 1}, 7};
    const Whereabouts lost{list[0], Whereabouts::State::unknown, {}, {}};
    const Whereabouts waiting{list[1], Whereabouts::State::waiting, {}, {}};
    const Whereabouts there{list[2], Whereabouts::State::in_block, block.header, merkle_proof(ids, 3)};
    const Whereabouts bare{list[3], Whereabouts::State::in_block, block.header, {}};
    all = {
        light_question(parcels, 7, key, std::nullopt),
        light_question(parcels, 7, std::nullopt, RecordQuestion{key, 12}),
        light_question(parcels, 8, key, RecordQuestion{ledger.keys[2].public_key(), 12}),
        light_answer(parcels, pool, 7, {coin, other}, {}),
        light_answer(parcels, pool, 7, {coin}, {list[0], list[6]}),
        light_answer(parcels, pool, 7, {}, {list[6]}),
        light_answer(parcels, pool, 7, {}, {}),
        light_verdict(list[0], Verdict::ok),
        light_verdict(list[0], Verdict::already_known),
        light_verdict(list[1], Verdict::ok),
        proof_request(parcels, pool, {list[0]}),
        proof_request(parcels, pool, {list[0], list[3], list[5]}),
        proofs(parcels, pool, {}),
        proofs(parcels, pool, {lost, waiting, there}),
        proofs(parcels, pool, {there}),
        proofs(parcels, pool, {bare}),
    };
  }
  ~LightKinds() override {
    for (const Message& m : all) parcels.drop(m);
  }
  static const MessageKindRow& row(const Message& m) { return *row_of(light_message_rows(), m.kind); }
  Bytes bytes(const Message& m) { return row(m).encode(m, parcels, ledger.pool.get()); }
};

TEST_F(LightKinds, EveryKindIsThere) {
  for (const MessageKindRow& r : light_message_rows()) {
    EXPECT_TRUE(std::any_of(all.begin(), all.end(), [&](const Message& m) { return m.kind == r.kind; })) << r.name;
  }
}

TEST_F(LightKinds, EncodingsAreAsLongAsDeclared) {
  for (const Message& m : all) {
    EXPECT_EQ(bytes(m).size(), row(m).wire_size(m, parcels, ledger.pool.get())) << row(m).name;
  }
}

TEST_F(LightKinds, AnotherPoolReadsTheSameContentAndWritesTheSameBytes) {
  const auto other = ledger.make();
  for (const Message& m : all) {
    const Bytes first = bytes(m);
    const auto read = row(m).decode(first, parcels, other.get());
    ASSERT_TRUE(read.has_value()) << row(m).name;
    EXPECT_EQ(read->kind, m.kind);
    EXPECT_EQ(read->extra, m.extra) << row(m).name;
    EXPECT_EQ(row(m).content(*read, parcels, other.get()), row(m).content(m, parcels, ledger.pool.get()))
        << row(m).name;
    EXPECT_EQ(row(m).encode(*read, parcels, other.get()), first) << row(m).name;
    parcels.drop(*read);
  }
}

TEST_F(LightKinds, ContentsOfDifferentMessagesDiffer) {
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = i + 1; j < all.size(); ++j) {
      EXPECT_NE(row(all[i]).content(all[i], parcels, ledger.pool.get()),
                row(all[j]).content(all[j], parcels, ledger.pool.get()))
          << i << " " << row(all[i]).name << " and " << j << " " << row(all[j]).name;
    }
  }
}

TEST_F(LightKinds, DecodersSurviveMutatedBytesAndAcceptOnlyWhatTheyWouldWrite) {
  const auto other = ledger.make();
  Stream chance(4, purpose("fuzz"), 0);
  int accepted = 0;
  for (int round = 0; round < 6000; ++round) {
    const Message& m = all[chance.below(all.size())];
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

}  // namespace
}  // namespace peerlab
