// `peerlab merge`: the parts of a sweep that was split with --shard become the one result that an undivided run writes.
#include <memory>
#include <vector>

#include "analysis/report/files.h"
#include "analysis/report/terminal.h"
#include "sim/cli/commands.h"
#include "sim/cli/console.h"
#include "sim/cli/part.h"
#include "sim/cli/running.h"
#include "sim/cli/scenario_arguments.h"
#include "sim/cli/unfinished.h"
#include "sim/scenario/read.h"

namespace peerlab {
namespace {

struct MergeArguments {
  std::vector<std::string> folders;
  std::string folder;
  bool json = false;
  bool quiet = false;
};

/// The parts, of one campaign and none twice; empty after saying why not.
std::vector<Part> parts_of(const std::vector<std::string>& folders) {
  std::vector<Part> parts;
  for (const std::string& folder : folders) {
    std::string error;
    std::optional<Part> part = read_part(folder, error);
    if (part && !parts.empty() && (part->identity != parts.front().identity || part->shards != parts.front().shards))
      error = folder + " is no part of the same campaign as " + folders.front() +
              ": another scenario, other values, another version or another number of parts.";
    if (!error.empty()) {
      complain(error);
      return {};
    }
    parts.push_back(std::move(*part));
  }
  return parts;
}

int merge(const MergeArguments& arguments) {
  const std::vector<Part> parts = parts_of(arguments.folders);
  if (parts.empty()) return exit_code::wrong_usage;
  const Part& first = parts.front();
  ReadResult read = read_scenario_text(first.resolved, first.file, program_schema());
  if (read.scenario) read.scenario->quick = first.quick;
  if (!read.scenario || identity_of(*read.scenario) != first.identity) {
    complain("The parts were made by another version of peerlab (" + arguments.folders.front() + "); run them again.");
    return exit_code::wrong_usage;
  }
  const Scenario& scenario = *read.scenario;
  const Destination destination = destination_of(scenario, arguments.folder, false);
  if (const std::string refusal = refusal_of(destination); !refusal.empty()) {
    complain(refusal);
    return exit_code::wrong_usage;
  }
  std::vector<std::unique_ptr<Unfinished>> stores;
  for (const std::string& folder : arguments.folders)
    stores.emplace_back(new Unfinished(Unfinished::part(folder, first.identity)));  // it does not move
  RunOptions options;
  options.command = first.command;
  options.only_recall = true;
  options.recall = [&](const RunKey& key) -> std::optional<RunRecord> {
    for (const auto& store : stores) {
      if (std::optional<RunRecord> run = store->recall(key)) return run;
    }
    return std::nullopt;
  };
  Ran ran;
  ran.host = host_facts(1);
  ran.report = run_scenario(scenario, options);
  if (ran.report.interrupted) {
    std::string missing;
    for (std::uint32_t shard = 0; shard < first.shards; ++shard) {
      bool there = false;
      for (const Part& part : parts) there = there || part.shard == shard;
      if (!there) missing += (missing.empty() ? " Missing: part " : ", part ") + std::to_string(shard + 1);
    }
    complain(std::to_string(ran.report.planned - ran.report.result.runs.size()) + " of " +
             std::to_string(ran.report.planned) + " runs are in none of these parts." +
             (missing.empty() ? "" : missing + " of " + std::to_string(first.shards) + "."));
    return exit_code::wrong_usage;
  }
  write_result(scenario, destination, ran);
  if (arguments.json) return worse(ran.code, print_out(summary_json(ran.report.result)));
  if (arguments.quiet) return ran.code;
  return worse(ran.code, print_out(print_terminal(ran.report.result,
                                                  {terminal_width(), wants_colour(), wants_unicode()}, &ran.host)));
}

}  // namespace

void add_merge(Command root, int& code) {
  const Command command = root.add("merge", "Join the parts of a sweep that ran with --shard");
  auto arguments = std::make_shared<MergeArguments>();
  command.words("PART", arguments->folders, "Folders that `peerlab sweep --shard` wrote", 1);
  command.option("-o,--output", arguments->folder, "FOLDER", "Folder for the result files (default: results/NAME)");
  command.flag("--json", arguments->json, "Print the summary as JSON");
  command.flag("--quiet", arguments->quiet, "No table");
  command.footer(
      "The files are the same bytes as those of one undivided run.\n"
      "Example:\n"
      "  peerlab merge results/mine.part-*-of-4 -o results/mine");
  command.runs([arguments, &code] { code = merge(*arguments); });
}

}  // namespace peerlab
