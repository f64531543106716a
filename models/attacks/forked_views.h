// What a forger tells of a service's audit log: to each reader a history of his own, in which the lies are true.
//
// He holds a server, and with it the operator's key and the log. A lie about a write takes another leaf in the place of the true one, so
// another root. A reader who has not yet seen a head that covers the leaf cannot know, and from then on is only ever shown the tree with
// the lie in it (Mazières and Shasha 2002 call such views forked). To a reader who has seen the true leaf nothing can be shown: he
// gets the forged answer with the true proof, which does not fit. When the forger stops, those whom he lied to find out.
#pragma once

#include <map>
#include <optional>

#include "models/node/node.h"
#include "models/protocols/central_server.h"

namespace peerlab {

class ForkedViews {
 public:
  /// The message with a proof that this reader believes, where there can be one and the message's own will not do; it carries one
  /// reference. Nothing: send it as it is.
  std::optional<Message> fit(NodeId reader, const Message& message, const CentralServer& server, Parcels& parcels,
                             Work& work);

 private:
  using Lies = std::map<std::uint32_t, Hash256>;  ///< forged leaves by their place
  std::map<NodeId, Lies> told_;
};

}  // namespace peerlab
