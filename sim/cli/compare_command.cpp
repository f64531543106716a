// `peerlab compare`: two results, two scenarios, or two systems of one, figure by figure and paired by seed.
#include <algorithm>
#include <filesystem>

#include "analysis/report/comparison.h"
#include "analysis/report/folder.h"
#include "analysis/report/saved.h"
#include "analysis/report/words.h"
#include "models/base/decimal.h"
#include "models/base/quantity.h"
#include "sim/cli/commands.h"
#include "sim/cli/console.h"
#include "sim/cli/interrupt.h"
#include "sim/cli/running.h"
#include "sim/cli/scenario_arguments.h"
#include "sim/run/campaign_file.h"

namespace peerlab {
namespace {

struct CompareArguments {
  std::vector<std::string> words;  ///< A B, or A and two systems of it
  ScenarioArguments changes;       ///< of scenarios that are run; its names are not used
  unsigned threads = 0;
  bool json = false;
  bool markdown = false;
};

/// What a word stands for: a result that is there, or a scenario that may have to run first.
struct Source {
  std::string word;
  std::string system;  ///< behind an `@`; empty: all
  ScenarioResult result;
};

bool exists(const std::string& path) {
  std::error_code problem;
  return std::filesystem::exists(path, problem);
}

/// Reads the folder. False after saying why not.
bool load(const std::string& folder, ScenarioResult& result) {
  SavedResult saved = read_result_folder(folder, PEERLAB_VERSION, sha256_text);
  if (!saved.error.empty()) {
    complain(saved.error);
    return false;
  }
  result = std::move(saved.result);
  return true;
}

/// The same from the database of a campaign.
bool load_campaign(const std::string& file, ScenarioResult& result) {
  SavedResult saved = read_campaign_file(file, PEERLAB_VERSION);
  if (!saved.error.empty()) {
    complain(saved.error);
    return false;
  }
  result = std::move(saved.result);
  return true;
}

/// The scenario's result: from its folder when that holds one of the same values, else by running it.
int obtain(const std::string& name, const CompareArguments& arguments, const Schema& schema, ScenarioResult& result) {
  ScenarioArguments changed = arguments.changes;
  changed.names = {name};
  const ReadScenarios read = read_scenarios(changed, schema);
  if (!read.fine) return exit_code::wrong_usage;
  if (read.scenarios.size() != 1) {
    complain(backquoted(name) + " is a folder of " + std::to_string(read.scenarios.size()) +
             " scenarios; name one of them.");
    return exit_code::wrong_usage;
  }
  const Scenario& scenario = *read.scenarios.front().read.scenario;
  Destination destination = destination_of(scenario, "", false);
  if (holds_result(destination.folder, destination.identity)) {
    return load(destination.folder, result) ? exit_code::fine : exit_code::wrong_usage;
  }
  if (!refusal_of(destination).empty()) destination.folder.clear();
  complain("runs " + scenario.name + " first" +
           (destination.folder.empty() ? "." : ", into " + destination.folder + "."));
  RunSettings settings;
  settings.threads = arguments.threads;
  settings.changes = changed.as_command();
  Ran ran = run_and_write(scenario, settings, destination);
  result = std::move(ran.report.result);
  return ran.code;
}

/// Splits `word` at its last `@`, unless a file of the whole name exists, and gets the result.
int open(Source& source, const CompareArguments& arguments, const Schema& schema) {
  const std::size_t at = source.word.rfind('@');
  if (at != std::string::npos && at > 0 && !exists(source.word)) {
    source.system = source.word.substr(at + 1);
    source.word.resize(at);
  }
  std::error_code problem;
  const bool folder = std::filesystem::is_directory(source.word, problem);
  const bool result = folder && (looks_like_result(source.word) ||
                                 std::filesystem::exists(std::filesystem::path(source.word) / "metrics.csv", problem));
  if (!folder && (source.word.ends_with(".sqlite") || looks_like_campaign(source.word)))
    return load_campaign(source.word, source.result) ? exit_code::fine : exit_code::wrong_usage;
  if (result) return load(source.word, source.result) ? exit_code::fine : exit_code::wrong_usage;
  if (folder && source.word.find('/') != std::string::npos) {
    complain("The folder " + source.word + " holds no result: manifest.json is missing.");
    return exit_code::wrong_usage;
  }
  return obtain(source.word, arguments, schema, source.result);
}

std::string listed(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

bool has_system(const Source& source, const std::string& system) {
  const std::vector<std::string>& names = source.result.systems;
  if (std::find(names.begin(), names.end(), system) != names.end()) return true;
  const auto meant = nearest_name(system, names);
  complain(source.word + " has no system " + backquoted(system) + "." +
           (meant ? " Did you mean `" + *meant + "`?" : " There are: " + listed(names) + "."));
  return false;
}

/// Which system of one is held against which of the other; empty after saying why there are none.
std::vector<std::pair<std::string, std::string>> matched(const Source& a, const Source& b) {
  if (!a.system.empty() && !has_system(a, a.system)) return {};
  if (!b.system.empty() && !has_system(b, b.system)) return {};
  if (!a.system.empty() && !b.system.empty()) return {{a.system, b.system}};
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const std::string& system : a.result.systems) {
    if (!a.system.empty() && system != a.system) continue;
    if (!b.system.empty() && system != b.system) continue;
    const auto& others = b.result.systems;
    if (std::find(others.begin(), others.end(), system) != others.end()) pairs.emplace_back(system, system);
  }
  if (!pairs.empty()) return pairs;
  if ((a.result.systems.size() == 1 || !a.system.empty()) && (b.result.systems.size() == 1 || !b.system.empty())) {
    return {{a.system.empty() ? a.result.systems.front() : a.system,
             b.system.empty() ? b.result.systems.front() : b.system}};
  }
  complain("No system has the same name in both: " + a.word + " has " + listed(a.result.systems) + ", and " + b.word +
           " has " + listed(b.result.systems) + ". Name one of each: `peerlab compare " + a.word + "@" +
           a.result.systems.front() + " " + b.word + "@" + b.result.systems.front() + "`.");
  return {};
}

/// A short name for a side: the folder's or scenario's last word, and the system where that is needed.
std::string label(const std::string& word, const std::string& system, bool needed) {
  std::filesystem::path path(word);
  if (!path.has_filename()) path = path.parent_path();
  std::string name =
      path.extension() == ".yaml" || path.extension() == ".yml" ? path.stem().string() : path.filename().string();
  return needed ? name + "@" + system : name;
}

int compare_sides(const CompareArguments& arguments, const Source& a, const Source& b, bool one_result) {
  const auto pairs = matched(a, b);
  if (pairs.empty()) return exit_code::wrong_usage;
  std::vector<Comparison> all;
  std::uint64_t seeds = 0;
  for (const auto& [left, right] : pairs) {
    const bool needed = pairs.size() > 1 || left != right || label(a.word, "", false) == label(b.word, "", false);
    Side first{&a.result, left, one_result ? left : label(a.word, left, needed)};
    Side second{&b.result, right, one_result ? right : label(b.word, right, needed)};
    if (first.label == second.label) {
      first.label = a.word + "@" + left;
      second.label = b.word + "@" + right;
    }
    for (Comparison& c : compare(first, second)) {
      seeds += c.pairs;
      all.push_back(std::move(c));
    }
  }
  if (seeds == 0) {
    complain(a.word + " (seed " + std::to_string(a.result.seed) + ") and " + b.word + " (seed " +
             std::to_string(b.result.seed) +
             ") share no seed, so no run of one met the same chance as a run of the other. Run both with the same "
             "`--seed`.");
    return exit_code::wrong_usage;
  }
  if (arguments.json) return print_out(comparison_json(all, PEERLAB_VERSION));
  if (arguments.markdown) return print_out(markdown_comparison(all));
  return print_out(print_comparison(all, {terminal_width(), wants_colour(), wants_unicode()}));
}

int run(CompareArguments& arguments) {
  if (arguments.json && arguments.markdown) {
    complain("Either --json or --markdown.");
    return exit_code::wrong_usage;
  }
  const bool one_result = arguments.words.size() == 3;
  const Schema schema = program_schema();
  Source a{arguments.words[0], "", {}};
  if (const int code = open(a, arguments, schema); code != exit_code::fine) return code;
  if (one_result) {
    if (!a.system.empty()) {
      complain("Either " + backquoted(a.word + "@" + a.system) + " against another, or " + backquoted(a.word) +
               " and two of its systems.");
      return exit_code::wrong_usage;
    }
    Source b = a;
    a.system = arguments.words[1];
    b.system = arguments.words[2];
    if (a.system == b.system) {
      complain("A system does not differ from itself: name two of " + listed(a.result.systems) + ".");
      return exit_code::wrong_usage;
    }
    return compare_sides(arguments, a, b, true);
  }
  Source b{arguments.words[1], "", {}};
  if (const int code = open(b, arguments, schema); code != exit_code::fine) return code;
  return compare_sides(arguments, a, b, false);
}

}  // namespace

void add_compare(Command root, int& code) {
  const Command command = root.add("compare", "Show what differs between two results, scenarios or systems");
  auto arguments = std::make_shared<CompareArguments>();
  command.words("A B", arguments->words,
                "Two results or scenarios, each with @SYSTEM if wanted; or one, and two of its systems", 2, 3);
  arguments->changes.add_changes_to(command);
  command.option("-j,--threads", arguments->threads, "N", "How many runs at a time (default: one per core)", 1, 4096);
  command.flag("--json", arguments->json, "Print all figures as JSON");
  command.flag("--markdown", arguments->markdown, "Print a Markdown table");
  command.footer(
      "Runs with the same seed met the same users, links, demand and faults; the difference is taken run by\n"
      "run and has a 95 % interval. Scenarios run first unless results/NAME holds them already.\n"
      "\n"
      "Examples:\n"
      "  peerlab compare results/before results/after\n"
      "  peerlab compare p2p-vs-central p2p central\n"
      "  peerlab compare results/a@p2p results/b@central --markdown");
  command.runs([arguments, &code] { code = run(*arguments); });
}

}  // namespace peerlab
