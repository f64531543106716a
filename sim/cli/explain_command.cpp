// `peerlab explain`: what a name means.

#include "analysis/report/layout.h"
#include "sim/cli/commands.h"
#include "sim/cli/console.h"
#include "sim/cli/scenario_arguments.h"
#include "sim/scenario/explain.h"
#include "sim/scenario/find.h"

namespace peerlab {
namespace {

/// `V4`: what stands in the `validation:` of the scenarios that reproduce it. Empty when none does.
std::string validation_text(const std::string& item, const Schema& schema) {
  std::string out;
  const FoundScenarios found = find_scenarios("science", scenario_roots());
  for (const std::string& file : found.files) {
    ReadOptions options;
    options.root = found.root;
    const ReadResult read = read_scenario(file, schema, options);
    if (!read.scenario || read.scenario->validation.item != item) continue;
    const Scenario& s = *read.scenario;
    const auto below = [&](std::string_view label, const std::string& text) {
      if (!text.empty()) out += "  " + std::string(label) + ":\n    " + indented(wrapped(text, 76), 4) + "\n";
    };
    out += (out.empty() ? "" : "\n") + item + "   (a published result, reproduced by `peerlab run " + s.name + "`)\n";
    out += "  " + indented(wrapped(s.question, 78), 2) + "\n";
    below("compares", s.validation.compares);
    below("source", s.validation.source);
    below("tolerance", s.validation.tolerance);
    std::vector<std::string> told;
    const Scenario& first = s.cells.empty() ? s : s.cells.front().scenario;
    for (const Prediction& p : first.predictions) {
      const std::string against = p.law.empty() ? "published" : "`" + p.law + "`, " + p.gives;
      told.push_back(p.term.key.metric + "." + p.term.key.stat + " with " + against +
                     (p.band ? ", within " + p.band_text : ""));
    }
    std::string cells;
    for (const std::string& one : told) cells += (cells.empty() ? "" : "; ") + one;
    below("in " + std::to_string(std::max<std::size_t>(1, s.cells.size())) + (s.cells.size() > 1 ? " cells" : " cell"),
          cells);
  }
  return out;
}

int explain_names(const std::vector<std::string>& names) {
  const Schema schema = program_schema();
  std::string out;
  int code = exit_code::fine;
  for (const std::string& name : names) {
    Explanation told = explain(name, schema);
    if (told.text.empty()) {
      if (std::string validation = validation_text(name, schema); !validation.empty()) told = {validation, ""};
    }
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
  const Command command = root.add("explain", "Say what a name means: a field, metric, protocol, validation, ...");
  auto names = std::make_shared<std::vector<std::string>>();
  command.words("NAME", *names, "What to explain", 1);
  command.footer(
      "Examples:\n"
      "  peerlab explain propagation\n"
      "  peerlab explain systems.p2p.block_interval\n"
      "  peerlab explain bad_merkle_root\n"
      "  peerlab explain V4");
  command.runs([names, &code] { code = explain_names(*names); });
}

}  // namespace peerlab
