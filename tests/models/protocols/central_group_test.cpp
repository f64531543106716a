// Several servers: shipping, failover, fencing, and what a lost primary takes with it.
#include <gtest/gtest.h>

#include "tests/models/protocols/central_table.h"

namespace peerlab {
namespace {

CentralTable::Options three(const std::string& replication,
                            std::vector<std::pair<std::string, std::string>> more = {}) {
  CentralTable::Options options;
  options.set = {{"servers", "3"}, {"replication", replication}, {"retries", "1000"}};
  for (auto& field : more) options.set.push_back(std::move(field));
  return options;
}

void expect_agreement(const CentralTable& table, std::uint32_t servers = 3) {
  for (std::uint32_t s = 1; s < servers; ++s) {
    EXPECT_EQ(table.server(s).store().digest(), table.server(0).store().digest()) << s;
  }
}

TEST(CentralGroup, BringsEveryWriteToEveryServer) {
  for (const char* rule : {"asynchronous", "synchronous", "quorum"}) {
    CentralTable table(three(rule));
    const std::uint32_t written = table.publish(0, 0);
    table.run(seconds(10));
    EXPECT_TRUE(table.acked(written)) << rule;
    EXPECT_EQ(table.server(2).store().records(), 1U) << rule;
    expect_agreement(table);
    EXPECT_EQ(table.primaries(), std::vector<std::uint32_t>{0});
  }
}

TEST(CentralGroup, AnswersAfterARoundTripToTheBackupsUnlessAsynchronous) {
  for (const auto& [rule, expected] : {std::pair{"asynchronous", 20}, {"quorum", 40}, {"synchronous", 40}}) {
    CentralTable table(three(rule));
    table.publish(0, 0);
    table.run(seconds(1));
    const std::uint32_t written = table.publish(0, 1);
    table.run(seconds(1));
    EXPECT_EQ(table.said(happened::operation_acked, written)->at, Time::zero() + seconds(1) + milliseconds(expected))
        << rule;
  }
}

TEST(CentralGroup, TellsTheBackupsAtOnceWhatIsDone) {
  for (const char* rule : {"asynchronous", "synchronous", "quorum"}) {
    CentralTable table(three(rule));
    table.publish(0, 0);
    table.run(milliseconds(200));  // sooner than the next heartbeat
    EXPECT_EQ(table.server(2).store().records(), 1U) << rule;
  }
}

TEST(CentralGroup, EveryServerSaysWhenAWriteIsOnItsDiskForGoodAndHowManyMustSaySo) {
  for (const char* rule : {"asynchronous", "synchronous", "quorum"}) {
    CentralTable table(three(rule));
    const std::uint32_t written = table.publish(0, 0);
    table.run(seconds(10));
    const Time acked = table.said(happened::operation_acked, written)->at;
    std::vector<Time> flushed;
    for (const CentralTable::Told& t : table.told()) {
      if (t.what.kind != happened::operation_flushed || t.what.subject != written) continue;
      EXPECT_EQ(t.what.amount, 2U);
      flushed.push_back(t.at);
    }
    ASSERT_EQ(flushed.size(), 3U) << rule << ": once by each";
    EXPECT_LT(flushed[1], acked + milliseconds(1))
        << rule << ": a majority has it when, or just when, the user is told";
    EXPECT_LT(flushed[0], acked);
  }
}

TEST(CentralGroup, SaysNothingOfAWriteThatIsNotFlushedYet) {
  CentralTable::Options o;
  o.set = {{"flush_every", "10 s"}};
  CentralTable table(o);
  const std::uint32_t written = table.publish(0, 0);
  table.run(seconds(5));
  EXPECT_TRUE(table.acked(written));
  EXPECT_NE(table.said(happened::operation_shown, written), nullptr);
  EXPECT_EQ(table.said(happened::operation_flushed, written), nullptr);
  table.run(seconds(6));
  ASSERT_NE(table.said(happened::operation_flushed, written), nullptr);
  EXPECT_EQ(table.said(happened::operation_flushed, written)->at, Time::zero() + seconds(10));
}

TEST(CentralGroup, ElectsANewPrimaryWhenTheOldOneIsSilent) {
  CentralTable table(three("quorum"));
  const std::uint32_t before = table.publish(0, 0);
  table.run(seconds(5));
  table.crash(table.server_id(0));
  const std::uint32_t meanwhile = table.publish(1, 0);
  table.run(seconds(11));
  EXPECT_FALSE(table.acked(meanwhile)) << "15 s of silence have not passed";
  table.run(seconds(60));
  EXPECT_TRUE(table.acked(meanwhile));
  EXPECT_EQ(table.primaries().size(), 1U);
  const std::uint32_t asked = table.read(1, {UserId(0), 0});
  table.run(seconds(30));
  EXPECT_EQ(table.said(happened::read_answered, asked)->what.detail, before);
  table.restart(table.server_id(0));
  table.run(seconds(30));
  EXPECT_EQ(table.primaries().size(), 1U);
  EXPECT_FALSE(table.server(0).group().primary()) << "the old one comes back as a backup";
  expect_agreement(table);
}

TEST(CentralGroup, GoesOnWhenABackupFails) {
  CentralTable quorum(three("quorum"));
  quorum.crash(quorum.server_id(2));
  const std::uint32_t a = quorum.publish(0, 0);
  quorum.run(seconds(1));
  EXPECT_TRUE(quorum.acked(a)) << "two of three are a majority";

  CentralTable synchronous(three("synchronous"));
  synchronous.run(seconds(1));
  synchronous.crash(synchronous.server_id(2));
  const std::uint32_t b = synchronous.publish(0, 0);
  synchronous.run(seconds(10));
  EXPECT_FALSE(synchronous.acked(b)) << "it waits for the backup that kept up so far";
  synchronous.run(seconds(20));
  EXPECT_TRUE(synchronous.acked(b)) << "until that has been silent for too long";
}

TEST(CentralGroup, WritesNothingWithoutAMajority) {
  CentralTable table(three("quorum"));
  table.run(seconds(1));
  table.crash(table.server_id(1));
  table.crash(table.server_id(2));
  const std::uint32_t written = table.publish(0, 0);
  table.run(minutes(1));
  EXPECT_FALSE(table.acked(written));
  EXPECT_TRUE(table.primaries().empty()) << "a primary that hears no majority steps down";
  table.restart(table.server_id(1));
  table.run(minutes(3));
  EXPECT_TRUE(table.acked(written));
}

TEST(CentralGroup, FencesAPrimaryThatWasCutOff) {
  CentralTable table(three("asynchronous"));
  const std::uint32_t before = table.publish(0, 0);
  table.run(seconds(5));
  // Cut off from the other servers, but not from user 0: for a while there are two primaries.
  table.cut(table.server_id(0), table.server_id(1));
  table.cut(table.server_id(0), table.server_id(2));
  table.run(seconds(1));
  const std::uint32_t doomed = table.publish(0, 1);
  table.run(seconds(2));
  EXPECT_TRUE(table.acked(doomed));
  table.run(seconds(60));
  ASSERT_EQ(table.primaries().size(), 1U);
  EXPECT_NE(table.primaries()[0], 0U);
  const std::uint32_t after = table.publish(1, 0);
  table.run(seconds(60));
  EXPECT_TRUE(table.acked(after));
  EXPECT_EQ(table.said(happened::operation_undone, doomed), nullptr) << "nobody knows yet";
  table.mend(table.server_id(0), table.server_id(1));
  table.mend(table.server_id(0), table.server_id(2));
  table.run(seconds(30));
  EXPECT_NE(table.said(happened::operation_undone, doomed), nullptr);
  EXPECT_EQ(table.said(happened::operation_undone, before), nullptr);
  EXPECT_EQ(table.primaries().size(), 1U);
  expect_agreement(table);
  EXPECT_EQ(table.server(0).store().records(), 2U);
}

TEST(CentralGroup, IsNotDisturbedByAServerThatComesBack) {
  CentralTable table(three("quorum"));
  table.run(seconds(1));
  table.isolate(2);
  table.run(minutes(10));
  table.reconnect(2);
  const std::uint32_t written = table.publish(0, 0);
  table.run(seconds(1));
  EXPECT_TRUE(table.acked(written)) << "trial votes raise no epoch, so that the primary need not step down";
  EXPECT_EQ(table.primaries(), std::vector<std::uint32_t>{0});
  EXPECT_EQ(table.server(0).group().epoch(), 1U);
}

TEST(CentralGroup, RefillsAWipedServer) {
  CentralTable table(three("quorum"));
  for (std::uint32_t i = 0; i < 20; ++i) table.publish(i % 2, i);
  table.run(seconds(5));
  table.wipe(table.server_id(1));
  table.restart(table.server_id(1));
  EXPECT_FALSE(table.server(1).group().whole());
  table.run(seconds(10));
  EXPECT_TRUE(table.server(1).group().whole());
  expect_agreement(table);
  EXPECT_EQ(table.server(1).store().records(), 20U);
}

TEST(CentralGroup, RefillsABackupThatWasAwayThoughNothingNewIsWritten) {
  // With shipments at intervals, only a growing log used to be shipped.
  CentralTable table(three("asynchronous", {{"ship_every", "1 s"}}));
  table.run(seconds(1));
  table.crash(table.server_id(2));
  table.publish(0, 0);
  table.run(seconds(10));
  table.restart(table.server_id(2));
  table.run(seconds(10));
  EXPECT_EQ(table.server(2).store().records(), 1U);
  expect_agreement(table);
}

// Servers never said so, and whoever asked how long a returned one needs was told: for ever.
TEST(CentralGroup, SaysWhenAServerThatWasAwayHasCaughtUp) {
  for (const char* rule : {"asynchronous", "synchronous", "quorum"}) {
    CentralTable table(three(rule));
    table.run(seconds(1));
    table.crash(table.server_id(2));
    for (std::uint32_t i = 0; i < 20; ++i) table.publish(i % 2, i);
    table.run(seconds(60));
    const std::size_t before = table.told().size();
    table.restart(table.server_id(2));
    table.run(seconds(60));
    std::size_t said = 0;
    for (std::size_t i = before; i < table.told().size(); ++i) {
      const CentralTable::Told& told = table.told()[i];
      if (told.what.kind != happened::caught_up) continue;
      EXPECT_EQ(told.who, table.server_id(2)) << rule;
      EXPECT_GE(told.what.amount, 20U) << rule << ": it holds what was written meanwhile";
      ++said;
    }
    EXPECT_EQ(said, 1U) << rule;
  }
}

TEST(CentralGroup, DoesNotLetAServerThatLostItsDiskHelpToForget) {
  // What only servers 0 and 1 hold: 1 loses its disk, 0 fails. Server 2 knows nothing of it and must not be elected with 1.
  CentralTable table(three("quorum"));
  table.run(seconds(1));
  table.isolate(2);
  const std::uint32_t written = table.publish(0, 0);
  table.run(seconds(5));
  ASSERT_TRUE(table.acked(written));
  table.crash(table.server_id(0));
  table.wipe(table.server_id(1));
  table.restart(table.server_id(1));
  table.reconnect(2);
  table.run(minutes(5));
  EXPECT_TRUE(table.primaries().empty());
  table.restart(table.server_id(0));
  table.run(minutes(2));
  ASSERT_EQ(table.primaries(), std::vector<std::uint32_t>{0}) << "its log is the longest";
  EXPECT_EQ(table.server(2).store().records(), 1U);
  expect_agreement(table);
}

TEST(CentralGroup, KeepsAPairThatReplacesNobody) {
  CentralTable table({.set = {{"servers", "2"}, {"replication", "asynchronous"}, {"retries", "1000"}}});
  const std::uint32_t written = table.publish(0, 0);
  table.run(seconds(5));
  table.crash(table.server_id(1));
  const std::uint32_t alone = table.publish(0, 1);
  table.run(minutes(1));
  EXPECT_TRUE(table.acked(written));
  EXPECT_TRUE(table.acked(alone)) << "the primary goes on";
  table.restart(table.server_id(1));
  table.run(seconds(10));
  table.crash(table.server_id(0));
  table.run(minutes(1));
  EXPECT_TRUE(table.primaries().empty()) << "one of two is no majority";
  table.restart(table.server_id(0));
  table.run(minutes(2));
  EXPECT_EQ(table.primaries().size(), 1U);
  expect_agreement(table, 2);
}

TEST(CentralGroup, MayAnswerReadsFromABackupThatIsBehind) {
  CentralTable table(three("asynchronous", {{"reads", "any"}, {"ship_every", "10 s"}}));
  table.run(seconds(1));
  const std::uint32_t written = table.publish(0, 0);
  table.run(seconds(1));
  const std::uint32_t early = table.read(1, {UserId(0), 0});  // user 1 reads at server 1
  table.run(seconds(1));
  EXPECT_TRUE(table.acked(written));
  EXPECT_EQ(table.said(happened::read_answered, early)->what.detail, happened::no_version);
  table.run(seconds(20));
  const std::uint32_t late = table.read(1, {UserId(0), 0});
  table.run(seconds(1));
  EXPECT_EQ(table.said(happened::read_answered, late)->what.detail, written);
}

TEST(CentralGroup, TakesNothingThatNoOwnerSigned) {
  CentralTable table(three("quorum"));
  table.run(seconds(1));
  Operation forged;
  forged.user = UserId(0);
  forged.record = {UserId(0), 0};
  forged.content = declared_content(3, 100);
  forged.commitment = commitment(*forged.content);
  const std::uint32_t length = table.server(1).log().length();
  std::vector<LogEntry> entries = {{length + 1, 1, make_operation(forged)}};
  table.deliver(table.server_id(0), table.server_id(1), append(table.parcels(), 1, length, 1, length + 1, entries));
  EXPECT_EQ(table.server(1).log().length(), length);
}

TEST(CentralGroup, SpeaksOverTheWireAsItDoesInMemory) {
  const auto story = [](bool coded) {
    CentralTable::Options options = three("quorum");
    options.coded = coded;
    options.protection = {{"encryption", "end-to-end"}};
    CentralTable table(options);
    table.publish(0, 0, true);
    table.publish(1, 0);
    table.run(seconds(5));
    table.change(Asked::transfer, 0, {UserId(0), 0}, 1, true);
    table.change(Asked::update, 1, {UserId(1), 0});
    table.pay(0, 1, 5);
    table.run(seconds(5));
    table.crash(table.server_id(0));
    table.read(1, {UserId(1), 0});
    table.run(minutes(1));
    table.restart(table.server_id(0));
    table.read(1, {UserId(0), 0});
    table.run(minutes(1));
    expect_agreement(table);
    std::vector<std::uint64_t> told;
    for (const CentralTable::Told& t : table.told()) {
      for (const std::uint64_t word : {static_cast<std::uint64_t>(t.at.ns), std::uint64_t{t.who.value},
                                       std::uint64_t{t.what.kind.value}, t.what.subject, t.what.detail}) {
        told.push_back(word);
      }
    }
    return std::pair(told, table.server(0).store().digest());
  };
  EXPECT_EQ(story(false), story(true));
}

}  // namespace
}  // namespace peerlab
