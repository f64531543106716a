// Each rule has a verdict of its own, reached here by breaking exactly that rule: headers.
#include <gtest/gtest.h>

#include <set>
#include <string_view>

#include "tests/models/ledger/workshop.h"

namespace peerlab {
namespace {

using workshop::easy_rules;
using workshop::Workshop;

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

}  // namespace
}  // namespace peerlab
