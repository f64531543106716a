#include "sim/cli/progress_line.h"

#include <fmt/format.h>

#include "sim/cli/console.h"

namespace peerlab {

ProgressLine::ProgressLine(std::string name, bool shown, bool told)
    : name_(std::move(name)), shown_(shown), told_(told), started_(Clock::now()), last_(started_) {}

ProgressLine::~ProgressLine() { clear(); }

void ProgressLine::tell(const Progress& progress) {
  if (!shown_) return;
  const Clock::time_point now = Clock::now();
  if (now - last_ < std::chrono::milliseconds(200)) return;
  last_ = now;
  const double passed = std::chrono::duration<double>(now - started_).count();
  std::string line =
      fmt::format("{}  {:.0f} %  {} of {} {}  {:.1f} M events  {:.1f} M/s", name_, progress.share * 100,
                  progress.cells > 1 ? progress.cells_done : progress.worlds_done,
                  progress.cells > 1 ? progress.cells : progress.worlds, progress.cells > 1 ? "cells" : "runs",
                  static_cast<double>(progress.events) * 1e-6, static_cast<double>(progress.events) * 1e-6 / passed);
  if (progress.share > 0.02) line += "  " + in_minutes(passed * (1 - progress.share) / progress.share) + " left";
  print_err("\r\x1b[K" + line);
  dirty_ = true;
}

void ProgressLine::cell_done(const std::string& cell, std::size_t done, std::size_t all) {
  if (!told_ || shown_ || all < 2) return;
  const double passed = std::chrono::duration<double>(Clock::now() - started_).count();
  print_err(fmt::format("{}  {} of {} cells  {}  {}\n", name_, done, all, in_minutes(passed), cell));
}

void ProgressLine::clear() {
  if (dirty_) print_err("\r\x1b[K");
  dirty_ = false;
}

std::string in_minutes(double seconds) {
  if (seconds < 9.95) return fmt::format("{:.1f} s", seconds);
  const auto whole = static_cast<long long>(seconds + 0.5);
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {} s", whole / 60, whole % 60);
  return fmt::format("{} h {} min", whole / 3600, whole % 3600 / 60);
}

}  // namespace peerlab
