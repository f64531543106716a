#include "models/node/disk.h"

#include <gtest/gtest.h>

namespace peerlab {
namespace {

TEST(Disk, ACrashKeepsWhatWasSyncedAndLosesTheRest) {
  Disk disk;
  disk.write({1, 10, 100});
  disk.write({1, 11, 200});
  disk.sync();
  disk.write({1, 12, 400});
  EXPECT_EQ(disk.bytes(), 700U);
  disk.crash();
  EXPECT_EQ(disk.entries().size(), 2U);
  EXPECT_EQ(disk.entries()[1].ref, 11U);
  EXPECT_EQ(disk.bytes(), 300U);
}

TEST(Disk, ACrashWithoutAnySyncKeepsNothing) {
  Disk disk;
  disk.write({1, 10, 100});
  disk.crash();
  EXPECT_TRUE(disk.entries().empty());
  EXPECT_EQ(disk.bytes(), 0U);
}

TEST(Disk, ASecondCrashLosesNothingMore) {
  Disk disk;
  disk.write({1, 10, 100});
  disk.sync();
  disk.crash();
  disk.crash();
  EXPECT_EQ(disk.entries().size(), 1U);
}

TEST(Disk, WhatIsForgottenIsGoneAndWhatFollowsKeepsItsPromise) {
  Disk disk;
  disk.write({1, 10, 100});
  disk.write({1, 11, 200});
  disk.sync();
  disk.write({1, 12, 400});
  disk.forget(1);
  EXPECT_EQ(disk.bytes(), 600U);
  disk.crash();
  ASSERT_EQ(disk.entries().size(), 1U);
  EXPECT_EQ(disk.entries()[0].ref, 11U);
  disk.write({1 | backup_area, 13, 50});
  disk.write({1 | backup_area, 14, 70});
  disk.forget_backup(1);
  ASSERT_EQ(disk.backup().size(), 1U);
  EXPECT_EQ(disk.backup()[0].ref, 14U);
  EXPECT_EQ(disk.backup_bytes(), 70U);
}

TEST(DiskDeathTest, WhatWasNotSyncedIsNotForgotten) {
  Disk disk;
  disk.write({1, 10, 100});
  EXPECT_EXIT(disk.forget(1), testing::ExitedWithCode(70), "synced");
}

TEST(Disk, AWipeKeepsNothingNotEvenWhatWasSynced) {
  Disk disk;
  disk.write({1, 10, 100});
  disk.sync();
  disk.wipe();
  EXPECT_TRUE(disk.entries().empty());
  EXPECT_EQ(disk.bytes(), 0U);
  disk.write({2, 1, 5});  // what is written afterwards is not synced by what was
  disk.crash();
  EXPECT_TRUE(disk.entries().empty());
  EXPECT_EQ(disk.bytes(), 0U);
}

}  // namespace
}  // namespace peerlab
