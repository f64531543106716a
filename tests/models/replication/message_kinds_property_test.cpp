// The messages of blocks and transactions: what must hold of any kind of message, and sizes that are Bitcoin's.
#include "models/replication/message_kinds.h"

#include "models/replication/messages.h"
#include "tests/models/replication/message_samples.h"

namespace peerlab {
namespace {

struct Kinds : MessageSamples {
  Kinds() : MessageSamples(replication_message_kinds()) {
    const std::vector<TxRef> list = waiting(12, 3);
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
        transaction_bundle(parcels, pool, list),
        transaction_bundle(parcels, pool, {list[2]}),
        garbage(5, 300),
    };
  }
};

TEST_F(Kinds, EveryKindIsThere) { every_kind_is_there(); }
TEST_F(Kinds, EncodingsAreAsLongAsDeclared) { encodings_are_as_long_as_declared(); }
TEST_F(Kinds, AnotherPoolReadsTheSameContentAndWritesTheSameBytes) {
  another_pool_reads_the_same_content_and_writes_the_same_bytes();
}
TEST_F(Kinds, ContentsOfDifferentMessagesDiffer) { contents_of_different_messages_differ(); }
TEST_F(Kinds, DecodersSurviveMutatedBytesAndAcceptOnlyWhatTheyWouldWrite) {
  decoders_survive_mutated_bytes_and_accept_only_what_they_would_write(4000);
}

TEST_F(Kinds, SizesAreThoseOfBitcoin) {
  EXPECT_EQ(row(all[0]).wire_size(all[0], parcels, ledger.pool.get()), 24U + 1 + 36);
  const Message& two_headers = all[11];
  EXPECT_EQ(row(two_headers).wire_size(two_headers, parcels, ledger.pool.get()), 24U + 1 + 2 * 81);
  const Message& modelled = all[19];
  EXPECT_EQ(row(modelled).wire_size(modelled, parcels, ledger.pool.get()), 24U + 18'000);
}

TEST_F(Kinds, BytesFindTheirOwnKind) {
  const auto other = ledger.make();
  for (const Message& m : all) {
    const Message read = decode_replication(bytes(m), parcels, other.get());
    EXPECT_EQ(read.kind, m.kind) << row(m).name;
    parcels.drop(read);
  }
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
