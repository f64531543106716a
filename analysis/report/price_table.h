// The price of an attack as a plain value: what the terminal's table, summary.json and the page are made from (attack_price.h).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analysis/statistics/interval.h"

namespace peerlab {

struct PriceTable {
  /// Attempts at one budget.
  struct At {
    double k = 0;  ///< the budget, in the table's unit
    std::uint64_t successes = 0;
    std::uint64_t attempts = 0;  ///< replications with a figure
    Interval share;              ///< Wilson's, 95 %
  };
  /// The smallest budget at which so many attempts succeed; infinite: none that was tried. `low` and `high`: at which Wilson's
  /// interval of their share reaches that much, and lies above it.
  struct Quantile {
    double k = 0;
    double low = 0;
    double high = 0;
  };
  struct Row {
    std::string system;
    std::string success;  ///< the criterion, as it was written
    std::vector<At> at;   ///< by budget, rising
    Quantile k50;
    Quantile k95;
    std::vector<double> thresholds;  ///< of each replication: the smallest budget that succeeded; infinite: none
    std::uint64_t fell_back = 0;     ///< replications in which a larger budget failed where a smaller one had succeeded
  };
  std::string budget;  ///< the axis: `attacks.0.machines`
  std::string unit;    ///< machines, owners, hosts, exploits, share, or another
  std::vector<Row> rows;
};

}  // namespace peerlab
