// Every rule has a verdict of its own, and each verdict is reached here by breaking exactly that rule.

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "models/crypto/expand.h"
#include "models/crypto/sha256.h"
#include "tests/models/ledger/workshop.h"

namespace peerlab {
namespace {

using workshop::easy_rules;
using workshop::user;
using workshop::Workshop;

const Content text = stored_content(expand(1, 100));

TEST(Verdict, EachHasItsOwnNameAndSentence) {
  std::set<std::string_view> names;
  std::set<std::string_view> sentences;
  for (const Verdict v : all_verdicts()) {
    names.insert(name(v));
    sentences.insert(sentence(v));
  }
  EXPECT_EQ(names.size(), all_verdicts().size());
  EXPECT_EQ(sentences.size(), all_verdicts().size());
  EXPECT_EQ(name(Verdict::bad_proof_of_work), "bad_proof_of_work");
  EXPECT_TRUE(harmless(Verdict::mempool_full));
  EXPECT_FALSE(harmless(Verdict::bad_signature));
}

// --- headers -----------------------------------------------------------------------------------------------------

TEST(Header, WithoutEnoughWorkIsRefused) {
  Workshop w;
  Workshop::Bend bend;
  bend.solved = [](Header& h) {
    while (meets_target(h.id(), h.bits)) ++h.nonce;
  };
  EXPECT_EQ(w.offer(w.block(w.pool.genesis(), {}, bend)), Verdict::bad_proof_of_work);
}

TEST(Header, WithAnEasierTargetThanTheRuleAsksForIsRefused) {
  Rules rules = easy_rules();
  rules.genesis_bits = bits_for_hashes(16);
  Workshop w(rules);
  Workshop::Bend bend;
  bend.header = [](Header& h) { h.bits = bits_for_hashes(8); };
  EXPECT_EQ(w.offer(w.block(w.pool.genesis(), {}, bend)), Verdict::bad_target);
}

TEST(Header, WhoseBitsAreNoTargetIsRefused) {
  Workshop w;
  Workshop::Bend bend;
  for (const std::uint32_t bits : {0U, 0x00800000U, 0x04923456U, 0xff123456U, 0x2100ffffU}) {
    bend.solved = [&](Header& h) { h.bits = bits; };
    EXPECT_EQ(w.offer(w.block(w.pool.genesis(), {}, bend)), Verdict::bad_target) << std::hex << bits;
  }
}

TEST(Header, OfAnUnknownParentWaits) {
  Workshop w;
  Workshop elsewhere;
  ASSERT_EQ(elsewhere.extend(), Verdict::ok);
  const Block second = elsewhere.block(elsewhere.tree.tip(), {});
  const BlockRef b = w.pool.headers.intern(elsewhere.pool.headers.header(second.header));
  EXPECT_EQ(w.tree.offer_header(b, Time::zero()).verdict, Verdict::unknown_previous);
  EXPECT_FALSE(w.tree.have_header(b));
  EXPECT_EQ(w.tree.orphans().size(), 1U);
}

TEST(Header, OnAnInvalidBlockIsRefused) {
  Workshop w;
  Workshop::Bend bend;
  bend.coinbase = [](Transaction& tx) { tx.outputs[0].amount = 51; };
  const Block bad = w.block(w.pool.genesis(), {}, bend);
  ASSERT_EQ(w.offer(bad), Verdict::inflated_coinbase);
  EXPECT_EQ(w.offer(w.block(bad.header, {})), Verdict::previous_invalid);
  EXPECT_EQ(w.offer(bad), Verdict::inflated_coinbase) << "the reason is remembered";
}

TEST(Header, NotAfterTheMedianOfElevenIsRefused) {
  Workshop w;
  for (int i = 0; i < 12; ++i) ASSERT_EQ(w.extend(), Verdict::ok);
  const std::uint32_t median = w.pool.headers.median_time(w.tree.tip());
  Workshop::Bend bend;
  bend.header = [&](Header& h) { h.time = median; };
  EXPECT_EQ(w.offer(w.block(w.tree.tip(), {}, bend)), Verdict::too_early);
  bend.header = [&](Header& h) { h.time = median + 1; };
  EXPECT_EQ(w.offer(w.block(w.tree.tip(), {}, bend)), Verdict::ok) << "one second later, though before its parent";
}

TEST(Header, TooFarAheadOfTheClockIsRefusedUntilItsTimeComes) {
  Workshop w;
  Workshop::Bend bend;
  bend.header = [&](Header& h) { h.time = w.pool.rules.epoch + 7201; };
  const Block early = w.block(w.pool.genesis(), {}, bend);
  EXPECT_EQ(w.tree.offer_header(early.header, Time::zero()).verdict, Verdict::too_far_ahead);
  EXPECT_EQ(w.tree.offer_header(early.header, Time::zero() + seconds(1)).verdict, Verdict::ok);
}

// --- bodies ------------------------------------------------------------------------------------------------------

TEST(Body, OfAnotherHeaderIsRefusedAndTheHeaderIsNot) {
  Workshop w;
  const Block right = w.block(w.pool.genesis(), {});
  Workshop::Bend bend;
  bend.extra = 1;
  const Block other = w.block(w.pool.genesis(), {}, bend);
  EXPECT_EQ(w.offer({right.header, other.body}), Verdict::bad_merkle_root);
  EXPECT_FALSE(w.tree.have_body(right.header));
  EXPECT_EQ(w.offer(right), Verdict::ok) << "the wrong body was its sender's fault alone";
}

TEST(Body, WithItsTailRepeatedHasTheSameRootAndIsRefused) {
  Workshop w;
  const TxRef a = w.add(Workshop::pay(w.coin(0, 0), 1, 900));
  const TxRef b = w.add(Workshop::pay(w.coin(0, 1), 1, 900));
  const Block right = w.block(w.pool.genesis(), {a, b});
  std::vector<TxRef> doubled(w.pool.bodies.list(right.body).begin(), w.pool.bodies.list(right.body).end());
  doubled.push_back(b);
  const BodyRef mutated = w.pool.bodies.intern(doubled);
  ASSERT_EQ(w.pool.bodies.root(mutated), w.pool.bodies.root(right.body));
  EXPECT_EQ(w.offer({right.header, mutated}), Verdict::merkle_mutated);
  EXPECT_EQ(w.offer(right), Verdict::ok) << "CVE-2012-2459: the right body must still be accepted afterwards";
}

TEST(Body, AlreadyHereIsSaidSo) {
  Workshop w;
  const Block b = w.block(w.pool.genesis(), {});
  ASSERT_EQ(w.offer(b), Verdict::ok);
  EXPECT_EQ(w.offer(b), Verdict::already_known);
  EXPECT_EQ(w.tree.offer_header(b.header, Time::zero()).verdict, Verdict::already_known);
}

TEST(Body, WithoutTransactionsIsRefused) {
  Workshop w;
  EXPECT_EQ(w.offer(w.wrap(w.pool.genesis(), {})), Verdict::empty);
}

TEST(Body, AboveTheSizeLimitIsRefusedAndAtTheLimitIsNot) {
  Rules rules = easy_rules();
  rules.block_size_limit = 3000;
  Workshop w(rules);
  Assembly from;
  from.tip = w.pool.genesis();
  from.owner = user(0).public_key();
  from.fill_to = 3000;
  const Assembled full = assemble_block(w.pool, w.mempool, from);
  EXPECT_EQ(w.pool.bodies.block_size(full.block.body), 3000U);
  EXPECT_EQ(w.offer(full.block), Verdict::ok);
  Transaction one_more = w.pool.transactions.transaction(w.pool.bodies.list(full.block.body)[0]);
  one_more.number = 2;
  one_more.enclosures[0].content.generated += 1;
  EXPECT_EQ(w.offer(w.wrap(w.tree.tip(), {w.add(one_more)})), Verdict::too_large);
}

TEST(Body, WithoutACoinbaseIsRefused) {
  Workshop w;
  EXPECT_EQ(w.offer(w.wrap(w.pool.genesis(), {w.add(Workshop::pay(w.coin(0, 0), 1, 900))})), Verdict::no_coinbase);
}

TEST(Body, WithASecondCoinbaseIsRefused) {
  Workshop w;
  Transaction second;
  second.kind = TransactionKind::coinbase;
  second.number = 1;
  second.outputs.push_back({1, user(0).public_key(), std::nullopt});
  EXPECT_EQ(w.offer(w.block(w.pool.genesis(), {w.add(second)})), Verdict::coinbase_misplaced);
}

TEST(Coinbase, MustNameTheHeightOfItsBlock) {
  Workshop w;
  Workshop::Bend bend;
  bend.coinbase = [](Transaction& tx) { tx.number = 2; };
  EXPECT_EQ(w.offer(w.block(w.pool.genesis(), {}, bend)), Verdict::bad_coinbase_height);
}

TEST(Coinbase, TakesSubsidyAndFeesAndNoMore) {
  Workshop w;
  const TxRef a = w.add(Workshop::pay(w.coin(0, 0), 1, 900));
  Workshop::Bend bend;
  bend.coinbase = [](Transaction& tx) { tx.outputs[0].amount = 50 + 100; };
  EXPECT_EQ(w.offer(w.block(w.pool.genesis(), {a}, bend)), Verdict::ok);
  bend.coinbase = [](Transaction& tx) { tx.outputs[0].amount = 50 + 1; };
  EXPECT_EQ(w.offer(w.block(w.tree.tip(), {}, bend)), Verdict::inflated_coinbase);
}

TEST(Coinbase, IsSpentOnlyWhenItHasMatured) {
  Workshop w;
  ASSERT_EQ(w.extend(), Verdict::ok);
  const TxRef reward = w.pool.bodies.list(w.pool.state.body(w.tree.tip()))[0];
  const TxRef early = w.add(Workshop::pay(w.spend(reward, 0, 3), 1, 50));
  EXPECT_EQ(w.mempool.add(early, w.tree.tip()).verdict, Verdict::immature_coinbase);
  EXPECT_EQ(w.extend({early}), Verdict::immature_coinbase);
  ASSERT_EQ(w.extend(), Verdict::ok);
  EXPECT_EQ(w.extend({early}), Verdict::immature_coinbase) << "two blocks deep";
  ASSERT_EQ(w.extend(), Verdict::ok);
  EXPECT_EQ(w.mempool.add(early, w.tree.tip()).verdict, Verdict::ok);
  EXPECT_EQ(w.extend({early}), Verdict::ok) << "three blocks deep, as the rules of this workshop say";
}

// --- transactions, alone in a block, and the same in a mempool -----------------------------------------------------

void expect_refused(Workshop& w, const Transaction& tx, Verdict verdict) {
  const TxRef ref = w.add(tx);
  const BlockRef before = w.tree.tip();
  EXPECT_EQ(w.mempool.add(ref, before).verdict, verdict) << "in a mempool";
  EXPECT_EQ(w.extend({ref}), verdict) << "in a block";
  EXPECT_EQ(w.tree.tip(), before);
}

TEST(Transaction, WithoutInputsOrOutputsIsRefused) {
  Workshop w;
  Transaction tx = Workshop::pay(w.coin(0, 0), 1, 900);
  tx.outputs.clear();
  expect_refused(w, Workshop::sign(tx), Verdict::empty);
  tx = Workshop::pay(w.coin(0, 0), 1, 900);
  tx.inputs.clear();
  expect_refused(w, tx, Verdict::empty);
}

TEST(Transaction, AboveTheSizeLimitIsRefused) {
  Workshop w;
  expect_refused(w, Workshop::publish(w.coin(0, 0), 0, 1, declared_content(1, 1'000'001)), Verdict::too_large);
}

TEST(Transaction, WithPartsThatDoNotFitItsKindIsRefused) {
  Workshop w;
  Workshop::Bend bend;
  bend.coinbase = [&](Transaction& tx) { tx.inputs.push_back(w.coin(0, 0)); };
  EXPECT_EQ(w.offer(w.block(w.pool.genesis(), {}, bend)), Verdict::malformed) << "a coinbase with an input";
  Transaction tx = Workshop::publish(w.coin(0, 0), 0, 1, text);
  tx.enclosures.push_back(tx.enclosures[0]);
  expect_refused(w, Workshop::sign(tx), Verdict::malformed);
}

TEST(Transaction, WithMoreMoneyThanThereIsIsRefused) {
  Workshop w;
  const std::uint64_t limit = w.pool.rules.money_limit;
  expect_refused(w, Workshop::pay(w.coin(0, 0), 1, limit + 1), Verdict::bad_amount);
  Transaction tx = Workshop::pay(w.coin(0, 0), 1, limit);
  tx.outputs.push_back(tx.outputs[0]);
  expect_refused(w, Workshop::sign(tx), Verdict::bad_amount);
  tx.outputs[0].amount = tx.outputs[1].amount = std::uint64_t{1} << 63;  // the sum wraps to zero
  expect_refused(w, Workshop::sign(tx), Verdict::bad_amount);
}

TEST(Transaction, ThatSpendsAnOutputTwiceIsRefused) {
  Workshop w;
  Transaction tx = Workshop::pay(w.coin(0, 0), 1, 900);
  tx.inputs.push_back(tx.inputs[0]);
  expect_refused(w, Workshop::sign(tx), Verdict::duplicate_input);
}

TEST(Transaction, ChangedAfterSigningIsRefused) {
  Workshop w;
  Transaction tx = Workshop::pay(w.coin(0, 0), 1, 900);
  tx.outputs[0].owner = user(2).public_key();
  expect_refused(w, tx, Verdict::bad_signature);
}

TEST(Transaction, OfSomeoneElsesCoinIsRefused) {
  Workshop w;
  Input stolen = w.coin(0, 0);
  stolen.owner = user(1).public_key();
  expect_refused(w, Workshop::pay(stolen, 1, 900), Verdict::not_owner);
}

TEST(Transaction, OfAnOutputThatDoesNotExistIsRefused) {
  Workshop w;
  Input nothing = w.coin(0, 0);
  nothing.spends.index = 32;
  expect_refused(w, Workshop::pay(nothing, 1, 900), Verdict::unknown_output);
  nothing.spends.txid.bytes[0] ^= 1;
  expect_refused(w, Workshop::pay(nothing, 1, 900), Verdict::unknown_output);
}

TEST(Transaction, OfAnOutputThatIsOnAnotherBranchIsRefused) {
  Workshop w;
  const TxRef a = w.add(Workshop::pay(w.coin(0, 0), 1, 900));
  const TxRef b = w.add(Workshop::pay(w.spend(a, 0, 1), 2, 800));
  ASSERT_EQ(w.offer(w.block(w.pool.genesis(), {a})), Verdict::ok);
  Workshop::Bend bend;
  bend.extra = 1;
  const Block rival = w.block(w.pool.genesis(), {}, bend);
  ASSERT_EQ(w.offer(rival), Verdict::ok);
  EXPECT_EQ(w.offer(w.block(rival.header, {b})), Verdict::unknown_output);
  EXPECT_EQ(w.extend({b}), Verdict::ok);
}

TEST(Transaction, OfASpentOutputIsRefused) {
  Workshop w;
  ASSERT_EQ(w.extend({w.add(Workshop::pay(w.coin(0, 0), 1, 900))}), Verdict::ok);
  expect_refused(w, Workshop::pay(w.coin(0, 0), 2, 900), Verdict::double_spend);
}

TEST(Transaction, OfAnOutputSpentEarlierInTheBlockIsRefused) {
  Workshop w;
  const TxRef a = w.add(Workshop::pay(w.coin(0, 0), 1, 900));
  const TxRef b = w.add(Workshop::pay(w.coin(0, 0), 2, 900));
  EXPECT_EQ(w.extend({a, b}), Verdict::double_spend_in_block);
  EXPECT_EQ(w.extend({a}), Verdict::ok);
}

TEST(Transaction, MayBeSpentInDifferentWaysOnDifferentBranches) {
  Workshop w;
  const TxRef a = w.add(Workshop::pay(w.coin(0, 0), 1, 900));
  const TxRef b = w.add(Workshop::pay(w.coin(0, 0), 2, 900));
  ASSERT_EQ(w.offer(w.block(w.pool.genesis(), {a})), Verdict::ok);
  const Block rival = w.block(w.pool.genesis(), {b});
  ASSERT_EQ(w.offer(rival), Verdict::ok);
  ASSERT_EQ(w.offer(w.block(rival.header, {})), Verdict::ok);
  EXPECT_TRUE(w.pool.state.contains(w.tree.tip(), b));
  EXPECT_FALSE(w.pool.state.contains(w.tree.tip(), a));
  EXPECT_EQ(w.extend({a}), Verdict::double_spend);
}

TEST(Transaction, WorthMoreThanItsInputsIsRefused) {
  Workshop w;
  expect_refused(w, Workshop::pay(w.coin(0, 0), 1, 1001), Verdict::overspend);
  EXPECT_EQ(w.extend({w.add(Workshop::pay(w.coin(0, 0), 1, 1000))}), Verdict::ok) << "a fee of zero is allowed";
}

TEST(Transaction, BeforeTheOneItDependsOnIsRefused) {
  Workshop w;
  const TxRef a = w.add(Workshop::pay(w.coin(0, 0), 1, 900));
  const TxRef b = w.add(Workshop::pay(w.spend(a, 0, 1), 2, 800));
  EXPECT_EQ(w.extend({b, a}), Verdict::unknown_output);
  EXPECT_EQ(w.extend({a, b}), Verdict::ok);
}

// --- records -------------------------------------------------------------------------------------------------------

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

// --- mempool -------------------------------------------------------------------------------------------------------

TEST(Mempool, KeepsTheFirstOfTwoThatSpendTheSameOutput) {
  Workshop w;
  const TxRef first = w.add(Workshop::pay(w.coin(0, 0), 1, 900));
  const TxRef second = w.add(Workshop::pay(w.coin(0, 0), 2, 100));
  EXPECT_EQ(w.mempool.add(first, w.tree.tip()).verdict, Verdict::ok);
  EXPECT_EQ(w.mempool.add(second, w.tree.tip()).verdict, Verdict::mempool_conflict);
  EXPECT_EQ(w.mempool.add(first, w.tree.tip()).verdict, Verdict::already_known);
}

TEST(Mempool, RefusesASecondRecordOfTheSameNameAndACoinbase) {
  Workshop w;
  EXPECT_EQ(w.mempool.add(w.add(Workshop::publish(w.coin(0, 0), 0, 7, text)), w.tree.tip()).verdict, Verdict::ok);
  EXPECT_EQ(w.mempool.add(w.add(Workshop::publish(w.coin(0, 1), 0, 7, text)), w.tree.tip()).verdict,
            Verdict::mempool_conflict);
  EXPECT_EQ(w.mempool.add(TxRef(0), w.tree.tip()).verdict, Verdict::coinbase_misplaced);
}

TEST(Mempool, WhenFullRefusesWhatPaysLeast) {
  Workshop w;
  Mempool small(w.pool, 2000);
  for (std::uint32_t i = 0; i < 8; ++i) {
    (void)small.add(w.add(Workshop::pay(w.coin(0, i), 1, 900 - i)), w.tree.tip());
  }
  EXPECT_LE(small.bytes(), 2000U);
  EXPECT_EQ(small.add(w.add(Workshop::pay(w.coin(1, 0), 1, 999)), w.tree.tip()).verdict, Verdict::ok);
  TxRef last;
  Verdict verdict = Verdict::ok;
  for (std::uint32_t i = 1; i < 8 && verdict == Verdict::ok; ++i) {
    last = w.add(Workshop::pay(w.coin(1, i), 1, 1000));
    verdict = small.add(last, w.tree.tip()).verdict;
  }
  EXPECT_EQ(verdict, Verdict::mempool_full);
  EXPECT_FALSE(small.has(last));
}

TEST(Mempool, SaysThatAConfirmedTransactionIsKnown) {
  Workshop w;
  const TxRef tx = w.add(Workshop::pay(w.coin(0, 0), 1, 900));
  ASSERT_EQ(w.extend({tx}), Verdict::ok);
  EXPECT_EQ(w.mempool.add(tx, w.tree.tip()).verdict, Verdict::already_known);
}

}  // namespace
}  // namespace peerlab
