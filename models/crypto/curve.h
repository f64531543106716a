// The libsecp256k1 context that keys and sealing share. Internal to models/crypto.
#pragma once

#include <secp256k1.h>

namespace peerlab::detail {

/// A context that can sign and check; built once, then only read, so that threads may share it.
const secp256k1_context* curve();

}  // namespace peerlab::detail
