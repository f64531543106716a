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
#include <string_view>
#include <vector>

namespace peerlab {

struct Problem {
  std::string file;          ///< as the user named it; `--set` for an argument of the command line
  std::uint32_t line = 0;    ///< from 1; 0: the file as a whole
  std::uint32_t column = 0;  ///< from 1, in bytes
  std::string sentence;
  std::string source_line;  ///< the line, or the part of it around the place; empty: none
  std::uint32_t caret = 0;  ///< byte of source_line that the caret points at, from 0
};
using Problems = std::vector<Problem>;

/// The part of `line` that is worth showing around byte `at`; `at` becomes the caret's place in it.
std::string excerpt_of(std::string_view line, std::size_t& at);

/// Adds a problem unless there are hundreds already: a file of nothing but mistakes must not fill the memory.
void add_problem(Problems& problems, Problem problem);

/// One problem in up to three lines: place and sentence, the source line, a caret. Ends in a line feed.
std::string format_problem(const Problem& problem);
/// All of them, sorted by place. What was said twice of one place is said once, and after 50 the rest is only counted.
std::string format_problems(Problems problems);

}  // namespace peerlab
