// What a user may set, and which combinations are refused in words.
#include "models/protocols/central_options.h"

#include <gtest/gtest.h>

#include "models/protocols/protocol.h"

namespace peerlab {
namespace {

using Set = std::vector<std::pair<std::string, std::string>>;

std::string complaint(const Set& set) {
  Params params = Params::defaults(central_fields());
  for (const auto& [name, text] : set) EXPECT_EQ(params.set(name, text), "") << name;
  return check_central(params);
}

TEST(CentralOptions, AreSoundByDefault) {
  EXPECT_EQ(complaint({}), "");
  const CentralOptions o =
      CentralOptions::from(Params::defaults(central_fields()), Params::defaults(protection_fields()));
  EXPECT_EQ(o.servers, 1U);
  EXPECT_EQ(o.replication, CentralReplication::none);
  EXPECT_FALSE(o.service.has_value());
  EXPECT_TRUE(o.owner_signatures);
  EXPECT_FALSE(o.encrypt_private);
}

TEST(CentralOptions, SayWhatDoesNotGoTogether) {
  const std::vector<std::pair<Set, std::string>> cases = {
      {{{"servers", "3"}}, "replication: 3 servers need"},
      {{{"replication", "quorum"}}, "replication: one server"},
      {{{"servers", "2"}, {"replication", "quorum"}}, "replication: a majority of two"},
      {{{"placement", "spread"}}, "placement:"},
      {{{"reads", "any"}}, "reads:"},
      {{{"ship_every", "1 s"}}, "ship_every: nothing"},
      {{{"servers", "3"}, {"replication", "quorum"}, {"ship_every", "1 s"}}, "ship_every: answers"},
      {{{"service", "fast"}}, "service: write"},
      {{{"service", "constant 0 s"}}, "service: the mean"},
      {{{"service", "normal 1 s sd 1 s"}}, "service: this law"},
      {{{"backoff", "2 min"}}, "backoff:"},
  };
  for (const auto& [set, begins] : cases) {
    const std::string said = complaint(set);
    EXPECT_TRUE(said.starts_with(begins)) << begins << " / " << said;
    EXPECT_TRUE(said.ends_with('.')) << said;
  }
  EXPECT_EQ(complaint({{"servers", "2"}, {"replication", "synchronous"}}), "");
  EXPECT_EQ(complaint({{"servers", "3"}, {"replication", "asynchronous"}, {"ship_every", "1 s"}}), "");
  EXPECT_EQ(complaint({{"service", "exponential 1 s"}}), "");
}

TEST(CentralOptions, ReadEveryField) {
  Params params = Params::defaults(central_fields());
  for (const auto& [name, text] : Set{{"servers", "5"},        {"replication", "asynchronous"},
                                      {"region", "JP"},        {"placement", "spread"},
                                      {"access", "home"},      {"failover", "3 s"},
                                      {"ship_every", "2 s"},   {"flush_every", "4 s"},
                                      {"backup_every", "1 h"}, {"restore", "5 min"},
                                      {"compact_every", "12"}, {"workers", "7"},
                                      {"queue_limit", "9"},    {"service", "10 ms"},
                                      {"timeout", "8 s"},      {"retries", "2"},
                                      {"backoff", "300 ms"},   {"backoff_limit", "6 s"},
                                      {"login", "password"},   {"signatures", "none"},
                                      {"reads", "any"},        {"at_rest", "server-key"},
                                      {"balance", "77"}}) {
    ASSERT_EQ(params.set(name, text), "") << name;
  }
  Params protection = Params::defaults(protection_fields());
  ASSERT_EQ(protection.set("encryption", "end-to-end"), "");
  const CentralOptions o = CentralOptions::from(params, protection);
  EXPECT_EQ(o.servers, 5U);
  EXPECT_EQ(o.majority(), 3U);
  EXPECT_EQ(o.replication, CentralReplication::asynchronous);
  EXPECT_EQ(o.region, RegionId(4));
  EXPECT_TRUE(o.spread);
  EXPECT_EQ(o.access, "home");
  EXPECT_EQ(o.failover, seconds(3));
  EXPECT_EQ(o.ship_every, seconds(2));
  EXPECT_EQ(o.flush_every, seconds(4));
  EXPECT_EQ(o.backup_every, hours(1));
  EXPECT_EQ(o.restore, minutes(5));
  EXPECT_EQ(o.compact_every, 12U);
  EXPECT_EQ(o.workers, 7U);
  EXPECT_EQ(o.queue_limit, 9U);
  EXPECT_EQ(*o.service, Distribution::constant(1e7));
  EXPECT_EQ(o.timeout, seconds(8));
  EXPECT_EQ(o.retries, 2U);
  EXPECT_EQ(o.backoff, milliseconds(300));
  EXPECT_EQ(o.backoff_limit, seconds(6));
  EXPECT_TRUE(o.password);
  EXPECT_FALSE(o.owner_signatures);
  EXPECT_TRUE(o.read_anywhere);
  EXPECT_TRUE(o.encrypted_at_rest);
  EXPECT_TRUE(o.encrypt_private);
  EXPECT_EQ(o.balance, 77U);
}

TEST(Encryption, OfASystemGoesBeforeThatOfAll) {
  Params protection = Params::defaults(protection_fields());
  Params system = Params::defaults(central_fields());
  EXPECT_FALSE(CentralOptions::from(system, protection).encrypt_private);
  ASSERT_EQ(system.set("encryption", "end-to-end"), "");
  EXPECT_TRUE(CentralOptions::from(system, protection).encrypt_private);
  ASSERT_EQ(protection.set("encryption", "end-to-end"), "");
  ASSERT_EQ(system.set("encryption", "none"), "");
  EXPECT_FALSE(CentralOptions::from(system, protection).encrypt_private);
  ASSERT_EQ(system.set("encryption", "as-protection"), "");
  EXPECT_TRUE(CentralOptions::from(system, protection).encrypt_private);
}

}  // namespace
}  // namespace peerlab
