// Completion scripts for shells, made from the commands themselves: options, names of scenarios, words of `explain`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/cli/command_line.h"

namespace peerlab {

/// What may stand where names are wanted.
struct CompletionWords {
  std::vector<std::string> scenarios;  ///< stems and folders
  std::vector<std::string> names;      ///< what `explain` knows
  std::vector<std::string> theory;     ///< closed forms and their inputs, `q=`
  std::vector<std::string> paths;      ///< for --set, without NAME and N
};

/// `shell`: bash, zsh or fish. Empty for another.
std::string completion_script(Command root, const CompletionWords& words, std::string_view shell);

}  // namespace peerlab
