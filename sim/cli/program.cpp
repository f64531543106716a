#include "sim/cli/program.h"

#include <CLI/CLI.hpp>
#include <new>
#include <string>
#include <vector>

#include "models/base/decimal.h"
#include "models/base/quantity.h"
#include "sim/cli/commands.h"
#include "sim/cli/console.h"
#include "sim/cli/interrupt.h"

namespace peerlab {
namespace {

constexpr const char* overview =
    "peerlab simulates networks of peers that run real block validation and replication,\n"
    "and says how fast, how well and at what cost they agree.\n"
    "\n"
    "  peerlab run hello                    five hundred peers, one day, one table\n"
    "  peerlab list                         scenarios, protocols, disturbances, measures\n"
    "  peerlab explain propagation          what a word means: a field, a metric, a protocol\n"
    "  peerlab validate my-scenario.yaml    every mistake at once, with its place\n"
    "  peerlab run hello --set network.users=2000 --seed 7\n"
    "  peerlab new my-question              a commented scenario to begin with\n"
    "  peerlab compare results/a results/b  what differs, run by run, with its interval\n"
    "\n"
    "`peerlab COMMAND --help` tells more.\n";

constexpr const char* footer =
    "Exit codes: 0 every expectation held, 1 one failed, 2 wrong usage or invalid scenario,\n"
    "3 inconclusive under --strict, 4 --verify found a difference, 70 a bug in peerlab,\n"
    "130 interrupted.\n"
    "\n"
    "Examples:\n"
    "  peerlab run hello\n"
    "  peerlab run hello --quick --json\n"
    "  peerlab explain block_interval";

/// Names that may follow: of commands, or of the options of one.
std::vector<std::string> command_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
  return names;
}
std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    for (const std::string& name : option->get_snames()) names.push_back("-" + name);
  }
  return names;
}

std::string suggestion(const std::string& typed, const std::vector<std::string>& names) {
  const auto meant = nearest_name(typed, names);
  return meant ? " Did you mean `" + *meant + "`?" : "";
}

/// The deepest command that was chosen.
const CLI::App& chosen(const CLI::App& app) {
  const CLI::App* at = &app;
  while (!at->get_subcommands().empty()) at = at->get_subcommands().front();
  return *at;
}

/// What was wrong with the arguments, as a sentence.
std::string usage_error(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App& command = chosen(app);
  const std::vector<std::string> left = app.remaining(true);
  if (left.empty()) return std::string(error.what()) + (std::string(error.what()).ends_with('.') ? "" : ".");
  const std::string typed = left.front().substr(0, left.front().find('='));
  if (typed.size() > 1 && typed.front() == '-') {
    return "There is no option " + backquoted(typed) + " here." + suggestion(typed, option_names(command));
  }
  const std::vector<std::string> commands = command_names(command);
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

int parse_and_run(int argc, char** argv) {
  CLI::App app("A deterministic simulator of peer-to-peer networks.", "peerlab");
  int code = exit_code::fine;
  app.footer(footer);
  app.set_version_flag("--version", "peerlab " PEERLAB_VERSION);
  app.require_subcommand(0, 1);
  add_run(app, code);
  add_compare(app, code);
  add_new(app, code);
  add_validate(app, code);
  add_list(app, code);
  add_explain(app, code);
  add_inspect(app, code);
  add_schema(app, code);
  add_completion(app, code);
  add_doctor(app, code);
  if (argc <= 1) return print_out(overview);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return print_out(app.help());
  } catch (const CLI::CallForAllHelp&) {
    return print_out(app.help("", CLI::AppFormatMode::All));
  } catch (const CLI::CallForVersion&) {
    return print_out("peerlab " PEERLAB_VERSION "\n");
  } catch (const CLI::ParseError& error) {
    std::string name;  // as typed: `peerlab inspect headers`
    for (const CLI::App* at = &chosen(app); at != nullptr; at = at->get_parent())
      name.insert(0, at->get_name() + (name.empty() ? "" : " "));
    complain(usage_error(app, error) + " `" + name + " --help` shows what can be said.");
    return exit_code::wrong_usage;
  }
  return code;
}

}  // namespace

int run_program(int argc, char** argv) {
  watch_for_interrupts();
  try {
    return parse_and_run(argc, argv);
  } catch (const std::bad_alloc&) {
    complain("There is not enough memory for this. Fewer users, a shorter duration or fewer threads (-j) need less.");
    return exit_code::wrong_usage;
  }
}

}  // namespace peerlab
