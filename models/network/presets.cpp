#include <array>

#include "models/network/network_model.h"

namespace peerlab {

// What a preset does not name stays at its default. The plain presets read the tables as what they are, round trips; the
// simblock presets do as that simulator does, so that its figures can be compared.
std::span<const Preset> presets() {
  static const std::array<Preset, 7> table = {{
      {"internet-2019",
       "Six regions with the tables of 2019 (read as round trips), the regions' mean access rates, 8 random links "
       "each.",
       {{"geography", "2019"}}},
      {"internet-2015",
       "Six regions with the tables of 2015 (read as round trips), the regions' mean access rates, 8 random links "
       "each.",
       {{"geography", "2015"}}},
      {"internet-2021",
       "Six regions with the tables of 2021 (read as round trips), the regions' mean access rates, 8 random links "
       "each.",
       {{"geography", "2021"}}},
      {"simblock-2019",
       "The network of the SimBlock simulator: tables of 2019 read as one-way, one upload at a time, 17.4 links each.",
       {{"geography", "2019"},
        {"reading", "one-way"},
        {"jitter", "pareto"},
        {"topology", "degree-table"},
        {"degrees", "bitcoin-2015"},
        {"uplink", "one-at-a-time"},
        {"control_overhead", "10 ms"},
        {"bulk_overhead", "2 ms"}}},
      {"simblock-2015",
       "As simblock-2019, with the tables of 2015, also read as one-way.",
       {{"geography", "2015"},
        {"reading", "one-way"},
        {"jitter", "pareto"},
        {"topology", "degree-table"},
        {"degrees", "bitcoin-2015"},
        {"uplink", "one-at-a-time"},
        {"control_overhead", "10 ms"},
        {"bulk_overhead", "2 ms"}}},
      {"lan",
       "One local network: 0.1 ms between any two machines, each on a cable of 1 Gbit/s that adds 0.2 ms at either "
       "end.",
       {{"latency", "100 us"}, {"access", "cable"}}},
      {"uniform",
       "No geography: 50 ms between any two machines, each with 100 Mbit/s both ways.",
       {{"latency", "50 ms"}, {"access", "custom"}, {"upload", "100 Mbit/s"}, {"download", "100 Mbit/s"}}},
  }};
  return table;
}

const Preset* find_preset(std::string_view name) {
  for (const Preset& preset : presets()) {
    if (preset.name == name) return &preset;
  }
  return nullptr;
}

std::string apply_preset(Params& params, std::string_view name) {
  const Preset* preset = find_preset(name);
  if (preset == nullptr) return "There is no preset `" + std::string(name) + "`.";
  if (std::string error = params.set("preset", name); !error.empty()) return error;
  for (const auto& [field, text] : preset->values) {
    if (std::string error = params.set(field, text); !error.empty()) return error;
  }
  return "";
}

}  // namespace peerlab
