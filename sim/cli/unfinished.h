// Runs that are finished while others are not: kept beside the result folder, so that the same command goes on after an
// interruption.
//
// They lie in a hidden folder, `.NAME.unfinished-KEY`, one file per run, each put in place by renaming. The key is made of
// the scenario's identity and of the program's own bytes: another build never goes on with what this one began. A file that
// is damaged is left out with a sentence, and that run is done again. The folder goes away when the result is complete.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>

#include "analysis/report/result.h"

namespace peerlab {

class Unfinished {
 public:
  /// Beside `folder`; keeps nothing when that is empty.
  Unfinished(const std::string& folder, const std::string& identity);

  /// Of an earlier, interrupted run. May be called from several threads.
  std::optional<RunRecord> recall(const std::string& cell, const std::string& system, std::uint32_t replication,
                                  std::uint64_t seed);
  /// Keeps a run; says once on stderr when that does not work. May be called from several threads.
  void keep(const RunRecord& run);
  /// Takes the folder away.
  void remove();

  [[nodiscard]] std::uint32_t recalled() const { return recalled_; }
  /// Whether all runs that were given could be kept.
  [[nodiscard]] bool keeps() const { return !folder_.empty() && !failed_; }

 private:
  [[nodiscard]] std::string file_of(const std::string& cell, const std::string& system,
                                    std::uint32_t replication) const;
  void say_once(const std::string& sentence);

  std::string folder_;  ///< empty: nothing is kept
  std::string key_;
  std::atomic<std::uint32_t> recalled_{0};
  std::atomic<bool> failed_{false};
  std::mutex mutex_;  ///< one sentence at a time
};

}  // namespace peerlab
