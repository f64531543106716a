// A named number about one run, and where it goes.
#pragma once

#include <cstdint>
#include <limits>
#include <string>

#include "models/base/time.h"

namespace peerlab {

/// Why a metric has a value, or has none.
enum class Standing : std::uint8_t {
  measured,        ///< there is a value; it may be infinite ("never")
  not_challenged,  ///< the threat that it speaks of did not occur; there is no value, least of all 0
  no_sample,       ///< nothing to measure: no block, no operation, one copy; `note` says what
};

/// One value of one run. Units are "s", "B", "J", "1" (a plain number), "share" (0 .. 1, printed in per cent), "1/h" or a
/// counted noun in the plural such as "blocks".
struct Metric {
  std::string metric;                                       ///< `propagation`, `replicated(90)`, `agreed.after(eu-cut)`
  std::string stat;                                         ///< `p50`, `max`, `total`, `value`
  double value = std::numeric_limits<double>::quiet_NaN();  ///< in base units; NaN exactly when there is none
  std::string unit;
  std::uint64_t n = 0;    ///< sample size within the run
  bool censored = false;  ///< the run ended first: the truth is larger, print `> value`
  Standing standing = Standing::measured;
  std::string note;  ///< a few words for people; empty mostly
  /// For unit "share" made from counts: successes and trials. 0 trials: not such a share.
  std::uint64_t hits = 0;
  std::uint64_t trials = 0;
  bool headline = true;  ///< shown in the terminal's table; files hold all
};

/// One block, for blocks.csv.
struct BlockLine {
  std::uint64_t block = 0;  ///< first 64 bits of its id
  std::uint64_t parent = 0;
  std::uint32_t height = 0;
  std::uint32_t miner = 0;
  Time mined;
  bool main_chain = false;
  double s10 = 0, s50 = 0, s90 = 0,
         s99 = 0;              ///< seconds until that per cent of the eligible nodes held it; infinity: never
  std::uint64_t eligible = 0;  ///< nodes on line from then on, at the end
};

class MetricSink {
 public:
  virtual ~MetricSink() = default;
  virtual void metric(const Metric& m) = 0;
  virtual void block(const BlockLine&) {}
};

}  // namespace peerlab
