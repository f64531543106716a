// `peerlab run`: read everything, then run everything, then say what came out.
#include <algorithm>
#include <vector>

#include "analysis/report/claims_table.h"
#include "analysis/report/files.h"
#include "analysis/report/predictions_table.h"
#include "analysis/report/terminal.h"
#include "models/base/decimal.h"
#include "sim/cli/closing_table.h"
#include "sim/cli/commands.h"
#include "sim/cli/console.h"
#include "sim/cli/estimate_text.h"
#include "sim/cli/host_probe.h"
#include "sim/cli/interrupt.h"
#include "sim/cli/profile_text.h"
#include "sim/cli/ranks.h"
#include "sim/cli/running.h"
#include "sim/cli/scenario_arguments.h"
#include "sim/scenario/resolved.h"

namespace peerlab {
namespace {

struct RunArguments {
  ScenarioArguments scenarios;
  bool json = false;
  unsigned threads = 0;
  std::string folder;
  bool verify = false;
  bool print_resolved = false;
  bool strict = false;
  bool quiet = false;
  bool profile = false;
  bool trace = false;
  bool dry_run = false;
  bool anyway = false;
  bool private_pools = false;
  bool shuffle_ties = false;
  bool sweep = false;  ///< `peerlab sweep`
  std::string shard;   ///< as typed: 1/3
  std::uint32_t part = 0;
  std::uint32_t parts = 1;
  Ranks* ranks = nullptr;
};

RunSettings settings_of(const RunArguments& arguments) {
  RunSettings settings;
  settings.threads = arguments.threads;
  settings.modes = {arguments.private_pools, arguments.shuffle_ties};
  settings.verify = arguments.verify;
  settings.quiet = arguments.quiet;
  settings.profile = arguments.profile;
  settings.folder = arguments.folder;
  settings.changes = arguments.scenarios.as_command() + (arguments.trace ? " --trace" : "");
  settings.verb = arguments.scenarios.axes.empty() ? "run" : "sweep";
  settings.shard = arguments.part;
  settings.shards = arguments.parts;
  settings.ranks = arguments.ranks;
  return settings;
}

int judged(const ScenarioResult& result, bool strict) {
  int code = exit_code::fine;
  for (const JudgedExpectation& e : result.expectations) {
    if (e.verdict == ExpectationVerdict::fail) code = worse(code, exit_code::expectation_failed);
    if (e.verdict == ExpectationVerdict::inconclusive && strict) code = worse(code, exit_code::inconclusive);
  }
  for (const JudgedPrediction& p : result.predictions) {
    const bool known = !p.differs.empty();  // a finding that was looked into
    if (p.verdict == PredictionVerdict::disagrees && !known) code = worse(code, exit_code::expectation_failed);
    if (p.verdict == PredictionVerdict::undecided && strict) code = worse(code, exit_code::inconclusive);
  }
  return code;
}

TerminalStyle terminal_style() { return {terminal_width(), wants_colour(), wants_unicode()}; }

/// Runs one scenario and writes its files. Text for stdout is added to `out`, its line of the closing table to `closing`. With
/// `together` its result goes there instead of into a table of its own.
int run_one(const Scenario& scenario, const RunArguments& arguments, const Destination& destination, std::string& out,
            std::vector<ClosingLine>& closing, std::vector<ScenarioResult>* together) {
  Ran ran = run_and_write(scenario, settings_of(arguments), destination);
  closing.push_back(closing_line(scenario.name, ran.report, ran.host.wall_seconds));
  if (!ran.report.problems.empty() || ran.report.result.runs.empty()) return ran.code;
  if (arguments.parts > 1) {
    if (!ran.host.folder.empty()) {
      complain(std::to_string(ran.report.result.runs.size()) + " runs of " + scenario.name + " are in " +
               ran.host.folder + "; `peerlab merge` joins all parts.");
    }
    return ran.code;
  }
  if (arguments.json) {
    out += summary_json(ran.report.result);
  } else if (together == nullptr && !arguments.quiet) {
    out += print_terminal(ran.report.result, terminal_style(), &ran.host);
  }
  for (const auto& [system, profile] : ran.report.profiles) {
    const std::string text = profile_text(system, profile);
    if (arguments.json) {
      print_err(text);  // stdout is JSON's
    } else {
      out += (out.empty() ? "" : "\n") + text;
    }
  }
  const int code = worse(ran.code, judged(ran.report.result, arguments.strict));
  if (together != nullptr) {
    for (RunRecord& run : ran.report.result.runs) {  // a table shows figures; a million blocks are large
      run.blocks = {};
      run.trees = {};
      run.network = {};
      run.recording = {};
    }
    together->push_back(std::move(ran.report.result));
  }
  return code;
}

/// Several scenarios that all put a claim to the test, or all reproduce published results, end in one table instead of a table
/// each.
enum class OneTable : std::uint8_t { none, claims, validations };

OneTable one_table_of(const std::vector<NamedScenario>& scenarios) {
  const auto all = [&](const auto& has) {
    return scenarios.size() > 1 && std::all_of(scenarios.begin(), scenarios.end(), has);
  };
  if (all([](const NamedScenario& one) { return !one.read.scenario->claim.sentence.empty(); })) return OneTable::claims;
  if (all([](const NamedScenario& one) { return !one.read.scenario->validation.item.empty(); }))
    return OneTable::validations;
  return OneTable::none;
}

std::string table_of(OneTable kind, const std::vector<ScenarioResult>& results) {
  std::vector<const ScenarioResult*> all;
  for (const ScenarioResult& one : results) all.push_back(&one);
  return kind == OneTable::claims ? print_claims(all, terminal_style()) : print_validations(all, terminal_style());
}

/// The cell of a sweep that has most users, or the scenario itself.
const Scenario& largest_cell(const Scenario& scenario) {
  const Scenario* largest = &scenario;
  for (const ScenarioCell& cell : scenario.cells) {
    if (largest == &scenario || cell.scenario.users() > largest->users()) largest = &cell.scenario;
  }
  return *largest;
}

int dry_run(const std::vector<NamedScenario>& scenarios, unsigned threads) {
  std::string out;
  for (const NamedScenario& one : scenarios) {
    const Estimate estimated = estimate(*one.read.scenario, host_probe());
    if (!estimated.problems.empty()) {
      print_err(format_problems(estimated.problems));
      return exit_code::wrong_usage;
    }
    out += (out.empty() ? "" : "\n") +
           estimate_text(*one.read.scenario, estimated, threads_of(threads), memory_available());
  }
  return print_out(out);
}

/// Reads --shard and sees that there is something to sweep; false after saying why not.
bool sweepable(RunArguments& arguments, const ReadScenarios& read) {
  if (!arguments.sweep) return true;
  for (const NamedScenario& one : read.scenarios) {
    if (!one.read.scenario->cells.empty()) continue;
    complain(
        one.read.scenario->name +
        " has no `sweep:`; name an axis, as in --axis network.users=100,1000 (`peerlab explain sweep` tells more).");
    return false;
  }
  if (arguments.shard.empty()) return true;
  const std::size_t slash = arguments.shard.find('/');
  const Parsed<std::int64_t> part = parse_whole(std::string_view(arguments.shard).substr(0, slash));
  const Parsed<std::int64_t> parts = parse_whole(slash == std::string::npos ? "" : arguments.shard.substr(slash + 1));
  if (!part || !parts || *part.value < 1 || *part.value > *parts.value || *parts.value > 100'000) {
    complain("--shard wants a part and how many there are, such as 1/3 for the first of three, not " +
             backquoted(arguments.shard) + ".");
    return false;
  }
  if (arguments.verify || arguments.private_pools || arguments.shuffle_ties) {
    complain("--shard keeps ordinary runs, and does not go together with --verify.");
    return false;
  }
  arguments.part = static_cast<std::uint32_t>(*part.value - 1);
  arguments.parts = static_cast<std::uint32_t>(*parts.value);
  return true;
}

/// What mpirun does not go together with, as a sentence; empty when nothing is wrong.
std::string refusal_among(const Ranks& ranks, const RunArguments& arguments) {
  if (!ranks.refusal().empty() || !ranks.several()) return ranks.refusal();
  const bool alone = arguments.verify || arguments.profile || arguments.dry_run || arguments.parts > 1 ||
                     arguments.private_pools || arguments.shuffle_ties;
  return alone ? "mpirun shares out ordinary runs, and does not go together with --shard, --verify, --profile or "
                 "--dry-run."
               : "";
}

int run(RunArguments& arguments) {
  Ranks ranks;
  const Schema schema = program_schema();
  ReadScenarios read = read_scenarios(arguments.scenarios, schema);
  if (!read.fine) return exit_code::wrong_usage;
  if (!sweepable(arguments, read)) return exit_code::wrong_usage;
  if (const std::string refusal = refusal_among(ranks, arguments); !refusal.empty()) {
    if (ranks.first()) complain(refusal);
    return exit_code::wrong_usage;
  }
  if (ranks.several()) {
    arguments.ranks = &ranks;
    arguments.quiet = arguments.quiet || !ranks.first();
    if (arguments.threads == 0) arguments.threads = 1;  // there are as many processes as are wanted at a time
  }
  for (NamedScenario& one : read.scenarios) {
    if (arguments.trace) one.read.scenario->trace_too();
  }
  if (arguments.print_resolved) {
    std::string out;
    for (const NamedScenario& one : read.scenarios)
      out += (out.empty() ? "" : "---\n") + print_resolved(*one.read.scenario, WithOrigins::yes);
    return print_out(out);
  }
  if (arguments.dry_run) return dry_run(read.scenarios, arguments.threads);
  if (!arguments.anyway) {
    for (const NamedScenario& one : read.scenarios) {
      if (const std::string refusal = too_large(largest_cell(*one.read.scenario), threads_of(arguments.threads));
          !refusal.empty()) {
        complain(refusal + " --anyway runs it all the same.");
        return exit_code::wrong_usage;
      }
    }
  }
  const bool several = read.scenarios.size() > 1;
  std::vector<Destination> destinations;
  for (const NamedScenario& one : read.scenarios) {
    Destination destination = destination_of(*one.read.scenario, arguments.folder, several);
    for (const Destination& other : destinations) {  // two files may give the same name
      if (other.folder == destination.folder && other.identity != destination.identity)
        destination.folder += "-" + destination.identity.substr(0, 8);
    }
    const std::string refusal = refusal_of(destination);
    if (!refusal.empty()) {
      complain(refusal +
               (arguments.folder.empty() ? " No files will be written; -o FOLDER names another destination." : ""));
      if (!arguments.folder.empty() || ranks.several()) return exit_code::wrong_usage;
      destination.folder.clear();
    }
    destinations.push_back(std::move(destination));
  }
  int code = exit_code::fine;
  std::vector<ClosingLine> closing;
  std::vector<ScenarioResult> together;
  const OneTable one_table = arguments.json ? OneTable::none : one_table_of(read.scenarios);
  std::string all;  // JSON of several scenarios is one array
  for (std::size_t i = 0; i < read.scenarios.size(); ++i) {
    const Scenario& scenario = *read.scenarios[i].read.scenario;
    if (!arguments.quiet && !arguments.json && stderr_is_terminal()) {
      complain(PEERLAB_VERSION " runs " + scenario.name + ", seed " + std::to_string(scenario.seed) +
               " (--print-resolved shows every value).");
    }
    std::string out;
    code = worse(code, run_one(scenario, arguments, destinations[i], out, closing,
                               one_table != OneTable::none ? &together : nullptr));
    if (arguments.json && several) {
      while (!out.empty() && out.back() == '\n') out.pop_back();
      if (!out.empty()) all += (all.empty() ? "" : ",\n") + out;
    } else {
      if (i > 0 && !out.empty() && !arguments.json) out.insert(0, "\n");
      code = worse(code, print_out(out));
    }
    if (interrupted()) {
      code = exit_code::interrupted;
      break;
    }
  }
  if (!ranks.first()) return code;
  if (arguments.json && several) code = worse(code, print_out("[\n" + all + "\n]\n"));
  if (!together.empty()) code = worse(code, print_out(table_of(one_table, together)));
  if (several && !arguments.json && !arguments.quiet)
    code = worse(code, print_out("\n" + closing_table(closing, read.scenarios.size())));
  return code;
}

}  // namespace

namespace {

void declare(Command command, const std::shared_ptr<RunArguments>& arguments) {
  arguments->scenarios.add_to(command, true);
  command.option("-j,--threads", arguments->threads, "N",
                 "How many runs at a time (default: one per core); changes no result", 1, 4096);
  command.option("-o,--output", arguments->folder, "FOLDER", "Folder for the result files (default: results/NAME)");
  command.flag("--json", arguments->json, "Print the summary as JSON");
  command.flag("--verify", arguments->verify, "Run everything twice and compare");
  command.flag("--trace", arguments->trace,
               "Write every message, block and fault of each system's first run to events.jsonl.gz and a Chrome trace");
  command.flag("--print-resolved", arguments->print_resolved,
               "Show every value and where it came from, and run nothing");
  command.flag("--dry-run", arguments->dry_run,
               "Estimate events, time and memory from a second's sample of each system, and run nothing else");
  command.flag("--anyway", arguments->anyway, "Run although memory seems too small for it");
  command.flag("--strict", arguments->strict, "An inconclusive expectation ends with exit code 3");
  command.flag("--quiet", arguments->quiet, "No progress and no table");
  command.hidden_flag("--private-pools", arguments->private_pools);
  command.hidden_flag("--shuffle-ties", arguments->shuffle_ties);
}

}  // namespace

void add_run(Command root, int& code) {
  const Command command = root.add("run", "Run scenarios and say what came out");
  auto arguments = std::make_shared<RunArguments>();
  declare(command, arguments);
  command.flag("--profile", arguments->profile,
               "Show where the time went, by kind of message and handler; changes no result");
  command.footer(
      "Examples:\n"
      "  peerlab run hello\n"
      "  peerlab run hello --set network.users=2000 --set systems.p2p.block_interval='1 min'\n"
      "  peerlab run partition-and-heal -r 20 -j 4 -o results/cut\n"
      "  peerlab run links-from-file --trace\n"
      "  peerlab run my-scenario.yaml --quick --json | python3 -m json.tool");
  command.runs([arguments, &code] { code = run(*arguments); });
}

void add_sweep(Command root, int& code) {
  const Command command = root.add("sweep", "Run a scenario in many cells: other values along axes");
  auto arguments = std::make_shared<RunArguments>();
  arguments->sweep = true;
  declare(command, arguments);
  arguments->scenarios.add_axes_to(command);
  command.option("--shard", arguments->shard, "I/N", "Only part I of N of the runs; `peerlab merge` joins the parts");
  command.footer(
      "Axes stand in the scenario's `sweep:` (`peerlab explain sweep`), here, or in both. All cells have the same\n"
      "seeds, a finished run is kept at once, and the same command goes on after an interruption.\n"
      "Examples:\n"
      "  peerlab sweep hello --axis network.users=100,300,1000\n"
      "  peerlab sweep hello --axis protocol.block_interval='{from: 10 s, to: 10 min, points: 4, scale: log}'\n"
      "  peerlab sweep my-scenario.yaml --shard 1/4 -o results/mine");
  command.runs([arguments, &code] { code = run(*arguments); });
}

}  // namespace peerlab
