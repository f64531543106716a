// The messages of the gossip-replicated store, and the order of its versions: whoever has heard the same agrees.
#include "models/protocols/gossip_messages.h"

#include "models/protocols/author.h"
#include "models/protocols/gossip_versions.h"
#include "tests/models/replication/message_samples.h"

namespace peerlab {
namespace {

constexpr RecordName photo{UserId(0), 0};

OperationPtr write(KeyBook& book, std::uint32_t number, Asked what, std::uint32_t user, std::uint32_t other = 0) {
  Author author(UserId(user), book, true, false);
  Request request;
  request.number = number;
  request.what = what;
  request.user = UserId(user);
  request.other = UserId(other);
  request.record = photo;
  request.size = 100 + number;
  Work work;
  return author.write(request, work);
}

struct GossipKinds : MessageSamples {
  GossipKinds() : MessageSamples(gossip_message_kinds()) {
    KeyBook book(1);
    const Answer fresh{{write(book, 1, Asked::publish, 0)}};
    const Answer updated = followed_by(fresh, write(book, 4, Asked::update, 0));
    const Answer given = followed_by(updated, write(book, 7, Asked::transfer, 0, 2));
    const Answer erased = followed_by(given, write(book, 9, Asked::erase, 2));
    Summary16 sums{};
    Summary16 others{};
    others[3] = 77;
    all = {
        gossip_offer(parcels, {{5, 1}}),
        gossip_offer(parcels, {{5, 1}, {6, 1}}),
        gossip_offer(parcels, {{5, 2}, {6, 1}}),
        gossip_want(parcels, {5}),
        gossip_want(parcels, {5, 6}),
        gossip_record(parcels, fresh),
        gossip_record(parcels, updated),
        gossip_record(parcels, given),
        gossip_record(parcels, erased),
        gossip_have(3),
        gossip_have(4),
        gossip_knew(3),
        gossip_knew(4),
        gossip_summary(parcels, sums),
        gossip_summary(parcels, others),
        {garbage_kind, 0, 3, 100},
    };
  }
};

TEST_F(GossipKinds, EveryKindIsThere) { every_kind_is_there(); }
TEST_F(GossipKinds, EncodingsAreAsLongAsDeclared) { encodings_are_as_long_as_declared(); }
TEST_F(GossipKinds, AnotherPoolReadsTheSameContentAndWritesTheSameBytes) {
  another_pool_reads_the_same_content_and_writes_the_same_bytes();
}
TEST_F(GossipKinds, ContentsOfDifferentMessagesDiffer) { contents_of_different_messages_differ(); }
TEST_F(GossipKinds, DecodersSurviveMutatedBytesAndAcceptOnlyWhatTheyWouldWrite) {
  decoders_survive_mutated_bytes_and_accept_only_what_they_would_write(6000);
}

// A naive twin: the winner is the largest of all that were heard, in whatever order they came.
TEST(GossipVersions, WhoeverHasHeardTheSameAgreesWhateverTheOrder) {
  Stream random(7, purpose("test"));
  for (int round = 0; round < 50; ++round) {
    GossipShared shared({}, 1, 4);
    const Answer fresh{{write(shared.book, 1, Asked::publish, 0)}};
    std::vector<VersionPtr> heard{shared.add(fresh)};
    for (std::uint32_t i = 0; i < 6; ++i) {
      const Answer& before = heard[random.below(heard.size())]->state;
      if (before.erased()) continue;
      const std::uint32_t owner = before.owner().value;
      const auto other = static_cast<std::uint32_t>(random.below(4));
      const auto later_by = static_cast<std::uint32_t>(random.below(3));  // some share a number: a cheat's
      const Asked what = random.chance(0.5) ? Asked::transfer : Asked::update;
      heard.push_back(shared.known(followed_by(before, write(shared.book, 2 + i + later_by, what, owner, other))));
    }
    const Version* largest = heard.front().get();
    for (const VersionPtr& one : heard) {
      if (later(*one, *largest)) largest = one.get();
    }
    for (int order = 0; order < 5; ++order) {
      random.shuffle(heard);
      const Version* kept = heard.front().get();
      for (const VersionPtr& one : heard) {
        EXPECT_FALSE(later(*one, *kept) && later(*kept, *one));
        if (later(*one, *kept)) kept = one.get();
      }
      EXPECT_EQ(kept->mark, largest->mark);
    }
  }
}

}  // namespace
}  // namespace peerlab
