// What a peer sees of a record, on every branch and in its mempool alone.
#include "models/protocols/record_view.h"

#include <gtest/gtest.h>

#include "models/crypto/expand.h"
#include "tests/models/ledger/workshop.h"

namespace peerlab {
namespace {

using workshop::user;
using workshop::Workshop;

Content text(std::uint64_t seed) { return stored_content(expand(seed, 40 + seed)); }

struct Desk : Workshop {
  Mempool nothing{pool, 1'000'000};
  Work work;
  RecordView at(BlockRef tip, std::uint64_t name, std::uint32_t publisher = 0) {
    return view_record(pool, tip, nothing, user(publisher).public_key(), name, work);
  }
  RecordView now(std::uint64_t name) {
    return view_record(pool, tree.tip(), mempool, user(0).public_key(), name, work);
  }
  // Two records of user 0 in one transaction, outputs 0 and 1.
  TxRef publish_two(const Content& a, const Content& b) {
    Transaction tx = publish(coin(0, 0), 0, 1, a);
    tx.outputs[0].amount = 0;
    tx.outputs.push_back(
        {0, user(0).public_key(), Record{2, commitment(b), static_cast<std::uint32_t>(b.size()), false}});
    tx.enclosures.push_back({1, b});
    return add(sign(tx));
  }
};

TEST(RecordView, IsEmptyOfWhatThePeerDoesNotHave) {
  Desk d;
  const TxRef tx = d.publish_two(text(1), text(2));
  EXPECT_FALSE(d.now(1).found()) << "in the pool, not with this peer";
  ASSERT_TRUE(d.mempool.add(tx, d.tree.tip()).ok());
  EXPECT_TRUE(d.now(1).genuine);
  EXPECT_FALSE(d.at(d.tree.tip(), 1).found()) << "nor with one whose mempool is empty";
}

TEST(RecordView, DiffersFromBranchToBranch) {
  Desk d;
  const TxRef first = d.publish_two(text(1), text(2));
  ASSERT_EQ(d.extend({first}), Verdict::ok);
  const BlockRef fork = d.tree.tip();
  const TxRef erased = d.add(Workshop::erase(d.spend(first, 0, 0), 0, 0));
  Transaction update = Workshop::update(d.spend(first, 0, 0), 0, 1, text(3));
  update.outputs[0].amount = 0;
  const TxRef updated = d.add(Workshop::sign(update));
  const Block left = d.block(fork, {updated});
  const Block right = d.block(fork, {erased});
  ASSERT_EQ(d.offer(left), Verdict::ok);
  ASSERT_EQ(d.offer(right), Verdict::ok);
  ASSERT_TRUE(d.pool.state.judge(right.header).ok());
  EXPECT_EQ(d.at(left.header, 1).last, updated);
  EXPECT_EQ(*d.at(left.header, 1).content, text(3));
  EXPECT_EQ(d.at(right.header, 1).last, erased);
  EXPECT_FALSE(d.at(right.header, 1).live());
  EXPECT_TRUE(d.at(right.header, 1).genuine) << "the owner's own erasure";
  EXPECT_EQ(d.at(right.header, 1).content, nullptr);
  EXPECT_EQ(d.at(fork, 1).last, first);
  EXPECT_EQ(d.at(left.header, 2).last, first) << "the other record was left alone";
  EXPECT_FALSE(d.at(d.pool.genesis(), 1).found());
}

TEST(RecordView, FollowsTwoRecordsThatTravelTogetherEachByItsPlace) {
  Desk d;
  const TxRef first = d.publish_two(text(1), text(2));
  // Both to user 1, the second first, with a coin between: records keep their order, whatever stands around them.
  Transaction tx;
  tx.kind = TransactionKind::transfer;
  tx.inputs = {d.spend(first, 1, 0), d.coin(0, 1), d.spend(first, 0, 0)};
  const Transaction& made = d.pool.transactions.transaction(first);
  tx.outputs.push_back({500, user(0).public_key(), std::nullopt});
  tx.outputs.push_back({0, user(1).public_key(), made.outputs[1].record});
  tx.outputs.push_back({0, user(1).public_key(), made.outputs[0].record});
  const TxRef given = d.add(Workshop::sign(tx));
  ASSERT_EQ(d.extend({first, given}), Verdict::ok);
  for (const std::uint64_t record : {1U, 2U}) {
    const RecordView view = d.now(record);
    EXPECT_EQ(view.last, given);
    EXPECT_TRUE(view.genuine);
    EXPECT_EQ(d.pool.transactions.output(view.output).record->name, record);
    ASSERT_NE(view.content, nullptr) << "from the publication: the transfer came without";
    EXPECT_EQ(*view.content, text(record));
  }
}

TEST(RecordView, IsOfThePublishersRecordNotOfAnothersOfTheSameName) {
  Desk d;
  ASSERT_EQ(d.extend({d.add(Workshop::publish(d.coin(1, 0), 1, 1, text(9)))}), Verdict::ok);
  EXPECT_FALSE(d.now(1).found()) << "user 1 cannot publish in the name of user 0";
  EXPECT_TRUE(d.at(d.tree.tip(), 1, 1).found());
}

// --- what somebody else sends ------------------------------------------------------------------------------------------

struct Courier : Desk {
  TxRef published = add(publish(coin(0, 0), 0, 1, text(1)));
  TxRef updated = add(update(spend(published, 0, 0), 0, 1, text(3)));
  TxRef given = add(transfer(spend(updated, 0, 0), *pool.transactions.transaction(updated).outputs[0].record, 1));
  TxRef erased = add(erase(spend(given, 0, 1), 1));
  RecordView of(std::vector<TxRef> custody, std::uint32_t publisher = 0, std::uint64_t name = 1) {
    return check_custody(pool, custody, user(publisher).public_key(), name, work);
  }
};

TEST(Custody, IsFollowedFromThePublicationToTheLastWrite) {
  Courier d;
  EXPECT_TRUE(d.of({d.published}).genuine);
  EXPECT_EQ(*d.of({d.published}).content, text(1));
  EXPECT_EQ(*d.of({d.published, d.updated}).content, text(3));
  const RecordView view = d.of({d.published, d.updated, d.given});
  EXPECT_TRUE(view.genuine);
  EXPECT_EQ(*view.content, text(3)) << "the transfer came without";
  EXPECT_EQ(d.pool.transactions.output(view.output).owner, user(1).public_key());
  const RecordView gone = d.of({d.published, d.updated, d.given, d.erased});
  EXPECT_TRUE(gone.genuine);
  EXPECT_FALSE(gone.live());
  EXPECT_EQ(gone.content, nullptr);
}

TEST(Custody, IsPaidForSignatureBySignature) {
  Courier d;
  d.work = {};
  (void)d.of({d.published, d.updated, d.given});
  EXPECT_EQ(d.work.signatures, 3U);
}

TEST(Custody, OfNothingIsNothing) {
  Courier d;
  EXPECT_FALSE(d.of({}).found());
  EXPECT_FALSE(d.of({}).genuine);
}

TEST(Custody, WithAStepLeftOutDoubledOrInAnotherOrderIsRefused) {
  Courier d;
  EXPECT_FALSE(d.of({d.updated}).genuine) << "it begins with a publication";
  EXPECT_FALSE(d.of({d.published, d.given}).genuine);
  EXPECT_FALSE(d.of({d.published, d.published}).genuine);
  EXPECT_FALSE(d.of({d.published, d.given, d.updated}).genuine);
  EXPECT_FALSE(d.of({d.published, d.updated, d.given, d.erased, d.published}).genuine) << "nothing follows an erasure";
}

TEST(Custody, OfAnotherRecordOrPublisherIsRefused) {
  Courier d;
  EXPECT_FALSE(d.of({d.published}, 1).genuine);
  EXPECT_FALSE(d.of({d.published}, 0, 2).genuine);
}

TEST(Custody, ByAKeyThatDoesNotOwnTheRecordIsRefused) {
  Courier d;
  Transaction theft = Workshop::transfer(d.spend(d.published, 0, 0),
                                         *d.pool.transactions.transaction(d.published).outputs[0].record, 2);
  theft.inputs[0].owner = user(2).public_key();
  sign_inputs(theft, user(2));
  const TxRef stolen = d.add(theft);
  EXPECT_TRUE(d.pool.transactions.judge(stolen).ok()) << "by itself it keeps every rule";
  EXPECT_FALSE(d.of({d.published, stolen}).genuine);
}

TEST(Custody, ThatChangesTheOwnerInAnUpdateOrTheNameOnTheWayIsRefused) {
  Courier d;
  Transaction update = Workshop::update(d.spend(d.published, 0, 0), 0, 1, text(3));
  update.outputs[0].owner = user(2).public_key();
  EXPECT_FALSE(d.of({d.published, d.add(Workshop::sign(update))}).genuine);
  Transaction renamed = Workshop::update(d.spend(d.published, 0, 0), 0, 5, text(3));
  EXPECT_FALSE(d.of({d.published, d.add(renamed)}).genuine);
  EXPECT_FALSE(d.of({d.published, d.add(renamed)}, 0, 5).genuine);
}

TEST(Custody, WithContentThatIsNotTheOneCommittedToIsRefused) {
  Courier d;
  Transaction tx = d.pool.transactions.transaction(d.updated);
  tx.enclosures[0].content = text(4);
  EXPECT_FALSE(d.of({d.published, d.add(tx)}).genuine);
  Transaction other = Workshop::transfer(d.spend(d.published, 0, 0),
                                         *d.pool.transactions.transaction(d.published).outputs[0].record, 1);
  other.outputs[0].record->commitment = commitment(text(4));
  EXPECT_FALSE(d.of({d.published, d.add(Workshop::sign(other))}).genuine) << "another commitment, and no content";
}

}  // namespace
}  // namespace peerlab
