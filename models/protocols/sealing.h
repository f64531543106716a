// Whether a system seals private records to their owners: as `protection` says for all, or as it says itself.
#pragma once

#include "models/base/field.h"

namespace peerlab {

/// `encryption` of a system.
Field encryption_field();
/// `system` are its values, `protection` those of protection_fields().
bool seals_private(const Params& system, const Params& protection);

}  // namespace peerlab
