#include "sim/cli/host_probe.h"

#include <malloc.h>

#include <chrono>
#include <fstream>
#include <string>

namespace peerlab {
namespace {

std::int64_t heap_bytes() {
  const struct mallinfo2 info = ::mallinfo2();
  return static_cast<std::int64_t>(info.uordblks) + static_cast<std::int64_t>(info.hblkhd);
}

/// The number in a file of the kernel, or 0.
double number_in(const std::string& file) {
  std::ifstream in(file);
  double value = 0;
  in >> value;
  return in ? value : 0;
}

}  // namespace

std::int64_t host_clock() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

HostProbe host_probe() { return {&host_clock, &heap_bytes}; }

double memory_available() {
  double available = 0;
  std::ifstream in("/proc/meminfo");
  for (std::string word; in >> word;) {
    if (word == "MemAvailable:" && in >> available) break;
  }
  available *= 1024;
  // A container may allow less than the machine has (cgroup v2, then v1; "max" reads as 0).
  const double allowed = number_in("/sys/fs/cgroup/memory.max");
  const double used = number_in("/sys/fs/cgroup/memory.current");
  if (allowed > 0 && allowed > used && (available == 0 || allowed - used < available)) available = allowed - used;
  return available;
}

}  // namespace peerlab
