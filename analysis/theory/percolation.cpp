#include "analysis/theory/percolation.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/base/check.h"

namespace peerlab {
namespace {

/// p_k q_k: what is left of each degree.
DegreeLaw survivors(const DegreeLaw& degrees, Removal how, double removed) {
  CHECK(removed >= 0 && removed <= 1);
  DegreeLaw left = degrees;
  if (how == Removal::random) {
    for (double& p : left) p *= 1 - removed;
    return left;
  }
  for (std::size_t k = left.size(); k-- > 0 && removed > 0;) {
    const double taken = std::min(left[k], removed);
    left[k] -= taken;
    removed -= taken;
  }
  return left;
}

double branching(std::size_t k) { return static_cast<double>(k) * (static_cast<double>(k) - 1); }

/// sum k (k-1) p_k q_k / <k>: above one there is a giant part.
double branching_of(const DegreeLaw& left, double mean) {
  double sum = 0;
  for (std::size_t k = 2; k < left.size(); ++k) sum += branching(k) * left[k];
  return mean > 0 ? sum / mean : 0;
}

/// The smallest root of u = 1 - sum k p_k q_k (1 - u^(k-1)) / <k>. The right side is convex, so that Newton's steps from 0 climb
/// to the root and never past it.
double leads_nowhere(const DegreeLaw& left, double mean) {
  double u = 0;
  for (int step = 0; step < 200; ++step) {
    double gap = 1 - u;
    double slope = -1;
    double power = 1;  // u^(k-2)
    for (std::size_t k = 1; k < left.size(); ++k) {
      const double weight = static_cast<double>(k) * left[k] / mean;
      if (k > 2) power *= u;
      gap -= weight * (1 - (k == 1 ? 1 : power * u));
      if (k > 1) slope += weight * static_cast<double>(k - 1) * power;
    }
    if (slope >= 0 || gap <= 0) break;
    const double next = std::min(1.0, u - gap / slope);
    if (next - u <= 1e-15) return next;
    u = next;
  }
  return u;
}

}  // namespace

double mean_degree(const DegreeLaw& degrees) {
  double sum = 0;
  for (std::size_t k = 1; k < degrees.size(); ++k) sum += static_cast<double>(k) * degrees[k];
  return sum;
}

DegreeLaw regular_degrees(std::uint32_t degree) {
  DegreeLaw law(degree + 1, 0.0);
  law.back() = 1;
  return law;
}

DegreeLaw poisson_degrees(double mean) {
  CHECK(mean >= 0 && mean <= 10'000);
  DegreeLaw law;
  for (double k = 0;; ++k) {
    const double p = mean == 0 ? (k == 0 ? 1 : 0) : std::exp(k * std::log(mean) - mean - std::lgamma(k + 1));
    if (k > mean && p < 1e-18) return law;
    law.push_back(p);
  }
}

DegreeLaw power_law_degrees(double exponent, std::uint32_t least, std::uint32_t most) {
  CHECK(exponent > 0 && least >= 1 && least <= most);
  DegreeLaw law(most + 1, 0.0);
  for (std::uint32_t k = least; k <= most; ++k) law[k] = std::pow(k, -exponent);
  const double sum = std::accumulate(law.begin(), law.end(), 0.0);
  for (double& p : law) p /= sum;
  return law;
}

double giant_part(const DegreeLaw& degrees, Removal how, double removed) {
  const double mean = mean_degree(degrees);
  const DegreeLaw left = survivors(degrees, how, removed);
  if (branching_of(left, mean) <= 1) return 0;
  const double u = leads_nowhere(left, mean);
  double part = 0;
  double power = 1;
  for (const double p : left) {
    part += p * (1 - power);
    power *= u;
  }
  return part;
}

double collapse_point(const DegreeLaw& degrees, Removal how) {
  const double mean = mean_degree(degrees);
  double above = branching_of(degrees, mean) - 1;
  if (above <= 0) return 0;
  if (how == Removal::random) return above / (above + 1);
  double removed = 0;
  for (std::size_t k = degrees.size(); k-- > 2;) {
    const double all = branching(k) * degrees[k] / mean;
    if (all >= above) return removed + degrees[k] * above / all;
    above -= all;
    removed += degrees[k];
  }
  return removed;
}

}  // namespace peerlab
