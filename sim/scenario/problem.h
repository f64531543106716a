// What is wrong with a scenario: where, in a sentence, with the line it is about.
//
//   scenarios/hello.yaml:12:3: There is no key `druation` here. Did you mean `duration`?
//     druation: 24 h
//     ^
//
// All problems of a scenario are reported at once, in the order of their places.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace peerlab {

struct Problem {
  std::string file;          ///< as the user named it; `--set` for an argument of the command line
  std::uint32_t line = 0;    ///< from 1; 0: the file as a whole
  std::uint32_t column = 0;  ///< from 1, in bytes
  std::string sentence;
  std::string source_line;  ///< the whole line, for the caret; empty: none
};
using Problems = std::vector<Problem>;

/// One problem in up to three lines: place and sentence, the source line, a caret. Ends in a line feed. A long line is cut
/// around the caret.
std::string format_problem(const Problem& problem);
/// All of them, sorted by place; what was said twice of one place is said once.
std::string format_problems(Problems problems);

}  // namespace peerlab
