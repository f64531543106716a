#include <array>
#include <string>
#include <vector>

#include "models/base/quantity.h"
#include "models/network/geography.h"
#include "models/network/latency.h"

namespace peerlab {

namespace {

Fields no_fields() { return {}; }

// `latency` holds a law in words: the same for all pairs of machines.
Parsed<LatencyMap> everywhere(const Params& network) {
  const Parsed<Distribution> law = parse_law(network.text("latency"), Kind::duration);
  if (!law) return {std::nullopt, law.error};
  return {LatencyMap(*law.value), ""};
}

Fields region_fields() {
  std::vector<std::string> years;
  for (const Geography& table : geographies()) years.push_back(std::to_string(table.year));
  return {field("geography", Kind::choice, "2019",
                "The year of the tables that say where machines stand, how far regions are apart, and their rates.",
                "2021", "", "", years),
          field("reading", Kind::choice, "round-trip",
                "How to read the table of latencies, which was measured with ping: as round-trip, so that a message "
                "takes half of it, or as one-way, as earlier simulators did.",
                "one-way", "", "", {"round-trip", "one-way"}),
          field("jitter", Kind::choice, "pareto",
                "How single messages differ from the table: none, or pareto, whose least value is the table's minus "
                "5 ms, whose shape is a fifth of the table's milliseconds, and whose mean is the table's.",
                "none", "", "", {"none", "pareto"})};
}

// The law of one entry of the table. With the reading round-trip the drawn round trip is halved.
Distribution law_of_entry(double ms, bool halved, bool jitter) {
  constexpr double ns_per_ms = 1e6;
  const double unit = halved ? ns_per_ms / 2 : ns_per_ms;
  if (!jitter) return Distribution::constant(ms * unit);
  return Distribution::pareto((ms - 5) * unit, 0.2 * ms);
}

Parsed<LatencyMap> region_matrix(const Params& network) {
  const Geography& table = geography_of(network);
  const bool halved = network.text("reading") == "round-trip";
  const bool jitter = network.text("jitter") == "pareto";
  std::vector<Distribution> laws;
  for (const auto& from : table.latency_ms) {
    for (const double ms : from) laws.push_back(law_of_entry(ms, halved, jitter));
  }
  return {LatencyMap(laws), ""};
}

}  // namespace

std::span<const LatencyLawRow> latency_laws() {
  static const std::array<LatencyLawRow, 7> table = {{
      {"region-matrix", "By the regions of sender and receiver, from the tables of `geography`.", "region-matrix",
       region_fields, region_matrix},
      {"constant", "The same for every message.", "50 ms", no_fields, everywhere},
      {"uniform", "Any value between two, each as likely.", "uniform 10 ms..50 ms", no_fields, everywhere},
      {"exponential", "Memoryless, with this mean.", "exponential 100 ms", no_fields, everywhere},
      {"normal", "A bell around the mean; what would be negative is zero.", "normal 100 ms sd 20 ms", no_fields,
       everywhere},
      {"lognormal", "Mostly near the median, sometimes much longer.", "lognormal median 50 ms sigma 0.5", no_fields,
       everywhere},
      {"pareto", "Never below the scale, with a heavy tail.", "pareto scale 30 ms shape 3", no_fields, everywhere},
  }};
  return table;
}

const LatencyLawRow* find_latency_law(std::string_view latency) {
  const std::string_view word = latency.substr(0, latency.find(' '));
  for (const LatencyLawRow& row : latency_laws()) {
    if (row.name == word) return &row;
  }
  if (!parse_duration(latency)) return nullptr;
  for (const LatencyLawRow& row : latency_laws()) {
    if (row.name == "constant") return &row;
  }
  return nullptr;
}

}  // namespace peerlab
