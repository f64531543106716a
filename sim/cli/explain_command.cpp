// `peerlab explain`: what a name means.

#include "sim/cli/commands.h"
#include "sim/cli/console.h"
#include "sim/cli/scenario_arguments.h"
#include "sim/scenario/explain.h"

namespace peerlab {
namespace {

int explain_names(const std::vector<std::string>& names) {
  const Schema schema = program_schema();
  std::string out;
  int code = exit_code::fine;
  for (const std::string& name : names) {
    const Explanation told = explain(name, schema);
    if (!told.error.empty()) {
      complain(told.error);
      code = exit_code::wrong_usage;
    }
    if (!out.empty() && !told.text.empty()) out += "\n";
    out += told.text;
  }
  const int printed = print_out(out);
  return code != exit_code::fine ? code : printed;
}

}  // namespace

void add_explain(Command root, int& code) {
  const Command command =
      root.add("explain", "Say what a name means: a field, metric, protocol, disturbance, verdict, ...");
  auto names = std::make_shared<std::vector<std::string>>();
  command.words("NAME", *names, "What to explain", 1);
  command.footer(
      "Examples:\n"
      "  peerlab explain propagation\n"
      "  peerlab explain systems.p2p.block_interval\n"
      "  peerlab explain bad_merkle_root");
  command.runs([names, &code] { code = explain_names(*names); });
}

}  // namespace peerlab
