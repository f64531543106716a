// An attack on the level of one participant: an honest node whose outbox is edited.
//
// The wrapper owns the honest node, hands every call on to it and changes what it asked for, or adds wishes of its own.
// So an attacker does all the real work that an honest peer does, and differs in what it says.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "models/base/field.h"
#include "models/node/node.h"

namespace peerlab {

struct AttackRow {
  std::string_view name;      ///< as scenarios write it
  std::string_view sentence;  ///< what it does
  std::string_view source;    ///< where it is described
  Fields (*fields)() = nullptr;
  /// The attacker in place of `honest`. Slot 15 belongs to wrappers.
  std::unique_ptr<Node> (*wrap)(std::unique_ptr<Node> honest, const Home& home, const Params& params) = nullptr;
};

/// The slot that honest participants leave to wrappers.
inline constexpr Slot attack_slot = 15;

}  // namespace peerlab
