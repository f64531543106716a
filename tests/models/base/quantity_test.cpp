#include "models/base/quantity.h"

#include <gtest/gtest.h>

#include "models/base/random.h"

namespace peerlab {
namespace {

std::int64_t ns(std::string_view text) {
  const auto parsed = parse_duration(text);
  EXPECT_TRUE(parsed) << text << ": " << parsed.error;
  return parsed ? parsed.value->ns : -1;
}

template <class T>
void expect_error(const Parsed<T>& parsed, std::string_view part) {
  EXPECT_FALSE(parsed);
  EXPECT_NE(parsed.error.find(part), std::string::npos) << "the sentence was: " << parsed.error;
}

TEST(Quantity, ReadsDurationsExactly) {
  EXPECT_EQ(ns("50 ms"), 50'000'000);
  EXPECT_EQ(ns("1.5 s"), 1'500'000'000);
  EXPECT_EQ(ns("10 min"), 600'000'000'000);
  EXPECT_EQ(ns("24 h"), 86'400'000'000'000);
  EXPECT_EQ(ns("7 d"), 604'800'000'000'000);
  EXPECT_EQ(ns("200 us"), 200'000);
  EXPECT_EQ(ns("30 ns"), 30);
  EXPECT_EQ(ns("0 s"), 0);
  EXPECT_EQ(ns("0.1 s"), 100'000'000) << "no rounding through a double";
  EXPECT_EQ(ns("0.000000001 s"), 1);
  EXPECT_EQ(ns("1e3 ms"), 1'000'000'000);
  EXPECT_EQ(ns("  2   h "), 7'200'000'000'000);
  EXPECT_EQ(ns("50ms"), 50'000'000) << "the blank may be missing";
  EXPECT_EQ(ns("9223372036.854775807 s"), 9'223'372'036'854'775'807);
}

TEST(Quantity, SaysWhatIsWrongWithADuration) {
  expect_error(parse_duration("5"), "has no unit");
  expect_error(parse_duration("0"), "has no unit");
  expect_error(parse_duration(""), "missing");
  expect_error(parse_duration("soon"), "does not begin with a number");
  expect_error(parse_duration("-3 s"), "negative");
  expect_error(parse_duration("1,000 ms"), "`1000 ms`");
  expect_error(parse_duration("10 sec"), "`10 s`");
  expect_error(parse_duration("10 m"), "`10 min`");
  expect_error(parse_duration("10 MS"), "`10 ms`");
  expect_error(parse_duration("10 parsecs"), "no unit of time");
  expect_error(parse_duration("010 s"), "leading zero");
  expect_error(parse_duration("0x10 s"), "hexadecimal");
  expect_error(parse_duration("0.3 ns"), "finer than a nanosecond");
  expect_error(parse_duration("1e30 s"), "longer than 292 years");
  expect_error(parse_duration("300000 d"), "longer than 292 years");
  expect_error(parse_duration("9223372036.854775808 s"), "longer than 292 years");
  expect_error(parse_duration("1e999 s"), "exponent");
  expect_error(parse_duration("inf s"), "does not begin with a number");
  expect_error(parse_duration(".5 s"), "before the point");
  expect_error(parse_duration("5. s"), "after the point");
}

TEST(Quantity, ReadsSizesOfBothFamilies) {
  EXPECT_EQ(parse_size("250 B").value, 250);
  EXPECT_EQ(parse_size("2 kB").value, 2000);
  EXPECT_EQ(parse_size("1 MB").value, 1'000'000);
  EXPECT_EQ(parse_size("64 KiB").value, 65536);
  EXPECT_EQ(parse_size("1.5 KiB").value, 1536);
  EXPECT_EQ(parse_size("4 GB").value, 4'000'000'000);
  expect_error(parse_size("1.5 B"), "whole number of bytes");
  expect_error(parse_size("2 kb"), "`2 kB`");
  expect_error(parse_size("2 KB"), "`2 kB`");
  expect_error(parse_size("99999999 TB"), "more than 9.2e18");
}

TEST(Quantity, ReadsBandwidthsSharesAndNumbers) {
  EXPECT_EQ(parse_bandwidth("8 Mbit/s").value, 8e6);
  EXPECT_EQ(parse_bandwidth("96 kbit/s").value, 96e3);
  EXPECT_EQ(parse_bandwidth("0.1 Gbit/s").value, 1e8);
  expect_error(parse_bandwidth("8 Mbps"), "`8 Mbit/s`");
  expect_error(parse_bandwidth("8"), "no unit");
  EXPECT_EQ(parse_share("25 %").value, 0.25);
  EXPECT_EQ(parse_share("0.1 %").value, 0.001);
  EXPECT_EQ(parse_share("100%").value, 1.0);
  expect_error(parse_share("101 %"), "more than the whole");
  expect_error(parse_share("0.25"), "no unit");
  EXPECT_EQ(parse_whole("42").value, 42);
  EXPECT_EQ(parse_whole("1e6").value, 1'000'000);
  EXPECT_EQ(parse_whole("-3").value, -3);
  EXPECT_EQ(parse_whole("9223372036854775807").value, 9'223'372'036'854'775'807);
  expect_error(parse_whole("9223372036854775808"), "too large");
  expect_error(parse_whole("1.5"), "not a whole number");
  expect_error(parse_whole("010"), "leading zero");
  expect_error(parse_whole("12 s"), "carries no unit");
  EXPECT_EQ(parse_real("0.25").value, 0.25);
  EXPECT_EQ(parse_real("-1.5e-3").value, -0.0015);
  expect_error(parse_real("1e400"), "too large");
  expect_error(parse_real("nan"), "does not begin with a number");
}

TEST(Quantity, ReadsNoAsFalseOnlyWhereAFlagIsWanted) {
  EXPECT_EQ(parse_flag("yes").value, true);
  EXPECT_EQ(parse_flag("on").value, true);
  EXPECT_EQ(parse_flag("no").value, false);
  EXPECT_EQ(parse_flag("false").value, false);
  expect_error(parse_flag("1"), "neither `yes` nor `no`");
  expect_error(parse_whole("no"), "does not begin with a number");
}

TEST(Quantity, ReadsRatesThatSayForWhom) {
  EXPECT_EQ(parse_rate("2 per s in total").value, (Rate{2, false}));
  EXPECT_EQ(parse_rate("1 per min per user").value, (Rate{1.0 / 60, true}));
  EXPECT_EQ(parse_rate("0.5 per h in total").value, (Rate{0.5 / 3600, false}));
  EXPECT_EQ(parse_rate("0 per s per user").value, (Rate{0, true}));
  expect_error(parse_rate("2 per s"), "`in total` or `per user`");
  expect_error(parse_rate("2"), "per what");
  expect_error(parse_rate("2 per second in total"), "`per s`");
  expect_error(parse_rate("2 per s each"), "must end with");
  expect_error(parse_rate("-2 per s in total"), "negative");
}

TEST(Quantity, ReadsEveryLaw) {
  EXPECT_EQ(parse_law("50 ms", Kind::duration).value, Distribution::constant(5e7));
  EXPECT_EQ(parse_law("constant 50 ms", Kind::duration).value, Distribution::constant(5e7));
  EXPECT_EQ(parse_law("uniform 10 ms..50 ms", Kind::duration).value, Distribution::uniform(1e7, 5e7));
  EXPECT_EQ(parse_law("exponential 100 ms", Kind::duration).value, Distribution::exponential(1e8));
  EXPECT_EQ(parse_law("normal 400 ms sd 100 ms", Kind::duration).value, Distribution::normal(4e8, 1e8));
  EXPECT_EQ(parse_law("normal 400000 sd 100000", Kind::real).value, Distribution::normal(4e5, 1e5));
  EXPECT_EQ(parse_law("lognormal median 2 kB sigma 1", Kind::size).value, Distribution::lognormal(2000, 1));
  EXPECT_EQ(parse_law("pareto scale 10 ms shape 3", Kind::duration).value, Distribution::pareto(1e7, 3));
  EXPECT_EQ(parse_law("uniform 1 Mbit/s..10 Mbit/s", Kind::bandwidth).value, Distribution::uniform(1e6, 1e7));
  EXPECT_EQ(parse_law("exponential 0.5 ns", Kind::duration).value, Distribution::exponential(0.5));
}

TEST(Quantity, SaysWhatIsWrongWithALaw) {
  expect_error(parse_law("uniform 50 ms..10 ms", Kind::duration), "wrong way round");
  expect_error(parse_law("uniform 10..50 ms", Kind::duration), "no unit");
  expect_error(parse_law("uniform 10 ms", Kind::duration), "two ends");
  expect_error(parse_law("exponential 0 s", Kind::duration), "more than 0");
  expect_error(parse_law("normal 5 ms", Kind::duration), "`normal MEAN sd SD`");
  expect_error(parse_law("lognormal 2 kB sigma 1", Kind::size), "median M sigma S");
  expect_error(parse_law("pareto scale 10 ms shape 0", Kind::duration), "more than 0");
  expect_error(parse_law("unifrom 1 ms..2 ms", Kind::duration), "`uniform`");
  expect_error(parse_law("5", Kind::duration), "no unit");
  expect_error(parse_law("", Kind::duration), "missing");
}

TEST(Quantity, WritesTheUnitAPersonWouldChoose) {
  EXPECT_EQ(write_duration(seconds(600)), "10 min");
  EXPECT_EQ(write_duration(hours(24)), "24 h");
  EXPECT_EQ(write_duration(hours(24 * 7)), "7 d");
  EXPECT_EQ(write_duration(seconds(90)), "90 s");
  EXPECT_EQ(write_duration(milliseconds(1500)), "1.5 s");
  EXPECT_EQ(write_duration(milliseconds(50)), "50 ms");
  EXPECT_EQ(write_duration(nanoseconds(37'500)), "37.5 us");
  EXPECT_EQ(write_duration(nanoseconds(0)), "0 s");
  EXPECT_EQ(write_size(535'000), "535 kB");
  EXPECT_EQ(write_size(65'536), "64 KiB");
  EXPECT_EQ(write_size(1'500), "1.5 kB");
  EXPECT_EQ(write_size(999), "999 B");
  EXPECT_EQ(write_bandwidth(8e6), "8 Mbit/s");
  EXPECT_EQ(write_bandwidth(9.6e6), "9.6 Mbit/s");
  EXPECT_EQ(write_share(0.25), "25 %");
  EXPECT_EQ(write_share(0.001), "0.1 %");
  EXPECT_EQ(write_rate({2, false}), "2 per s in total");
  EXPECT_EQ(write_rate({1.0 / 60, true}), "1 per min per user");
  EXPECT_EQ(write_rate({0.5 / 3600, false}), "0.5 per h in total");
  EXPECT_EQ(write_law(Distribution::lognormal(2000, 1), Kind::size), "lognormal median 2 kB sigma 1");
  EXPECT_EQ(write_law(Distribution::uniform(1e7, 5e7), Kind::duration), "uniform 10 ms..50 ms");
}

TEST(Quantity, ReadsBackWhateverItWrites) {
  Stream chance(1, purpose("quantity test"));
  for (int i = 0; i < 5000; ++i) {
    const std::uint64_t cut = chance.below(63);
    const auto whole = static_cast<std::int64_t>(chance.bits() >> 1 >> cut);
    EXPECT_EQ(ns(write_duration(Duration{whole})), whole);
    EXPECT_EQ(parse_size(write_size(whole)).value, whole) << write_size(whole);
    const double share = chance.uniform();
    EXPECT_EQ(parse_share(write_share(share)).value, share) << write_share(share);
    const double bits = static_cast<double>(whole % 1'000'000'000) * share;
    EXPECT_EQ(parse_bandwidth(write_bandwidth(bits)).value, bits) << write_bandwidth(bits);
    const Rate rate{bits, chance.chance(0.5)};
    EXPECT_EQ(parse_rate(write_rate(rate)).value, rate) << write_rate(rate);
    for (const Kind of : {Kind::duration, Kind::size, Kind::bandwidth, Kind::real}) {
      const Distribution law = Distribution::lognormal(bits + 1, share);
      EXPECT_EQ(parse_law(write_law(law, of), of).value, law) << write_law(law, of);
    }
  }
}

TEST(Quantity, NeverThrowsOnGarbage) {
  Stream chance(2, purpose("quantity test"));
  const std::string_view alphabet = "0123456789 .eE+-,%smhdnukMGBibt/per user in total\xc2\xb5\t\x01";
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    const std::uint64_t length = chance.below(24);
    for (std::uint64_t j = 0; j < length; ++j)
      text += alphabet[static_cast<std::size_t>(chance.below(alphabet.size()))];
    const auto duration = parse_duration(text);
    EXPECT_TRUE(duration || !duration.error.empty()) << text;
    const auto rate = parse_rate(text);
    EXPECT_TRUE(rate || !rate.error.empty()) << text;
    const auto law = parse_law("uniform " + text, Kind::duration);
    EXPECT_TRUE(law || !law.error.empty()) << text;
    const auto whole = parse_whole(text);
    EXPECT_TRUE(whole || !whole.error.empty()) << text;
  }
}

TEST(NearestName, FindsWhatATypistMeant) {
  const std::vector<std::string> names{"duration", "warmup", "replications", "seed", "settle"};
  EXPECT_EQ(nearest_name("duraton", names), "duration");
  EXPECT_EQ(nearest_name("druation", names), "duration") << "two neighbours swapped";
  EXPECT_EQ(nearest_name("Warmup", names), "warmup");
  EXPECT_EQ(nearest_name("sede", names), "seed");
  EXPECT_EQ(nearest_name("xyzzy", names), std::nullopt);
  EXPECT_EQ(nearest_name("", names), std::nullopt);
}

}  // namespace
}  // namespace peerlab
