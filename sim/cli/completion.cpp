#include "sim/cli/completion.h"

#include <CLI/CLI.hpp>

namespace peerlab {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

// Single quotes for all three shells; no word of ours holds one, and a sentence gives its own up.
std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? '`' : c;
  return out + "'";
}

bool hidden(const CLI::Option& option) { return option.get_group().empty(); }

std::vector<std::string> options_of(const CLI::App& command) {
  std::vector<std::string> out;
  for (const CLI::Option* option : command.get_options()) {
    if (hidden(*option)) continue;
    for (const std::string& name : option->get_lnames()) out.push_back("--" + name);
    for (const std::string& name : option->get_snames()) out.push_back("-" + name);
  }
  return out;
}

std::vector<const CLI::App*> commands_of(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App*) { return true; });
}

std::vector<std::string> command_names(const CLI::App& app) {
  std::vector<std::string> out;
  for (const CLI::App* command : commands_of(app)) out.push_back(command->get_name());
  return out;
}

// What a command wants besides options.
const std::vector<std::string>* wanted(const CLI::App& command, const CompletionWords& words) {
  const std::string& name = command.get_name();
  if (name == "explain") return &words.names;
  if (name == "run" || name == "validate" || name == "compare") return &words.scenarios;
  return nullptr;
}

std::vector<std::string> words_of(const CLI::App& command, const CompletionWords& words) {
  std::vector<std::string> all = command_names(command);
  if (command.get_name() == "completion") all = {"bash", "zsh", "fish"};
  if (const auto* more = wanted(command, words)) all.insert(all.end(), more->begin(), more->end());
  return all;
}

// bash and zsh share one function; zsh reads it through bashcompinit.
std::string bash(const CLI::App& app, const CompletionWords& words) {
  std::string out =
      "_peerlab() {\n"
      "  local word=\"${COMP_WORDS[COMP_CWORD]}\" before=\"${COMP_WORDS[COMP_CWORD-1]}\" all=''\n"
      "  COMPREPLY=()\n"
      "  case \"$before\" in\n"
      "    --set) COMPREPLY=($(compgen -S = -W " +
      quoted(joined(words.paths)) +
      " -- \"$word\")); compopt -o nospace 2>/dev/null; return;;\n"
      "    -o|--output) COMPREPLY=($(compgen -d -- \"$word\")); return;;\n"
      "  esac\n"
      "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n    all=" +
      quoted(joined(command_names(app)) + " " + joined(options_of(app))) +
      "\n  else\n    case \"${COMP_WORDS[1]}\" in\n";
  for (const CLI::App* command : commands_of(app)) {
    std::vector<std::string> all = options_of(*command);
    const std::vector<std::string> more = words_of(*command, words);
    all.insert(all.end(), more.begin(), more.end());
    out += "      " + command->get_name() + ") all=" + quoted(joined(all)) + ";;\n";
  }
  return out +
         "    esac\n  fi\n"
         "  COMPREPLY=($(compgen -W \"$all\" -- \"$word\"))\n"
         "  [ ${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- \"$word\"))\n"
         "}\n"
         "complete -o filenames -F _peerlab peerlab\n";
}

std::string fish(const CLI::App& app, const CompletionWords& words) {
  std::string out;
  for (const CLI::App* command : commands_of(app)) {
    const std::string& name = command->get_name();
    const std::string under = "complete -c peerlab -n " + quoted("__fish_seen_subcommand_from " + name);
    out += "complete -c peerlab -n __fish_use_subcommand -f -a " + name + " -d " + quoted(command->get_description()) +
           "\n";
    for (const CLI::Option* option : command->get_options()) {
      if (hidden(*option) || (option->get_lnames().empty() && option->get_snames().empty())) continue;
      std::string line = under;
      for (const std::string& l : option->get_lnames()) line += " -l " + l;
      for (const std::string& s : option->get_snames()) line += " -s " + s;
      if (option->get_items_expected_max() > 0) line += " -r";
      if (option->check_lname("set")) line += " -f -a " + quoted(joined(words.paths));
      out += line + " -d " + quoted(option->get_description()) + "\n";
    }
    const std::vector<std::string> more = words_of(*command, words);
    if (!more.empty()) out += under + " -a " + quoted(joined(more)) + "\n";
  }
  return out;
}

}  // namespace

std::string completion_script(const CLI::App& app, const CompletionWords& words, std::string_view shell) {
  if (shell == "bash") return "# peerlab completion bash >> ~/.bashrc\n" + bash(app, words);
  if (shell == "zsh") {
    return "# peerlab completion zsh >> ~/.zshrc\nautoload -U +X compinit && compinit\n"
           "autoload -U +X bashcompinit && bashcompinit\n" +
           bash(app, words);
  }
  if (shell == "fish")
    return "# peerlab completion fish > ~/.config/fish/completions/peerlab.fish\n" + fish(app, words);
  return "";
}

}  // namespace peerlab
