// The command line as our commands see it: commands, words, options and flags, each with a sentence for --help.
//
// CLI11 does the parsing, behind this page and in one source file: its header costs seven seconds in each file that
// includes it, more than most of our files take as a whole. What a command declares here is filled in before its action
// runs; the targets must live until then (commands keep them in a shared_ptr that the action holds).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace peerlab {

/// An option as it was declared, for completion scripts and suggestions.
struct OptionShape {
  std::vector<std::string> long_names;   ///< without dashes
  std::vector<std::string> short_names;  ///< without the dash
  std::string sentence;
  bool takes_value = false;
};

/// A handle to one command. Copies mean the same command.
class Command {
 public:
  explicit Command(CLI::App& app) : app_(&app) {}

  /// A command below this one: `run`, or `headers` below `inspect`.
  [[nodiscard]] Command add(const std::string& name, const std::string& sentence) const;
  /// One of the commands below this one must be chosen.
  void needs_command() const;

  /// Words by their place: exactly one; or from `least` to `most` (any number if `most` is 0).
  void word(const std::string& name, std::string& target, const std::string& sentence) const;
  void words(const std::string& name, std::vector<std::string>& target, const std::string& sentence, int least,
             int most = 0) const;

  /// Options with a value, "-o,--output": `type` names the value in --help.
  void option(const std::string& names, std::string& target, const std::string& type,
              const std::string& sentence) const;
  void option(const std::string& names, std::optional<std::string>& target, const std::string& type,
              const std::string& sentence) const;
  void option(const std::string& names, std::uint32_t& target, const std::string& type, const std::string& sentence,
              std::uint32_t least = 0, std::uint32_t most = UINT32_MAX) const;
  /// May be repeated, one value each time.
  void option(const std::string& names, std::vector<std::string>& target, const std::string& type,
              const std::string& sentence) const;

  void flag(const std::string& names, bool& target, const std::string& sentence) const;
  /// For our tests: not shown.
  void hidden_flag(const std::string& names, bool& target) const;

  /// Stands below the options in --help.
  void footer(const std::string& text) const;
  /// What happens when this command was chosen and everything was filled in.
  void runs(std::function<void()> action) const;

  [[nodiscard]] std::string name() const;
  [[nodiscard]] std::string sentence() const;
  [[nodiscard]] std::vector<Command> commands() const;     ///< in the order in which they were added
  [[nodiscard]] std::vector<OptionShape> options() const;  ///< without hidden ones and words
 private:
  CLI::App* app_;
};

/// What came of the arguments.
struct ParsedLine {
  std::string print;  ///< help or version, for stdout
  std::string error;  ///< a sentence with what is wrong and what was meant
};

class CommandLine {
 public:
  CommandLine(const std::string& name, const std::string& sentence, const std::string& version);
  ~CommandLine();
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;

  [[nodiscard]] Command root() const { return Command(*app_); }
  /// Reads the arguments and runs the action of the command they name.
  ParsedLine parse(int argc, char** argv);

 private:
  std::unique_ptr<CLI::App> app_;
};

}  // namespace peerlab
