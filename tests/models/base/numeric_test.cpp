#include "models/base/numeric.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>

#include "models/base/random.h"

namespace peerlab {
namespace {

constexpr double tolerance = 1e-14;

double relative(double got, double want) { return want == 0 ? std::abs(got) : std::abs(got - want) / std::abs(want); }

/// A double of any magnitude: all exponents alike.
double any_positive(Stream& random) {
  const std::uint64_t fraction = random.bits() >> 12;
  const std::uint64_t exponent = 1 + random.below(2046);
  return std::bit_cast<double>(exponent << 52 | fraction);
}

TEST(Cosine, AgreesWithTheCLibraryOverAWholeTurn) {
  Stream random(3, purpose("cosine test"));
  double worst = 0;
  for (int i = 0; i < 200000; ++i) {
    const double turns = random.uniform();
    worst = std::max(worst, std::abs(exact::cos_of_turns(turns) - std::cos(2 * M_PI * turns)));
  }
  EXPECT_LT(worst, 1e-15);
  for (const double turns : {0.0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1.0}) {
    EXPECT_NEAR(exact::cos_of_turns(turns), std::cos(2 * M_PI * turns), 1e-15) << turns;
  }
  EXPECT_EQ(exact::cos_of_turns(0), 1);
  EXPECT_EQ(exact::cos_of_turns(0.25), 0);
  EXPECT_EQ(exact::cos_of_turns(0.5), -1);
}

TEST(Log, AgreesWithTheCLibraryOverAllMagnitudes) {
  Stream random(1, purpose("log test"));
  double worst = 0;
  for (int i = 0; i < 200000; ++i) {
    const double x = any_positive(random);
    worst = std::max(worst, relative(exact::log(x), std::log(x)));
  }
  EXPECT_LT(worst, tolerance);
}

TEST(Log, KeepsItsRelativePrecisionNearOne) {
  Stream random(2, purpose("log test"));
  double worst = 0;
  for (int i = 0; i < 200000; ++i) {
    const double away = std::exp(-35 * random.uniform());  // 1 .. 6e-16
    for (const double x : {1 + away, 1 - away / 2}) worst = std::max(worst, relative(exact::log(x), std::log(x)));
  }
  EXPECT_LT(worst, tolerance);
  EXPECT_EQ(exact::log(1), 0);
}

TEST(Log, IsPreciseAtTheSeamsOfItsReduction) {
  for (const double seam : {std::sqrt(0.5), 1.0, std::sqrt(2.0), 2.0, 0.5}) {
    for (double x : {std::nextafter(seam, 0.0), seam, std::nextafter(seam, 3.0)}) {
      EXPECT_LT(relative(exact::log(x), std::log(x)), tolerance) << x;
    }
  }
}

TEST(Log, TakesSubnormalNumbersAndTheLargest) {
  for (const double x : {std::numeric_limits<double>::denorm_min(), 1e-310, std::numeric_limits<double>::min(),
                         std::numeric_limits<double>::max()}) {
    EXPECT_LT(relative(exact::log(x), std::log(x)), tolerance) << x;
  }
}

TEST(Exp, AgreesWithTheCLibraryOverItsWholeRange) {
  Stream random(3, purpose("exp test"));
  double worst = 0;
  for (int i = 0; i < 200000; ++i) {
    const double x = -708 + 1417 * random.uniform();
    worst = std::max(worst, relative(exact::exp(x), std::exp(x)));
  }
  for (int i = 0; i < 100000; ++i) {
    const double x = (random.chance(0.5) ? 1 : -1) * std::exp(-40 * random.uniform());
    worst = std::max(worst, relative(exact::exp(x), std::exp(x)));
  }
  EXPECT_LT(worst, tolerance);
  EXPECT_EQ(exact::exp(0), 1);
}

TEST(Exp, EndsInZeroAndInfinity) {
  EXPECT_EQ(exact::exp(-708.5), 0);
  EXPECT_EQ(exact::exp(-1e300), 0);
  EXPECT_EQ(exact::exp(709.5), std::numeric_limits<double>::infinity());
  EXPECT_LT(relative(exact::exp(709), std::exp(709.0)), tolerance);
  EXPECT_LT(relative(exact::exp(-708), std::exp(-708.0)), tolerance);
}

// pow carries the rounding of y log x into an exponential: its error grows with that product, as its header says.
TEST(Pow, AgreesWithTheCLibraryToTheSizeOfItsExponent) {
  Stream random(4, purpose("pow test"));
  for (int i = 0; i < 100000; ++i) {
    const double x = std::exp(40 * random.uniform() - 20);
    const double y = 40 * random.uniform() - 20;
    const double product = std::abs(y * std::log(x));
    ASSERT_LT(relative(exact::pow(x, y), std::pow(x, y)), 1e-15 * (4 + product)) << x << " ^ " << y;
  }
}

// The same bits on every processor and build: values that once came out must always come out.
TEST(Numeric, ReturnsThePinnedBits) {
  const auto bits = [](double x) { return std::bit_cast<std::uint64_t>(x); };
  EXPECT_EQ(bits(exact::log(2)), bits(0.6931471805599453));
  EXPECT_EQ(bits(exact::log(10)), 0x40026bb1bbb55516ULL);
  EXPECT_EQ(bits(exact::log(0.1)), 0xc0026bb1bbb55515ULL);
  EXPECT_EQ(bits(exact::log(1e300)), 0x4085963447f87fb5ULL);
  EXPECT_EQ(bits(exact::log(0x1p-53)), 0xc0425e4f7b2737faULL);
  EXPECT_EQ(bits(exact::exp(1)), 0x4005bf0a8b14576aULL);
  EXPECT_EQ(bits(exact::exp(-1)), 0x3fd78b56362cef38ULL);
  EXPECT_EQ(bits(exact::exp(100.25)), 0x48f8c39b9134bac4ULL);
  EXPECT_EQ(bits(exact::exp(-700.125)), 0x00ce8cfc0420616bULL);
  EXPECT_EQ(bits(exact::pow(1000, -0.99)), 0x3f518e4717dfb182ULL);
}

}  // namespace
}  // namespace peerlab
