// The tracker against a stupid one that keeps everything in one list and searches it.
#include "models/replication/request_tracker.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace peerlab {
namespace {

class Twin {
 public:
  struct Row {
    Wanted thing;
    NodeId asked;
    Time deadline;
    std::uint64_t order = 0;
    std::vector<std::pair<NodeId, bool>> candidates;
  };
  std::vector<Row> rows;
  std::vector<NodeId> silent;
  std::uint64_t order = 0;

  std::vector<Row>::iterator find(Wanted thing) {
    return std::find_if(rows.begin(), rows.end(), [&](const Row& r) { return r.thing == thing; });
  }
  NodeId ask(std::vector<Row>::iterator row, Time now) {
    for (const bool silent_ones : {false, true}) {
      for (auto& [peer, tried] : row->candidates) {
        const bool quiet = std::find(silent.begin(), silent.end(), peer) != silent.end();
        if (tried || quiet != silent_ones) continue;
        tried = true;
        row->asked = peer;
        row->deadline = now + (row->thing.what == Wanted::Class::block ? seconds(20) : seconds(60));
        row->order = ++order;
        return peer;
      }
    }
    rows.erase(row);
    return nobody;
  }
  NodeId announced(Wanted thing, NodeId peer, Time now) {
    const auto it = find(thing);
    if (it == rows.end()) {
      rows.push_back({thing, nobody, now, 0, {{peer, false}}});
      return ask(rows.end() - 1, now);
    }
    for (const auto& [known, tried] : it->candidates) {
      if (known == peer) return nobody;
    }
    it->candidates.emplace_back(peer, false);
    return nobody;
  }
  std::vector<RequestTracker::Late> expire(Time now) {
    std::vector<RequestTracker::Late> late;
    for (const auto what : {Wanted::Class::block, Wanted::Class::transaction}) {
      for (;;) {
        auto first = rows.end();
        for (auto it = rows.begin(); it != rows.end(); ++it) {
          if (it->thing.what == what && it->deadline <= now && (first == rows.end() || it->order < first->order))
            first = it;
        }
        if (first == rows.end()) break;
        const Wanted thing = first->thing;
        const NodeId quiet = first->asked;
        if (std::find(silent.begin(), silent.end(), quiet) == silent.end()) silent.push_back(quiet);
        const NodeId next = ask(first, now);
        late.push_back({thing, quiet, next});
      }
    }
    return late;
  }
  std::vector<RequestTracker::Late> gone(NodeId peer, Time now) {
    std::erase(silent, peer);
    std::vector<std::pair<std::uint64_t, Wanted>> held;
    for (Row& row : rows) {
      std::erase_if(row.candidates, [&](const auto& c) { return c.first == peer; });
      if (row.asked == peer) held.emplace_back(row.order, row.thing);
    }
    std::sort(held.begin(), held.end(), [](const auto& x, const auto& y) { return x.first < y.first; });
    std::vector<RequestTracker::Late> late;
    for (const auto& [when, thing] : held) late.push_back({thing, peer, ask(find(thing), now)});
    return late;
  }
  Time next_deadline() const {
    Time first = Time::never();
    for (const Row& row : rows) first = std::min(first, row.deadline);
    return first;
  }
};

void expect_same(std::span<const RequestTracker::Late> got, const std::vector<RequestTracker::Late>& wanted) {
  ASSERT_EQ(got.size(), wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    EXPECT_EQ(got[i].thing, wanted[i].thing);
    EXPECT_EQ(got[i].silent, wanted[i].silent);
    EXPECT_EQ(got[i].next, wanted[i].next);
  }
}

TEST(RequestTracker, DoesWhatTheStupidOneDoes) {
  for (std::uint32_t run = 0; run < 60; ++run) {
    Stream chance(11, purpose("tracker test"), run);
    RequestTracker tracker(seconds(20), seconds(60));
    Twin twin;
    Time now = Time::zero();
    for (int step = 0; step < 800; ++step) {
      now = now + milliseconds(static_cast<std::int64_t>(chance.below(4000)));
      const auto kind = chance.below(2) == 0 ? Wanted::Class::block : Wanted::Class::transaction;
      const Wanted thing{kind, static_cast<std::uint32_t>(chance.below(12))};
      const NodeId peer = NodeId::of(chance.below(6));
      const double what = chance.uniform();
      if (what < 0.55) {
        ASSERT_EQ(tracker.announced(thing, peer, now), twin.announced(thing, peer, now));
      } else if (what < 0.7) {
        tracker.settled(thing);
        if (const auto it = twin.find(thing); it != twin.rows.end()) twin.rows.erase(it);
      } else if (what < 0.75) {
        tracker.heard(peer);
        std::erase(twin.silent, peer);
      } else if (what < 0.8) {
        const auto it = twin.find(thing);
        ASSERT_EQ(tracker.failed(thing, now), it == twin.rows.end() ? nobody : twin.ask(it, now));
      } else if (what < 0.83) {
        expect_same(tracker.gone(peer, now), twin.gone(peer, now));
      } else {
        expect_same(tracker.expire(now), twin.expire(now));
      }
      ASSERT_EQ(tracker.next_deadline(), twin.next_deadline());
      ASSERT_EQ(tracker.size(), twin.rows.size());
      const auto it = twin.find(thing);
      ASSERT_EQ(tracker.asked(thing), it == twin.rows.end() ? nobody : it->asked);
      ASSERT_EQ(tracker.announcers(thing).size(), it == twin.rows.end() ? 0U : it->candidates.size());
    }
  }
}

}  // namespace
}  // namespace peerlab
