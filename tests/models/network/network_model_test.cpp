#include "models/network/network_model.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "models/network/access.h"
#include "models/network/degree_tables.h"
#include "models/network/topology.h"

namespace peerlab {
namespace {

// --- the tables are those of the data files --------------------------------------------------------------------------

// Rows of a data file without its `#` lines, by column; a quoted value may hold commas.
std::vector<std::map<std::string, std::string>> rows_of(const std::string& name) {
  std::ifstream in(std::string(PEERLAB_SOURCE_DIR) + "/models/network/data/" + name);
  EXPECT_TRUE(in) << name;
  std::vector<std::string> heading;
  std::vector<std::map<std::string, std::string>> rows;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::vector<std::string> cells(1);
    bool quoted = false;
    for (const char c : line) {
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.emplace_back();
      } else {
        cells.back() += c;
      }
    }
    if (heading.empty()) {
      heading = cells;
      continue;
    }
    auto& row = rows.emplace_back();
    for (std::size_t i = 0; i < heading.size(); ++i) row[heading[i]] = cells.at(i);
  }
  return rows;
}

TEST(Geography, HoldsTheLatenciesOfTheDataFile) {
  int compared = 0;
  for (auto& row : rows_of("region_latency_ms.csv")) {
    const RegionId from = find_region(row["from"]);
    const RegionId to = find_region(row["to"]);
    ASSERT_TRUE(from.valid() && to.valid());
    EXPECT_EQ(geography(std::stoi(row["year"])).latency_ms[from.index()][to.index()], std::stod(row["latency_ms"]));
    ++compared;
  }
  EXPECT_EQ(compared, 3 * 36);
}

TEST(Geography, HoldsTheRatesOfTheDataFile) {
  int compared = 0;
  for (auto& row : rows_of("region_bandwidth_mbps.csv")) {
    if (row["source"].find("simblock") == std::string::npos) continue;
    const Geography& table = geography(std::stoi(row["year"]));
    const std::size_t region = find_region(row["region"]).index();
    EXPECT_EQ(table.download_mbps[region], std::stod(row["download_mbps"]));
    EXPECT_EQ(table.upload_mbps[region], std::stod(row["upload_mbps"]));
    ++compared;
  }
  EXPECT_EQ(compared, 3 * 6);
}

TEST(Geography, HoldsTheSharesOfTheDataFile) {
  int compared = 0;
  for (auto& row : rows_of("region_node_distribution.csv")) {
    if (row["network"] != "bitcoin") continue;
    const Geography& table = geography(std::stoi(row["year"]));
    double sum = 0;
    for (const Region& region : regions()) {
      const std::size_t i = find_region(region.code).index();
      EXPECT_EQ(table.node_share[i], std::stod(row[std::string(region.name)]));
      sum += table.node_share[i];
      ++compared;
    }
    EXPECT_NEAR(sum, 1, 2e-5);
  }
  EXPECT_EQ(compared, 3 * 6);
}

TEST(Geography, HoldsTheDegreesOfTheDataFile) {
  const auto rows = rows_of("outbound_degree_cdf.csv");
  ASSERT_EQ(rows.size(), 20U);
  for (const DegreeTable& table : degree_tables()) {
    for (std::size_t i = 0; i < 20; ++i)
      EXPECT_EQ(table.cumulative[i], std::stod(rows[i].at(std::string(table.column))));
    EXPECT_EQ(table.at(0.9999999), table.name == "dogecoin" ? 8U : 20U);
  }
  EXPECT_EQ(degree_tables()[0].at(0.0), 1U);
  EXPECT_EQ(degree_tables()[0].at(0.025), 2U);
}

// --- fields and presets ----------------------------------------------------------------------------------------------

TEST(NetworkFields, HaveDefaultsAndExamplesThatParse) {
  std::set<std::string> names;
  for (const Field& field : network_fields()) {
    EXPECT_TRUE(names.insert(field.name).second) << field.name << " stands twice";
    EXPECT_EQ(parse_value(field, field.fallback).error, "") << field.name;
    EXPECT_EQ(parse_value(field, field.example).error, "") << field.name;
    EXPECT_EQ(field.sentence.back(), '.') << field.name;
  }
  EXPECT_TRUE(check_network(Params::defaults(network_fields())).empty());
}

TEST(Presets, FitTheFieldsAndTogether) {
  for (const Preset& preset : presets()) {
    Params params = Params::defaults(network_fields());
    EXPECT_EQ(apply_preset(params, preset.name), "") << preset.name;
    EXPECT_TRUE(check_network(params).empty()) << preset.name;
    EXPECT_EQ(params.text("preset"), preset.name);
    EXPECT_EQ(make_network(params, 1).machines.size(), 500U);
  }
  Params params = Params::defaults(network_fields());
  EXPECT_NE(apply_preset(params, "moon"), "");
}

// Without a word about the preset one gets what internet-2019 says.
TEST(Presets, DefaultsAreThoseOfTheDefaultPreset) {
  const Params defaults = Params::defaults(network_fields());
  Params params = defaults;
  ASSERT_EQ(apply_preset(params, defaults.text("preset")), "");
  ASSERT_EQ(params.rows().size(), defaults.rows().size());
  for (std::size_t i = 0; i < params.rows().size(); ++i) {
    EXPECT_EQ(write_value(params.rows()[i].first, params.rows()[i].second),
              write_value(defaults.rows()[i].first, defaults.rows()[i].second));
  }
}

TEST(Presets, SayHowTheyReadTheTable) {
  const auto one_way_ms = [](std::string_view preset, const char* jitter) {
    Params params = Params::defaults(network_fields());
    EXPECT_EQ(apply_preset(params, preset), "");
    EXPECT_EQ(params.set("jitter", jitter), "");
    const NetworkModel model = make_network(params, 1);
    return model.latency.between(find_region("NA"), find_region("EU")).law().mean() / 1e6;
  };
  for (const char* jitter : {"none", "pareto"}) {
    EXPECT_NEAR(one_way_ms("simblock-2019", jitter), 124, 1e-9);
    EXPECT_NEAR(one_way_ms("internet-2019", jitter), 62, 1e-9);
    EXPECT_NEAR(one_way_ms("internet-2015", jitter), 119.49 / 2, 1e-9);
    EXPECT_NEAR(one_way_ms("internet-2021", jitter), 43, 1e-9);
  }
  Params params = Params::defaults(network_fields());
  ASSERT_EQ(apply_preset(params, "simblock-2019"), "");
  const NetworkModel model = make_network(params, 1);
  const Distribution law = model.latency.between(find_region("EU"), find_region("EU")).law();
  EXPECT_EQ(law, Distribution::pareto(6e6, 2.2)) << "scale mean - 5 ms, shape a fifth of the mean in ms";
  EXPECT_EQ(model.uplink, UplinkLaw::one_at_a_time);
  EXPECT_EQ(model.control_overhead, milliseconds(10));
  EXPECT_EQ(model.bulk_overhead, milliseconds(2));
}

TEST(CheckNetwork, NamesTheFieldAndTheRemedy) {
  Params params = Params::defaults(network_fields());
  ASSERT_EQ(params.set("users", "501"), "");
  ASSERT_EQ(params.set("degree", "7"), "");
  ASSERT_EQ(params.set("latency", "unifrom 10 ms..50 ms"), "");
  const std::vector<NetworkProblem> problems = check_network(params);
  ASSERT_EQ(problems.size(), 2U);
  EXPECT_EQ(problems[0].field, "topology");
  EXPECT_EQ(problems[1].field, "latency");
  EXPECT_NE(problems[1].sentence.find("did you mean `uniform`?"), std::string::npos) << problems[1].sentence;
  for (const char* wrong : {"", "50", "uniform 10 ms", "fast", "lognormal median 2 kB sigma 1"}) {
    ASSERT_EQ(params.set("latency", wrong), "");
    EXPECT_EQ(check_network(params).back().field, "latency") << wrong;
  }
  for (const LatencyLawRow& law : latency_laws()) {
    ASSERT_EQ(params.set("latency", law.example), "");
    ASSERT_EQ(find_latency_law(law.example), &law);
    EXPECT_EQ(check_network(params).size(), 1U) << law.name;
  }
}

// --- places ----------------------------------------------------------------------------------------------------------

TEST(Places, KeepPeopleWhereTheyAre) {
  Params few = Params::defaults(network_fields());
  Params many = few;
  ASSERT_EQ(few.set("users", "100"), "");
  ASSERT_EQ(many.set("users", "5000"), "");
  const NetworkModel small = make_network(few, 9);
  const NetworkModel large = make_network(many, 9);
  for (std::size_t i = 0; i < 100; ++i) {
    EXPECT_EQ(small.machines[i].region, large.machines[i].region);
    EXPECT_EQ(small.machines[i].up_bits, large.machines[i].up_bits);
  }
  std::size_t moved = 0;
  const NetworkModel other = make_network(few, 10);
  for (std::size_t i = 0; i < 100; ++i) moved += other.machines[i].region != small.machines[i].region ? 1 : 0;
  EXPECT_GT(moved, 20U);
}

TEST(Places, FollowTheSharesOfTheTable) {
  Params params = Params::defaults(network_fields());
  ASSERT_EQ(params.set("users", "50000"), "");
  std::vector<double> count(region_count);
  for (const Place& place : make_network(params, 1).machines) ++count[place.region.index()];
  for (std::size_t i = 0; i < region_count; ++i) {
    const double p = geography(2019).node_share[i];
    EXPECT_NEAR(count[i] / 50000, p, 3.9 * std::sqrt(p * (1 - p) / 50000)) << i;
  }
}

TEST(Places, GiveServersTheAccessThatIsAskedFor) {
  const Params params = Params::defaults(network_fields());
  const Places places(params, 1);
  const Place server = places.at(find_region("EU"), static_cast<std::uint8_t>(find_access("data-centre")));
  EXPECT_EQ(server.up_bits, 1e10);
  EXPECT_EQ(places.at(find_region("EU"), access_by_region).up_bits, 20.7e6);
  EXPECT_EQ(places.at(find_region("EU"), access_custom).down_bits, 1e8);
  EXPECT_EQ(find_access("pigeon"), -1);
}

// --- laws of latency -------------------------------------------------------------------------------------------------

// The table of quantiles against the law itself: mean and spread over many draws, and the extremes.
TEST(LatencySampler, DrawsFromItsLaw) {
  const std::vector<std::pair<Distribution, double>> laws = {
      {Distribution::uniform(10e6, 50e6), 40e6 / std::sqrt(12.0)},
      {Distribution::exponential(100e6), 100e6},
      {Distribution::normal(100e6, 10e6), 10e6},
      {Distribution::lognormal(50e6, 0.5), 50e6 * std::sqrt(std::exp(0.25) * (std::exp(0.25) - 1))},
      {Distribution::pareto(119e6, 24.8), 119e6 * std::sqrt(24.8 / (23.8 * 23.8 * 22.8))},
      {Distribution::pareto(10e6, 5), 10e6 * std::sqrt(5.0 / (16 * 3))},
  };
  for (const auto& [law, sd] : laws) {
    const LatencySampler sampler(law);
    Stream stream(1, purpose("latency test"));
    double sum = 0;
    double squares = 0;
    constexpr int draws = 200'000;
    for (int i = 0; i < draws; ++i) {
      const auto x = static_cast<double>(sampler.at(stream.bits()).ns);
      sum += x;
      squares += (x - law.mean()) * (x - law.mean());
    }
    EXPECT_NEAR(sum / draws, law.mean(), 3.9 * sd / std::sqrt(draws)) << static_cast<int>(law.law);
    EXPECT_NEAR(std::sqrt(squares / draws), sd, 0.03 * sd) << static_cast<int>(law.law);
  }
}

// Between the exactly computed tails the table is a straight line between exact quantiles.
TEST(LatencySampler, StaysNearTheQuantileFunction) {
  const LatencySampler sampler(Distribution::pareto(10e6, 2.2));
  for (double p = 0.0005; p < 1; p += 0.001) {
    const double exact = 10e6 * std::pow(1 - p, -1 / 2.2);
    const auto bits = static_cast<std::uint64_t>(p * 0x1p64);
    EXPECT_NEAR(static_cast<double>(sampler.at(bits).ns), exact, exact * 0.0015) << p;
  }
  std::int64_t last = 0;
  for (std::uint64_t i = 0; i < 100'000; ++i) {
    const std::int64_t now = sampler.at(i * (~std::uint64_t{0} / 100'000)).ns;
    ASSERT_GE(now + 1, last) << "it rises, tails included";
    last = now;
  }
}

TEST(LatencySampler, NeverIsNegativeOrEndless) {
  const LatencySampler normal(Distribution::normal(1e6, 10e6));
  EXPECT_EQ(normal.at(0).ns, 0);
  EXPECT_EQ(normal.at(std::uint64_t{1} << 62).ns, 0);
  const LatencySampler wild(Distribution::pareto(1e6, 0.01));
  EXPECT_EQ(wild.at(~std::uint64_t{0}).ns, 1'000'000'000'000'000);
  EXPECT_EQ(LatencySampler(Distribution::constant(5)).at(77).ns, 5);
}

}  // namespace
}  // namespace peerlab
