#include "models/base/distribution.h"

#include <limits>

#include "models/base/numeric.h"

namespace peerlab {

double Distribution::sample(Stream& stream) const {
  switch (law) {
    case Law::constant: return a;
    case Law::uniform: return a + (b - a) * stream.uniform();
    case Law::exponential: return a * stream.exponential();
    case Law::normal: return a + b * stream.normal();
    case Law::lognormal: return a * exact::exp(b * stream.normal());
    case Law::pareto: return a * exact::exp(stream.exponential() / b);
  }
  return a;
}

double Distribution::mean() const {
  switch (law) {
    case Law::constant:
    case Law::exponential:
    case Law::normal: return a;
    case Law::uniform: return (a + b) / 2;
    case Law::lognormal: return a * exact::exp(b * b / 2);
    case Law::pareto: return b > 1 ? a * b / (b - 1) : std::numeric_limits<double>::infinity();
  }
  return a;
}

double Distribution::lowest() const {
  switch (law) {
    case Law::constant:
    case Law::uniform:
    case Law::pareto: return a;
    case Law::exponential:
    case Law::lognormal: return 0;
    case Law::normal: return -std::numeric_limits<double>::infinity();
  }
  return a;
}

}  // namespace peerlab
