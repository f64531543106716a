// What became of a prediction: a figure beside what the literature says it is.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "analysis/statistics/summary.h"

namespace peerlab {

enum class PredictionVerdict : std::uint8_t { agrees, disagrees, undecided };

/// `agrees`, `disagrees`, `undecided`.
std::string_view prediction_word(PredictionVerdict verdict);

struct JudgedPrediction {
  std::string cell;  ///< of a sweep; empty without one
  std::string system;
  std::string metric;
  std::string stat;
  std::string unit;
  Summary simulated{};
  std::string law;     ///< name of the closed form; empty: a published figure
  std::string gives;   ///< which of its figures
  std::string inputs;  ///< `q = 30 %, z = 6`
  std::string source;
  double predicted = 0;
  double error = 0;                                            ///< the prediction's own standard error
  double distance = std::numeric_limits<double>::quiet_NaN();  ///< in standard errors, signed; NaN: cannot be told
  std::optional<double> band{};                                ///< it agrees within this much, whatever the distance
  std::string band_text{};                                     ///< as the scenario says it
  PredictionVerdict verdict = PredictionVerdict::undecided;
  std::string differs{};  ///< why it is known to disagree
};

/// Which published result a scenario reproduces.
struct ValidationItem {
  std::string item;
  std::string compares;
  std::string source;
  std::string tolerance;
};

}  // namespace peerlab
