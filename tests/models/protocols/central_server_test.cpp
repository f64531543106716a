// One server and its clients: sessions, records, queue, retries, and what survives a power cut or a wipe.
#include <gtest/gtest.h>

#include "models/crypto/seal.h"
#include "tests/models/protocols/central_table.h"

namespace peerlab {
namespace {

constexpr RecordName first_record{UserId(0), 0};
constexpr std::uint64_t gave_up = static_cast<std::uint64_t>(Refusal::gave_up);

std::uint64_t as_detail(Verdict verdict) { return static_cast<std::uint64_t>(verdict); }

TEST(CentralServer, StoresWhatIsPublishedAndAnswersReaders) {
  CentralTable table({});
  const std::uint32_t written = table.publish(0, 0);
  table.run(seconds(1));
  EXPECT_TRUE(table.acked(written));
  ASSERT_NE(table.said(happened::operation_accepted, written), nullptr);
  EXPECT_EQ(table.said(happened::operation_accepted, written)->who, table.server_id(0));
  ASSERT_NE(table.said(happened::record_held, written), nullptr);
  EXPECT_EQ(table.said(happened::record_held, written)->what.amount, 200U);
  const std::uint32_t asked = table.read(1, first_record);
  table.run(seconds(1));
  const auto* answer = table.said(happened::read_answered, asked);
  ASSERT_NE(answer, nullptr);
  EXPECT_EQ(answer->what.detail, written);
  EXPECT_EQ(answer->what.amount, 1U);
}

TEST(CentralServer, ServesTheFirstRequestInThreeRoundTripsAndTheNextInOne) {
  // hello, challenge, proof, welcome, request, answer: six messages of 10 ms, then two.
  CentralTable table({});
  const std::uint32_t first = table.publish(0, 0);
  table.run(seconds(1));
  const std::uint32_t second = table.publish(0, 1);
  table.run(seconds(1));
  EXPECT_EQ(table.said(happened::operation_acked, first)->at, Time::zero() + milliseconds(60));
  EXPECT_EQ(table.said(happened::operation_acked, second)->at, Time::zero() + seconds(1) + milliseconds(20));
}

TEST(CentralServer, TakesPasswordsInstead) {
  CentralTable table({.set = {{"login", "password"}}});
  const std::uint32_t written = table.publish(0, 0);
  table.run(seconds(1));
  EXPECT_EQ(table.said(happened::operation_acked, written)->at, Time::zero() + milliseconds(40));
  EXPECT_EQ(table.sent(kind::challenge), 0U);
}

TEST(CentralServer, OpensNoSessionForAWrongProof) {
  for (const char* login : {"key", "password"}) {
    CentralTable table({.set = {{"login", login}}});
    std::size_t welcomed = 0;
    table.loses = [&](NodeId, NodeId, const Message& m) {
      welcomed += m.kind == kind::welcome;
      return false;
    };
    table.deliver(NodeId(1), table.server_id(0), hello(UserId(1)));
    // The signature of another user, and a password of the right length.
    const KeyPair thief = table.system().shared().book.key_pair(UserId(0));
    const Signature forged = thief.sign(challenge_digest(Hash256{}, table.server_id(0), UserId(1)));
    Bytes secret(forged.bytes.begin(), forged.bytes.end());
    if (std::string(login) == "password") secret.resize(16);
    table.deliver(NodeId(1), table.server_id(0), proof(table.parcels(), UserId(1), secret));
    table.deliver(NodeId(1), table.server_id(0), proof(table.parcels(), UserId(77), secret));
    table.run(seconds(1));
    EXPECT_EQ(welcomed, 0U) << login;
  }
}

TEST(CentralServer, DoesNothingWithoutASession) {
  CentralTable table({});
  table.deliver(NodeId(1), table.server_id(0), read_request(table.parcels(), 12345, 0, first_record));
  table.run(seconds(1));
  EXPECT_EQ(table.count(happened::operation_accepted), 0U);
  EXPECT_EQ(table.sent(kind::turned_away), 1U);
}

TEST(CentralServer, LetsOnlyTheOwnerChangeARecord) {
  CentralTable table({.users = 3});
  table.publish(0, 0);
  table.run(seconds(1));
  const std::uint32_t theft = table.change(Asked::transfer, 1, first_record, 2);
  table.run(seconds(1));
  const std::uint32_t gift = table.change(Asked::transfer, 0, first_record, 1);
  table.run(seconds(1));
  const std::uint32_t late = table.change(Asked::update, 0, first_record);
  const std::uint32_t update = table.change(Asked::update, 1, first_record);
  table.run(seconds(1));
  EXPECT_EQ(table.refused(theft), as_detail(Verdict::not_owner));
  EXPECT_TRUE(table.acked(gift));
  EXPECT_EQ(table.refused(late), as_detail(Verdict::not_owner));
  EXPECT_TRUE(table.acked(update));
  const std::uint32_t asked = table.read(2, first_record);
  table.run(seconds(1));
  EXPECT_EQ(table.said(happened::read_answered, asked)->what.detail, update);
  EXPECT_EQ(table.said(happened::read_answered, asked)->what.amount, 1U);
  const std::uint32_t erased = table.change(Asked::erase, 1, first_record);
  table.run(seconds(1));
  const std::uint32_t again = table.read(2, first_record);
  const std::uint32_t too_late = table.change(Asked::update, 1, first_record);
  table.run(seconds(1));
  EXPECT_TRUE(table.acked(erased));
  EXPECT_EQ(table.said(happened::read_answered, again)->what.detail, erased);
  EXPECT_EQ(table.said(happened::read_answered, again)->what.amount, 1U) << "the owner signed that it is gone";
  EXPECT_EQ(table.refused(too_late), as_detail(Verdict::unknown_output));
}

TEST(CentralServer, RefusesWhatCannotBe) {
  CentralTable table({.set = {{"balance", "100"}}});
  const std::uint32_t paid = table.pay(0, 1, 60);
  table.run(seconds(1));
  const std::uint32_t broke = table.pay(0, 1, 60);
  const std::uint32_t nothing = table.read(0, {UserId(1), 9});
  table.publish(0, 0);
  table.run(seconds(1));
  const std::uint32_t twice = table.publish(0, 0);
  table.run(seconds(1));
  EXPECT_TRUE(table.acked(paid));
  EXPECT_EQ(table.refused(broke), as_detail(Verdict::overspend));
  EXPECT_EQ(table.refused(twice), as_detail(Verdict::duplicate_record));
  EXPECT_EQ(table.said(happened::read_answered, nothing)->what.detail, happened::no_version);
  EXPECT_EQ(table.said(happened::read_answered, nothing)->what.amount, 0U);
  EXPECT_EQ(table.server(0).store().balance(UserId(0)), 40U);
  EXPECT_EQ(table.server(0).store().balance(UserId(1)), 160U);
}

TEST(CentralServer, ShowsPrivateRecordsToTheirOwnerOnly) {
  CentralTable table({});
  table.publish(0, 0, true);
  table.run(seconds(1));
  const std::uint32_t own = table.read(0, first_record);
  const std::uint32_t other = table.read(1, first_record);
  table.run(seconds(1));
  EXPECT_NE(table.said(happened::read_answered, own), nullptr);
  EXPECT_EQ(table.refused(other), as_detail(Verdict::not_owner));
}

/// What lies in a server's memory.
struct Holdings final : HoldingsSink {
  void state_digest(const Hash256& d) override { digest = d; }
  bool begin_bundle(std::uint64_t) override { return true; }
  void end_bundle() override {}
  void held(const HeldWrite& write) override {
    names.push_back(write.record);
    size += write.bytes;
    sealed += write.sealed;
  }
  void tip(std::uint32_t, const Hash256&) override {}
  void key(std::uint32_t) override { ++keys; }
  Hash256 digest;
  std::vector<std::uint64_t> names;
  std::uint64_t size = 0;
  std::size_t sealed = 0;
  std::size_t keys = 0;
};

TEST(CentralServer, HoldsSealedRecordsItCannotRead) {
  CentralTable table({.users = 3, .protection = {{"encryption", "end-to-end"}}});
  table.publish(0, 0, true);
  table.publish(1, 0, false);
  table.run(seconds(1));
  const std::uint32_t gift = table.change(Asked::transfer, 0, first_record, 2, true);
  table.run(seconds(1));
  EXPECT_TRUE(table.acked(gift));
  Work work;
  const Answer answer = table.server(0).store().read(first_record, work);
  const Operation& stored = *answer.custody[static_cast<std::size_t>(answer.carrier())];
  EXPECT_EQ(stored.number, gift);
  KeyBook& book = table.system().shared().book;
  EXPECT_TRUE(open_content(*stored.content, book.key_pair(UserId(2))).has_value());
  EXPECT_FALSE(open_content(*stored.content, book.key_pair(UserId(0))).has_value());
  Holdings held;
  table.server(0).show(held);
  EXPECT_EQ(held.names.size(), 3U) << "a log keeps what was given away as it was before";
  EXPECT_EQ(held.sealed, 2U);
  EXPECT_EQ(held.keys, 0U);
  EXPECT_EQ(held.size, 200U + 2 * (200U + capsule_size));
}

TEST(CentralServer, CannotAlterARecordWithoutItsReadersNoticing) {
  for (const bool alter_content : {true, false}) {
    CentralTable table({.users = 3});
    table.publish(0, 0);
    table.run(seconds(1));
    table.edits = [&](NodeId, NodeId, const Message& m) {
      if (m.kind != kind::answer) return m;
      const auto& p = table.parcels().as<AnswerParcel>(m);
      Operation forged = *p.answer.custody[0];
      if (alter_content) {
        forged.content->seed ^= 2;
      } else {
        forged.is_private = true;
      }
      Answer other{{make_operation(std::move(forged))}};
      const std::uint32_t number = p.number;
      table.parcels().drop(m);
      return answer(table.parcels(), number, std::move(other));
    };
    const std::uint32_t asked = table.read(1, first_record);
    table.run(seconds(1));
    ASSERT_NE(table.said(happened::read_answered, asked), nullptr);
    EXPECT_EQ(table.said(happened::read_answered, asked)->what.amount, 0U);
  }
}

TEST(CentralServer, IsBelievedWhereNobodySigns) {
  CentralTable table({.set = {{"signatures", "none"}}});
  const std::uint32_t written = table.publish(0, 0);
  table.run(seconds(1));
  const std::uint32_t asked = table.read(1, first_record);
  table.run(seconds(1));
  EXPECT_TRUE(table.acked(written));
  EXPECT_EQ(table.said(happened::read_answered, asked)->what.amount, 1U);
  EXPECT_EQ(table.work(table.server_id(0)).signatures, 2U) << "only those of the two sessions";
}

TEST(CentralServer, WritesEachOperationOnceHoweverOftenItIsAsked) {
  CentralTable table({});
  int lost = 0;
  table.loses = [&](NodeId, NodeId, const Message& m) { return m.kind == kind::done && lost++ < 3; };
  const std::uint32_t written = table.publish(0, 0);
  table.run(minutes(2));
  EXPECT_EQ(lost, 4);
  EXPECT_TRUE(table.acked(written));
  EXPECT_EQ(table.server(0).log().length(), 1U);
  EXPECT_EQ(table.count(happened::operation_acked), 1U);
}

TEST(CentralClient, GivesUpAfterItsRetriesOrAtTheDeadline) {
  CentralTable table({.set = {{"retries", "2"}, {"timeout", "1 s"}, {"backoff", "1 s"}}});
  table.crash(table.server_id(0));
  const std::uint32_t patient = table.publish(0, 0);
  Request hasty;
  hasty.what = Asked::read;
  hasty.user = UserId(1);
  hasty.record = first_record;
  hasty.deadline = milliseconds(1500);
  const std::uint32_t impatient = table.ask(hasty);
  table.run(minutes(1));
  EXPECT_EQ(table.refused(patient), gave_up);
  EXPECT_EQ(table.refused(impatient), gave_up);
  EXPECT_EQ(table.said(happened::operation_refused, impatient)->at, Time::zero() + milliseconds(1500));
  // Three attempts of a second, pauses of 0.5..1.5 s and 1..3 s.
  EXPECT_GT(table.said(happened::operation_refused, patient)->at, Time::zero() + milliseconds(4500));
  EXPECT_LT(table.said(happened::operation_refused, patient)->at, Time::zero() + milliseconds(7500));
  EXPECT_EQ(table.client(0).pending(), 0U);
}

TEST(CentralServer, TurnsAwayWhatTheQueueCannotHold) {
  CentralTable table(
      {.users = 4,
       .set = {{"service", "10 s"}, {"workers", "1"}, {"queue_limit", "1"}, {"retries", "0"}, {"timeout", "0 s"}}});
  std::vector<std::uint32_t> all;
  for (std::uint32_t u = 0; u < 4; ++u) {
    all.push_back(table.publish(u, 0));
    table.run(seconds(1));
  }
  table.run(seconds(60));
  EXPECT_TRUE(table.acked(all[0]));
  EXPECT_TRUE(table.acked(all[1]));
  EXPECT_EQ(table.refused(all[2]), gave_up);
  EXPECT_EQ(table.sent(kind::refused), 2U);
  EXPECT_EQ(table.count(happened::operation_accepted), 2U);
}

TEST(CentralServer, SharesOneFlushAmongRequestsInHandTogether) {
  CentralTable table({.users = 8, .set = {{"workers", "8"}}});
  for (std::uint32_t u = 0; u < 8; ++u) table.read(u, first_record);  // sessions
  table.run(seconds(1));
  const std::uint32_t before = table.work(table.server_id(0)).syncs;
  for (std::uint32_t u = 0; u < 8; ++u) table.publish(u, 0);
  table.run(seconds(1));
  EXPECT_EQ(table.count(happened::operation_acked), 8U);
  EXPECT_EQ(table.work(table.server_id(0)).syncs, before + 1);
}

TEST(CentralServer, ComesBackFromItsDisk) {
  CentralTable table({});
  std::vector<std::uint32_t> all;
  for (std::uint32_t i = 0; i < 10; ++i) all.push_back(table.publish(i % 2, i));
  table.run(seconds(1));
  const Hash256 digest = table.server(0).store().digest();
  table.crash(table.server_id(0));
  table.run(seconds(1));
  table.restart(table.server_id(0));
  EXPECT_EQ(table.server(0).store().digest(), digest);
  EXPECT_EQ(table.server(0).store().records(), 10U);
  const std::uint32_t asked = table.read(1, first_record);
  table.run(seconds(10));
  EXPECT_EQ(table.said(happened::read_answered, asked)->what.detail, all[0]);
}

TEST(CentralServer, LeavesOutATornEntryAndGoesOn) {
  // Flushed once a minute, so that a power cut meets entries that were not.
  CentralTable table({.set = {{"flush_every", "1 min"}}});
  table.publish(0, 0);
  table.run(seconds(61));
  const std::uint32_t lost = table.publish(0, 1);
  const std::uint32_t lost_as_well = table.publish(1, 0);
  table.run(seconds(1));
  EXPECT_TRUE(table.acked(lost));
  EXPECT_TRUE(table.acked(lost_as_well));
  table.crash(table.server_id(0), true);
  EXPECT_EQ(table.disk(table.server_id(0)).entries().size(), 2U) << "one whole, one torn";
  table.restart(table.server_id(0));
  EXPECT_EQ(table.server(0).store().records(), 1U);
  const std::uint32_t next = table.publish(1, 5);
  table.run(seconds(90));
  EXPECT_TRUE(table.acked(next));
  table.crash(table.server_id(0));
  table.restart(table.server_id(0));
  EXPECT_EQ(table.server(0).store().records(), 2U) << "what was written behind the torn entry is read back";
}

TEST(CentralServer, LosesEverythingWithItsDiskWhereThereIsNoBackup) {
  CentralTable table({});
  table.publish(0, 0);
  table.run(seconds(1));
  table.wipe(table.server_id(0));
  table.restart(table.server_id(0));
  table.run(seconds(1));
  EXPECT_EQ(table.server(0).store().records(), 0U);
  const std::uint32_t next = table.publish(0, 1);
  table.run(seconds(10));
  EXPECT_TRUE(table.acked(next));
}

TEST(CentralServer, LosesWithItsDiskWhatCameSinceTheBackup) {
  CentralTable table({.set = {{"backup_every", "1 h"}, {"restore", "30 min"}, {"retries", "1000"}}});
  table.publish(0, 0);
  table.run(minutes(61));
  table.publish(0, 1);
  table.run(minutes(1));
  table.wipe(table.server_id(0));
  table.restart(table.server_id(0));
  EXPECT_TRUE(table.server(0).restoring());
  const std::uint32_t asked = table.read(1, first_record);
  table.run(minutes(29));
  EXPECT_EQ(table.said(happened::read_answered, asked), nullptr) << "nothing is served before the backup is in place";
  table.run(minutes(3));
  EXPECT_NE(table.said(happened::read_answered, asked), nullptr);
  EXPECT_EQ(table.server(0).store().records(), 1U);
  table.crash(table.server_id(0));
  table.restart(table.server_id(0));
  EXPECT_EQ(table.server(0).store().records(), 1U) << "what was restored is on the disk";
}

TEST(CentralServer, CutsOffWhoeverSendsNoise) {
  CentralTable table({});
  table.deliver(NodeId(1), table.server_id(0), {garbage_kind, 0, 100, 7});
  table.run(seconds(1));
  EXPECT_EQ(table.count(happened::peer_banned), 1U);
  EXPECT_EQ(table.place(NodeId(1), table.server_id(0)), Links::no_place);
}

TEST(CentralSystem, TellsWhoTakesPartAndWhere) {
  CentralTable table(
      {.users = 5, .set = {{"servers", "3"}, {"replication", "quorum"}, {"region", "AU"}, {"placement", "spread"}}});
  const Layout layout = table.system().layout();
  ASSERT_EQ(layout.members.size(), 8U);
  EXPECT_EQ(layout.members[4].role, "client");
  EXPECT_FALSE(layout.members[4].store);
  EXPECT_EQ(layout.members[5].role, "server");
  EXPECT_EQ(layout.members[5].machine, MachineId(5));
  EXPECT_FALSE(layout.members[5].user.valid());
  EXPECT_TRUE(layout.members[5].store);
  ASSERT_EQ(layout.services.size(), 3U);
  EXPECT_EQ(layout.services[0].region, RegionId(5));
  EXPECT_EQ(layout.services[1].region, RegionId(0)) << "after the last region comes the first";
  EXPECT_EQ(layout.services[0].access, "data-centre");
  EXPECT_TRUE(layout.own_edges);
  EXPECT_EQ(layout.edges.size(), 5U * 3U + 3U);
}

TEST(CentralSystem, IsTheSystemOfItsRow) {
  const ProtocolRow row = central_server_row();
  EXPECT_EQ(row.name, "central-server");
  EXPECT_EQ(row.check(Params::defaults(row.fields())), "");
}

}  // namespace
}  // namespace peerlab
