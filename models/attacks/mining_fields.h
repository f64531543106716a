// The fields that all attacks by mining have.
#pragma once

#include "models/base/field.h"

namespace peerlab {

/// `hash_share` with this default, and `from`.
Fields mining_attack_fields(std::string_view share);

/// What is wrong with them in a run of that length; empty when nothing is. For AttackRow::check.
std::string check_mining_attack(const Params& params, Duration run);

/// What is wrong when `blocks` of them, which field `name` asks for, are more than twice as many as are expected between `from` and the
/// end of the run; empty when nothing is. `needs`: who needs them, as "the merchant would wait for". For AttackRow::hopeless.
std::string hopeless_depth(std::string_view name, std::int64_t blocks, std::string_view needs, const Params& params,
                           const Params& system, Duration run);

}  // namespace peerlab
