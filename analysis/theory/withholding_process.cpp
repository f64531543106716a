#include "analysis/theory/withholding_process.h"

#include "models/base/check.h"

namespace peerlab {
namespace {

struct Branches {
  std::uint32_t a = 0;
  std::uint32_t h = 0;
  WithholdingProcess::Fork fork = WithholdingProcess::irrelevant;
};

Branches branches(std::uint32_t state, std::uint32_t longest) {
  const std::uint32_t pair = state / 3;
  return {pair / (longest + 1), pair % (longest + 1), static_cast<WithholdingProcess::Fork>(state % 3)};
}

}  // namespace

bool WithholdingProcess::allows(std::uint32_t state, Withholding action) const {
  const auto [a, h, fork] = branches(state, longest);
  const bool cut = a == longest || h == longest;
  switch (action) {
    case Withholding::adopt: return true;
    case Withholding::override_public: return a > h;
    case Withholding::match: return fork == relevant && h >= 1 && a >= h && !cut;
    case Withholding::wait: return !cut && (fork != active || a >= h);  // branches compete only where his is no shorter
  }
  return false;
}

std::vector<WithholdingStep> WithholdingProcess::steps(std::uint32_t state, Withholding action) const {
  CHECK(allows(state, action));
  const auto [a, h, fork] = branches(state, longest);
  const double others = 1 - alpha;
  switch (action) {
    case Withholding::adopt:
      return {{index(1, 0, irrelevant), alpha, 0, static_cast<double>(h)},
              {index(0, 1, irrelevant), others, 0, static_cast<double>(h)}};
    case Withholding::override_public:
      return {{index(a - h, 0, irrelevant), alpha, h + 1.0, 0}, {index(a - h - 1, 1, relevant), others, h + 1.0, 0}};
    case Withholding::match: break;
    case Withholding::wait:
      if (fork == active) break;
      return {{index(a + 1, h, irrelevant), alpha, 0, 0}, {index(a, h + 1, relevant), others, 0, 0}};
  }
  // Both branches are public: a match just made, or waiting while they compete.
  return {{index(a + 1, h, active), alpha, 0, 0},
          {index(a - h, 1, relevant), gamma * others, static_cast<double>(h), 0},
          {index(a, h + 1, relevant), (1 - gamma) * others, 0, 0}};
}

}  // namespace peerlab
