// What a client of a service with an audit log tells when a proof does not hold.
#pragma once

#include "models/node/happening.h"

namespace peerlab {

namespace happened {
/// An answer was thrown away because it does not follow from what its reader had seen of the service's log. subject: number of the
/// operation; amount: what is wrong (models/protocols/audit_log.h); detail: the record, packed.
inline constexpr HappeningKind audit_failed = happening("audit failed");
}  // namespace happened

}  // namespace peerlab
