// The states, actions and transitions of withholding, apart from how they are solved: withholding.h tells the rules.
#pragma once

#include <cstdint>
#include <vector>

#include "analysis/theory/withholding.h"

namespace peerlab {

/// One outcome of an action: where it leads, how likely, and the blocks that become final on the way.
struct WithholdingStep {
  std::uint32_t to = 0;
  double chance = 0;
  double attacker = 0;
  double honest = 0;
};

struct WithholdingProcess {
  enum Fork : std::uint8_t { irrelevant, relevant, active };

  double alpha = 0;
  double gamma = 0;
  std::uint32_t longest = 0;

  [[nodiscard]] std::uint32_t states() const { return (longest + 1) * (longest + 1) * 3; }
  [[nodiscard]] std::uint32_t index(std::uint32_t a, std::uint32_t h, Fork fork) const {
    return (a * (longest + 1) + h) * 3 + fork;
  }
  /// Whether `action` is open in the state.
  [[nodiscard]] bool allows(std::uint32_t state, Withholding action) const;
  /// What comes of it, at most three outcomes whose chances sum to 1; the action is open.
  [[nodiscard]] std::vector<WithholdingStep> steps(std::uint32_t state, Withholding action) const;
};

}  // namespace peerlab
