#include "models/replication/compact_modelled.h"

#include <algorithm>
#include <array>

#include "models/base/numeric.h"

namespace peerlab {

CompactClass compact_class(std::uint64_t seed, NodeId node, double compact_share, double churn_share) {
  Stream chance(seed, purpose("compact class"), node.value);
  CompactClass c;
  c.compact = chance.chance(compact_share);
  c.churn = chance.chance(churn_share);
  return c;
}

double churn_missing_quantile(double u) {
  struct Point {
    double u, share;
  };
  static constexpr std::array<Point, 7> table{
      {{0.0, 0.01}, {0.50, 0.01}, {0.75, 0.06}, {0.90, 0.28}, {0.95, 0.49}, {0.99, 0.87}, {1.0, 1.0}}};
  std::size_t i = 1;
  while (i + 1 < table.size() && u >= table[i].u) ++i;
  const double part = (u - table[i - 1].u) / (table[i].u - table[i - 1].u);
  return table[i - 1].share * exact::pow(table[i].share / table[i - 1].share, part);
}

std::uint16_t draw_missing(Stream& chance, bool churn) {
  const bool fails = chance.chance(churn ? 0.27 : 0.13);
  if (!fails) return 0;
  double share = 0.01;
  if (churn) share = churn_missing_quantile(chance.uniform());
  return static_cast<std::uint16_t>(std::clamp(share * 65535.0 + 0.5, 1.0, 65535.0));
}

}  // namespace peerlab
