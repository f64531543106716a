// `peerlab list`: scenarios with their questions, and everything that a scenario can name.
#include <filesystem>

#include "sim/cli/commands.h"
#include "sim/cli/console.h"
#include "sim/cli/scenario_arguments.h"
#include "sim/scenario/explain.h"
#include "sim/scenario/find.h"

namespace peerlab {
namespace {

namespace fs = std::filesystem;

std::string question_of(const std::string& file, const Schema& schema, const std::string& root) {
  ReadOptions options;
  options.root = root;
  const ReadResult read = read_scenario(file, schema, options);
  if (!read.scenario) return "(not valid: `peerlab validate " + fs::path(file).stem().string() + "`)";
  return read.scenario->question;
}

int list(bool json) {
  const Schema schema = program_schema();
  const FoundScenarios found = all_scenarios(scenario_roots());
  std::string out = json ? "[" : "scenarios\n";
  if (!found.error.empty() && !json) out += "  " + found.error + "\n";
  std::string folder;
  for (std::size_t i = 0; i < found.files.size(); ++i) {
    const fs::path path(found.files[i]);
    const std::string where = path.parent_path().lexically_relative(found.root).string();
    const std::string question = question_of(found.files[i], schema, found.root);
    if (json) {
      out += std::string(i == 0 ? "\n" : ",\n") + "  {\"name\": " + json_string(path.stem().string()) +
             ", \"folder\": " + json_string(where) + ", \"question\": " + json_string(question) + "}";
      continue;
    }
    if (where != folder && where != ".") out += "  " + where + "/\n";
    folder = where;
    std::string line = (where == "." ? "  " : "    ") + path.stem().string();
    line.resize(std::max<std::size_t>(line.size() + 2, 28), ' ');
    out += line + question + "\n";
  }
  out += json ? "\n]\n" : "\n" + list_names(schema);
  return print_out(out);
}

}  // namespace

void add_list(Command root, int& code) {
  const Command command = root.add("list", "Show scenarios, protocols, disturbances, measures and other names");
  auto json = std::make_shared<bool>(false);
  command.flag("--json", *json, "Print the scenarios as JSON");
  command.footer("Scenarios are looked for in $PEERLAB_SCENARIOS, in the source tree, and where peerlab is installed.");
  command.runs([json, &code] { code = list(*json); });
}

}  // namespace peerlab
