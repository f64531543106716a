// The links of a file that the user brings: GraphML, or CSV with the heading from,to (graph_file.h).
#include <string>
#include <utility>

#include "models/network/graph_file.h"
#include "models/network/topology.h"

namespace peerlab {

namespace {

Parsed<Graph> make(const Params& params, std::uint32_t n, Stream&) { return read_graph_file(params.text("file"), n); }

std::string check(const Params& params, std::uint32_t n) { return read_graph_file(params.text("file"), n).error; }

Fields fields() {
  return {field("file", Kind::text, "",
                "The links of the topology file: GraphML, or CSV with the heading `from,to` and nodes numbered from 0.",
                "links.csv")};
}

}  // namespace

TopologyRow file_topology() { return {"file", "The links stand in a file, GraphML or CSV.", fields, check, make}; }

}  // namespace peerlab
