// Random histories of records, right and wrong, on two branches, against the stupid way: a map of who owns which record and what it
// says, copied from block to block.

#include <gtest/gtest.h>

#include <map>
#include <optional>

#include "models/base/random.h"
#include "models/crypto/expand.h"
#include "tests/models/ledger/workshop.h"

namespace peerlab {
namespace {

using workshop::user;
using workshop::Workshop;

struct Live {
  OutPoint at;
  std::uint32_t owner = 0;
  Record record;
};

// What a chain says about records, by name. An erased record has an entry without a value.
using Records = std::map<std::uint64_t, std::optional<Live>>;

struct Try {
  Transaction tx;
  std::uint64_t name = 0;
  std::optional<Live> after;  // what the record is when the write is allowed
  bool allowed = false;
};

// One write by somebody to some record: the record of name n belongs to user n % 4 at first.
Try random_write(const Workshop& w, const Records& records, std::uint32_t coin, Stream& s) {
  Try t;
  t.name = s.below(6);
  const auto first_owner = static_cast<std::uint32_t>(t.name % 4);
  const auto actor = static_cast<std::uint32_t>(s.below(4));
  const auto other = static_cast<std::uint32_t>(s.below(4));
  const Content content = stored_content(expand(s.bits(), 20 + s.below(50)));
  const auto known = records.find(t.name);
  const bool live = known != records.end() && known->second.has_value();
  const std::uint64_t kind = s.below(4);
  if (kind == 0 || !live) {
    t.tx = Workshop::publish(w.coin(first_owner, coin), first_owner, t.name, content);
    t.tx.outputs[0].amount = 0;
    Workshop::sign(t.tx);
    t.allowed = known == records.end();
    t.after = Live{{}, first_owner, *t.tx.outputs[0].record};
    return t;
  }
  const Live& now = *known->second;
  const Input from{now.at, user(actor).public_key(), {}};
  t.allowed = actor == now.owner;
  if (kind == 1) {
    t.tx = Workshop::update(from, other, t.name, content);
    t.allowed = t.allowed && other == now.owner;
    t.after = Live{{}, now.owner, *t.tx.outputs[0].record};
  } else if (kind == 2) {
    t.tx = Workshop::transfer(from, now.record, other);
    t.after = Live{{}, other, now.record};
  } else {
    t.tx = Workshop::erase(from, other);
  }
  t.tx.outputs[0].amount = 0;
  Workshop::sign(t.tx);
  return t;
}

TEST(RecordHistory, IsJudgedAsByAMapOfOwnersOnEveryBranch) {
  Stream s(1, purpose("test records"));
  std::map<TransactionKind, int> done;
  int refused = 0;
  for (int round = 0; round < 12; ++round) {
    Workshop w;
    struct Branch {
      BlockRef tip;
      Records records;
      std::uint32_t coin = 0;  // publications take fresh coins, so that nothing else is wrong with them
    };
    std::vector<Branch> branches{{w.pool.genesis(), {}, 0}, {w.pool.genesis(), {}, 0}};
    for (int i = 0; i < 60; ++i) {
      const std::uint64_t which = s.below(2);
      Branch& branch = branches[which];
      Try t = random_write(w, branch.records, branch.coin, s);
      t.tx.number = static_cast<std::uint64_t>(round * 100 + i);
      Workshop::sign(t.tx);
      const TxRef ref = w.add(t.tx);
      Workshop::Bend bend;
      bend.extra = static_cast<std::uint32_t>(which);
      const Block block = w.block(branch.tip, {ref}, bend);
      (void)w.tree.offer_header(block.header, Time::zero());
      ASSERT_EQ(w.pool.state.bind(block.header, block.body).verdict, Verdict::ok);
      const Judged judged = w.pool.state.judge(block.header);
      ASSERT_EQ(judged.ok(), t.allowed) << name(judged.verdict) << " in step " << i;
      if (!judged.ok()) {
        ++refused;
        continue;
      }
      ++done[t.tx.kind];
      if (t.tx.kind == TransactionKind::publish) ++branch.coin;
      if (t.after) t.after->at = {w.pool.transactions.id(ref), 0};
      branch.records[t.name] = t.after;
      branch.tip = block.header;
      for (const Branch& each : branches) {
        for (const auto& [record, live] : each.records) {
          EXPECT_TRUE(
              w.pool.state.published(each.tip, user(static_cast<std::uint32_t>(record % 4)).public_key(), record));
          if (!live) continue;
          EXPECT_TRUE(w.pool.state.unspent_at(each.tip, w.pool.transactions.output_at(live->at)));
        }
      }
    }
  }
  for (const TransactionKind kind :
       {TransactionKind::publish, TransactionKind::update, TransactionKind::transfer, TransactionKind::erase}) {
    EXPECT_GT(done[kind], 5) << "otherwise the test is about nothing: " << static_cast<int>(kind);
  }
  EXPECT_GT(refused, 50);
}

}  // namespace
}  // namespace peerlab
