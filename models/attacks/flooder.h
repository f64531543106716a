// A node that pours out what its director tells it to: logins that are never finished, or writes that nobody signed.
//
//   logins  a hello to every server that it is linked to. Each takes a place among the server's sessions until it is dropped
//   writes  to a server a write of its own user whose signature is wrong, in his session; to the peers of a ledger a
//           payment out of a coin of the first block that its owner has not signed. Whoever gets it checks it, at his own cost, and finds
//           out; a peer then talks to this one no more
//
// The director asks for requests whose numbers no honest one has; each of them is one piece. In everything else the node is honest.
#pragma once

#include "models/attacks/wrapper.h"

namespace peerlab {

class Flooder final : public Wrapper {
 public:
  enum class What : std::uint8_t { logins, writes };
  Flooder(std::unique_ptr<Node> honest, const Home& home, What what) : Wrapper(std::move(honest), home), what_(what) {}

  void submit(Time now, const Request& request, Outbox& out) override;

 protected:
  void edit(Time now, Outbox& out) override;

 private:
  What what_;
};

}  // namespace peerlab
