#include "models/registry/registry.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace peerlab {
namespace {

/// Every row has a name of its own, a sentence, and fields whose defaults, bounds and examples parse.
template <class Rows>
void expect_sound(const Rows& rows) {
  std::set<std::string> names;
  for (const auto& row : rows) {
    const std::string name(row.name);
    EXPECT_TRUE(names.insert(name).second) << name << " stands in the table twice";
    EXPECT_TRUE(std::string(row.sentence).ends_with('.')) << name;
    ASSERT_NE(row.fields, nullptr) << name;
    for (const Field& field : row.fields()) {
      const auto fallback = parse_value(field, field.fallback);
      EXPECT_TRUE(fallback) << name << "." << field.name << ": " << fallback.error;
      const auto example = parse_value(field, field.example);
      EXPECT_TRUE(field.example.empty() || example) << name << "." << field.name << ": " << example.error;
      EXPECT_TRUE(field.sentence.ends_with('.')) << name << "." << field.name;
    }
  }
  EXPECT_FALSE(names.empty());
}

TEST(Registry, HasSoundTables) {
  expect_sound(protocols());
  expect_sound(attacks());
  expect_sound(disturbances());
  expect_sound(workloads());
  expect_sound(topologies());
  expect_sound(latency_laws());
}

TEST(Registry, FindsRowsByName) {
  ASSERT_NE(find_protocol("nakamoto"), nullptr);
  EXPECT_NE(find_protocol("nakamoto")->make, nullptr);
  ASSERT_NE(find_attack("bad-peer"), nullptr);
  EXPECT_NE(find_attack("bad-peer")->wrap, nullptr);
  EXPECT_EQ(find_protocol("bad-peer"), nullptr);
  EXPECT_EQ(find_attack(""), nullptr);
}

TEST(Registry, AnAttackEitherWrapsANodeOrHasADirector) {
  for (const AttackRow& row : attacks()) {
    EXPECT_NE(row.wrap == nullptr, row.direct == nullptr) << row.name;
    if (row.direct == nullptr) continue;
    const Params params = Params::defaults(row.fields());
    for (const char* field : {"at", "machines", "choose"}) EXPECT_TRUE(params.has(field)) << row.name << " " << field;
  }
}

TEST(Registry, DefaultsOfAProtocolBelongTogether) {
  for (const ProtocolRow& row : protocols()) {
    if (row.check == nullptr) continue;  // any values go together
    EXPECT_EQ(row.check(Params::defaults(row.fields())), "") << row.name;
  }
}

}  // namespace
}  // namespace peerlab
