#include "sim/scenario/explain.h"

#include <gtest/gtest.h>

#include "models/ledger/verdict.h"
#include "models/network/network_model.h"
#include "tests/sim/scenario/small_schema.h"

namespace peerlab {
namespace {

std::string told(std::string_view name) { return explain(name, test::small_schema()).text; }

TEST(Explain, TellsAFieldsMeaningDefaultAndBounds) {
  const std::string text = told("block_interval");
  EXPECT_NE(text.find("systems.NAME.block_interval"), std::string::npos);
  EXPECT_NE(text.find("default: 10 min"), std::string::npos);
  EXPECT_NE(text.find("least:   1 s"), std::string::npos);
  EXPECT_EQ(told("systems.p2p.block_interval"), text) << "by the path that --set takes as well";
  EXPECT_NE(told("network.users").find("default:"), std::string::npos);
  EXPECT_NE(told("workload.0.rate").find("publish"), std::string::npos);
}

TEST(Explain, KnowsEveryTableOfNames) {
  for (const std::string_view name :
       {"timeline", "chain", "noise", "publish", "crash", "partition", "propagation", "stale.per_mined", "agreement(6)",
        "propagation.p90", "random-regular", "pareto", "internet-2019", "bad_merkle_root", "double-spend"}) {
    EXPECT_FALSE(told(name).empty()) << name;
  }
  for (const Verdict v : all_verdicts()) EXPECT_FALSE(told(peerlab::name(v)).empty());
}

TEST(Explain, TellsSomethingOfEveryNameItOffers) {
  const Schema schema = test::small_schema();
  for (const std::string& name : explainable_names(schema)) {
    const Explanation e = explain(name, schema);
    EXPECT_TRUE(e.error.empty()) << name;
    EXPECT_GT(e.text.size(), name.size() + 10) << name;
    EXPECT_EQ(e.text.back(), '\n');
  }
}

TEST(Explain, SuggestsWhatWasMeant) {
  EXPECT_NE(explain("propagtion", test::small_schema()).error.find("Did you mean `propagation`?"), std::string::npos);
  EXPECT_NE(explain("xyzzyxyzzy", test::small_schema()).error.find("peerlab list"), std::string::npos);
  EXPECT_FALSE(explain("", test::small_schema()).error.empty());
}

// A key can be neither undocumented nor unchecked.
TEST(FieldTable, HasASentenceAndAParsingDefaultForEveryField) {
  for (const PathField& p : all_fields(standard_schema({}))) {
    EXPECT_TRUE(parse_value(p.field, p.field.fallback)) << p.path << " " << p.owner;
    EXPECT_TRUE(p.field.sentence.ends_with('.')) << p.path << " " << p.owner;
    if (!p.field.example.empty()) {
      const auto example = parse_value(p.field, p.field.example);
      EXPECT_TRUE(example) << p.path << " " << p.owner << ": " << example.error;
    }
    EXPECT_EQ(p.field.kind == Kind::choice, !p.field.choices.empty()) << p.path;
  }
}

}  // namespace
}  // namespace peerlab
