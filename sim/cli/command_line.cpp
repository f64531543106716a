#include "sim/cli/command_line.h"

#include <CLI/CLI.hpp>

#include "models/base/decimal.h"
#include "models/base/quantity.h"

namespace peerlab {

// --- declaring ---------------------------------------------------------------------------------------------------

Command Command::add(const std::string& name, const std::string& sentence) const {
  return Command(*app_->add_subcommand(name, sentence));
}

void Command::needs_command() const { app_->require_subcommand(1); }

void Command::word(const std::string& name, std::string& target, const std::string& sentence) const {
  app_->add_option(name, target, sentence)->required();
}

void Command::words(const std::string& name, std::vector<std::string>& target, const std::string& sentence, int least,
                    int most) const {
  CLI::Option* option = app_->add_option(name, target, sentence);
  if (least > 0) option->required();
  if (most > 0) option->expected(least, most);
}

void Command::option(const std::string& names, std::string& target, const std::string& type,
                     const std::string& sentence) const {
  app_->add_option(names, target, sentence)->type_name(type);
}

void Command::option(const std::string& names, std::optional<std::string>& target, const std::string& type,
                     const std::string& sentence) const {
  app_->add_option(names, target, sentence)->type_name(type);
}

void Command::option(const std::string& names, std::uint32_t& target, const std::string& type,
                     const std::string& sentence, std::uint32_t least, std::uint32_t most) const {
  CLI::Option* option = app_->add_option(names, target, sentence)->type_name(type);
  if (least > 0 || most < UINT32_MAX) option->check(CLI::Range(least, most));
}

void Command::option(const std::string& names, std::vector<std::string>& target, const std::string& type,
                     const std::string& sentence) const {
  // One value after each, so that a word may follow.
  app_->add_option(names, target, sentence)->type_name(type)->allow_extra_args(false);
}

void Command::flag(const std::string& names, bool& target, const std::string& sentence) const {
  app_->add_flag(names, target, sentence);
}

void Command::hidden_flag(const std::string& names, bool& target) const {
  app_->add_flag(names, target, "")->group("");
}

void Command::footer(const std::string& text) const { app_->footer(text); }

void Command::runs(std::function<void()> action) const { app_->callback(std::move(action)); }

// --- describing --------------------------------------------------------------------------------------------------

std::string Command::name() const { return app_->get_name(); }

std::string Command::sentence() const { return app_->get_description(); }

std::vector<Command> Command::commands() const {
  std::vector<Command> out;
  for (CLI::App* command : app_->get_subcommands([](CLI::App*) { return true; })) out.emplace_back(*command);
  return out;
}

std::vector<OptionShape> Command::options() const {
  std::vector<OptionShape> out;
  for (const CLI::Option* option : app_->get_options()) {
    if (option->get_group().empty() || (option->get_lnames().empty() && option->get_snames().empty())) continue;
    out.push_back(
        {option->get_lnames(), option->get_snames(), option->get_description(), option->get_items_expected_max() > 0});
  }
  return out;
}

// --- parsing -----------------------------------------------------------------------------------------------------

namespace {

std::string suggestion(const std::string& typed, const std::vector<std::string>& names) {
  const auto meant = nearest_name(typed, names);
  return meant ? " Did you mean `" + *meant + "`?" : "";
}

/// The deepest command that was chosen.
CLI::App& chosen(CLI::App& app) {
  CLI::App* at = &app;
  while (!at->get_subcommands().empty()) at = at->get_subcommands().front();
  return *at;
}

/// What was wrong with the arguments, as a sentence.
std::string usage_error(CLI::App& app, const CLI::ParseError& error) {
  const Command command(chosen(app));
  const std::vector<std::string> left = app.remaining(true);
  if (left.empty()) return std::string(error.what()) + (std::string(error.what()).ends_with('.') ? "" : ".");
  const std::string typed = left.front().substr(0, left.front().find('='));
  if (typed.size() > 1 && typed.front() == '-') {
    std::vector<std::string> names;
    for (const OptionShape& option : command.options()) {
      for (const std::string& name : option.long_names) names.push_back("--" + name);
      for (const std::string& name : option.short_names) names.push_back("-" + name);
    }
    return "There is no option " + backquoted(typed) + " here." + suggestion(typed, names);
  }
  std::vector<std::string> commands;
  for (const Command& one : command.commands()) commands.push_back(one.name());
  if (commands.empty()) return backquoted(typed) + " is too much here.";
  std::string sentence = "There is no command " + backquoted(typed) + ".";
  const std::string meant = suggestion(typed, commands);
  if (!meant.empty()) return sentence + meant;
  sentence += " There are";
  for (std::size_t i = 0; i < commands.size(); ++i) {
    sentence += (i == 0 ? " " : i + 1 == commands.size() ? " and " : ", ") + commands[i];
  }
  return sentence + ".";
}

}  // namespace

CommandLine::CommandLine(const std::string& name, const std::string& sentence, const std::string& version)
    : app_(std::make_unique<CLI::App>(sentence, name)) {
  app_->set_version_flag("--version", version);
  app_->require_subcommand(0, 1);
}

CommandLine::~CommandLine() = default;

ParsedLine CommandLine::parse(int argc, char** argv) {
  try {
    app_->parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return {app_->help(), ""};
  } catch (const CLI::CallForAllHelp&) {
    return {app_->help("", CLI::AppFormatMode::All), ""};
  } catch (const CLI::CallForVersion& version) {
    return {std::string(version.what()) + "\n", ""};
  } catch (const CLI::ParseError& error) {
    std::string name;  // as typed: `peerlab inspect headers`
    for (const CLI::App* at = &chosen(*app_); at != nullptr; at = at->get_parent())
      name.insert(0, at->get_name() + (name.empty() ? "" : " "));
    return {"", usage_error(*app_, error) + " `" + name + " --help` shows what can be said."};
  }
  return {};
}

}  // namespace peerlab
