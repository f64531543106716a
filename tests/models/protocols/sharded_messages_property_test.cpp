// The messages of the sharded store.
#include "models/protocols/sharded_messages.h"

#include "models/protocols/author.h"
#include "models/protocols/gossip_versions.h"
#include "tests/models/replication/message_samples.h"

namespace peerlab {
namespace {

OperationPtr write(KeyBook& book, std::uint32_t number, Asked what) {
  Author author(UserId(0), book, true, false);
  Request request;
  request.number = number;
  request.what = what;
  request.user = UserId(0);
  request.record = {UserId(0), 0};
  request.size = 100 + number;
  Work work;
  return author.write(request, work);
}

struct ShardKinds : MessageSamples {
  ShardKinds() : MessageSamples(sharded_message_kinds()) {
    KeyBook book(1);
    const Answer fresh{{write(book, 1, Asked::publish)}};
    const Answer updated = followed_by(fresh, write(book, 4, Asked::update));
    const Answer erased = followed_by(updated, write(book, 9, Asked::erase));
    all = {
        shard_fetch(parcels, 5, 1),
        shard_fetch(parcels, 5, 2),
        shard_fetch(parcels, 6, to_keep),
        shard_found(parcels, 1, {}),
        shard_found(parcels, 2, {}),
        shard_found(parcels, 1, fresh),
        shard_found(parcels, 1, erased),
        shard_store(parcels, fresh),
        shard_store(parcels, updated),
        shard_store(parcels, erased),
        shard_stored(3),
        shard_stored(4),
        shard_sum(parcels, 0),
        shard_sum(parcels, 77),
        shard_names(parcels, {}),
        shard_names(parcels, {{5, 1}}),
        shard_names(parcels, {{5, 2}, {6, 1}}),
        {garbage_kind, 0, 3, 100},
    };
  }
};

TEST_F(ShardKinds, EveryKindIsThere) { every_kind_is_there(); }
TEST_F(ShardKinds, EncodingsAreAsLongAsDeclared) { encodings_are_as_long_as_declared(); }
TEST_F(ShardKinds, AnotherPoolReadsTheSameContentAndWritesTheSameBytes) {
  another_pool_reads_the_same_content_and_writes_the_same_bytes();
}
TEST_F(ShardKinds, ContentsOfDifferentMessagesDiffer) { contents_of_different_messages_differ(); }
TEST_F(ShardKinds, DecodersSurviveMutatedBytesAndAcceptOnlyWhatTheyWouldWrite) {
  decoders_survive_mutated_bytes_and_accept_only_what_they_would_write(6000);
}

}  // namespace
}  // namespace peerlab
