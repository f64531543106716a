#include "models/protocols/gossip_options.h"

#include "models/protocols/sealing.h"

namespace peerlab {

Fields gossip_fields() {
  return {
      field("copies", Kind::whole, "3",
            "Machines that hold a write, the writer's own included, when it counts as done.", "2", "1", "100"),
      field("announce_every", Kind::duration, "1 s", "Time between two batches of news to all neighbours.", "5 s",
            "1 ms", "1 h"),
      field("compare_every", Kind::duration, "30 s",
            "Time between two comparisons with a random neighbour, which find what gossip missed; 0 s: never.", "10 s",
            "0 s", "1 d"),
      field("spread", Kind::choice, "batches",
            "How news travel: batches = names are offered to all neighbours, who ask for what they lack; push = each "
            "machine "
            "tells one random neighbour after the other, in its own time; rounds = the same, all machines at once.",
            "push", "", "", {"batches", "push", "rounds"}),
      field("call_every", Kind::duration, "1 s",
            "With push the mean time between two calls of a machine (exponential), with rounds the time between two "
            "rounds.",
            "100 ms", "1 ms", "1 d"),
      field(
          "lose_interest", Kind::text, "feedback 3",
          "When a machine calls no more about a record: `feedback 3`, after that many calls in a row to machines that "
          "knew it; `coin 3`, with chance 1/3 after each call; `after 25 s`, so long after it was heard.",
          "coin 3"),
      field("request_timeout", Kind::duration, "20 s",
            "A record that was asked for and has not come may be asked of another peer.", "10 s", "10 ms", "1 h"),
      field("signatures", Kind::choice, "owner",
            "Who vouches for a write: owner = his signature is kept with it and everybody checks it, none = whoever "
            "passes it on is believed.",
            "none", "", "", {"owner", "none"}),
      encryption_field(),
  };
}

std::string check_gossip(const Params& params) {
  if (!parse_interest(params.text("lose_interest")))
    return "lose_interest: write `feedback 3`, `coin 3` or `after 25 s`.";
  const Duration compare = params.duration("compare_every");
  if (compare.ns > 0 && compare < milliseconds(100)) return "compare_every: at least 100 ms, or 0 s for never.";
  return {};
}

GossipOptions GossipOptions::from(const Params& params, const Params& protection) {
  GossipOptions o;
  o.copies = static_cast<std::uint32_t>(params.whole("copies"));
  o.announce_every = params.duration("announce_every");
  const std::string& spread = params.text("spread");
  o.spreading = spread == "push" ? Spreading::push : spread == "rounds" ? Spreading::rounds : Spreading::batches;
  o.call_every = params.duration("call_every");
  o.interest = parse_interest(params.text("lose_interest")).value_or(Interest{});
  o.compare_every = params.duration("compare_every");
  o.request_timeout = params.duration("request_timeout");
  o.owner_signatures = params.text("signatures") == "owner";
  o.encrypt_private = seals_private(params, protection);
  return o;
}

}  // namespace peerlab
