// A service with an audit log, and clients that check it: what passes, what does not, and what it costs.
#include <gtest/gtest.h>

#include "models/node/audit_happening.h"
#include "tests/models/protocols/central_table.h"

namespace peerlab {
namespace {

constexpr RecordName first_record{UserId(0), 0};
constexpr std::uint64_t unproven = static_cast<std::uint64_t>(Refusal::unproven);
constexpr auto audited = std::pair("audit_log", "clients-check");

/// What was wrong with the answer to operation `number`; ok when nothing was told.
AuditVerdict failed(const CentralTable& table, std::uint32_t number) {
  const auto* told = table.said(happened::audit_failed, number);
  return told == nullptr ? AuditVerdict::ok : static_cast<AuditVerdict>(told->what.amount);
}

TEST(CentralAudit, WritesAreLeavesAndEveryAnswerIsProved) {
  CentralTable table({.set = {audited}, .coded = true});
  for (std::uint32_t i = 0; i < 5; ++i) {
    const std::uint32_t written = table.publish(i % 2, i);
    table.run(seconds(1));
    EXPECT_TRUE(table.acked(written));
  }
  const std::uint32_t given = table.change(Asked::transfer, 0, first_record, 1);
  table.run(seconds(1));
  const std::uint32_t asked = table.read(1, first_record);
  const std::uint32_t none = table.read(1, {UserId(0), 99});
  table.run(seconds(1));
  EXPECT_TRUE(table.acked(given));
  ASSERT_NE(table.said(happened::read_answered, asked), nullptr);
  EXPECT_EQ(table.said(happened::read_answered, asked)->what.detail, given);
  ASSERT_NE(table.said(happened::read_answered, none), nullptr);
  EXPECT_EQ(table.said(happened::read_answered, none)->what.detail, happened::no_version);
  EXPECT_EQ(table.count(happened::audit_failed), 0U);
  EXPECT_EQ(table.sent(kind::logged), 6U);
  EXPECT_EQ(table.server(0).audit().size(), 6U);
}

TEST(CentralAudit, WithoutOneNothingIsSentOrChecked) {
  CentralTable table({});
  (void)table.publish(0, 0);
  table.run(seconds(1));
  EXPECT_EQ(table.sent(kind::logged), 0U);
  EXPECT_EQ(table.server(0).audit().size(), 0U);
}

TEST(CentralAudit, CostsBytesAndWork) {
  CentralTable plain({.set = {{"signatures", "none"}}});
  CentralTable checked({.set = {{"signatures", "none"}, audited}});
  for (CentralTable* const table : {&plain, &checked}) {
    (void)table->publish(0, 0);
    table->run(seconds(1));
    (void)table->read(0, first_record);
    table->run(seconds(1));
  }
  EXPECT_EQ(plain.work(NodeId(0)).signatures, 0U);
  EXPECT_EQ(checked.work(NodeId(0)).signatures, 2U) << "a head with the verdict, and one with the answer";
  EXPECT_GT(checked.work(checked.server_id(0)).bytes_hashed, plain.work(plain.server_id(0)).bytes_hashed);
}

TEST(CentralAudit, AServerThatForgetsIsNotBelievedByThoseWhoRemember) {
  CentralTable table({.set = {audited, {"flush_every", "1 h"}}});
  (void)table.publish(0, 0);
  table.run(seconds(1));
  const std::uint32_t before = table.read(0, first_record);
  table.run(seconds(1));
  EXPECT_NE(table.said(happened::read_answered, before), nullptr);
  table.crash(table.server_id(0));  // what was not flushed is gone
  table.restart(table.server_id(0));
  const std::uint32_t remembers = table.read(0, first_record);
  const std::uint32_t new_here = table.read(1, first_record);
  table.run(minutes(1));
  EXPECT_EQ(failed(table, remembers), AuditVerdict::taken_back);
  EXPECT_EQ(table.refused(remembers), unproven);
  EXPECT_EQ(failed(table, new_here), AuditVerdict::ok) << "who has seen nothing has nothing to compare";
  // It grows again, and is another history all the same.
  (void)table.publish(1, 7);
  table.run(minutes(1));
  (void)table.publish(1, 8);
  table.run(minutes(1));
  const std::uint32_t later = table.read(0, first_record);
  table.run(minutes(1));
  EXPECT_EQ(failed(table, later), AuditVerdict::not_continued);
}

TEST(CentralAudit, OutlivesRestartsCompactionAndFailover) {
  CentralTable table(
      {.set = {audited, {"servers", "3"}, {"replication", "quorum"}, {"compact_every", "4"}, {"failover", "2 s"}}});
  std::uint32_t asked = 0;
  const auto write_and_read = [&](std::uint32_t ordinal) {
    const std::uint32_t written = table.publish(0, ordinal);
    table.run(seconds(10));
    asked = table.read(1, {UserId(0), ordinal});
    table.run(seconds(10));
    return table.acked(written) && table.said(happened::read_answered, asked) != nullptr;
  };
  for (std::uint32_t i = 0; i < 9; ++i) EXPECT_TRUE(write_and_read(i));
  table.crash(table.server_id(0));
  table.run(minutes(1));
  ASSERT_EQ(table.primaries().size(), 1U);
  EXPECT_NE(table.primaries().front(), 0U);
  for (std::uint32_t i = 9; i < 14; ++i) EXPECT_TRUE(write_and_read(i));
  table.restart(table.server_id(0));
  table.run(minutes(1));
  for (std::uint32_t i = 14; i < 18; ++i) EXPECT_TRUE(write_and_read(i));
  EXPECT_EQ(table.count(happened::audit_failed), 0U);
  EXPECT_EQ(table.server(0).audit().tree().root(), table.server(1).audit().tree().root());
}

// Messages that overtake each other made a reader compare an answer with a head that he did not have when he asked.
TEST(CentralAudit, TakesNoOffenceAtMessagesThatOvertakeEachOther) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    CentralTable table({.users = 3, .set = {audited}, .jitter = milliseconds(50), .seed = seed});
    for (std::uint32_t i = 0; i < 40; ++i) {
      (void)table.publish(i % 3, i);
      (void)table.read((i + 1) % 3, {UserId(i % 3), i});
      table.run(milliseconds(7));
    }
    table.run(minutes(1));
    EXPECT_EQ(table.count(happened::audit_failed), 0U) << seed;
  }
}

TEST(CentralAudit, ABackupThatIsBehindSaysSo) {
  CentralTable table(
      {.set = {audited, {"servers", "3"}, {"replication", "asynchronous"}, {"ship_every", "10 s"}, {"reads", "any"}}});
  (void)table.publish(1, 0);
  table.run(seconds(1));
  const std::uint32_t asked = table.read(1, {UserId(1), 0});  // user 1 asks server 1
  table.run(minutes(2));
  EXPECT_EQ(table.count(happened::audit_failed), 0U);
  ASSERT_NE(table.said(happened::read_answered, asked), nullptr);
  EXPECT_EQ(table.said(happened::read_answered, asked)->what.amount, 1U);
}

}  // namespace
}  // namespace peerlab
