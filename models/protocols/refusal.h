// Why a service did not do something. Not a verdict on the operation: the same operation may succeed later or elsewhere.
#pragma once

#include <cstdint>

namespace peerlab {

enum class Refusal : std::uint16_t {
  overloaded = 256,  ///< the queue is full
  no_session,        ///< the token is not one of a session
  bad_login,         ///< signature or password are wrong
  not_primary,       ///< another server is
  not_ready,         ///< no primary, or this server is restoring its backup
  gave_up,           ///< told by the client: no answer within its retries or the deadline
  no_order,          ///< nobody here can say what came first, as a payment needs it
  behind,            ///< the asker has seen a later state than this server has so far
  unproven,          ///< told by the client: the answer does not follow from the service's audit log
};

}  // namespace peerlab
