// The fields that all attacks by mining have.
#pragma once

#include "models/base/field.h"

namespace peerlab {

/// `hash_share` with this default, and `from`.
Fields mining_attack_fields(std::string_view share);

/// What is wrong with them in a run of that length; empty when nothing is. For AttackRow::check.
std::string check_mining_attack(const Params& params, Duration run);

}  // namespace peerlab
