#include "models/network/clocks.h"

#include <gtest/gtest.h>

#include "models/network/geography.h"

namespace peerlab {
namespace {

// At noon UTC it is early morning in Chicago, afternoon in Paris, and late evening in Sydney.
TEST(Clocks, KnowTheTimeOfEveryRegion) {
  EXPECT_EQ(hours(12) + clock_of(find_region("NA")), hours(6));
  EXPECT_EQ(hours(12) + clock_of(find_region("EU")), hours(13));
  EXPECT_EQ(hours(12) + clock_of(find_region("SA")), hours(9));
  EXPECT_EQ(hours(12) + clock_of(find_region("AS")), hours(20));
  EXPECT_EQ(hours(12) + clock_of(find_region("JP")), hours(21));
  EXPECT_EQ(hours(12) + clock_of(find_region("AU")), hours(22));
}

}  // namespace
}  // namespace peerlab
