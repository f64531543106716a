// `peerlab validate`: every mistake of a scenario at once, and nothing run.

#include "sim/cli/commands.h"
#include "sim/cli/console.h"
#include "sim/cli/scenario_arguments.h"

namespace peerlab {
namespace {

std::string problem_json(const Problem& p) {
  return "{\"file\": " + json_string(p.file) + ", \"line\": " + std::to_string(p.line) +
         ", \"column\": " + std::to_string(p.column) + ", \"sentence\": " + json_string(p.sentence) + "}";
}

int validate(const ScenarioArguments& arguments, bool json) {
  const ReadScenarios read = read_scenarios(arguments, program_schema());
  std::string out = json ? "[" : "";
  bool first = true;
  for (const NamedScenario& one : read.scenarios) {
    if (json) {
      out += std::string(first ? "\n" : ",\n") + "  {\"file\": " + json_string(one.file) +
             ", \"valid\": " + (one.read.scenario ? "true" : "false") + ", \"problems\": [";
      for (std::size_t i = 0; i < one.read.problems.size(); ++i)
        out += (i == 0 ? "" : ", ") + problem_json(one.read.problems[i]);
      out += "]}";
      first = false;
    } else if (one.read.scenario) {
      out += one.file + ": valid\n";
    }
  }
  if (json) out += "\n]\n";
  const int printed = print_out(out);
  return read.fine ? printed : exit_code::wrong_usage;
}

}  // namespace

void add_validate(Command root, int& code) {
  const Command command = root.add("validate", "Say what is wrong with scenarios, every mistake at once");
  auto arguments = std::make_shared<ScenarioArguments>();
  auto json = std::make_shared<bool>(false);
  arguments->add_to(command, false);
  command.flag("--json", *json, "Print the verdicts as JSON");
  command.footer(
      "Without a name all scenarios are validated.\n"
      "Examples:\n"
      "  peerlab validate my-scenario.yaml\n"
      "  peerlab validate hello --set network.users=0");
  command.runs([arguments, json, &code] { code = validate(*arguments, *json); });
}

}  // namespace peerlab
