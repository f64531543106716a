#include "sim/cli/console.h"

#include <gtest/gtest.h>

#include "sim/cli/progress_line.h"

namespace peerlab {
namespace {

TEST(Console, QuotesArgumentsOnlyWhereAShellNeedsIt) {
  EXPECT_EQ(shell_word("hello"), "hello");
  EXPECT_EQ(shell_word("network.users=100"), "network.users=100");
  EXPECT_EQ(shell_word("a b"), "'a b'");
  EXPECT_EQ(shell_word("it's"), "'it'\\''s'");
  EXPECT_EQ(shell_word("$(rm)"), "'$(rm)'");
  EXPECT_EQ(shell_word(""), "''");
}

TEST(Console, WritesStringsAsJsonHasThem) {
  EXPECT_EQ(json_string("a\"b\\c\n"), "\"a\\\"b\\\\c\\u000a\"");
  EXPECT_EQ(json_string("\xc3\xa9"), "\"\xc3\xa9\"");
}

TEST(Console, TellsWallTimeInTwoUnits) {
  EXPECT_EQ(in_minutes(1.24), "1.2 s");
  EXPECT_EQ(in_minutes(9.99), "10 s");
  EXPECT_EQ(in_minutes(59.7), "1 min 0 s");
  EXPECT_EQ(in_minutes(200), "3 min 20 s");
  EXPECT_EQ(in_minutes(7500), "2 h 5 min");
}

}  // namespace
}  // namespace peerlab
