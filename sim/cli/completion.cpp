#include "sim/cli/completion.h"

namespace peerlab {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

// Single quotes for all three shells; no word of ours holds one, and a sentence gives its own up.
std::string in_single_quotes(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? '`' : c;
  return out + "'";
}

std::vector<std::string> options_of(Command command) {
  std::vector<std::string> out;
  for (const OptionShape& option : command.options()) {
    for (const std::string& name : option.long_names) out.push_back("--" + name);
    for (const std::string& name : option.short_names) out.push_back("-" + name);
  }
  return out;
}

std::vector<std::string> command_names(Command root) {
  std::vector<std::string> out;
  for (const Command& command : root.commands()) out.push_back(command.name());
  return out;
}

// What a command wants besides options.
const std::vector<std::string>* wanted(Command command, const CompletionWords& words) {
  const std::string name = command.name();
  if (name == "explain") return &words.names;
  if (name == "theory") return &words.theory;
  if (name == "run" || name == "validate" || name == "compare") return &words.scenarios;
  return nullptr;
}

std::vector<std::string> words_of(Command command, const CompletionWords& words) {
  std::vector<std::string> all = command_names(command);
  if (command.name() == "completion") all = {"bash", "zsh", "fish"};
  if (const auto* more = wanted(command, words)) all.insert(all.end(), more->begin(), more->end());
  return all;
}

// bash and zsh share one function; zsh reads it through bashcompinit.
std::string bash(Command root, const CompletionWords& words) {
  std::string out =
      "_peerlab() {\n"
      "  local word=\"${COMP_WORDS[COMP_CWORD]}\" before=\"${COMP_WORDS[COMP_CWORD-1]}\" all=''\n"
      "  COMPREPLY=()\n"
      "  case \"$before\" in\n"
      "    --set) COMPREPLY=($(compgen -S = -W " +
      in_single_quotes(joined(words.paths)) +
      " -- \"$word\")); compopt -o nospace 2>/dev/null; return;;\n"
      "    -o|--output) COMPREPLY=($(compgen -d -- \"$word\")); return;;\n"
      "  esac\n"
      "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n    all=" +
      in_single_quotes(joined(command_names(root)) + " " + joined(options_of(root))) +
      "\n  else\n    case \"${COMP_WORDS[1]}\" in\n";
  for (const Command& command : root.commands()) {
    std::vector<std::string> all = options_of(command);
    const std::vector<std::string> more = words_of(command, words);
    all.insert(all.end(), more.begin(), more.end());
    // Behind `q=` no blank: the value follows.
    const std::string then =
        command.name() == "theory" ? "; [ \"$COMP_CWORD\" -gt 2 ] && compopt -o nospace 2>/dev/null" : "";
    out += "      " + command.name() + ") all=" + in_single_quotes(joined(all)) + then + ";;\n";
  }
  return out +
         "    esac\n  fi\n"
         "  COMPREPLY=($(compgen -W \"$all\" -- \"$word\"))\n"
         "  [ ${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- \"$word\"))\n"
         "}\n"
         "complete -o filenames -F _peerlab peerlab\n";
}

std::string fish(Command root, const CompletionWords& words) {
  std::string out;
  for (const Command& command : root.commands()) {
    const std::string name = command.name();
    const std::string under = "complete -c peerlab -n " + in_single_quotes("__fish_seen_subcommand_from " + name);
    out += "complete -c peerlab -n __fish_use_subcommand -f -a " + name + " -d " +
           in_single_quotes(command.sentence()) + "\n";
    for (const OptionShape& option : command.options()) {
      std::string line = under;
      for (const std::string& l : option.long_names) line += " -l " + l;
      for (const std::string& s : option.short_names) line += " -s " + s;
      if (option.takes_value) line += " -r";
      if (option.long_names == std::vector<std::string>{"set"})
        line += " -f -a " + in_single_quotes(joined(words.paths));
      out += line + " -d " + in_single_quotes(option.sentence) + "\n";
    }
    const std::vector<std::string> more = words_of(command, words);
    if (!more.empty()) out += under + " -a " + in_single_quotes(joined(more)) + "\n";
  }
  return out;
}

}  // namespace

std::string completion_script(Command root, const CompletionWords& words, std::string_view shell) {
  if (shell == "bash") return "# peerlab completion bash >> ~/.bashrc\n" + bash(root, words);
  if (shell == "zsh") {
    return "# peerlab completion zsh >> ~/.zshrc\nautoload -U +X compinit && compinit\n"
           "autoload -U +X bashcompinit && bashcompinit\n" +
           bash(root, words);
  }
  if (shell == "fish")
    return "# peerlab completion fish > ~/.config/fish/completions/peerlab.fish\n" + fish(root, words);
  return "";
}

}  // namespace peerlab
