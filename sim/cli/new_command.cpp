// `peerlab new NAME`: a scenario to begin with, commented, valid, and short enough to read.
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "models/base/decimal.h"
#include "sim/cli/commands.h"
#include "sim/cli/console.h"
#include "sim/cli/scenario_arguments.h"
#include "sim/cli/starter.h"
#include "sim/cli/whole_file.h"

namespace peerlab {
namespace {

namespace fs = std::filesystem;

bool fit_for_a_name(const std::string& name) {
  const auto fit = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  };
  return !name.empty() && name.size() <= 64 && name.front() != '-' && std::all_of(name.begin(), name.end(), fit);
}

int make(std::vector<std::string> words) {
  if (words.size() == 2 && words.front() == "scenario") words.erase(words.begin());
  if (words.size() != 1) {
    complain("One name, such as `peerlab new my-question`.");
    return exit_code::wrong_usage;
  }
  fs::path path(words.front());
  if (path.extension() != ".yaml" && path.extension() != ".yml") path += ".yaml";
  const std::string name = path.stem().string();
  if (!fit_for_a_name(name)) {
    complain(backquoted(words.front()) +
             " is no name for a scenario: names have letters, digits, `-` and `_`, at most 64 of them.");
    return exit_code::wrong_usage;
  }
  const int error = write_file(path.string(), starter_scenario(name), Existing::refuse);
  if (error == EEXIST) {
    complain(path.string() + " exists already and stays as it is; choose another name.");
    return exit_code::wrong_usage;
  }
  if (error != 0) {
    complain(path.string() + " cannot be written: " + std::strerror(error) + ".");
    return exit_code::wrong_usage;
  }
  return print_out("Wrote " + path.string() + ". Next:\n  peerlab validate " + shell_word(path.string()) +
                   "\n  peerlab run " + shell_word(path.string()) + " --quick\n");
}

}  // namespace

void add_new(Command root, int& code) {
  const Command command = root.add("new", "Write a scenario to begin with");
  auto words = std::make_shared<std::vector<std::string>>();
  command.words("NAME", *words, "Its name, or its file", 1, 2);
  command.footer(
      "A file that exists is never overwritten.\n"
      "\n"
      "Examples:\n"
      "  peerlab new my-question\n"
      "  peerlab new course/week-3.yaml");
  command.runs([words, &code] { code = make(*words); });
}

}  // namespace peerlab
