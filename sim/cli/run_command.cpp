// `peerlab run`: read everything, then run everything, then say what came out.
#include <sys/resource.h>
#include <sys/utsname.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <thread>

#include "analysis/report/files.h"
#include "analysis/report/folder.h"
#include "analysis/report/terminal.h"
#include "models/crypto/sha256.h"
#include "sim/cli/commands.h"
#include "sim/cli/console.h"
#include "sim/cli/interrupt.h"
#include "sim/cli/progress_line.h"
#include "sim/cli/scenario_arguments.h"
#include "sim/run/run.h"
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
  bool private_pools = false;
  bool shuffle_ties = false;
};

std::string sha256_text(std::string_view text) {
  return to_hex(sha256(ByteView(reinterpret_cast<const std::uint8_t*>(text.data()), text.size())).view());
}

/// Where the results of one scenario go, and what names it with all its values.
struct Target {
  std::string folder;  ///< empty: no files
  std::string identity;
};

/// The first folder that is free, or holds a result of the same values: NAME, or NAME and the first digits of the identity.
Target target_of(const Scenario& scenario, const RunArguments& arguments, bool several) {
  Target out;
  out.identity = sha256_text(print_resolved(scenario, WithOrigins::no) + "peerlab " PEERLAB_VERSION +
                             (scenario.quick ? " --quick" : ""));
  if (!arguments.folder.empty()) {
    out.folder = several ? (std::filesystem::path(arguments.folder) / scenario.name).string() : arguments.folder;
    return out;
  }
  out.folder = "results/" + scenario.name;
  if (!folder_refusal(out.folder, out.identity).empty()) out.folder += "-" + out.identity.substr(0, 8);
  return out;
}

/// Why no folder can be made at `folder`, as a sentence; empty when one can. Tries it, because rights, full disks and
/// places like /proc all have their own ways to say no.
std::string place_refusal(const std::string& folder) {
  namespace fs = std::filesystem;
  std::error_code error;
  fs::path above = fs::absolute(folder, error).parent_path();
  while (!above.empty() && !fs::exists(above, error) && above != above.parent_path()) above = above.parent_path();
  std::string probe = (above / ".peerlab-XXXXXX").string();
  if (::mkdtemp(probe.data()) == nullptr)
    return "Nothing can be written into " + above.string() + ": " + std::strerror(errno) + ".";
  fs::remove(probe, error);
  return {};
}

HostFacts host_facts(unsigned threads) {
  HostFacts facts;
  utsname name = {};
  if (::uname(&name) == 0)
    facts.host = std::string(name.nodename) + ", " + name.sysname + " " + name.release + " " + name.machine;
  facts.host += ", compiler " __VERSION__;
  facts.threads = threads;
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm parts = {};
  char text[32];
  if (::gmtime_r(&now, &parts) != nullptr && std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts) > 0)
    facts.started = text;
  return facts;
}

double cpu_seconds() {
  rusage usage = {};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double peak_mebibytes() {
  rusage usage = {};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

int worse(int a, int b) {
  for (const int code : {exit_code::interrupted, exit_code::wrong_usage, exit_code::difference,
                         exit_code::expectation_failed, exit_code::inconclusive}) {
    if (a == code || b == code) return code;
  }
  return exit_code::fine;
}

int judged(const ScenarioResult& result, bool strict) {
  int code = exit_code::fine;
  for (const JudgedExpectation& e : result.expectations) {
    if (e.verdict == ExpectationVerdict::fail) code = worse(code, exit_code::expectation_failed);
    if (e.verdict == ExpectationVerdict::inconclusive && strict) code = worse(code, exit_code::inconclusive);
  }
  return code;
}

/// Runs one scenario and writes its files. Text for stdout is added to `out`.
int run_one(const Scenario& scenario, const RunArguments& arguments, const Target& target, std::string& out) {
  RunOptions options;
  options.threads = arguments.threads;
  options.modes = {arguments.private_pools, arguments.shuffle_ties};
  options.verify = arguments.verify;
  options.command = "peerlab run " + shell_word(scenario.name) + arguments.scenarios.as_command();
  options.interrupt = &interrupted();
  ProgressLine line(scenario.name, stderr_is_terminal() && !arguments.quiet);
  options.progress = [&line](const Progress& progress) { line.tell(progress); };

  HostFacts host = host_facts(options.threads);
  const auto start = std::chrono::steady_clock::now();
  const double cpu_before = cpu_seconds();
  RunReport report = run_scenario(scenario, options);
  host.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  host.cpu_seconds = cpu_seconds() - cpu_before;
  host.peak_mebibytes = peak_mebibytes();
  line.clear();

  if (!report.problems.empty()) {
    print_err(format_problems(std::move(report.problems)));
    return exit_code::wrong_usage;
  }
  int code = exit_code::fine;
  if (report.interrupted) {
    code = exit_code::interrupted;
    complain("Interrupted. " + std::to_string(report.result.runs.size()) + " runs of " + scenario.name +
             " were finished; no files were written.");
    if (report.result.runs.empty()) return code;
  } else {
    if (!report.difference.empty()) {
      complain("Two runs of " + scenario.name + " differ: " + report.difference);
      code = exit_code::difference;
    }
    if (!target.folder.empty()) {
      const std::vector<ResultFile> files =
          result_files(report.result, print_resolved(scenario, WithOrigins::no), host, sha256_text);
      if (const std::string error = write_result_folder(target.folder, files, target.identity); error.empty()) {
        host.folder = target.folder;
      } else {
        complain(error);
        code = worse(code, exit_code::wrong_usage);
      }
    }
  }
  if (arguments.json) {
    out += summary_json(report.result);
  } else if (!arguments.quiet) {
    out += print_terminal(report.result, {terminal_width(), wants_colour(), wants_unicode()}, &host);
  }
  return worse(code, judged(report.result, arguments.strict));
}

int run(RunArguments& arguments) {
  const Schema schema = program_schema();
  ReadScenarios read = read_scenarios(arguments.scenarios, schema);
  if (!read.fine) return exit_code::wrong_usage;
  if (arguments.print_resolved) {
    std::string out;
    for (const NamedScenario& one : read.scenarios)
      out += (out.empty() ? "" : "---\n") + print_resolved(*one.read.scenario, WithOrigins::yes);
    return print_out(out);
  }
  const bool several = read.scenarios.size() > 1;
  std::vector<Target> targets;
  for (const NamedScenario& one : read.scenarios) {
    Target target = target_of(*one.read.scenario, arguments, several);
    std::string refusal = folder_refusal(target.folder, target.identity);
    if (refusal.empty()) refusal = place_refusal(target.folder);
    if (!refusal.empty()) {
      complain(refusal + (arguments.folder.empty() ? " No files will be written; -o FOLDER names another place." : ""));
      if (!arguments.folder.empty()) return exit_code::wrong_usage;
      target.folder.clear();
    }
    targets.push_back(std::move(target));
  }
  if (arguments.threads == 0) arguments.threads = std::max(1U, std::thread::hardware_concurrency());

  int code = exit_code::fine;
  std::string all;  // JSON of several scenarios is one array
  for (std::size_t i = 0; i < read.scenarios.size(); ++i) {
    const Scenario& scenario = *read.scenarios[i].read.scenario;
    if (!arguments.quiet && !arguments.json && stderr_is_terminal()) {
      complain(PEERLAB_VERSION " runs " + scenario.name + ", seed " + std::to_string(scenario.seed) +
               " (--print-resolved shows every value).");
    }
    std::string out;
    code = worse(code, run_one(scenario, arguments, targets[i], out));
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
  if (arguments.json && several) code = worse(code, print_out("[\n" + all + "\n]\n"));
  return code;
}

}  // namespace

void add_run(CLI::App& app, int& code) {
  CLI::App* command = app.add_subcommand("run", "Run scenarios and say what came out");
  auto arguments = std::make_shared<RunArguments>();
  arguments->scenarios.add_to(*command, true);
  command
      ->add_option("-j,--threads", arguments->threads,
                   "How many runs at a time (default: one per core); changes no result")
      ->type_name("N")
      ->check(CLI::Range(1U, 4096U));
  command->add_option("-o,--output", arguments->folder, "Folder for the result files (default: results/NAME)")
      ->type_name("FOLDER");
  command->add_flag("--json", arguments->json, "Print the summary as JSON");
  command->add_flag("--verify", arguments->verify, "Run everything twice and compare");
  command->add_flag("--print-resolved", arguments->print_resolved,
                    "Show every value and where it came from, and run nothing");
  command->add_flag("--strict", arguments->strict, "An inconclusive expectation ends with exit code 3");
  command->add_flag("--quiet", arguments->quiet, "No progress and no table");
  command->add_flag("--private-pools", arguments->private_pools, "")->group("");
  command->add_flag("--shuffle-ties", arguments->shuffle_ties, "")->group("");
  command->footer(
      "Examples:\n"
      "  peerlab run hello\n"
      "  peerlab run hello --set network.users=2000 --set systems.p2p.block_interval='1 min'\n"
      "  peerlab run partition-and-heal -r 20 -j 4 -o results/cut\n"
      "  peerlab run my-scenario.yaml --quick --json | python3 -m json.tool");
  command->callback([arguments, &code] { code = run(*arguments); });
}

}  // namespace peerlab
