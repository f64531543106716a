// Choosing another person.
#pragma once

#include "models/base/ids.h"
#include "models/base/random.h"

namespace peerlab {

/// One of the `users` other than `user`, each with the same chance. Needs two users.
inline UserId somebody_else(Stream& random, UserId user, std::uint32_t users) {
  const auto drawn = static_cast<std::uint32_t>(random.below(users - 1));
  return UserId(drawn < user.value ? drawn : drawn + 1);
}

}  // namespace peerlab
