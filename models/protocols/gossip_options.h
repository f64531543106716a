// Everything that a user can set about `gossip-store`.
#pragma once

#include <cstdint>
#include <string>

#include "models/base/field.h"
#include "models/base/time.h"

namespace peerlab {

struct GossipOptions {
  std::uint32_t copies = 3;                ///< machines that hold a write when it is acked, the writer's included
  Duration announce_every = seconds(1);    ///< between batches of news
  Duration compare_every = seconds(30);    ///< between two comparisons with a random neighbour
  Duration request_timeout = seconds(20);  ///< a record asked for and not sent
  bool owner_signatures = true;            ///< writes are signed by the owner and everybody checks it
  bool encrypt_private = false;            ///< private records are sealed to their owner

  static GossipOptions from(const Params& params, const Params& protection);
};

Fields gossip_fields();

}  // namespace peerlab
