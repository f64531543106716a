// Main effects as a plain value: what the terminal's table, summary.json and the page are made from (effects.h).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analysis/statistics/summary.h"

namespace peerlab {

struct MainEffects {
  struct Figure {
    std::string metric;
    std::string stat;
    std::string unit;
  };
  /// On one figure.
  struct Effect {
    Summary difference;        ///< over the replications
    std::uint64_t pairs = 0;   ///< of combinations, averaged in each replication
    std::uint64_t silent = 0;  ///< further pairs, without figures on both sides
    bool clear = false;        ///< the interval leaves out 0
  };
  /// What a level changes against the first one.
  struct Row {
    std::string factor;
    std::string level;
    std::string base;
    std::vector<Effect> on;  ///< by figure
  };
  std::vector<Figure> figures;
  std::vector<Row> rows;
  std::uint64_t combinations = 0;
  std::uint64_t conceivable = 0;     ///< all levels of all factors with each other
  std::vector<std::string> missing;  ///< sentences: which there are not, and why
};

}  // namespace peerlab
