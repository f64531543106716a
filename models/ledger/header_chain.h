// Judges one chain of headers from beginning to end, without a tree: what `peerlab inspect headers` and mainnet's
// headers need.
//
// The rules are those of HeaderTree. A chain may begin above height 0: then the place, target and time of its first
// header are taken on trust (its own proof of work is not), and so is the target at a retarget whose whole period was
// not seen; median time is judged from the twelfth header on.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "models/ledger/header.h"
#include "models/ledger/rules.h"
#include "models/ledger/target.h"
#include "models/ledger/verdict.h"

namespace peerlab {

class HeaderChain {
 public:
  /// How many of each check were made, a failed one included.
  struct Checks {
    std::uint64_t proof_of_work = 0;
    std::uint64_t previous = 0;
    std::uint64_t target_kept = 0;     ///< bits equal to the ones before, within a period
    std::uint64_t target_changed = 0;  ///< bits as the retarget rule says, at a period's start
    std::uint64_t median_time = 0;
  };

  HeaderChain(const Rules& rules, std::uint32_t start_height) : rules_(rules), start_(start_height) {}

  /// Judges the next header; after a violation nothing more is accepted.
  Verdict add(const Header& header);

  [[nodiscard]] std::uint64_t count() const { return count_; }
  /// Height of the last header. Needs count() > 0.
  [[nodiscard]] std::uint32_t tip_height() const { return start_ + static_cast<std::uint32_t>(count_) - 1; }
  [[nodiscard]] const Hash256& tip() const { return tip_; }
  /// Work of the headers seen (not of those before the first).
  [[nodiscard]] const U256& work() const { return work_; }
  [[nodiscard]] const Checks& checks() const { return checks_; }

 private:
  [[nodiscard]] std::optional<std::uint32_t> wanted_bits(std::uint32_t height) const;
  Rules rules_;
  std::uint32_t start_;
  std::uint64_t count_ = 0;
  bool broken_ = false;
  Hash256 tip_;
  U256 work_;
  Checks checks_;
  std::uint32_t bits_ = 0;  // of the last header
  std::uint32_t last_time_ = 0;
  std::optional<std::uint32_t> period_first_time_;
  std::vector<std::uint32_t> times_;  // of the last median_span headers, oldest first
};

}  // namespace peerlab
