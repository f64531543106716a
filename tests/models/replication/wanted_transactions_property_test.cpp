// Batches of transactions against the same announcements one by one.
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "models/base/random.h"
#include "models/replication/request_tracker.h"

namespace peerlab {
namespace {

constexpr Wanted wanted(TxRef tx) { return {Wanted::Class::transaction, tx.value}; }

TxMask mask_of_list(std::vector<TxRef> list) {
  std::sort(list.begin(), list.end(), [](TxRef a, TxRef b) { return a.value < b.value; });
  TxMask mask;
  for (const TxRef tx : list) {
    if (mask.empty() || mask.back().word != mask_of(tx).word) mask.push_back({mask_of(tx).word, 0});
    mask.back().bits |= mask_of(tx).bits;
  }
  return mask;
}

std::vector<TxRef> draw_list(Stream& chance) {
  const bool far = chance.chance(0.1);  // too far apart for a table
  std::vector<TxRef> list;
  for (std::uint64_t n = 1 + chance.below(40); n > 0; --n) {
    const TxRef tx(static_cast<std::uint32_t>((far ? 9000 : 0) * chance.below(2) + 100 + chance.below(200)));
    if (std::find(list.begin(), list.end(), tx) == list.end()) list.push_back(tx);
  }
  return list;
}

void expect_same(std::span<const RequestTracker::Late> got, std::span<const RequestTracker::Late> wanted) {
  ASSERT_EQ(got.size(), wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    EXPECT_EQ(got[i].thing, wanted[i].thing);
    EXPECT_EQ(got[i].silent, wanted[i].silent);
    EXPECT_EQ(got[i].next, wanted[i].next);
  }
}

TEST(WantedTransactions, ABatchIsAskedForAsItsTransactionsWouldBeOneByOne) {
  for (std::uint32_t run = 0; run < 40; ++run) {
    Stream chance(12, purpose("batches test"), run);
    RequestTracker batches(seconds(20), seconds(60));
    RequestTracker singles(seconds(20), seconds(60));
    Time now = Time::zero();
    for (int step = 0; step < 400; ++step) {
      now = now + milliseconds(static_cast<std::int64_t>(1 + chance.below(9000)));
      const NodeId peer = NodeId::of(chance.below(6));
      const std::vector<TxRef> list = draw_list(chance);
      const double what = chance.uniform();
      if (what < 0.5) {
        std::vector<TxRef> ask;
        batches.announced(mask_of_list(list), list, peer, now, ask);
        std::vector<TxRef> asked;
        for (const TxRef tx : list) {
          if (singles.announced(wanted(tx), peer, now) == peer) asked.push_back(tx);
        }
        ASSERT_EQ(ask, asked) << "in the order of the list";
      } else if (what < 0.75) {
        std::vector<std::pair<NodeId, TxRef>> knew;
        batches.settled(mask_of_list(list), [&](NodeId who, MaskWord word) {
          for (const TxRef tx : list) {
            if (mask_of(tx).word == word.word && (mask_of(tx).bits & word.bits) != 0) knew.emplace_back(who, tx);
          }
        });
        std::size_t announcers = 0;
        for (const TxRef tx : list) {
          for (const NodeId who : singles.announcers(wanted(tx))) {
            ++announcers;
            EXPECT_TRUE(std::find(knew.begin(), knew.end(), std::pair(who, tx)) != knew.end());
          }
          singles.settled(wanted(tx));
        }
        ASSERT_EQ(knew.size(), announcers) << "everybody who announced it, each once";
      } else if (what < 0.8) {
        batches.heard(peer);
        singles.heard(peer);
      } else if (what < 0.85) {
        expect_same(batches.gone(peer, now), singles.gone(peer, now));
      } else {
        expect_same(batches.expire(now), singles.expire(now));
      }
      ASSERT_EQ(batches.size(), singles.size());
      ASSERT_EQ(batches.next_deadline(), singles.next_deadline());
      ASSERT_EQ(batches.in_flight(peer, Wanted::Class::transaction),
                singles.in_flight(peer, Wanted::Class::transaction));
      ASSERT_EQ(batches.asked(wanted(list.front())), singles.asked(wanted(list.front())));
    }
  }
}

}  // namespace
}  // namespace peerlab
