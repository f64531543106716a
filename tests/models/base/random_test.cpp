#include "models/base/random.h"

#include <gtest/gtest.h>

#include <array>
#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>
#include <numeric>
#include <set>
#include <vector>

namespace peerlab {
namespace {

using Block = std::array<std::uint32_t, 4>;

// Philox4x32-10 from the paper, written again so that the library and the layout of counter and key are both tested.
Block naive_philox(Block c, std::array<std::uint32_t, 2> key) {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t a = std::uint64_t{0xD2511F53} * c[0];
    const std::uint64_t b = std::uint64_t{0xCD9E8D57} * c[2];
    c = {static_cast<std::uint32_t>(b >> 32) ^ c[1] ^ key[0], static_cast<std::uint32_t>(b),
         static_cast<std::uint32_t>(a >> 32) ^ c[3] ^ key[1], static_cast<std::uint32_t>(a)};
    key[0] += 0x9E3779B9;
    key[1] += 0xBB67AE85;
  }
  return c;
}

/// Probability of a chi-square statistic at least this large.
double tail(double statistic, std::size_t cells) {
  const boost::math::chi_squared law(static_cast<double>(cells - 1));
  return boost::math::cdf(boost::math::complement(law, statistic));
}

double chi_square(const std::vector<std::uint64_t>& counts) {
  const double expected = static_cast<double>(std::accumulate(counts.begin(), counts.end(), std::uint64_t{0})) /
                          static_cast<double>(counts.size());
  double sum = 0;
  for (const std::uint64_t n : counts)
    sum += (static_cast<double>(n) - expected) * (static_cast<double>(n) - expected) / expected;
  return sum;
}

TEST(Philox, TheTestsOwnCopyGivesTheKnownAnswersOfRandom123) {  // kat_vectors: philox4x32 10
  EXPECT_EQ(naive_philox({0, 0, 0, 0}, {0, 0}), (Block{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(naive_philox({~0U, ~0U, ~0U, ~0U}, {~0U, ~0U}), (Block{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(naive_philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (Block{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(Stream, ItsFirstDrawsAreTheKnownAnswerForZeros) {
  Stream stream(0, Purpose{0}, 0);
  EXPECT_EQ(stream.bits(), 0xe169c58d6627e8d5ULL);
  EXPECT_EQ(stream.bits(), 0x9b00dbd8bc57ac4cULL);
}

TEST(Stream, CountsInTheFirstTwoWordsAndIsNamedByTheOthersAndTheKey) {
  for (const std::uint64_t block : {0ULL, 1ULL, 0xffffffffULL, 0x100000000ULL, 0x7fffffffffffffffULL}) {
    Stream stream(0x299f31d0a4093822ULL, Purpose{0x03707344}, 0x13198a2e);
    stream.seek(2 * block);
    const Block out = naive_philox(
        {static_cast<std::uint32_t>(block), static_cast<std::uint32_t>(block >> 32), 0x13198a2e, 0x03707344},
        {0xa4093822, 0x299f31d0});
    EXPECT_EQ(stream.bits(), std::uint64_t{out[1]} << 32 | out[0]);
    EXPECT_EQ(stream.bits(), std::uint64_t{out[3]} << 32 | out[2]);
  }
}

TEST(Stream, ReturnsThePinnedDraws) {
  Stream stream(42, purpose("pinned"), 7);
  EXPECT_EQ(stream.bits(), 0x47503d8f3d6d3428ULL);
  EXPECT_EQ(stream.bits(), 0x1e91e86cc313672cULL);
  EXPECT_EQ(stream.bits(), 0x2a7c4d455146c879ULL);
  EXPECT_EQ(stream.below(1000), 923U);
  EXPECT_EQ(stream.position(), 4U);
}

TEST(Stream, SeekGoesToAnyDrawForwardsAndBack) {
  Stream stream(9, purpose("seek"), 3);
  std::vector<std::uint64_t> draws;
  for (int i = 0; i < 40; ++i) draws.push_back(stream.bits());
  for (const std::size_t at : {0UL, 1UL, 39UL, 17UL, 16UL, 1UL}) {
    stream.seek(at);
    EXPECT_EQ(stream.position(), at);
    for (std::size_t i = at; i < draws.size(); ++i) ASSERT_EQ(stream.bits(), draws[i]) << at << " " << i;
  }
}

TEST(Stream, ACopyDrawsTheSameFromWhereItWasTaken) {
  Stream stream(9, purpose("copy"));
  (void)stream.bits();
  Stream copy = stream;
  for (int i = 0; i < 10; ++i) EXPECT_EQ(copy.bits(), stream.bits());
}

TEST(Stream, SeedsPurposesAndOwnersNameDifferentStreams) {
  std::set<std::uint64_t> first;
  for (const std::uint64_t seed : {1ULL, 2ULL, 1ULL << 32}) {
    for (const char* what : {"latency", "lottery"}) {
      for (std::uint32_t owner = 0; owner < 100; ++owner) first.insert(Stream(seed, purpose(what), owner).bits());
    }
  }
  EXPECT_EQ(first.size(), 600U);
}

TEST(Stream, BelowIsUniform) {
  Stream stream(5, purpose("below"));
  for (const std::uint64_t n : {2ULL, 3ULL, 7ULL, 100ULL, 1000ULL}) {
    std::vector<std::uint64_t> counts(n);
    for (std::uint64_t i = 0; i < 200 * n; ++i) ++counts[stream.below(n)];
    const double p = tail(chi_square(counts), n);
    EXPECT_GT(p, 1e-4) << n;
    EXPECT_LT(p, 1 - 1e-4) << n;
  }
}

// Three quarters of 2^64 is where a plain remainder or product would favour a third of the numbers by a factor of two.
TEST(Stream, BelowHasNoBiasForLargeRanges) {
  Stream stream(6, purpose("below"));
  const std::uint64_t n = 3ULL << 62;
  std::vector<std::uint64_t> thirds(3);
  for (int i = 0; i < 30000; ++i) ++thirds[stream.below(n) >> 62];
  EXPECT_GT(tail(chi_square(thirds), 3), 1e-4);
}

TEST(Stream, BelowOneIsZero) {
  Stream stream(7, purpose("below"));
  for (int i = 0; i < 10; ++i) EXPECT_EQ(stream.below(1), 0U);
}

TEST(StreamDeathTest, BelowNothingIsOurFault) {
  Stream stream;
  EXPECT_EXIT((void)stream.below(0), testing::ExitedWithCode(70), "n > 0");
}

TEST(Stream, UniformFillsItsIntervalEvenly) {
  Stream stream(8, purpose("uniform"));
  std::vector<std::uint64_t> counts(64);
  for (int i = 0; i < 64000; ++i) {
    const double u = stream.uniform();
    ASSERT_GE(u, 0);
    ASSERT_LT(u, 1);
    ++counts[static_cast<std::size_t>(u * 64)];
  }
  EXPECT_GT(tail(chi_square(counts), 64), 1e-4);
  for (int i = 0; i < 1000; ++i) {
    const double u = stream.uniform_positive();
    ASSERT_GT(u, 0);
    ASSERT_LE(u, 1);
  }
}

TEST(Stream, ChanceHappensAsOftenAsItSays) {
  Stream stream(9, purpose("chance"));
  int happened = 0;
  for (int i = 0; i < 100000; ++i) happened += stream.chance(0.03);
  EXPECT_NEAR(happened, 3000, 3.9 * std::sqrt(100000 * 0.03 * 0.97));
  EXPECT_FALSE(stream.chance(0));
  EXPECT_TRUE(stream.chance(1));
}

/// Correlation of pairs of uniforms in units of its standard error.
template <class Left, class Right>
double correlation_in_errors(int n, Left&& left, Right&& right) {
  double sum = 0;
  for (int i = 0; i < n; ++i) {
    const double a = left(i);
    const double b = right(i);
    sum += (a - 0.5) * (b - 0.5) * 12;
  }
  return sum / std::sqrt(n);
}

TEST(Stream, NeighbouringOwnersSeedsAndDrawsAreIndependent) {
  constexpr int n = 20000;
  Stream one(1, purpose("independence"), 1);
  Stream next_owner(1, purpose("independence"), 2);
  Stream next_seed(2, purpose("independence"), 1);
  EXPECT_LT(std::abs(correlation_in_errors(
                n, [&](int) { return one.uniform(); }, [&](int) { return next_owner.uniform(); })),
            3.9);
  EXPECT_LT(std::abs(correlation_in_errors(
                n, [&](int) { return one.uniform(); }, [&](int) { return next_seed.uniform(); })),
            3.9);
  EXPECT_LT(std::abs(correlation_in_errors(
                n, [&](int) { return one.uniform(); }, [&](int) { return one.uniform(); })),
            3.9);
  // The first draws of successive owners, which is what a world of many nodes looks at.
  const auto first_of = [](int owner) {
    return Stream(3, purpose("independence"), static_cast<std::uint32_t>(owner)).uniform();
  };
  EXPECT_LT(std::abs(correlation_in_errors(n, first_of, [&](int i) { return first_of(i + 1); })), 3.9);
}

TEST(Stream, ShuffleMakesEveryOrderEquallyOften) {
  Stream stream(10, purpose("shuffle"));
  std::vector<std::uint64_t> counts(24);
  for (int i = 0; i < 24000; ++i) {
    std::vector<int> items = {0, 1, 2, 3};
    stream.shuffle(items);
    std::size_t rank = 0;  // Lehmer code
    for (std::size_t a = 0; a < 4; ++a) {
      std::size_t smaller = 0;
      for (std::size_t b = a + 1; b < 4; ++b) smaller += items[b] < items[a];
      rank = rank * (4 - a) + smaller;
    }
    ++counts[rank];
  }
  EXPECT_GT(tail(chi_square(counts), 24), 1e-4);
}

TEST(Purpose, IsTheFnvHashOfItsName) {
  EXPECT_EQ(purpose("").value, 2166136261U);
  EXPECT_EQ(purpose("a").value, 0xe40c292cU);       // published test vector of FNV-1a, 32 bits
  EXPECT_EQ(purpose("foobar").value, 0xbf9cf968U);  // the same
}

TEST(Mix64, IsTheFinaliserOfSplitMix64) {
  // SplitMix64 seeded with 0: the first outputs, which are mix64 of multiples of the golden gamma.
  EXPECT_EQ(mix64(0x9e3779b97f4a7c15ULL), 0xe220a8397b1dcdafULL);
  EXPECT_EQ(mix64(2 * 0x9e3779b97f4a7c15ULL), 0x6e789e6aa1b965f4ULL);
}

}  // namespace
}  // namespace peerlab
