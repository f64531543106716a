// The scenario language as a JSON Schema (draft-07), for editors: completion, descriptions and first checks while typing.
//
// Made from the field table alone. It accepts every valid scenario; what it cannot say (ranges of quantities with units,
// selectors, metrics, two keys that exclude each other) `peerlab validate` says.
#pragma once

#include <string>

#include "sim/scenario/schema.h"

namespace peerlab {

std::string json_schema(const Schema& schema);

}  // namespace peerlab
