// `peerlab schema`: the scenario language for editors.

#include "sim/cli/commands.h"
#include "sim/cli/console.h"
#include "sim/cli/scenario_arguments.h"
#include "sim/scenario/json_schema.h"

namespace peerlab {

void add_schema(Command root, int& code) {
  const Command command = root.add("schema", "Print the JSON Schema of scenarios, for editors");
  command.footer(
      "Example, for editors with a YAML language server:\n"
      "  peerlab schema > peerlab.schema.json\n"
      "and as the first line of a scenario\n"
      "  # yaml-language-server: $schema=peerlab.schema.json");
  command.runs([&code] { code = print_out(json_schema(program_schema())); });
}

}  // namespace peerlab
