// Each rule has a verdict of its own, reached here by breaking exactly that rule: records.
#include <gtest/gtest.h>

#include "models/crypto/expand.h"
#include "models/crypto/sha256.h"
#include "tests/models/ledger/workshop.h"

namespace peerlab {
namespace {

using workshop::expect_refused;
using workshop::user;
using workshop::Workshop;

const Content text = stored_content(expand(1, 100));

TEST(Record, OfTheSameOwnerAndNameIsPublishedOnce) {
  Workshop w;
  ASSERT_EQ(w.extend({w.add(Workshop::publish(w.coin(0, 0), 0, 7, text))}), Verdict::ok);
  expect_refused(w, Workshop::publish(w.coin(0, 1), 0, 7, text), Verdict::duplicate_record);
  EXPECT_EQ(w.extend({w.add(Workshop::publish(w.coin(1, 0), 1, 7, text))}), Verdict::ok)
      << "another owner's name: nobody can squat on someone else's";
  const TxRef a = w.add(Workshop::publish(w.coin(0, 2), 0, 8, text));
  const TxRef b = w.add(Workshop::publish(w.coin(0, 3), 0, 8, text));
  EXPECT_EQ(w.extend({a, b}), Verdict::duplicate_record) << "twice in one block";
}

TEST(Record, IsPublishedOnlyInOnesOwnName) {
  Workshop w;
  expect_refused(w, Workshop::publish(w.coin(0, 0), 1, 7, text), Verdict::not_owner);
}

TEST(Record, MustMatchItsContent) {
  Workshop w;
  Transaction tx = Workshop::publish(w.coin(0, 0), 0, 7, text);
  tx.enclosures[0].content.stored[50] ^= 1;
  expect_refused(w, Workshop::sign(tx), Verdict::content_mismatch);
  tx = Workshop::publish(w.coin(0, 0), 0, 7, text);
  tx.enclosures[0].content.stored.push_back(0);
  expect_refused(w, Workshop::sign(tx), Verdict::content_mismatch);
  tx = Workshop::publish(w.coin(0, 0), 0, 7, text);
  tx.enclosures.clear();
  expect_refused(w, Workshop::sign(tx), Verdict::content_mismatch);
  tx = Workshop::publish(w.coin(0, 0), 0, 7, declared_content(5, 3000));
  tx.enclosures[0].content.seed = 6;
  expect_refused(w, Workshop::sign(tx), Verdict::content_mismatch);
  tx = Workshop::publish(w.coin(0, 0), 0, 7, stored_content(expand(1, 95)), true);
  expect_refused(w, tx, Verdict::content_mismatch);  // too short to be sealed
}

TEST(Record, GoesToANewOwnerByATransferAlone) {
  Workshop w;
  const TxRef published = w.add(Workshop::publish(w.coin(0, 0), 0, 7, text));
  ASSERT_EQ(w.extend({published}), Verdict::ok);
  const Record record = *w.pool.transactions.transaction(published).outputs[0].record;
  expect_refused(w, Workshop::pay(w.spend(published, 0, 0), 1, 900), Verdict::record_mismatch);  // it would vanish
  Record renamed = record;
  renamed.name = 8;
  expect_refused(w, Workshop::transfer(w.spend(published, 0, 0), renamed, 1), Verdict::record_mismatch);
  expect_refused(w, Workshop::transfer(w.coin(0, 1), record, 1), Verdict::record_mismatch);  // it would appear
  Record rewritten = record;
  rewritten.commitment.bytes[0] ^= 1;
  expect_refused(w, Workshop::transfer(w.spend(published, 0, 0), rewritten, 1), Verdict::content_mismatch);
  Input stolen = w.spend(published, 0, 1);
  expect_refused(w, Workshop::transfer(stolen, record, 1), Verdict::not_owner);
  const TxRef given = w.add(Workshop::transfer(w.spend(published, 0, 0), record, 1));
  EXPECT_EQ(w.extend({given}), Verdict::ok);
  expect_refused(w, Workshop::transfer(w.spend(published, 0, 0), record, 2), Verdict::double_spend);
  EXPECT_EQ(w.extend({w.add(Workshop::transfer(w.spend(given, 0, 1), record, 2))}), Verdict::ok);
}

TEST(Record, GetsANewVersionFromItsOwnerAlone) {
  Workshop w;
  const Content changed = stored_content(expand(2, 120));
  const TxRef published = w.add(Workshop::publish(w.coin(0, 0), 0, 7, text));
  ASSERT_EQ(w.extend({published}), Verdict::ok);
  const Input record = w.spend(published, 0, 0);
  expect_refused(w, Workshop::update(w.spend(published, 0, 1), 1, 7, changed), Verdict::not_owner);
  Transaction tx = Workshop::update(record, 0, 7, changed);
  tx.inputs[0].signature.bytes[5] ^= 1;
  expect_refused(w, tx, Verdict::bad_signature);
  expect_refused(w, Workshop::update(record, 1, 7, changed), Verdict::owner_changed);  // to a key that signs nothing
  tx = Workshop::update(record, 1, 7, changed);
  tx.inputs.push_back(w.coin(1, 0));
  expect_refused(w, Workshop::sign(tx), Verdict::owner_changed);                         // nor to one that pays the fee
  expect_refused(w, Workshop::update(record, 0, 8, changed), Verdict::record_mismatch);  // another name
  expect_refused(w, Workshop::update(w.coin(0, 1), 0, 7, changed), Verdict::record_mismatch);  // of nothing
  expect_refused(
      w,
      Workshop::transfer(
          record, *w.pool.transactions.transaction(w.add(Workshop::update(record, 0, 7, changed))).outputs[0].record,
          0),
      Verdict::content_mismatch);  // an update under the name of a transfer, without its content
  const TxRef second = w.add(Workshop::update(record, 0, 7, changed));
  EXPECT_EQ(w.extend({second}), Verdict::ok);
  expect_refused(w, Workshop::update(record, 0, 7, text), Verdict::double_spend);  // the old version is gone
  const TxRef third = w.add(Workshop::update(w.spend(second, 0, 0), 0, 7, text));
  EXPECT_EQ(w.extend({third}), Verdict::ok) << "back to the old content: a version like any other";
}

TEST(Record, NewVersionsMatchTheirContent) {
  Workshop w;
  const Content changed = stored_content(expand(2, 120));
  const TxRef published = w.add(Workshop::publish(w.coin(0, 0), 0, 7, text));
  ASSERT_EQ(w.extend({published}), Verdict::ok);
  const Transaction good = Workshop::update(w.spend(published, 0, 0), 0, 7, changed);
  Transaction tx = good;
  tx.enclosures[0].content.stored[3] ^= 1;
  expect_refused(w, Workshop::sign(tx), Verdict::content_mismatch);
  tx = good;
  tx.enclosures[0].content.stored.pop_back();
  expect_refused(w, Workshop::sign(tx), Verdict::content_mismatch);
  tx = good;
  tx.enclosures.clear();
  expect_refused(w, Workshop::sign(tx), Verdict::content_mismatch);
  tx = good;
  tx.outputs[0].record.reset();
  tx.enclosures.clear();
  expect_refused(w, Workshop::sign(tx), Verdict::record_mismatch);
  EXPECT_EQ(w.extend({w.add(good)}), Verdict::ok);
}

TEST(Record, IsErasedByItsOwnerAlone) {
  Workshop w;
  const TxRef published = w.add(Workshop::publish(w.coin(0, 0), 0, 7, text));
  ASSERT_EQ(w.extend({published}), Verdict::ok);
  const Input record = w.spend(published, 0, 0);
  expect_refused(w, Workshop::erase(w.spend(published, 0, 1), 1), Verdict::not_owner);
  expect_refused(w, Workshop::erase(w.coin(0, 1), 0), Verdict::nothing_erased);
  Transaction tx = Workshop::erase(record, 0);
  tx.outputs[0].record = w.pool.transactions.transaction(published).outputs[0].record;
  expect_refused(w, Workshop::sign(tx), Verdict::record_mismatch);  // erased and kept
  tx = Workshop::erase(record, 0);
  tx.enclosures.push_back({0, text});
  expect_refused(w, Workshop::sign(tx), Verdict::content_mismatch);  // content that belongs to nothing
  const TxRef erased = w.add(Workshop::erase(record, 0));
  ASSERT_EQ(w.extend({erased}), Verdict::ok);
  expect_refused(w, Workshop::update(record, 0, 7, text), Verdict::double_spend);
  expect_refused(w, Workshop::publish(w.coin(0, 2), 0, 7, text), Verdict::duplicate_record);  // its name stays used
  EXPECT_EQ(w.extend({w.add(Workshop::pay(w.spend(erased, 0, 0), 1, 900))}), Verdict::ok)
      << "its coins are coins again";
}

TEST(Record, OfTwoWritesToOneVersionTheMempoolKeepsTheFirst) {
  Workshop w;
  const TxRef published = w.add(Workshop::publish(w.coin(0, 0), 0, 7, text));
  ASSERT_EQ(w.extend({published}), Verdict::ok);
  const TxRef update = w.add(Workshop::update(w.spend(published, 0, 0), 0, 7, stored_content(expand(2, 120))));
  const TxRef erase = w.add(Workshop::erase(w.spend(published, 0, 0), 0));
  EXPECT_EQ(w.mempool.add(update, w.tree.tip()).verdict, Verdict::ok);
  EXPECT_EQ(w.mempool.add(erase, w.tree.tip()).verdict, Verdict::mempool_conflict);
  EXPECT_EQ(w.extend({erase}), Verdict::ok) << "a block decides";
  EXPECT_FALSE(w.mempool.has(update));
}

TEST(Record, SealedIsResealedToTheNewOwner) {
  Workshop w;
  const Bytes plain = expand(3, 200);
  const Content sealed = *seal_content(stored_content(plain), user(0).public_key(), sha256(plain));
  const TxRef published = w.add(Workshop::publish(w.coin(0, 0), 0, 7, sealed, true));
  ASSERT_EQ(w.extend({published}), Verdict::ok);
  const Content again = *reseal_content(sealed, user(0), user(1).public_key(), sha256(sealed.stored));
  Transaction tx = Workshop::transfer(w.spend(published, 0, 0),
                                      Record{7, commitment(again), static_cast<std::uint32_t>(again.size()), true}, 1);
  tx.enclosures.push_back({0, again});
  ASSERT_EQ(w.extend({w.add(Workshop::sign(tx))}), Verdict::ok);
  EXPECT_EQ(open_content(again, user(1)), plain);
  EXPECT_FALSE(open_content(again, user(0)).has_value());
}

TEST(Record, DeclaredAndSealedOpensForItsOwnerAlone) {
  const Content sealed = *seal_content(declared_content(9, 5000), user(0).public_key(), Hash256{});
  EXPECT_EQ(sealed.stored.size(), 96U);
  EXPECT_EQ(sealed.generated, 5000U);
  const std::optional<Bytes> plain = open_content(sealed, user(0));
  ASSERT_TRUE(plain.has_value());
  EXPECT_EQ(plain->size(), 5000U);
  const Content again = *reseal_content(sealed, user(0), user(1).public_key(), Hash256{});
  EXPECT_EQ(open_content(again, user(1)), plain);
  EXPECT_FALSE(open_content(again, user(2)).has_value());
}

}  // namespace
}  // namespace peerlab
