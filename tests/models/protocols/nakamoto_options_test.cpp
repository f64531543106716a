#include "models/protocols/nakamoto_options.h"

#include <gtest/gtest.h>

#include <cmath>

#include "models/ledger/target.h"
#include "models/protocols/nakamoto_system.h"
#include "models/protocols/protocol.h"

namespace peerlab {
namespace {

Params with(const std::vector<std::pair<std::string, std::string>>& set) {
  Params p = Params::defaults(nakamoto_fields());
  for (const auto& [name, text] : set) EXPECT_EQ(p.set(name, text), "") << name;
  return p;
}
NakamotoOptions options(const std::vector<std::pair<std::string, std::string>>& set = {}) {
  return NakamotoOptions::from(with(set), Params::defaults(protection_fields()));
}

TEST(NakamotoFields, EveryFieldExplainsItselfAndItsDefaultAndExampleParse) {
  for (const Fields& fields : {nakamoto_fields(), protection_fields()}) {
    for (const Field& f : fields) {
      EXPECT_TRUE(f.sentence.ends_with(".")) << f.name;
      EXPECT_TRUE(parse_value(f, f.fallback)) << f.name;
      EXPECT_TRUE(parse_value(f, f.example)) << f.name;
    }
  }
}

TEST(NakamotoFields, ATieRuleIsFirstSeenRandomOrScripted) {
  EXPECT_EQ(options().tie_break.rule, TieBreak::Rule::first_seen);
  EXPECT_EQ(options({{"tie_break", "random"}}).tie_break.rule, TieBreak::Rule::random);
  const TieBreak scripted = options({{"tie_break", "gamma 25 %"}}).tie_break;
  EXPECT_EQ(scripted.rule, TieBreak::Rule::gamma);
  EXPECT_DOUBLE_EQ(scripted.gamma, 0.25);
  for (const char* const wrong : {"gamma", "gamma 120 %", "gamma .5", "first seen", ""}) {
    EXPECT_TRUE(check_nakamoto(with({{"tie_break", wrong}})).starts_with("tie_break: ")) << wrong;
  }
}

TEST(NakamotoFields, DefaultsAreThoseOfTheStruct) {
  const NakamotoOptions parsed = options();
  const NakamotoOptions plain;
  EXPECT_EQ(parsed.rules.spacing, plain.rules.spacing);
  EXPECT_EQ(parsed.rules.genesis_bits, plain.rules.genesis_bits);
  EXPECT_EQ(parsed.rules.subsidy, plain.rules.subsidy);
  EXPECT_EQ(parsed.rules.block_size_limit, plain.rules.block_size_limit);
  EXPECT_EQ(parsed.rules.coinbase_maturity, plain.rules.coinbase_maturity);
  EXPECT_EQ(parsed.relay.compact, plain.relay.compact);
  EXPECT_EQ(parsed.relay.compact_size, plain.relay.compact_size);
  EXPECT_EQ(parsed.compact_share, plain.compact_share);
  EXPECT_EQ(parsed.churn_share, plain.churn_share);
  EXPECT_EQ(parsed.announce_every, plain.announce_every);
  EXPECT_EQ(parsed.block_timeout, plain.block_timeout);
  EXPECT_EQ(parsed.transaction_timeout, plain.transaction_timeout);
  EXPECT_EQ(parsed.mempool_limit, plain.mempool_limit);
  EXPECT_EQ(parsed.ack_depth, plain.ack_depth);
  EXPECT_EQ(parsed.final_depth, plain.final_depth);
  EXPECT_EQ(parsed.coins_per_user, plain.coins_per_user);
  EXPECT_EQ(parsed.coin_amount, plain.coin_amount);
}

TEST(NakamotoFields, WhatIsWrongIsSaidInASentence) {
  EXPECT_EQ(check_nakamoto(with({})), "");
  EXPECT_NE(check_nakamoto(with({{"ack", "6"}})), "");
  EXPECT_NE(check_nakamoto(with({{"ack", "depth 0"}})), "");
  EXPECT_NE(check_nakamoto(with({{"hash_shares", "lots"}})), "");
  EXPECT_NE(check_nakamoto(with({{"body_size", "5 MB"}})), "");
  EXPECT_NE(check_nakamoto(with({{"adversary", "49 %"}, {"reversal", "0.000001 %"}})), "") << "no depth is enough";
  Params p = with({});
  EXPECT_NE(p.set("block_interval", "500 ms"), "") << "header times are whole seconds";
  EXPECT_EQ(options({{"ack", "depth 3"}}).ack_depth, 3U);
}

TEST(NakamotoSystem, TheGenesisTargetTakesTheBlockIntervalOfAllPeersTogether) {
  SystemSetup setup;
  setup.seed = 4;
  setup.users = 50;
  setup.params = with({{"hash_shares", "normal 400000 sd 100000"}, {"block_interval", "15 s"}});
  setup.protection = Params::defaults(protection_fields());
  const NakamotoSystem system(setup);
  const Layout layout = system.layout();
  ASSERT_EQ(layout.members.size(), 50U);
  double total = 0;
  for (const Member& m : layout.members) {
    EXPECT_EQ(m.role, "peer");
    EXPECT_GE(m.hash_power, 1);
    total += m.hash_power;
  }
  EXPECT_NEAR(total / 50, 400'000, 3.9 * 100'000 / std::sqrt(50.0));
  EXPECT_NEAR(system.genesis_hashes(), total * 15, 1e-6 * total);
  EXPECT_NEAR(system.hashes_per_real_hash() * expected_hashes(system.shared().options.rules.genesis_bits),
              system.genesis_hashes(), 1e-6 * total);
}

TEST(NakamotoSystem, HashPowerMayBeListedForTheFirstPeers) {
  SystemSetup setup;
  setup.users = 4;
  setup.params = with({{"hash_shares", "50 % 37.5 % 12.5 %"}});
  setup.protection = Params::defaults(protection_fields());
  const NakamotoSystem system(setup);
  const Layout layout = system.layout();
  EXPECT_DOUBLE_EQ(layout.members[0].hash_power / layout.members[2].hash_power, 4);
  EXPECT_DOUBLE_EQ(layout.members[1].hash_power / layout.members[2].hash_power, 3);
  EXPECT_EQ(layout.members[3].hash_power, 0);
}

TEST(NakamotoFields, ListedHashPowerIsAWholeAndGoesWithNoLightUsers) {
  EXPECT_EQ(check_nakamoto(with({{"hash_shares", "60 % 40 %"}})), "");
  for (const char* const wrong : {"60 % 30 %", "60 % 50 %", "60 % 40", "60 % -10 % 50 %"}) {
    EXPECT_TRUE(check_nakamoto(with({{"hash_shares", wrong}})).starts_with("hash_shares: ")) << wrong;
  }
  EXPECT_NE(check_nakamoto(with({{"hash_shares", "60 % 40 %"}, {"light", "10 %"}})), "");
  EXPECT_NE(check_nakamoto(with({{"relay", "ideal-broadcast"}, {"light", "10 %"}})), "");
}

TEST(NakamotoSystem, TheSameSeedMakesTheSameGenesisAndAnotherSeedAnother) {
  SystemSetup setup;
  setup.users = 3;
  setup.params = with({});
  setup.protection = Params::defaults(protection_fields());
  const auto genesis = [&](std::uint64_t seed) {
    setup.seed = seed;
    const auto pool = NakamotoSystem(setup).make_pool();
    return pool->headers.id(pool->genesis());
  };
  EXPECT_EQ(genesis(1), genesis(1));
  EXPECT_NE(genesis(1), genesis(2));
}

}  // namespace
}  // namespace peerlab
