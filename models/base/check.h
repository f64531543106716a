// What is our own fault: CHECK(cond) holds in every build. A failed check prints the simulated time, the node, the
// seed and the number of the event being handled, then the command that replays it, and ends with exit code 70.
//
// The context is per thread, because each thread runs its own world; a world fills it in as it goes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace peerlab {

/// Where a run stands, for the message of a failed check. Written by the host of the nodes; read only on failure.
struct CheckContext {
  std::int64_t now_ns = -1;  ///< simulated time in nanoseconds; -1 outside a run
  std::uint32_t node = 0xffffffff;
  std::uint64_t seed = 0;
  std::uint64_t event = 0;  ///< number of the event in its run, from 1
  std::string replay;       ///< the command that brings the run back to this point
};

/// The context of the calling thread.
CheckContext& check_context();

/// Exit code of a failed check: a fault of ours.
inline constexpr int exit_our_fault = 70;

/// Reports a failed check on stderr and ends the process with `exit_our_fault`.
[[noreturn]] void check_failed(std::string_view condition, std::string_view file, int line, std::string_view why);

}  // namespace peerlab

#define CHECK(condition)                                           \
  do {                                                             \
    if (!(condition)) [[unlikely]] {                               \
      ::peerlab::check_failed(#condition, __FILE__, __LINE__, ""); \
    }                                                              \
  } while (false)

/// CHECK with a sentence that says what should have been true.
#define CHECK_SAYING(condition, why)                                  \
  do {                                                                \
    if (!(condition)) [[unlikely]] {                                  \
      ::peerlab::check_failed(#condition, __FILE__, __LINE__, (why)); \
    }                                                                 \
  } while (false)
