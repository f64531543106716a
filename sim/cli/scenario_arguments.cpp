#include "sim/cli/scenario_arguments.h"

#include <cstdlib>
#include <filesystem>

#include "models/base/decimal.h"
#include "sim/cli/console.h"
#include "sim/scenario/find.h"
#include "sim/world/cost_table.h"

namespace peerlab {

void ScenarioArguments::add_to(Command command, bool names_required) {
  command.words("NAME|FILE", names, "Scenarios by name, by file, or all in a folder", names_required ? 1 : 0);
  add_changes_to(command);
}

void ScenarioArguments::add_changes_to(Command command) {
  command.option("--set", sets, "PATH=VALUE", "Change one value: --set network.users=100; may be repeated");
  command.option("--seed", seed, "N", "Seed of the first replication's chance");
  command.option("-r,--replications", replications, "N", "How many runs with different seeds");
  command.flag("--quick", quick, "A short form: what `quick:` says, or two replications and a tenth of the duration");
  command.flag("--full", full, "The long form: what `full:` says, the sample of a publication");
}

void ScenarioArguments::add_axes_to(Command command) {
  command.option(
      "--axis", axes, "PATH=VALUES",
      "One more axis: --axis network.users=100,1000 or '{from: 1 s, to: 1 min, points: 5}'; may be repeated");
}

std::vector<Override> ScenarioArguments::overrides() const {
  std::vector<Override> out;
  for (const std::string& set : sets) out.push_back({"--set", set});
  if (seed) out.push_back({"--seed", "seed=" + *seed});
  if (replications) out.push_back({"-r", "replications=" + *replications});
  return out;
}

std::string ScenarioArguments::as_command() const {
  std::string out;
  for (const std::string& set : sets) out += " --set " + shell_word(set);
  for (const std::string& axis : axes) out += " --axis " + shell_word(axis);
  if (seed) out += " --seed " + shell_word(*seed);
  if (replications) out += " -r " + shell_word(*replications);
  if (quick) out += " --quick";
  if (full) out += " --full";
  return out;
}

namespace {

/// Below the current folder a relative path is shorter, and it is what people type.
std::string as_typed(const std::string& file) {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::path here = fs::current_path(error);
  if (error || fs::path(file).is_relative()) return file;
  const fs::path shorter = fs::path(file).lexically_relative(here);
  return shorter.empty() || *shorter.begin() == ".." ? file : shorter.string();
}

}  // namespace

Schema program_schema() { return standard_schema(cost_fields()); }

std::vector<std::string> scenario_roots() {
  std::vector<std::string> roots;
  if (const char* own = std::getenv("PEERLAB_SCENARIOS"); own != nullptr && *own != '\0') roots.emplace_back(own);
  roots.emplace_back(PEERLAB_SOURCE_DIR "/scenarios");
  roots.emplace_back(PEERLAB_INSTALLED_DIR "/scenarios");
  return roots;
}

std::string word_for(const Scenario& scenario) {
  namespace fs = std::filesystem;
  const fs::path file(scenario.file);
  std::error_code error;
  for (const std::string& found : find_scenarios(file.stem().string(), scenario_roots()).files) {
    if (fs::equivalent(found, file, error)) return file.stem().string();
  }
  return file.filename().string();
}

ReadScenarios read_scenarios(const ScenarioArguments& arguments, const Schema& schema) {
  ReadScenarios out;
  if (arguments.quick && arguments.full) {
    complain("--quick and --full do not go together.");
    out.fine = false;
    return out;
  }
  const std::vector<std::string> roots = scenario_roots();
  std::vector<FoundScenarios> found;
  if (arguments.names.empty()) found.push_back(all_scenarios(roots));
  for (const std::string& name : arguments.names) found.push_back(find_scenarios(name, roots));
  Problems problems;
  for (const FoundScenarios& one : found) {
    if (!one.error.empty()) {
      complain(one.error);
      out.fine = false;
    }
    for (const std::string& found_file : one.files) {
      const std::string file = one.root.empty() ? found_file : as_typed(found_file);  // a path stays as it was typed
      ReadOptions options;
      options.overrides = arguments.overrides();
      for (const std::string& axis : arguments.axes) options.axes.push_back({"--axis", axis});
      options.quick = arguments.quick;
      options.full = arguments.full;
      options.root = one.root;
      NamedScenario scenario{file, read_scenario(file, schema, options)};
      problems.insert(problems.end(), scenario.read.problems.begin(), scenario.read.problems.end());
      out.scenarios.push_back(std::move(scenario));
    }
  }
  if (problems.empty()) return out;
  out.fine = false;
  print_err(format_problems(std::move(problems)));
  return out;
}

}  // namespace peerlab
