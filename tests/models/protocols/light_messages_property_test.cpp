// The messages of light users: what must hold of any kind of message.
#include "models/protocols/light_messages.h"

#include "tests/models/replication/message_samples.h"

namespace peerlab {
namespace {

struct LightKinds : MessageSamples {
  LightKinds() : MessageSamples(light_message_rows()) {
    BlockPool& pool = *ledger.pool;
    const std::vector<TxRef> list = waiting(9, 2);
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
};

TEST_F(LightKinds, EveryKindIsThere) { every_kind_is_there(); }
TEST_F(LightKinds, EncodingsAreAsLongAsDeclared) { encodings_are_as_long_as_declared(); }
TEST_F(LightKinds, AnotherPoolReadsTheSameContentAndWritesTheSameBytes) {
  another_pool_reads_the_same_content_and_writes_the_same_bytes();
}
TEST_F(LightKinds, ContentsOfDifferentMessagesDiffer) { contents_of_different_messages_differ(); }
TEST_F(LightKinds, DecodersSurviveMutatedBytesAndAcceptOnlyWhatTheyWouldWrite) {
  decoders_survive_mutated_bytes_and_accept_only_what_they_would_write(6000);
}

}  // namespace
}  // namespace peerlab
