#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "models/network/access.h"
#include "models/network/network_model.h"
#include "models/network/topology.h"

namespace peerlab {

namespace {

template <class Rows>
std::vector<std::string> names_of(const Rows& rows) {
  std::vector<std::string> names;
  for (const auto& row : rows) names.emplace_back(row.name);
  return names;
}

Field choice(std::string_view name, std::vector<std::string> choices, std::string_view fallback,
             std::string_view sentence) {
  const std::string example = choices.back() == fallback ? choices.front() : choices.back();
  return field(name, Kind::choice, fallback, sentence, example, "", "", std::move(choices));
}

// A field that several rows read stands in the table once.
void add_new(Fields& fields, const Fields& more) {
  for (const Field& f : more) {
    const bool there =
        std::any_of(fields.begin(), fields.end(), [&](const Field& other) { return other.name == f.name; });
    if (!there) fields.push_back(f);
  }
}

}  // namespace

Fields network_fields() {
  Fields fields = {
      choice("preset", names_of(presets()), "internet-2019",
             "Sets the other values of the network; what is written here wins."),
      field("users", Kind::whole, "500", "People, each with a machine, the same in every system.", "1000", "1",
            "16777200"),
      choice("topology", names_of(topologies()), "random-regular", "Who is linked to whom at the start."),
  };
  for (const TopologyRow& row : topologies()) add_new(fields, row.fields());
  add_new(fields,
          {choice("connected", {"repair", "refuse", "as-is"}, "repair",
                  "What to do when the topology is in several pieces: join them with the fewest links, refuse to run, "
                  "or leave them."),
           field("latency", Kind::text, "region-matrix",
                 "How long a message is under way, one-way: region-matrix or a law of durations.",
                 "uniform 10 ms..50 ms")});
  for (const LatencyLawRow& row : latency_laws()) add_new(fields, row.fields());
  add_new(
      fields,
      {choice("latency_drawn", {"per-message", "per-link"}, "per-message",
              "Whether each message draws its latency, or each link once for both directions."),
       choice("access", names_of(access_profiles()), "by-region", "How machines are attached to the network."),
       field("upload", Kind::bandwidth, "100 Mbit/s", "Uplink rate with the access custom.", "20 Mbit/s", "1 kbit/s"),
       field("download", Kind::bandwidth, "100 Mbit/s", "Downlink rate with the access custom.", "100 Mbit/s",
             "1 kbit/s"),
       choice("uplink", {"fifo", "one-at-a-time"}, "fifo",
              "How bodies share links: fifo queues at uplink and downlink, or one upload at a time per machine, "
              "the next when "
              "the last was delivered, without downlink queues (SimBlock's law)."),
       field("control_overhead", Kind::duration, "0 ms",
             "Time added to every message that is no block body or compact block.", "10 ms", "0 ms", "1 h"),
       field("bulk_overhead", Kind::duration, "0 ms", "Time added to block bodies and compact blocks.", "2 ms", "0 ms",
             "1 h"),
       field("loss", Kind::share, "0 %", "Share of messages that are lost on the way.", "0.1 %", "0 %", "100 %")});
  return fields;
}

}  // namespace peerlab
