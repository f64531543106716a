// Stubborn mining: selfish mining that does not give in where SM1 would (Nayak, Kumar, Miller & Shi, Stubborn mining, EuroS&P 2016).
//
//   lead        the public branch comes within one block of a hidden lead: instead of cashing in, one block more is shown, so that the
//               two branches compete, and the rest stays hidden
//   equal_fork  while two equal branches compete the pool finds a block: it is not published but kept as a new lead
//   trail       the pool falls behind: it goes on with its own branch until it is more than so many blocks behind. When it has
//               caught up it goes on in secret; once it is one block ahead of the public branch it publishes
#pragma once

#include "models/attacks/branch_policy.h"

namespace peerlab {

struct Stubbornness {
  bool lead = true;
  bool equal_fork = false;
  std::uint32_t trail = 0;  ///< blocks behind at which he still goes on
};

[[nodiscard]] BranchMove stubborn_move(const Stubbornness& how, const BranchState& s);

}  // namespace peerlab
