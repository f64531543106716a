// What an answer promises survives power cuts at any instant: 1,000 of them under each rule, some in the middle of a write.
#include <gtest/gtest.h>

#include <set>

#include "tests/models/protocols/central_table.h"

namespace peerlab {
namespace {

/// A random user asks for something that is allowed in most cases.
void ask_something(CentralTable& table, Stream& chance, std::uint32_t users, std::vector<std::uint32_t>& ordinals,
                   std::vector<std::uint32_t>& writes) {
  const auto user = static_cast<std::uint32_t>(chance.below(users));
  const std::uint64_t what = chance.below(4);
  if (what <= 1 || ordinals[user] == 0) {
    writes.push_back(table.publish(user, ordinals[user]++));
  } else if (what == 2) {
    writes.push_back(table.pay(user, (user + 1) % users, 1 + chance.below(50)));
  } else {
    const auto which = static_cast<std::uint32_t>(chance.below(ordinals[user]));
    writes.push_back(table.change(Asked::update, user, {UserId(user), which}));
  }
}

bool done_at(const CentralServer& server, std::uint32_t number) {
  const Verdict* verdict = server.store().verdict_of(number);
  return verdict != nullptr && *verdict == Verdict::ok;
}

/// `compact_every`: 0 never folds the log, a few entries fold it all the time, so that power cuts fall into it.
void expect_that_one_server_loses_nothing(std::uint32_t compact_every) {
  std::uint32_t cuts = 0;
  std::uint32_t torn_snapshots = 0;
  std::uint32_t unfinished = 0;
  std::size_t acked = 0;
  std::uint32_t torn = 0;
  for (std::uint64_t seed = 1; cuts < 1000; ++seed) {
    Stream chance(seed, purpose("power"));
    CentralTable::Options options;
    options.users = 3;
    options.latency = milliseconds(5);
    options.seed = seed;
    options.set = {{"retries", "1000"},
                   {"workers", "3"},
                   {"service", "exponential 10 ms"},
                   {"compact_every", std::to_string(compact_every)}};
    // Every third story flushes late; there only what was on the disk is promised.
    const bool late = seed % 3 == 0;
    if (late) options.set.push_back({"flush_every", "50 ms"});
    CentralTable table(options);
    std::vector<std::uint32_t> ordinals(3, 0);
    std::vector<std::uint32_t> writes;
    for (int cut = 0; cut < 20; ++cut, ++cuts) {
      for (std::uint64_t i = 1 + chance.below(4); i > 0; --i) {
        ask_something(table, chance, 3, ordinals, writes);
        table.run(microseconds(static_cast<std::int64_t>(chance.below(40'000))));
      }
      // What the disk has kept, entry by entry.
      const NodeId where = table.server_id(0);
      Disk kept = table.disk(where);
      kept.crash();
      std::set<std::uint32_t> on_disk;
      const Journal& journal = table.system().shared().journal;
      for (const DiskEntry& e : kept.entries()) {
        if (e.kind == static_cast<std::uint32_t>(CentralLog::Stored::entry)) {
          const LogEntry& entry = journal.at(e.ref);
          if (e.bytes == encoded_size(entry)) on_disk.insert(entry.operation->number);
        } else if (e.kind == static_cast<std::uint32_t>(CentralLog::Stored::snapshot)) {
          const Snapshot& snapshot = journal.snapshot_at(e.ref);
          if (e.bytes != encoded_size(snapshot)) continue;
          for (const std::uint32_t number : writes) {
            if (snapshot.store->verdict_of(number) != nullptr) on_disk.insert(number);
          }
        }
      }
      unfinished += table.server(0).log().compacting();
      const std::size_t before = kept.entries().size();
      table.crash(where, chance.chance(0.5));
      if (table.disk(where).entries().size() > before) {
        const std::uint32_t half = table.disk(where).entries().back().kind;
        (half == static_cast<std::uint32_t>(CentralLog::Stored::snapshot) ? torn_snapshots : torn) += 1;
      }
      table.run(milliseconds(static_cast<std::int64_t>(chance.below(100))));
      table.restart(where);
      for (const std::uint32_t number : writes) {
        const bool there = table.server(0).store().verdict_of(number) != nullptr;
        ASSERT_EQ(there, on_disk.contains(number)) << "seed " << seed << " cut " << cut << " write " << number;
        if (late || !table.acked(number)) continue;
        ASSERT_TRUE(done_at(table.server(0), number)) << "seed " << seed << " cut " << cut << " write " << number;
        ++acked;
      }
    }
  }
  EXPECT_GT(acked, 1000U);
  EXPECT_GT(torn, 10U) << "some cuts fell into a write";
  if (compact_every == 0) return;
  EXPECT_GT(unfinished, 50U) << "some cuts fell between a snapshot and the end of what it replaces";
  EXPECT_GT(torn_snapshots, 10U) << "and some into the snapshot itself";
}

TEST(CentralRecovery, OneServerLosesNothingThatWasAckedInAThousandPowerCuts) {
  expect_that_one_server_loses_nothing(0);
}

TEST(CentralRecovery, OneServerThatCompactsLosesNothingThatWasAckedInAThousandPowerCuts) {
  expect_that_one_server_loses_nothing(3);
}

void expect_nothing_lost_in_a_thousand_power_cuts(const std::string& rule, std::uint32_t compact_every = 0) {
  std::uint32_t cuts = 0;
  std::uint32_t wipes = 0;
  std::size_t parts = 0;
  std::size_t acked = 0;
  for (std::uint64_t seed = 1; cuts < 1000; ++seed) {
    Stream chance(seed, purpose("power"));
    CentralTable::Options options;
    options.users = 3;
    options.latency = milliseconds(5);
    options.seed = seed;
    options.set = {{"servers", "3"},
                   {"replication", rule},
                   {"retries", "1000"},
                   {"failover", "1 s"},
                   {"backoff", "200 ms"},
                   {"timeout", "1 s"},
                   {"compact_every", std::to_string(compact_every)}};
    CentralTable table(options);
    std::vector<std::uint32_t> ordinals(3, 0);
    std::vector<std::uint32_t> writes;
    for (int cut = 0; cut < 10; ++cut, ++cuts) {
      for (std::uint64_t i = 2 + chance.below(4); i > 0; --i) {
        ask_something(table, chance, 3, ordinals, writes);
        table.run(microseconds(static_cast<std::int64_t>(chance.below(30'000))));
      }
      // Mostly the primary, sometimes a backup; one in five loses its disk as well.
      const std::vector<std::uint32_t> leading = table.primaries();
      const auto any = static_cast<std::uint32_t>(chance.below(3));
      const std::uint32_t victim = !leading.empty() && chance.chance(0.7) ? leading[0] : any;
      const NodeId where = table.server_id(victim);
      table.crash(where, chance.chance(0.5));
      if (chance.chance(0.2)) {
        table.wipe(where);
        ++wipes;
      }
      table.run(milliseconds(static_cast<std::int64_t>(chance.below(5000))));
      table.restart(where);
      table.run(seconds(6));  // long enough to elect and to refill
      const std::vector<std::uint32_t> now_leading = table.primaries();
      ASSERT_EQ(now_leading.size(), 1U) << rule << " seed " << seed << " cut " << cut;
      for (const std::uint32_t number : writes) {
        if (!table.acked(number)) continue;
        ASSERT_TRUE(done_at(table.server(now_leading[0]), number))
            << rule << " seed " << seed << " cut " << cut << " write " << number;
        ++acked;
      }
    }
    EXPECT_EQ(table.count(happened::operation_undone), 0U) << rule << " seed " << seed;
    parts += table.sent(kind::snapshot_part);
    table.run(seconds(10));
    for (std::uint32_t s = 1; s < 3; ++s) {
      ASSERT_EQ(table.server(s).store().digest(), table.server(0).store().digest()) << rule << " seed " << seed;
    }
  }
  EXPECT_GT(acked, 1000U);
  EXPECT_GT(wipes, 100U);
  if (compact_every > 0) {
    EXPECT_GT(parts, 100U) << "wiped servers are refilled from snapshots";
  }
}

TEST(CentralRecovery, SynchronousReplicasLoseNothingThatWasAckedInAThousandPowerCuts) {
  expect_nothing_lost_in_a_thousand_power_cuts("synchronous");
}

TEST(CentralRecovery, AQuorumLosesNothingThatWasAckedInAThousandPowerCuts) {
  expect_nothing_lost_in_a_thousand_power_cuts("quorum");
}

TEST(CentralRecovery, SynchronousReplicasThatCompactLoseNothingEither) {
  expect_nothing_lost_in_a_thousand_power_cuts("synchronous", 4);
}

TEST(CentralRecovery, AQuorumThatCompactsLosesNothingEither) {
  expect_nothing_lost_in_a_thousand_power_cuts("quorum", 4);
}

TEST(CentralRecovery, AnAsynchronousPrimaryTakesWithItExactlyWhatWasNotShipped) {
  std::size_t lost = 0;
  std::size_t kept = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    Stream chance(seed, purpose("power"));
    CentralTable::Options options;
    options.users = 3;
    options.latency = milliseconds(5);
    options.seed = seed;
    options.set = {{"servers", "3"},
                   {"replication", "asynchronous"},
                   {"ship_every", "200 ms"},
                   {"failover", "1 s"},
                   {"retries", "1000"}};
    CentralTable table(options);
    std::vector<std::uint32_t> ordinals(3, 0);
    std::vector<std::uint32_t> writes;
    table.run(seconds(1));
    for (int i = 0; i < 10; ++i) {
      ask_something(table, chance, 3, ordinals, writes);
      table.run(milliseconds(static_cast<std::int64_t>(chance.below(100))));
    }
    ASSERT_TRUE(table.server(0).group().primary());
    // What the primary has told to be done, and where it stands in its log.
    std::vector<std::pair<std::uint32_t, std::uint32_t>> told;
    const CentralLog& log = table.server(0).log();
    for (std::uint32_t i = 1; i <= log.length(); ++i) {
      if (log.at(i).operation && table.acked(log.at(i).operation->number)) {
        told.emplace_back(log.at(i).operation->number, i);
      }
    }
    const std::uint32_t shipped = std::max(table.server(1).log().length(), table.server(2).log().length());
    table.crash(table.server_id(0));
    table.run(seconds(5));
    const std::vector<std::uint32_t> leading = table.primaries();
    ASSERT_EQ(leading.size(), 1U) << seed;
    for (const auto& [number, index] : told) {
      const bool there = table.server(leading[0]).store().verdict_of(number) != nullptr;
      ASSERT_EQ(there, index <= shipped) << "seed " << seed << " write " << number;
      (there ? kept : lost) += 1;
    }
    EXPECT_EQ(table.count(happened::operation_undone), 0U) << "only the old primary knows";
    // It comes back, is overruled, and says what it took with it.
    table.restart(table.server_id(0));
    table.run(minutes(3));
    for (const auto& [number, index] : told) {
      EXPECT_EQ(table.said(happened::operation_undone, number) != nullptr, index > shipped) << seed;
    }
    for (std::uint32_t s = 1; s < 3; ++s) {
      ASSERT_EQ(table.server(s).store().digest(), table.server(0).store().digest()) << seed;
    }
  }
  EXPECT_GT(lost, 50U);
  EXPECT_GT(kept, 50U);
}

}  // namespace
}  // namespace peerlab
