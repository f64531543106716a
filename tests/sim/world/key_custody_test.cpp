#include "sim/world/key_custody.h"

#include <gtest/gtest.h>

#include <set>

namespace peerlab {
namespace {

TEST(KeyCustody, TheFirstCopyIsOnesOwnAndTheOthersLieWithDifferentUsers) {
  const std::vector<KeyCopy> copies = draw_key_copies(5, 40, 3);
  ASSERT_EQ(copies.size(), 120U);
  for (std::uint32_t u = 0; u < 40; ++u) {
    std::set<std::uint32_t> machines;
    for (std::uint32_t k = 0; k < 3; ++k) {
      EXPECT_EQ(copies[3 * u + k].user, UserId(u));
      machines.insert(copies[3 * u + k].machine.value);
    }
    EXPECT_EQ(copies[3 * u].machine, MachineId(u));
    EXPECT_EQ(machines.size(), 3U);
  }
}

TEST(KeyCustody, ThereAreNoMoreCopiesThanUsers) { EXPECT_EQ(draw_key_copies(5, 2, 7).size(), 4U); }

TEST(KeyCustody, OneMoreUserOrCopyMovesNobodysFirstCopies) {
  const std::vector<KeyCopy> two = draw_key_copies(5, 40, 2);
  const std::vector<KeyCopy> three = draw_key_copies(5, 40, 3);
  for (std::uint32_t u = 0; u < 40; ++u) EXPECT_EQ(two[2 * u + 1].machine, three[3 * u + 1].machine);
}

const std::vector<KeyCopy> twice = {{UserId(0), MachineId(0)}, {UserId(0), MachineId(1)}, {UserId(1), MachineId(1)}};

TEST(KeyCustody, AWipedMachineGetsItsCopiesBackFromWhoeverHasOne) {
  KeyCustody custody(twice, 2);
  custody.wiped(MachineId(0));
  EXPECT_FALSE(custody.has(MachineId(0), UserId(0)));
  EXPECT_EQ(custody.copies(UserId(0)), 1U);
  custody.returned(MachineId(0));
  EXPECT_TRUE(custody.has(MachineId(0), UserId(0)));
  EXPECT_EQ(custody.copies(UserId(0)), 2U);
}

TEST(KeyCustody, AKeyWithoutACopyStaysLost) {
  KeyCustody custody(twice, 2);
  custody.wiped(MachineId(0));
  custody.wiped(MachineId(1));
  custody.wiped(MachineId(1));
  custody.returned(MachineId(0));
  custody.returned(MachineId(1));
  EXPECT_EQ(custody.copies(UserId(0)), 0U);
  EXPECT_EQ(custody.copies(UserId(1)), 0U);
  EXPECT_TRUE(custody.on(MachineId(1)).empty());
}

}  // namespace
}  // namespace peerlab
