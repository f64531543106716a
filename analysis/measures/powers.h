// What a system's rules say somebody needs: weights of machines, and how much of them is enough.
#pragma once

#include <vector>

#include "analysis/observation/cast.h"

namespace peerlab {

struct Need {
  bool said = false;           ///< the system says something about this feat
  bool never = false;          ///< no number of machines is enough
  bool by_hash_power = false;  ///< the weights are shares of it
  std::vector<double> weight;  ///< by machine
  double enough = 0;
};

/// What it takes for `feat`. Of hash power more than half is enough: the weights are its shares.
inline Need need_of(const Cast& cast, Feat feat) {
  Need need;
  for (const Power& power : cast.powers) {
    if (power.feat != feat) continue;
    need.said = true;
    need.weight.assign(cast.machines, 0);
    switch (power.rule) {
      case Power::Rule::never: need.never = true; break;
      case Power::Rule::nodes:
        for (const NodeId node : power.among) need.weight[cast.nodes[node.index()].machine.index()] += 1;
        need.enough = power.needed;
        break;
      case Power::Rule::hash_power: {
        double total = 0;
        for (const CastNode& node : cast.nodes) total += node.hash_power;
        if (total <= 0) {
          need.said = false;
          break;
        }
        need.by_hash_power = true;
        for (const CastNode& node : cast.nodes) need.weight[node.machine.index()] += node.hash_power / total;
        need.enough = 0.5 + 1e-9;  // more than half, sums of shares rounded
        break;
      }
    }
  }
  return need;
}

}  // namespace peerlab
