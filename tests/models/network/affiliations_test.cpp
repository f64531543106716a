#include "models/network/affiliations.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <string>

#include "models/base/quantity.h"

namespace peerlab {
namespace {

Params with(std::initializer_list<std::pair<const char*, const char*>> values) {
  Params params = Params::defaults(affiliation_fields());
  for (const auto& [name, value] : values) EXPECT_EQ(params.set(name, value), "");
  return params;
}

TEST(Affiliations, NamesSayWhatANumberMeans) {
  EXPECT_EQ(owner_name(17), "user-17");
  EXPECT_EQ(owner_name(operators_first), "operator");
  EXPECT_EQ(owner_name(operators_first + 1), "operator-2");
  EXPECT_EQ(host_name(0), "provider-1");
  EXPECT_EQ(host_name(homes_first + 17), "home-17");
  EXPECT_EQ(version_name(0), "v1");
}

TEST(Affiliations, EveryUserOwnsHisMachineAndALoneHomeIsItsOwnHost) {
  const Affiliations all(with({{"hosted", "0 %"}}), 1);
  for (std::uint32_t u = 0; u < 50; ++u) {
    EXPECT_EQ(all.of(UserId(u)).owner, u);
    EXPECT_EQ(all.of(UserId(u)).host, homes_first + u);
  }
}

TEST(Affiliations, ProvidersAndVersionsComeInTheGivenShares) {
  const Affiliations all(with({{"hosted", "40 %"}, {"providers", "3"}, {"versions", "60 % 30 % 10 %"}}), 7);
  std::map<std::uint32_t, int> hosts;
  std::map<std::uint32_t, int> versions;
  constexpr int n = 20'000;
  for (std::uint32_t u = 0; u < n; ++u) {
    const Affiliation one = all.of(UserId(u));
    ++hosts[std::min(one.host, 3U)];
    ++versions[one.version];
  }
  const auto near = [](int count, double share) {
    EXPECT_NEAR(count, n * share, 3.9 * std::sqrt(n * share * (1 - share)));
  };
  near(hosts[0], 0.4 * 6 / 11);  // 1 : 1/2 : 1/3
  near(hosts[1], 0.4 * 3 / 11);
  near(hosts[2], 0.4 * 2 / 11);
  near(hosts[3], 0.6);
  near(versions[0], 0.6);
  near(versions[1], 0.3);
  near(versions[2], 0.1);
}

TEST(Affiliations, AnotherShareOfHostedMachinesChangesNobodysVersionAndMovesNobodyBetweenProviders) {
  const Affiliations few(with({{"hosted", "30 %"}}), 3);
  const Affiliations many(with({{"hosted", "70 %"}}), 3);
  for (std::uint32_t u = 0; u < 500; ++u) {
    EXPECT_EQ(few.of(UserId(u)).version, many.of(UserId(u)).version);
    if (few.of(UserId(u)).host >= homes_first) continue;
    EXPECT_EQ(few.of(UserId(u)).host, many.of(UserId(u)).host);
  }
}

TEST(Affiliations, AServiceHasOneOperatorAndGoesRoundTheProvidersThereAre) {
  const Affiliations all(with({{"providers", "2"}, {"versions", "100 %"}}), 1);
  EXPECT_EQ(all.of_service(0, 0, 0), (Affiliation{operators_first, 0, 0}));
  EXPECT_EQ(all.of_service(0, 3, 2), (Affiliation{operators_first, 1, 0}));
}

TEST(Affiliations, SharesOfVersionsAddUpAndFall) {
  EXPECT_EQ(check_affiliations(with({})).second, "");
  EXPECT_EQ(check_affiliations(with({{"versions", "50 %50 %"}})).second, "");
  EXPECT_NE(check_affiliations(with({{"versions", "50 % 30 %"}})).second.find("100 %"), std::string::npos);
  EXPECT_NE(check_affiliations(with({{"versions", "30 % 70 %"}})).second.find("largest"), std::string::npos);
  EXPECT_NE(check_affiliations(with({{"versions", "most"}})).second, "");
}

TEST(Affiliations, TheDefaultShareOfHostedMachinesIsThePublishedOne) {
  std::ifstream in(PEERLAB_SOURCE_DIR "/models/network/data/gencer2018.csv");
  ASSERT_TRUE(in);
  for (std::string line; std::getline(in, line);) {
    if (line.rfind("nodes in hosting ASes pct,", 0) != 0) continue;
    const std::string rest = line.substr(line.find(',') + 1);
    EXPECT_EQ(with({}).share("hosted"), std::stod(rest) / 100);
    return;
  }
  FAIL() << "no row of hosting ASes";
}

}  // namespace
}  // namespace peerlab
