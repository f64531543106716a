#include "models/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace peerlab {

CheckContext& check_context() {
  thread_local CheckContext context;
  return context;
}

void check_failed(std::string_view condition, std::string_view file, int line, std::string_view why) {
  const CheckContext& context = check_context();
  std::fflush(stdout);
  std::fprintf(stderr, "peerlab: this is a bug in peerlab, not in your scenario.\n  failed: %.*s  (%.*s:%d)\n",
               static_cast<int>(condition.size()), condition.data(), static_cast<int>(file.size()), file.data(), line);
  if (!why.empty()) std::fprintf(stderr, "  %.*s\n", static_cast<int>(why.size()), why.data());
  if (context.now_ns >= 0) {
    std::fprintf(stderr, "  at simulated time %.9f s, node %lld, seed %llu, event %llu\n",
                 static_cast<double>(context.now_ns) * 1e-9,
                 context.node == 0xffffffff ? -1LL : static_cast<long long>(context.node),
                 static_cast<unsigned long long>(context.seed), static_cast<unsigned long long>(context.event));
  }
  if (!context.replay.empty()) std::fprintf(stderr, "  replay it with: %s\n", context.replay.c_str());
  std::fflush(stderr);
  std::_Exit(exit_our_fault);
}

}  // namespace peerlab
