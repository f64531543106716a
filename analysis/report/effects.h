// What each factor of a factorial experiment changes by itself: its main effects, with intervals.
//
// A combination is a system in a cell; it has one level of every factor. The main effect of a level is what it changes against the
// factor's first level: in every replication the differences of a figure between combinations that are equal in all other factors,
// averaged over those for which both levels exist. Runs with the same seed met the same users, network, workload and
// attackers, so that these are paired differences, and Student's interval over the replications is theirs; where a difference is
// infinite (never, unbounded) the median with the interval of order statistics. A combination that cannot exist is no part of any
// average. A pair without figures on both sides in every replication is left out, and counted.
#pragma once

#include <string>
#include <vector>

#include "analysis/report/result.h"
#include "analysis/report/terminal.h"
#include "analysis/report/words.h"

namespace peerlab {

/// Which combinations there are, and what is told of them.
struct EffectPlan {
  struct Combination {
    std::string system;
    std::string cell;
    std::vector<std::string> levels;  ///< by factor
  };
  struct Figure {
    std::string metric;
    std::string stat;
  };
  std::vector<std::string> factors;
  std::vector<Combination> combinations;
  std::vector<Figure> figures;
  std::vector<std::string> missing;  ///< sentences: which combinations there are not, and why
};

/// The effects on every figure of the plan; `result` must be summarised.
MainEffects main_effects(const ScenarioResult& result, const EffectPlan& plan);

/// A table for a terminal, ending in a line feed: a row for each level, a column for each figure. Empty without effects.
std::string print_effects(const MainEffects& effects, const TerminalStyle& style);
/// An effect for people, value and interval apart: `-98.2 points`, `[-99, -97]`.
Cell effect_cell(const MainEffects::Effect& effect, const std::string& unit);
/// How the table is to be read, as sentences.
std::string effects_explained(const MainEffects& effects);
/// `architecture: chain instead of server`.
std::string effect_label(const MainEffects::Row& row);

}  // namespace peerlab
