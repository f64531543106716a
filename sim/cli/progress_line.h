// One line on stderr that says how far a run is, when people are watching.
#pragma once

#include <chrono>
#include <string>

#include "sim/run/run.h"

namespace peerlab {

class ProgressLine {
 public:
  /// Shows nothing unless `shown`, but for lines of finished cells where nobody watches: `told` asks for these.
  ProgressLine(std::string name, bool shown, bool told = false);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void tell(const Progress& progress);
  /// A cell of a sweep is complete: a line of its own, unless people are watching.
  void cell_done(const std::string& cell, std::size_t done, std::size_t all);
  /// Takes the line away.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;
  std::string name_;
  bool shown_;
  bool told_;
  bool dirty_ = false;
  Clock::time_point started_;
  Clock::time_point last_;
};

/// `1.2 s`, `3 min 20 s`, `2 h 5 min`: wall time for people.
std::string in_minutes(double seconds);

}  // namespace peerlab
