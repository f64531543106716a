#include "sim/scenario/problem.h"

#include <gtest/gtest.h>

namespace peerlab {
namespace {

TEST(Problem, ShowsPlaceSentenceLineAndCaret) {
  const Problem p{"a.yaml", 12, 3, "There is no key `druation` here.", "  druation: 24 h", 2};
  EXPECT_EQ(format_problem(p), "a.yaml:12:3: There is no key `druation` here.\n    druation: 24 h\n    ^\n");
}

TEST(Problem, OfAWholeFileHasNoLine) {
  EXPECT_EQ(format_problem({"a.yaml", 0, 0, "There is no such file.", {}, 0}), "a.yaml: There is no such file.\n");
}

TEST(Problem, CountsLettersNotBytesBeforeTheCaret) {
  const Problem p{"a.yaml", 1, 6, "Here.", "\xc3\xa9\xc3\xa9: x", 6};
  EXPECT_EQ(format_problem(p), "a.yaml:1:6: Here.\n  \xc3\xa9\xc3\xa9: x\n      ^\n");
}

TEST(Problem, TakesCommandsForTheTerminalOutOfWhatItQuotes) {
  const Problem p{"a\x1b[31m.yaml", 1, 1, "Bad \x1b]0;x\x07.", "\x1b[2J", 0};
  EXPECT_EQ(format_problem(p).find('\x1b'), std::string::npos);
}

TEST(Problem, ShowsThePartOfALongLineThatIsMeant) {
  const std::string line = std::string(5000, 'a') + "HERE" + std::string(5000, 'b');
  std::size_t at = 5000;
  const std::string shown = excerpt_of(line, at);
  EXPECT_LT(shown.size(), 120U);
  EXPECT_EQ(shown.substr(at, 4), "HERE");
}

TEST(Problems, ComeSortedOnceEachAndNeverWithoutEnd) {
  Problems problems;
  for (std::uint32_t i = 0; i < 2000; ++i) add_problem(problems, {"a.yaml", 1000 - i % 100, 1, "Again.", "x", 0});
  EXPECT_LE(problems.size(), 500U) << "what nobody reads takes no memory";
  const std::string text = format_problems(problems);
  EXPECT_NE(text.find("... and 50 more problems."), std::string::npos);
  EXPECT_EQ(text.find("a.yaml:901:1"), 0U);
}

}  // namespace
}  // namespace peerlab
