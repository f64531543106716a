#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "analysis/report/words.h"

namespace peerlab {
namespace {

constexpr double never = std::numeric_limits<double>::infinity();

TEST(Words, ChooseAUnitAndThreeFigures) {
  const std::vector<std::tuple<double, std::string_view, std::string_view>> cases = {
      {1.0239, "s", "1.02 s"},
      {0.00012, "s", "120 us"},
      {59.99, "s", "60.0 s"},
      {119, "s", "119 s"},
      {121, "s", "2.02 min"},
      {7200, "s", "2.00 h"},
      {1e6, "s", "11.6 d"},
      {0.9999, "s", "1.00 s"},
      {0, "s", "0 s"},
      {never, "s", "never"},
      {999.7, "B", "1.00 kB"},
      {535'000, "B", "535 kB"},
      {612, "B", "612 B"},
      {0.998, "share", "99.8 %"},
      {0.99953, "share", "99.95 %"},
      {1, "share", "100 %"},
      {1, "machines", "1 machine"},
      {2, "machines", "2 machines"},
      {1, "copies", "1 copy"},
      {0, "share", "0 %"},
      {0.000123, "share", "0.0123 %"},
      {1'204'332, "messages", "1.20 million messages"},
      {12'043, "messages", "12,043 messages"},
      {14, "blocks", "14 blocks"},
      {2.5, "blocks", "2.50 blocks"},
      {1e18, "hashes", "1.00e+18 hashes"},
      {0.00002, "1/h", "2.00e-05 per h"},
      {-3.2, "1", "-3.20"},
      {std::nan(""), "s", "-"},
  };
  for (const auto& [value, unit, text] : cases) EXPECT_EQ(in_words(value, unit), text);
}

SummaryLine line(double value, double low, double high, std::string unit, std::string metric = "m") {
  SummaryLine l;
  l.metric = std::move(metric);
  l.stat = "value";
  l.unit = std::move(unit);
  l.summary = {value, low, high, 10, Summary::How::mean};
  return l;
}

TEST(Words, GiveAFigureAndItsIntervalTheSameDecimals) {
  EXPECT_EQ(in_words(line(1.021, 0.9712, 1.0756, "s")), "1.02 s [0.97, 1.08]");
  EXPECT_EQ(in_words(line(0.5, 0.05, 0.95, "s")), "500 ms [50, 950]");
  EXPECT_EQ(in_words(line(0, 0, 0.0037, "share")), "0 % [0, 0.37]");
  EXPECT_EQ(in_words(line(0.5, 0.2, 1, "share")), "50.0 % [20.0, 100]");
  EXPECT_EQ(in_words(line(2.43, 0, 11.28, "s")), "2.43 s [0, 11.3]") << "three figures are enough for an end";
  EXPECT_EQ(in_words(line(2, 2, 2, "blocks")), "2 blocks") << "all runs said so";
  EXPECT_EQ(in_words(line(60, 55, never, "s")), "60.0 s [55.0, never]");
}

TEST(Words, ShowEnoughFiguresThatTheIntervalSurvivesRounding) {
  EXPECT_EQ(in_words(line(48'010, 47'985, 48'035, "messages")), "48.01 thousand messages [47.98, 48.03]");
  EXPECT_EQ(in_words(line(0.99541, 0.99539, 0.99543, "share")), "99.541 % [99.539, 99.543]");
  EXPECT_EQ(in_words(line(123'456, 100'000, 146'912, "messages")), "123 thousand messages [100, 147]");
}

TEST(Words, ShowNoMoreThanFourFiguresUnlessTheIntervalWouldVanish) {
  EXPECT_EQ(in_words(line(0.00111077, 0.0011098, 0.0011117, "s")), "1.111 ms [1.110, 1.112]");
  EXPECT_EQ(in_words(line(0.00111077, 0.00111075, 0.00111079, "s")), "1.1108 ms [1.1107, 1.1108]");
}

TEST(Words, SayThatTooFewRunsWithANeverTellNothing) {
  SummaryLine l = line(384, -never, never, "s");
  l.summary.how = Summary::How::median;
  l.summary.n = 2;
  EXPECT_EQ(in_words(l), "6.40 min [0, never]");
}

TEST(Words, DoNotRepeatWhatTheMetricSays) {
  EXPECT_EQ(in_words(line(14, 14, 14, "blocks", "blocks.mined")), "14");
  EXPECT_EQ(in_words(line(2e6, 2e6, 2e6, "messages", "messages")), "2.00 million");
}

TEST(Words, StandInForValuesThatAreNotThere) {
  SummaryLine l = line(0, 0, 0, "s");
  l.standing = Standing::not_challenged;
  EXPECT_EQ(in_words(l), "not challenged");
  l.standing = Standing::no_sample;
  EXPECT_EQ(in_words(l), "no sample");
  l.note = "one copy";
  EXPECT_EQ(in_words(l), "one copy");
  l = line(never, 3, never, "s");
  EXPECT_EQ(in_words(l), "never");
  l.censored = 2;
  l.censored_at = 2400;
  EXPECT_EQ(in_words(l), "> 40.0 min");
}

TEST(Words, WriteNumbersOfFilesWithNineFigures) {
  EXPECT_EQ(in_file(1.0 / 3), "0.333333333");
  EXPECT_EQ(in_file(-0.0), "0");
  EXPECT_EQ(in_file(123456789), "123456789");
  EXPECT_EQ(in_file(never), "Infinity");
  EXPECT_EQ(in_file(-never), "-Infinity");
  EXPECT_EQ(in_file(std::nan("")), "");
}

TEST(Words, SeparateThousands) {
  EXPECT_EQ(with_separators(0), "0");
  EXPECT_EQ(with_separators(999), "999");
  EXPECT_EQ(with_separators(1000), "1,000");
  EXPECT_EQ(with_separators(1'234'567), "1,234,567");
}

}  // namespace
}  // namespace peerlab
