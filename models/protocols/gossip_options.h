// Everything that a user can set about `gossip-store`.
#pragma once

#include <cstdint>
#include <string>

#include "models/base/field.h"
#include "models/base/time.h"
#include "models/protocols/rumours.h"

namespace peerlab {

/// How news travel.
enum class Spreading : std::uint8_t {
  batches,  ///< names offered to all neighbours, who ask for what they lack
  push,     ///< told to one random neighbour after the other, each machine in its own time
  rounds,   ///< the same, all machines at once
};

struct GossipOptions {
  std::uint32_t copies = 3;              ///< machines that hold a write when it is acked, the writer's included
  Duration announce_every = seconds(1);  ///< between batches of news
  Spreading spreading = Spreading::batches;
  Duration call_every = seconds(1);        ///< push, rounds: between two calls of a machine
  Interest interest;                       ///< push, rounds: until when a machine calls
  Duration compare_every = seconds(30);    ///< between two comparisons with a random neighbour; zero: never
  Duration request_timeout = seconds(20);  ///< a record asked for and not sent
  bool owner_signatures = true;            ///< writes are signed by the owner and everybody checks it
  bool encrypt_private = false;            ///< private records are sealed to their owner

  static GossipOptions from(const Params& params, const Params& protection);
};

Fields gossip_fields();
/// What is wrong with the values together, as a sentence; empty when nothing is.
std::string check_gossip(const Params& params);

}  // namespace peerlab
