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
#include <utility>

#include "sim/run/run.h"

namespace peerlab {

class Unfinished {
 public:
  /// Beside `folder`; keeps nothing when that is empty.
  Unfinished(const std::string& folder, const std::string& identity);

  /// In the folder itself, made by any build of this version: a part of a campaign, which is merged with others later.
  static Unfinished part(const std::string& folder, const std::string& identity);

  /// Of an earlier, interrupted run. May be called from several threads.
  std::optional<RunRecord> recall(const RunKey& key);
  /// Keeps a run; says once on stderr when that does not work. May be called from several threads.
  void keep(const RunRecord& run);
  /// Takes the folder away.
  void remove();

  [[nodiscard]] std::uint32_t recalled() const { return recalled_; }
  /// Whether all runs that were given could be kept.
  [[nodiscard]] bool keeps() const { return !folder_.empty() && !failed_; }

 private:
  struct InPlace {};
  Unfinished(std::string folder, std::string key, InPlace) : folder_(std::move(folder)), key_(std::move(key)) {}
  [[nodiscard]] std::string file_of(const RunKey& key) const;
  void say_once(const std::string& sentence);

  std::string folder_;  ///< empty: nothing is kept
  std::string key_;
  std::atomic<std::uint32_t> recalled_{0};
  std::atomic<bool> failed_{false};
  std::mutex mutex_;  ///< one sentence at a time
};

}  // namespace peerlab
