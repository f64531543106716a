#include "models/protocols/peer_selection.h"

namespace peerlab {

Fields peer_selection_fields() {
  return {
      {.name = "peer_selection",
       .kind = Kind::choice,
       .fallback = "fixed",
       .sentence =
           "How nodes come by their neighbours: fixed = the network's graph, whose broken links mend; uniform = "
           "each asks for `outbound` links to nodes drawn from all; address-manager = drawn from tables of "
           "addresses that it was told of.",
       .example = "address-manager",
       .choices = {"fixed", "uniform", "address-manager"}},
      {.name = "outbound",
       .kind = Kind::whole,
       .fallback = "8",
       .sentence = "Links that a full node asks for and keeps up, unless `peer_selection` is fixed.",
       .example = "8",
       .least = "1",
       .most = "125"},
      {.name = "inbound",
       .kind = Kind::whole,
       .fallback = "117",
       .sentence = "Links that a full node grants to others, unless `peer_selection` is fixed.",
       .example = "40",
       .least = "0",
       .most = "100000"},
      {.name = "evict",
       .kind = Kind::flag,
       .fallback = "yes",
       .sentence = "A newcomer to a node whose inbound links are all granted takes the place of the youngest of the "
                   "largest group; the older half is safe. Otherwise the newcomer is refused.",
       .example = "no"},
      {.name = "connect_timeout",
       .kind = Kind::duration,
       .fallback = "5 s",
       .sentence = "A connection that has not opened by then is given up.",
       .example = "5 s",
       .least = "100 ms",
       .most = "10 min"},
      {.name = "feeler_every",
       .kind = Kind::duration,
       .fallback = "2 min",
       .sentence =
           "address-manager: how often an address is tried for a moment, only to learn whether it answers; 0 s: "
           "never.",
       .example = "2 min",
       .least = "0 s",
       .most = "30 d"},
      {.name = "extra_every",
       .kind = Kind::duration,
       .fallback = "5 min",
       .sentence = "How often one more outbound link is opened for a minute, to hear of blocks that the others keep "
                   "back; 0 s: never.",
       .example = "0 s",
       .least = "0 s",
       .most = "30 d"},
      {.name = "anchors",
       .kind = Kind::whole,
       .fallback = "2",
       .sentence = "address-manager: outbound neighbours of before a restart that are asked first after it.",
       .example = "2",
       .least = "0",
       .most = "8"},
      {.name = "one_per_group",
       .kind = Kind::flag,
       .fallback = "yes",
       .sentence = "address-manager: no two outbound neighbours lie in the same network (/16).",
       .example = "no"},
      {.name = "test_before_evict",
       .kind = Kind::flag,
       .fallback = "yes",
       .sentence = "address-manager: an address that was reached keeps its place in the tried table while it answers.",
       .example = "no"},
      {.name = "new_buckets",
       .kind = Kind::whole,
       .fallback = "1024",
       .sentence = "address-manager: buckets for addresses heard of, of 64 places each.",
       .example = "256",
       .least = "1",
       .most = "65536"},
      {.name = "tried_buckets",
       .kind = Kind::whole,
       .fallback = "256",
       .sentence = "address-manager: buckets for addresses that were reached, of 64 places each.",
       .example = "64",
       .least = "1",
       .most = "65536"},
      {.name = "address_rate",
       .kind = Kind::real,
       .fallback = "0.1",
       .sentence = "address-manager: addresses per second that a neighbour may tell, after those he was asked for; 0: "
                   "any number.",
       .example = "0",
       .least = "0",
       .most = "1000000"},
      {.name = "seed_addresses",
       .kind = Kind::whole,
       .fallback = "100",
       .sentence = "address-manager: addresses, drawn from all that are reachable, that seed servers tell a node with "
                   "empty tables.",
       .example = "100",
       .least = "1",
       .most = "1000"},
      {.name = "address_groups",
       .kind = Kind::whole,
       .fallback = "2000",
       .sentence = "Networks (/16) over which the addresses of machines are spread.",
       .example = "500",
       .least = "1",
       .most = "60000"},
  };
}

PeerSelection PeerSelection::from(const Params& params) {
  PeerSelection s;
  const std::string& how = params.text("peer_selection");
  s.how = how == "fixed" ? How::fixed : how == "uniform" ? How::uniform : How::address_manager;
  s.outbound = static_cast<std::uint32_t>(params.whole("outbound"));
  s.inbound = static_cast<std::uint32_t>(params.whole("inbound"));
  s.evict = params.flag("evict");
  s.connect_timeout = params.duration("connect_timeout");
  s.feeler_every = params.duration("feeler_every");
  s.extra_every = params.duration("extra_every");
  s.anchors = static_cast<std::uint32_t>(params.whole("anchors"));
  s.one_per_group = params.flag("one_per_group");
  s.address_rate = params.real("address_rate");
  s.seed_addresses = static_cast<std::uint32_t>(params.whole("seed_addresses"));
  s.groups = static_cast<std::uint32_t>(params.whole("address_groups"));
  s.tables.test_before_evict = params.flag("test_before_evict");
  s.tables.new_buckets = static_cast<std::uint32_t>(params.whole("new_buckets"));
  s.tables.tried_buckets = static_cast<std::uint32_t>(params.whole("tried_buckets"));
  return s;
}

}  // namespace peerlab
