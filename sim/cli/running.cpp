#include "sim/cli/running.h"

#include <sys/resource.h>
#include <sys/utsname.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <thread>

#include "analysis/report/files.h"
#include "analysis/report/folder.h"
#include "models/crypto/sha256.h"
#include "sim/cli/commands.h"
#include "sim/cli/console.h"
#include "sim/cli/host_probe.h"
#include "sim/cli/interrupt.h"
#include "sim/cli/part.h"
#include "sim/cli/progress_line.h"
#include "sim/cli/ranks.h"
#include "sim/cli/scenario_arguments.h"
#include "sim/cli/unfinished.h"
#include "sim/run/campaign_file.h"
#include "sim/scenario/resolved.h"

namespace peerlab {
namespace {

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

/// The first process lets the others go on when it goes, with its files written.
class OthersWait {
 public:
  explicit OthersWait(Ranks* ranks) : ranks_(ranks) {}
  ~OthersWait() {
    if (ranks_ != nullptr) ranks_->meet();
  }
  OthersWait(const OthersWait&) = delete;
  OthersWait& operator=(const OthersWait&) = delete;

 private:
  Ranks* ranks_;
};

/// Whether every cell knows beforehand how many runs it has.
bool counted(const Scenario& scenario) {
  return !scenario.stopping && std::none_of(scenario.cells.begin(), scenario.cells.end(),
                                            [](const ScenarioCell& c) { return c.scenario.stopping.has_value(); });
}

/// Makes the runs that this process draws from the common queue, or its part where cells stop by themselves, and keeps them. True
/// in the first process when all have ended; it finds what was kept.
bool share_runs(const Scenario& scenario, RunOptions options, Ranks& ranks, Ran& ran) {
  if (counted(scenario)) {
    options.ticket = [&ranks] { return ranks.ticket(); };
  } else {
    options.shard = ranks.rank();
    options.shards = ranks.size();
  }
  if (!ranks.first()) options.progress = nullptr;
  options.cell_done = nullptr;  // no process knows
  const RunReport mine = run_scenario(scenario, options);
  ranks.leave_queue();
  if (ranks.first()) return true;
  ranks.meet();  // the first one has written the files
  if (!mine.problems.empty()) ran.code = exit_code::wrong_usage;
  if (options.interrupt->load()) ran.code = exit_code::interrupted;
  return false;
}

}  // namespace

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

unsigned threads_of(unsigned asked) { return asked != 0 ? asked : std::max(1U, std::thread::hardware_concurrency()); }

std::string sha256_text(std::string_view text) {
  return to_hex(sha256(ByteView(reinterpret_cast<const std::uint8_t*>(text.data()), text.size())).view());
}

std::string identity_of(const Scenario& scenario) {
  return sha256_text(print_resolved(scenario, WithOrigins::no) + "peerlab " PEERLAB_VERSION +
                     (scenario.quick ? " --quick" : ""));
}

Destination destination_of(const Scenario& scenario, const std::string& folder, bool several) {
  Destination out;
  out.identity = identity_of(scenario);
  if (!folder.empty()) {
    out.folder = several ? (std::filesystem::path(folder) / scenario.name).string() : folder;
    return out;
  }
  out.folder = "results/" + scenario.name;
  if (!folder_refusal(out.folder, out.identity).empty()) out.folder += "-" + out.identity.substr(0, 8);
  return out;
}

std::string refusal_of(const Destination& destination) {
  const std::string refusal = folder_refusal(destination.folder, destination.identity);
  return refusal.empty() ? place_refusal(destination.folder) : refusal;
}

Ran run_and_write(const Scenario& scenario, const RunSettings& settings, const Destination& destination) {
  Ran ran;
  RunOptions options;
  // Two runs on one core would put each other's time into the profile.
  options.threads = settings.profile && settings.threads == 0 ? 1 : threads_of(settings.threads);
  if (settings.profile) options.clock = &host_clock;
  options.modes = settings.modes;
  options.verify = settings.verify;
  options.command = "peerlab " + settings.verb + " " + shell_word(word_for(scenario)) + settings.changes;
  options.interrupt = &interrupted();
  ProgressLine line(scenario.name, stderr_is_terminal() && !settings.quiet, !settings.quiet);
  options.progress = [&line](const Progress& progress) { line.tell(progress); };
  options.cell_done = [&line](const std::string& cell, std::size_t done, std::size_t all) {
    line.cell_done(cell, done, all);
  };
  options.shard = settings.shard;
  options.shards = settings.shards;
  const bool part = settings.shards > 1;

  // Modes of tests are no part of the identity: what they ran must not be taken for an ordinary run.
  const bool resumable = !settings.verify && !settings.modes.private_pools && !settings.modes.shuffle_ties;
  Unfinished unfinished =
      part ? Unfinished::part(part_folder(destination.folder, settings.shard, settings.shards), destination.identity)
           : Unfinished(resumable ? destination.folder : "", destination.identity);
  options.recall = [&unfinished](const RunKey& key) { return unfinished.recall(key); };
  options.keep = [&unfinished](const RunRecord& run) { unfinished.keep(run); };

  HostFacts& host = ran.host;
  host = host_facts(options.threads);
  const auto start = std::chrono::steady_clock::now();
  const double cpu_before = cpu_seconds();
  const bool shared = settings.ranks != nullptr && settings.ranks->several();
  if (shared && !share_runs(scenario, options, *settings.ranks, ran)) return ran;
  const OthersWait others_wait(shared ? settings.ranks : nullptr);
  ran.report = run_scenario(scenario, options);
  host.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  host.cpu_seconds = cpu_seconds() - cpu_before;
  host.peak_mebibytes = peak_mebibytes();
  line.clear();
  const std::size_t all = ran.report.planned;
  if (unfinished.recalled() > 0 && !shared) {
    complain(std::to_string(unfinished.recalled()) + " of " + std::to_string(all) + " runs of " + scenario.name +
             " were finished before an interruption and were not run again.");
  }

  RunReport& report = ran.report;
  if (!report.problems.empty()) {
    print_err(format_problems(report.problems));
    ran.code = exit_code::wrong_usage;
    return ran;
  }
  if (report.interrupted) {
    ran.code = exit_code::interrupted;
    const std::size_t finished = report.result.runs.size();
    complain("Interrupted. " + std::to_string(finished) + " of " + std::to_string(all) + " runs of " + scenario.name +
             " were finished" +
             (finished == 0        ? "."
              : unfinished.keeps() ? " and are kept; the same command goes on with the others."
                                   : "; no files were written."));
    return ran;
  }
  if (!report.difference.empty()) {
    complain("Two runs of " + scenario.name + " differ: " + report.difference);
    ran.code = exit_code::difference;
  }
  if (part) {
    const std::string folder = part_folder(destination.folder, settings.shard, settings.shards);
    const std::string error =
        write_part(folder, {scenario.name, scenario.file, destination.identity, options.command, settings.shard,
                            settings.shards, scenario.quick, print_resolved(scenario, WithOrigins::no)});
    if (error.empty()) {
      host.folder = folder;
    } else {
      complain(error);
      ran.code = worse(ran.code, exit_code::wrong_usage);
    }
    return ran;
  }
  write_result(scenario, destination, ran);
  if (!ran.host.folder.empty()) unfinished.remove();
  return ran;
}

void write_result(const Scenario& scenario, const Destination& destination, Ran& ran) {
  if (destination.folder.empty()) return;
  const std::string resolved = print_resolved(scenario, WithOrigins::no);
  std::vector<ResultFile> files =
      result_files(ran.report.result, resolved, ran.host, destination.identity, sha256_text);
  if (!scenario.cells.empty()) {
    std::string bytes = campaign_file(scenario, ran.report.result, resolved, destination.identity);
    for (ResultFile& file : files) {
      if (file.name == "SHA256SUMS") file.content += sha256_text(bytes) + "  campaign.sqlite\n";
    }
    files.push_back({"campaign.sqlite", std::move(bytes)});
  }
  if (const std::string error = write_result_folder(destination.folder, files, destination.identity); error.empty()) {
    ran.host.folder = destination.folder;
    for (const ResultFile& file : files) ran.host.pictures += file.name.starts_with("plots/") ? 1 : 0;
  } else {
    complain(error);
    ran.code = worse(ran.code, exit_code::wrong_usage);
  }
}

int worse(int a, int b) {
  for (const int code : {exit_code::interrupted, exit_code::wrong_usage, exit_code::difference,
                         exit_code::expectation_failed, exit_code::inconclusive}) {
    if (a == code || b == code) return code;
  }
  return exit_code::fine;
}

}  // namespace peerlab
