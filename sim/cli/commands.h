// The commands of the program, one file each. A command adds itself to the command line and, when it is chosen, leaves its
// exit code behind.
#pragma once

#include "sim/cli/command_line.h"

namespace peerlab {

/// What the program ends with (DESIGN of the command line; `peerlab --help` shows it).
namespace exit_code {
inline constexpr int fine = 0;
inline constexpr int expectation_failed = 1;
inline constexpr int wrong_usage = 2;   ///< or an invalid scenario, or output that cannot be written; nothing was run
inline constexpr int inconclusive = 3;  ///< under --strict
inline constexpr int difference = 4;    ///< under --verify
inline constexpr int interrupted = 130;
}  // namespace exit_code

void add_run(Command root, int& code);      ///< run_command.cpp
void add_sweep(Command root, int& code);    ///< run_command.cpp
void add_merge(Command root, int& code);    ///< merge_command.cpp
void add_compare(Command root, int& code);  ///< compare_command.cpp
void add_report(Command root, int& code);   ///< report_command.cpp
void add_new(Command root, int& code);      ///< new_command.cpp
void add_schema(Command root, int& code);   ///< schema_command.cpp
/// completion_command.cpp; `root` is asked for its commands when a script is made.
void add_completion(Command root, int& code);
void add_validate(Command root, int& code);  ///< validate_command.cpp
void add_list(Command root, int& code);      ///< list_command.cpp
void add_explain(Command root, int& code);   ///< explain_command.cpp
void add_theory(Command root, int& code);    ///< theory_command.cpp
void add_inspect(Command root, int& code);   ///< inspect_command.cpp
void add_doctor(Command root, int& code);    ///< doctor_command.cpp

}  // namespace peerlab
