// Floods of logins and of writes with wrong signatures, against a server on a table.
#include "models/attacks/flooder.h"

#include <gtest/gtest.h>

#include "tests/models/protocols/central_table.h"

namespace peerlab {
namespace {

constexpr RecordName first_record{UserId(0), 0};
constexpr std::uint64_t overloaded = static_cast<std::uint64_t>(Refusal::overloaded);

/// User 2's machine says hello `times` times, within a second.
void flood_with_logins(CentralTable& table, std::uint32_t times) {
  for (std::uint32_t i = 0; i < times; ++i) {
    table.deliver(NodeId(2), table.server_id(0), hello(UserId(2)));
    table.run(milliseconds(1));
  }
}

TEST(Sessions, ThatAreBegunAndNotFinishedTakeThePlacesOfOthers) {
  CentralTable table({.users = 3, .set = {{"sessions", "4"}, {"retries", "0"}}});
  flood_with_logins(table, 4);
  const std::uint32_t shut_out = table.publish(0, 0);
  table.run(seconds(1));
  EXPECT_FALSE(table.acked(shut_out));
  EXPECT_GE(table.sent(kind::turned_away), 1U);
  table.run(Sessions::login_within);  // they are dropped
  const std::uint32_t later = table.publish(0, 1);
  table.run(seconds(1));
  EXPECT_TRUE(table.acked(later));
}

TEST(Sessions, ThatAreOpenStayOpen) {
  CentralTable table({.users = 3, .set = {{"sessions", "4"}, {"retries", "0"}}});
  (void)table.publish(0, 0);
  table.run(seconds(1));
  flood_with_logins(table, 20);
  const std::uint32_t goes_on = table.publish(0, 1);
  table.run(seconds(1));
  EXPECT_TRUE(table.acked(goes_on));
}

TEST(Sessions, AreFreeAgainWhenTheirClientIsGone) {
  CentralTable table({.users = 3, .set = {{"sessions", "1"}, {"retries", "0"}}});
  (void)table.publish(0, 0);
  table.run(seconds(1));
  table.crash(NodeId(0));
  table.run(seconds(1));
  const std::uint32_t next = table.publish(1, 0);
  table.run(seconds(1));
  EXPECT_TRUE(table.acked(next));
}

TEST(Sessions, OfOneClientAreBoundedByTheRateLimit) {
  CentralTable table({.users = 3, .set = {{"sessions", "4"}, {"rate_limit", "2"}, {"retries", "0"}}});
  flood_with_logins(table, 50);
  const std::uint32_t served = table.publish(0, 0);
  table.run(seconds(1));
  EXPECT_TRUE(table.acked(served));
}

TEST(Sessions, WithPasswordsAreLimitedAsWell) {
  CentralTable table({.users = 3, .set = {{"sessions", "1"}, {"login", "password"}, {"retries", "0"}}});
  const std::uint32_t first = table.publish(0, 0);
  table.run(seconds(1));
  const std::uint32_t second = table.publish(1, 0);
  table.run(seconds(1));
  EXPECT_TRUE(table.acked(first));
  EXPECT_FALSE(table.acked(second));
}

/// What a flooding node sends when it is told to.
std::vector<Wish> poured(CentralTable& table, Flooder::What what, std::uint32_t number) {
  const Home home = table.home(NodeId(1));
  Flooder node(std::make_unique<CentralClient>(home, UserId(1), table.system().shared()), home, what);
  Request request;
  request.number = number;
  request.user = UserId(1);
  request.record = first_record;
  request.size = 10;
  Outbox out;
  node.submit(table.now(), request, out);
  return {out.wishes().begin(), out.wishes().end()};
}

TEST(Flooder, BeginsASessionForEachPieceAndIsHonestOtherwise) {
  CentralTable table({.users = 3});
  const std::vector<Wish> forged = poured(table, Flooder::What::logins, first_forged + 5);
  ASSERT_EQ(forged.size(), 1U);
  EXPECT_EQ(forged.front().message.kind, kind::hello);
  EXPECT_EQ(forged.front().message.ref, 1U);
}

TEST(Flooder, SpoilsTheSignaturesOfItsOwnWritesAlone) {
  CentralTable table({.users = 3});
  std::uint32_t wrong = 0;
  std::uint32_t right = 0;
  CentralShared& shared = table.system().shared();
  Author author(UserId(1), shared.book, true, false);
  for (const std::uint32_t number : {7U, first_forged + 7U}) {
    const Home home = table.home(NodeId(1));
    Flooder node(std::make_unique<CentralClient>(home, UserId(1), shared), home, Flooder::What::writes);
    Request request;
    request.number = number;
    request.user = UserId(1);
    request.record = {UserId(1), number};
    request.size = 10;
    Outbox asks;
    node.submit(table.now(), request, asks);
    Outbox greeted;
    node.receive(table.now(), table.server_id(0), challenge(table.parcels(), Hash256{}), greeted);
    Outbox sends;
    node.receive(table.now(), table.server_id(0), welcome(table.parcels(), 9), sends);
    for (const Wish& wish : sends.wishes()) {
      if (wish.kind != Wish::Kind::send || wish.message.kind != kind::write_request) continue;
      Work work;
      const Operation& write = *table.parcels().as<WriteParcel>(wish.message).operation;
      ++(shared.signatures.genuine(write, shared.book, work) ? right : wrong);
      EXPECT_EQ(work.signatures, 1U) << "whoever gets it must check it";
    }
  }
  EXPECT_EQ(right, 1U);
  EXPECT_EQ(wrong, 1U);
}

}  // namespace
}  // namespace peerlab
