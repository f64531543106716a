// Whatever is encoded decodes to the same, and whatever decodes encodes to the same bytes: for random transactions and
// blocks, for bytes changed at random, and for bytes of pure chance.

#include <gtest/gtest.h>

#include "models/base/random.h"
#include "models/crypto/expand.h"
#include "models/crypto/sha256.h"
#include "tests/models/ledger/workshop.h"

namespace peerlab {
namespace {

Hash256 random_hash(Stream& s) {
  Hash256 h;
  for (std::uint8_t& b : h.bytes) b = static_cast<std::uint8_t>(s.bits());
  return h;
}

// Any transaction that has an encoding, sensible or not.
Transaction random_transaction(Stream& s) {
  Transaction tx;
  tx.kind = static_cast<TransactionKind>(s.below(transaction_kinds));
  tx.number = s.bits();
  tx.inputs.resize(s.below(4));
  for (Input& in : tx.inputs) {
    in.spends = {random_hash(s), static_cast<std::uint32_t>(s.bits())};
    in.owner.bytes = random_hash(s).bytes;
    for (std::uint8_t& b : in.signature.bytes) b = static_cast<std::uint8_t>(s.bits());
  }
  tx.outputs.resize(s.chance(0.05) ? 300 : s.below(4));
  for (Output& out : tx.outputs) {
    out.amount = s.bits();
    out.owner.bytes = random_hash(s).bytes;
    if (s.chance(0.5))
      out.record = Record{s.bits(), random_hash(s), static_cast<std::uint32_t>(s.bits()), s.chance(0.5)};
  }
  tx.enclosures.resize(s.below(3));
  for (Enclosure& e : tx.enclosures) {
    e.output = static_cast<std::uint32_t>(s.bits());
    const std::uint64_t stored = s.below(400);
    if (s.chance(0.5)) e.content.stored = expand(s.bits(), stored);
    const std::uint64_t generated = s.below(40'000);
    if (s.chance(0.5) && generated > 0) {
      e.content.generated = static_cast<std::uint32_t>(generated);
      e.content.seed = s.bits();
    }
  }
  return tx;
}

TEST(TransactionCodec, RoundTripsAndItsSizeAndIdAreThoseOfTheBytes) {
  Stream s(1, purpose("test codec"));
  for (int i = 0; i < 400; ++i) {
    const Transaction tx = random_transaction(s);
    const Bytes bytes = encode(tx);
    EXPECT_EQ(bytes.size(), wire_size(tx));
    EXPECT_EQ(double_sha256(bytes), txid(tx));
    Reader in(bytes);
    const std::optional<Transaction> back = decode_transaction(in);
    ASSERT_TRUE(back.has_value());
    EXPECT_TRUE(in.finished());
    EXPECT_EQ(*back, tx);
    Bytes through_writer;
    Writer out(through_writer);
    encode(tx, out);
    EXPECT_EQ(through_writer, bytes);
  }
}

TEST(TransactionCodec, TheBriefFormLeavesOutGeneratedBytesAndNothingElse) {
  Stream s(2, purpose("test codec"));
  for (int i = 0; i < 200; ++i) {
    const Transaction tx = random_transaction(s);
    std::uint64_t generated = 0;
    for (const Enclosure& e : tx.enclosures) generated += e.content.generated;
    Bytes brief;
    Writer out(brief);
    encode(tx, out, Form::brief);
    EXPECT_EQ(brief.size() + generated, wire_size(tx));
    Reader in(brief);
    const std::optional<Transaction> back = decode_transaction(in, Form::brief);
    ASSERT_TRUE(back.has_value() && in.finished());
    EXPECT_EQ(*back, tx);
  }
}

TEST(TransactionCodec, EveryCutFails) {
  Stream s(3, purpose("test codec"));
  Transaction tx = random_transaction(s);
  while (tx.inputs.empty() || tx.outputs.empty() || tx.outputs.size() > 3) tx = random_transaction(s);
  const Bytes bytes = encode(tx);
  for (std::size_t n = 0; n < std::min<std::size_t>(bytes.size(), 1500); ++n) {
    Reader in(ByteView(bytes).first(n));
    EXPECT_FALSE(decode_transaction(in).has_value()) << n;
    EXPECT_FALSE(in.ok());
  }
}

TEST(TransactionCodec, DeclaredBytesMustBeThoseOfTheSeed) {
  Transaction tx;
  tx.enclosures.push_back({0, declared_content(3, 20'000)});
  Bytes bytes = encode(tx);
  bytes.back() ^= 1;
  Reader in(bytes);
  EXPECT_FALSE(decode_transaction(in).has_value());
}

TEST(TransactionCodec, WhatSurvivesMutationEncodesToTheSameBytes) {
  Stream s(4, purpose("test codec"));
  int survived = 0;
  for (int i = 0; i < 4000; ++i) {
    Bytes bytes = encode(random_transaction(s));
    const std::uint64_t changes = 1 + s.below(3);
    for (std::uint64_t c = 0; c < changes; ++c) {
      const std::uint64_t at = s.below(std::min<std::size_t>(bytes.size(), 600));
      bytes[at] = s.chance(0.3) ? static_cast<std::uint8_t>(0xfd + s.below(3)) : static_cast<std::uint8_t>(s.bits());
    }
    if (s.chance(0.2)) bytes.resize(s.below(bytes.size()));
    Reader in(bytes);
    const std::optional<Transaction> tx = decode_transaction(in);
    if (!tx) continue;
    ++survived;
    EXPECT_EQ(encode(*tx), Bytes(bytes.begin(), bytes.end() - static_cast<std::ptrdiff_t>(in.left())));
    (void)judge_shape(*tx, Rules{});
  }
  EXPECT_GT(survived, 500) << "otherwise the test is about nothing";
}

TEST(TransactionCodec, ChanceNeverCrashesIt) {
  Stream s(5, purpose("test codec"));
  for (int i = 0; i < 20'000; ++i) {
    Bytes bytes = expand(static_cast<std::uint64_t>(i), s.below(300));
    if (bytes.size() > 20 && s.chance(0.7)) {  // a likely beginning
      bytes[0] = static_cast<std::uint8_t>(s.below(transaction_kinds + 1U));
      bytes[9] = static_cast<std::uint8_t>(s.below(3));
      if (bytes[9] == 0) bytes[10] = static_cast<std::uint8_t>(s.below(6));
    }
    Reader in(bytes);
    const std::optional<Transaction> tx = decode_transaction(in);
    if (!tx) continue;
    EXPECT_EQ(encode(*tx), Bytes(bytes.begin(), bytes.end() - static_cast<std::ptrdiff_t>(in.left())));
  }
}

TEST(BlockCodec, RoundTripsFromOnePoolToAnother) {
  workshop::Workshop here;
  workshop::Workshop there;
  Stream s(6, purpose("test codec"));
  for (int i = 0; i < 20; ++i) {
    std::vector<TxRef> list;
    const std::uint64_t n = s.below(5);
    for (std::uint64_t k = 0; k < n; ++k) list.push_back(here.add(random_transaction(s)));
    const Block block = here.block(here.pool.genesis(), list);
    Bytes bytes;
    Writer out(bytes);
    encode_block(here.pool, block, out);
    EXPECT_EQ(bytes.size(), here.pool.bodies.block_size(block.body));
    Reader in(bytes);
    const std::optional<Block> back = decode_block(there.pool, in);
    ASSERT_TRUE(back.has_value() && in.finished());
    EXPECT_EQ(there.pool.headers.id(back->header), here.pool.headers.id(block.header));
    EXPECT_EQ(there.pool.bodies.root(back->body), here.pool.bodies.root(block.body));
    Bytes again;
    Writer out_again(again);
    encode_block(there.pool, *back, out_again);
    EXPECT_EQ(again, bytes);
  }
}

TEST(BlockCodec, MutationsNeverCrashItAndARefusedBlockLeavesNothingBehind) {
  workshop::Workshop here;
  workshop::Workshop there;
  Stream s(7, purpose("test codec"));
  const TxRef a = here.add(workshop::Workshop::pay(here.coin(0, 0), 1, 900));
  const TxRef b = here.add(workshop::Workshop::publish(here.coin(0, 1), 0, 3, stored_content(expand(1, 50))));
  const Block block = here.block(here.pool.genesis(), {a, b});
  Bytes good;
  Writer out(good);
  encode_block(here.pool, block, out);
  for (int i = 0; i < 3000; ++i) {
    Bytes bytes = good;
    const std::uint64_t changes = 1 + s.below(4);
    for (std::uint64_t c = 0; c < changes; ++c) {
      const std::uint64_t at = s.below(bytes.size());
      bytes[at] = s.chance(0.3) ? static_cast<std::uint8_t>(0xfd + s.below(3)) : static_cast<std::uint8_t>(s.bits());
    }
    if (s.chance(0.2)) bytes.resize(s.below(bytes.size()));
    const std::size_t before = there.pool.transactions.size();
    Reader in(bytes);
    const std::optional<Block> decoded = decode_block(there.pool, in);
    if (!decoded) {
      EXPECT_EQ(there.pool.transactions.size(), before);
      continue;
    }
    Bytes again;
    Writer out_again(again);
    encode_block(there.pool, *decoded, out_again);
    EXPECT_EQ(again, Bytes(bytes.begin(), bytes.end() - static_cast<std::ptrdiff_t>(in.left())));
    const Verdict verdict = there.offer(*decoded);
    // A changed header may happen to meet the easy target; a changed body fits no header.
    const bool same_body = std::equal(bytes.begin() + 80, bytes.end(), good.begin() + 80, good.end());
    EXPECT_TRUE(verdict != Verdict::ok || same_body) << i;
  }
}

TEST(HeaderCodec, RoundTrips) {
  Stream s(8, purpose("test codec"));
  for (int i = 0; i < 200; ++i) {
    const Bytes bytes = expand(s.bits(), 80);
    Reader in(bytes);
    const Header header = decode_header(in);
    EXPECT_TRUE(in.finished());
    const auto back = encode(header);
    EXPECT_TRUE(std::equal(back.begin(), back.end(), bytes.begin()));
    EXPECT_EQ(header.id(), double_sha256(bytes));
  }
}

}  // namespace
}  // namespace peerlab
