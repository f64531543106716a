#include "sim/cli/program.h"

#include <new>
#include <string>

#include "sim/cli/commands.h"
#include "sim/cli/console.h"
#include "sim/cli/interrupt.h"

namespace peerlab {
namespace {

constexpr const char* overview =
    "peerlab simulates networks of peers that run real block validation and replication,\n"
    "and says how fast, how well and at what cost they agree.\n"
    "\n"
    "  peerlab run hello                    five hundred peers, one day, one table\n"
    "  peerlab list                         scenarios, protocols, disturbances, measures\n"
    "  peerlab explain propagation          what a word means: a field, a metric, a protocol\n"
    "  peerlab theory double-spend q='30 %' closed forms of the literature\n"
    "  peerlab validate my-scenario.yaml    every mistake at once, with its place\n"
    "  peerlab run hello --set network.users=2000 --seed 7\n"
    "  peerlab new my-question              a commented scenario to begin with\n"
    "  peerlab sweep hello --axis network.users=100,300,1000\n"
    "  peerlab compare results/a results/b  what differs, run by run, with its interval\n"
    "  peerlab report results/a results/b   both on one page, with all their charts\n"
    "\n"
    "`peerlab COMMAND --help` tells more.\n";

constexpr const char* footer =
    "Exit codes: 0 every expectation held, 1 one failed, 2 wrong usage or invalid scenario,\n"
    "3 inconclusive under --strict, 4 --verify found a difference, 70 a bug in peerlab,\n"
    "130 interrupted.\n"
    "\n"
    "Examples:\n"
    "  peerlab run hello\n"
    "  peerlab run hello --quick --json\n"
    "  peerlab explain block_interval";

int parse_and_run(int argc, char** argv) {
  CommandLine line("peerlab", "A deterministic simulator of peer-to-peer networks.", "peerlab " PEERLAB_VERSION);
  const Command root = line.root();
  int code = exit_code::fine;
  root.footer(footer);
  add_run(root, code);
  add_sweep(root, code);
  add_merge(root, code);
  add_compare(root, code);
  add_report(root, code);
  add_new(root, code);
  add_validate(root, code);
  add_list(root, code);
  add_explain(root, code);
  add_theory(root, code);
  add_inspect(root, code);
  add_schema(root, code);
  add_completion(root, code);
  add_doctor(root, code);
  if (argc <= 1) return print_out(overview);
  const ParsedLine parsed = line.parse(argc, argv);
  if (!parsed.error.empty()) {
    complain(parsed.error);
    return exit_code::wrong_usage;
  }
  if (!parsed.print.empty()) return print_out(parsed.print);
  return code;
}

}  // namespace

int run_program(int argc, char** argv) {
  watch_for_interrupts();
  try {
    return parse_and_run(argc, argv);
  } catch (const std::bad_alloc&) {
    complain("There is not enough memory for this. Fewer users, a shorter duration or fewer threads (-j) need less.");
    return exit_code::wrong_usage;
  }
}

}  // namespace peerlab
