// Every row of the table of closed forms is complete, and answers its own examples.
#include "analysis/theory/table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace peerlab {
namespace {

TEST(TheoryTable, SaysOfEveryRowWhatItIsAndWhereItComesFrom) {
  std::set<std::string_view> names;
  for (const TheoryRow& row : theory_rows()) {
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    EXPECT_EQ(find_theory(row.name), &row);
    for (const std::string_view text : {row.sentence, row.formula, row.range})
      EXPECT_TRUE(text.ends_with('.')) << row.name << ": " << text;
    EXPECT_FALSE(row.source.empty()) << row.name;
    EXPECT_FALSE(row.gives.empty()) << row.name;
    for (const Field& f : row.fields) {
      EXPECT_TRUE(parse_value(f, f.fallback)) << row.name << " " << f.name;
      EXPECT_TRUE(parse_value(f, f.example)) << row.name << " " << f.name;
      EXPECT_TRUE(f.sentence.ends_with('.')) << row.name << " " << f.name;
    }
  }
  EXPECT_EQ(find_theory("no-such-form"), nullptr);
}

TEST(TheoryTable, AnswersItsDefaultsAndEveryExampleWithFiniteFigures) {
  for (const TheoryRow& row : theory_rows()) {
    const auto ask = [&](const Params& in, const std::string& what) {
      const TheoryAnswer answer = row.answer(in);
      EXPECT_EQ(answer.error, "") << row.name << " " << what;
      ASSERT_EQ(answer.values.size(), row.gives.size()) << row.name << " " << what;
      for (const double v : answer.values) EXPECT_TRUE(std::isfinite(v)) << row.name << " " << what;
    };
    const Params defaults = Params::defaults(row.fields);
    ask(defaults, "at its defaults");
    for (const Field& f : row.fields) {
      Params in = defaults;
      ASSERT_EQ(in.set(f.name, f.example), "");
      ask(in, f.name);
    }
  }
}

// Through its row a form gives what the literature says: inputs reach the right arguments, in the right units.
TEST(TheoryTable, GivesTheFiguresOfTheLiterature) {
  struct Known {
    std::string_view form;
    std::vector<std::pair<std::string, std::string>> inputs;
    std::string_view output;
    double value;
    double printed;  ///< half of the last digit printed
  };
  const std::vector<Known> all = {
      {"double-spend", {{"q", "30 %"}, {"z", "5"}}, "approximation", 0.1773523, 5e-8},  // Nakamoto 2008, section 11
      {"double-spend", {{"q", "30 %"}}, "depth.approximation", 24, 0},
      {"double-spend", {{"q", "30 %"}}, "depth", 32, 0},
      {"eyal-sirer", {{"alpha", "40 %"}, {"gamma", "0 %"}}, "revenue", 0.48372, 5e-6},  // Sapirshtein et al. 2016
      {"optimal-withholding", {{"alpha", "35 %"}}, "revenue", 0.37077, 1e-5},
      {"eyal-sirer", {{"gamma", "50 %"}}, "threshold", 0.25, 1e-12},  // Eyal & Sirer 2014
      {"constant-delay", {{"delay", "10 min"}, {"interval", "10 min"}}, "fork", 0.63212, 5e-6},
      {"decker-wattenhofer", {}, "fork", 0.0178, 5e-5},  // Decker & Wattenhofer 2013
      {"partition-stale", {{"p", "30 %"}, {"length", "6 h"}}, "stale", 10.786770, 5e-7},
      {"partition-stale", {}, "wins", 0.3001, 5e-5},
      {"censorship", {{"q", "90 %"}, {"interval", "1 min"}}, "mean.time", 600, 1e-6},
      {"eclipse-chance", {{"s", "50 %"}, {"k", "8"}}, "many", 0.00390625, 1e-12},
      {"push-gossip", {{"every", "2 s"}}, "all.mean", 2 * 14.953973, 1e-6},
      {"percolation", {{"graph", "erdos-renyi"}, {"degree", "4"}, {"removed", "10 %"}}, "giant", 0.872555, 5e-7},
      {"percolation", {}, "collapse", 0.857143, 5e-7},
      {"erlang-c", {{"rate", "280 per s in total"}, {"servers", "4"}}, "waits", 0.42865, 5e-6},
      {"pollaczek-khinchine", {{"variation", "0"}}, "wait", 0.0116667, 5e-8},
      {"finite-queue", {{"rate", "200 per s in total"}, {"K", "5"}}, "lost", 0.507936508, 5e-10},
      {"availability", {{"mttf", "8760 h"}, {"mttr", "24 h"}}, "down", 2.235462e-05, 5e-12},
      {"mean-time-to-loss", {}, "mean", 65 * 3600, 1e-6},
      {"copysets", {}, "copyset.lost", 0.0078, 5e-5},  // Cidon et al. 2013
  };
  for (const Known& known : all) {
    const TheoryRow* row = find_theory(known.form);
    ASSERT_NE(row, nullptr) << known.form;
    Params in = Params::defaults(row->fields);
    for (const auto& [key, text] : known.inputs) ASSERT_EQ(in.set(key, text), "") << known.form;
    const TheoryAnswer answer = row->answer(in);
    bool found = false;
    for (std::size_t i = 0; i < row->gives.size(); ++i) {
      if (row->gives[i].name != known.output) continue;
      EXPECT_NEAR(answer.values[i], known.value, known.printed) << known.form << " " << known.output;
      found = true;
    }
    EXPECT_TRUE(found) << known.form << " gives no " << known.output;
  }
  for (const TheoryRow& row : theory_rows()) {
    const bool told = std::any_of(all.begin(), all.end(), [&](const Known& known) { return known.form == row.name; });
    EXPECT_TRUE(told) << "no known figure of " << row.name;
  }
}

// Both ends of every range are within what the functions accept: nothing a user can type reaches a CHECK.
TEST(TheoryTable, AnswersOrRefusesBothEndsOfEveryRange) {
  for (const TheoryRow& row : theory_rows()) {
    for (const Field& f : row.fields) {
      for (const std::string& end : {f.least, f.most}) {
        if (end.empty()) continue;
        Params in = Params::defaults(row.fields);
        ASSERT_EQ(in.set(f.name, end), "") << row.name << " " << f.name;
        const TheoryAnswer answer = row.answer(in);
        if (!answer.error.empty()) {
          EXPECT_TRUE(answer.error.ends_with('.')) << answer.error;
          continue;
        }
        ASSERT_EQ(answer.values.size(), row.gives.size());
        for (const double v : answer.values) EXPECT_FALSE(std::isnan(v)) << row.name << " " << f.name << " = " << end;
      }
    }
  }
}

}  // namespace
}  // namespace peerlab
