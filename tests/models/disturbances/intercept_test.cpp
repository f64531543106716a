#include <gtest/gtest.h>

#include "models/disturbances/rows.h"
#include "tests/models/disturbances/fake_machines.h"

namespace peerlab {
namespace {

TEST(Intercept, LeadsAstrayBetweenItsSidesUntilItEnds) {
  const DisturbanceRow* row = find_disturbance("intercept");
  ASSERT_NE(row, nullptr);
  Params params = Params::defaults(row->fields());
  ASSERT_EQ(params.set("delay", "5 min"), "");
  ASSERT_EQ(params.set("drop", "25 %"), "");
  test::FakeMachines machines;
  Afflictions on(machines, 3);
  const std::vector<std::uint8_t> sides{1, 2, 0};
  const auto made = row->make({.params = params, .number = 4, .machines = {}, .sides = sides, .begin = {}, .end = {}});
  made->begin(on);
  EXPECT_EQ(machines.take(), std::vector<std::string>{"detour 4: 1 2 0 delay 300 s loss 0.250000"});
  made->end(on);
  EXPECT_EQ(machines.take(), std::vector<std::string>{"end detour 4"});
}

TEST(Intercept, SaysWhenItWouldChangeNothing) {
  const DisturbanceRow* row = find_disturbance("intercept");
  EXPECT_EQ(row->check(Params::defaults(row->fields())).first, "intercept");
}

}  // namespace
}  // namespace peerlab
