// `peerlab completion SHELL`: a script that a shell reads once.
#include <algorithm>
#include <filesystem>

#include "analysis/theory/table.h"
#include "sim/cli/commands.h"
#include "sim/cli/completion.h"
#include "sim/cli/console.h"
#include "sim/cli/scenario_arguments.h"
#include "sim/scenario/explain.h"
#include "sim/scenario/find.h"

namespace peerlab {
namespace {

CompletionWords words_for_completion() {
  namespace fs = std::filesystem;
  CompletionWords words;
  const FoundScenarios found = all_scenarios(scenario_roots());
  for (const std::string& file : found.files) {
    words.scenarios.push_back(fs::path(file).stem().string());
    const fs::path folder = fs::path(file).parent_path();
    if (folder != fs::path(found.root)) words.scenarios.push_back(folder.filename().string());
  }
  const Schema schema = program_schema();
  words.names = explainable_names(schema);
  // Names with brackets or blanks would have to be quoted: left out, they can still be typed.
  std::erase_if(words.names,
                [](const std::string& name) { return name.find_first_of(" ()'\"$`;|&<>*?") != std::string::npos; });
  for (const TheoryRow& row : theory_rows()) {
    words.theory.emplace_back(row.name);
    for (const Field& field : row.fields) words.theory.push_back(field.name + "=");
  }
  for (const PathField& field : all_fields(schema)) {
    if (field.path.find("NAME") == std::string::npos && field.path.find(".N.") == std::string::npos)
      words.paths.push_back(field.path);
  }
  for (std::vector<std::string>* list : {&words.scenarios, &words.names, &words.theory, &words.paths}) {
    std::sort(list->begin(), list->end());
    list->erase(std::unique(list->begin(), list->end()), list->end());
  }
  return words;
}

int complete(Command root, const std::string& shell) {
  const std::string script = completion_script(root, words_for_completion(), shell);
  if (!script.empty()) return print_out(script);
  complain("There is no completion for `" + shell + "`; there are bash, zsh and fish.");
  return exit_code::wrong_usage;
}

}  // namespace

void add_completion(Command root, int& code) {
  const Command command = root.add("completion", "Print a script that completes commands in a shell");
  auto shell = std::make_shared<std::string>();
  command.word("SHELL", *shell, "bash, zsh or fish");
  command.footer(
      "Examples:\n"
      "  peerlab completion bash >> ~/.bashrc\n"
      "  peerlab completion zsh >> ~/.zshrc\n"
      "  peerlab completion fish > ~/.config/fish/completions/peerlab.fish");
  command.runs([shell, root, &code] { code = complete(root, *shell); });
}

}  // namespace peerlab
