#include "models/protocols/gossip_options.h"

namespace peerlab {

Fields gossip_fields() {
  return {
      field("copies", Kind::whole, "3",
            "Machines that hold a write, the writer's own included, when it counts as done.", "2", "1", "100"),
      field("announce_every", Kind::duration, "1 s", "Time between two batches of news to all neighbours.", "5 s",
            "1 ms", "1 h"),
      field("compare_every", Kind::duration, "30 s",
            "Time between two comparisons with a random neighbour, which find what gossip missed.", "10 s", "100 ms",
            "1 d"),
      field("request_timeout", Kind::duration, "20 s",
            "A record that was asked for and has not come may be asked of another peer.", "10 s", "10 ms", "1 h"),
      field("signatures", Kind::choice, "owner",
            "Who vouches for a write: owner = his signature is kept with it and everybody checks it, none = whoever "
            "passes it on is believed.",
            "none", "", "", {"owner", "none"}),
  };
}

GossipOptions GossipOptions::from(const Params& params, const Params& protection) {
  GossipOptions o;
  o.copies = static_cast<std::uint32_t>(params.whole("copies"));
  o.announce_every = params.duration("announce_every");
  o.compare_every = params.duration("compare_every");
  o.request_timeout = params.duration("request_timeout");
  o.owner_signatures = params.text("signatures") == "owner";
  o.encrypt_private = protection.text("encryption") == "end-to-end";
  return o;
}

}  // namespace peerlab
