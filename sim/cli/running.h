// A scenario that runs to the end and puts its files in destination: what `run` and `compare` have in common.
#pragma once

#include <string>
#include <string_view>

#include "analysis/report/result.h"
#include "sim/run/run.h"
#include "sim/scenario/scenario.h"

namespace peerlab {

class Ranks;

struct RunSettings {
  unsigned threads = 0;  ///< 0: one per core
  RunModes modes;
  bool verify = false;
  bool quiet = false;
  bool profile = false;  ///< with the host's clock; one run at a time unless `threads` says otherwise
  std::string folder;    ///< as -o named it; empty: results/NAME
  std::string changes;   ///< ` --set ...`: what reproduces the run besides its name
  std::string verb = "run";
  std::uint32_t shard = 0;   ///< which part of the runs, counted from 0
  std::uint32_t shards = 1;  ///< of so many
  Ranks* ranks = nullptr;    ///< processes that share the runs; null: this one alone
};

/// Where the results of one scenario go, and what names it with all its values.
struct Destination {
  std::string folder;  ///< empty: no files
  std::string identity;
};

/// How many runs at a time, when so many were asked for; 0: one per core.
unsigned threads_of(unsigned asked);

/// What names a scenario with all its values in this version of the program.
std::string identity_of(const Scenario& scenario);
/// The first folder that is free, or holds a result of the same values: NAME, or NAME and the first digits of the identity.
/// `several` scenarios share -o: each has a folder of its own in it.
Destination destination_of(const Scenario& scenario, const std::string& folder, bool several);
/// Why nothing can be written to the destination, as a sentence; empty when it can.
std::string refusal_of(const Destination& destination);

struct Ran {
  RunReport report;
  HostFacts host;  ///< `folder` is empty when no files were written
  int code = 0;    ///< fine, wrong_usage, difference or interrupted; what went wrong was said on stderr
};
/// Runs, and writes the files when it came to the end; of a shard, its part beside the destination (part.h). Among `ranks` every process
/// runs what it draws, the first one does the rest, and the others come back with nothing when it has.
Ran run_and_write(const Scenario& scenario, const RunSettings& settings, const Destination& destination);
/// Writes the result folder of a report that is complete; says what went wrong and leaves it in the code.
void write_result(const Scenario& scenario, const Destination& destination, Ran& ran);
/// Name of the host and of the compiler, threads, and what time it is.
HostFacts host_facts(unsigned threads);

/// Lower-case hexadecimal.
std::string sha256_text(std::string_view text);
/// The worse of two exit codes.
int worse(int a, int b);

}  // namespace peerlab
