// How many must fall until something is within reach: thresholds in four currencies, by choice and by chance.
//
// A unit is what falls at one stroke: a machine, all machines of an owner, at a hosting provider, or with a version of the software.
// Numbers of different currencies are never added up.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

#include "analysis/observation/cast.h"

namespace peerlab {

enum class Currency : std::uint8_t { machines, owners, hosts, versions };
inline constexpr std::array<std::string_view, 4> currency_names = {"machines", "owners", "hosts", "exploits"};

/// The unit that each machine falls with, numbered from 0 in the order of the machines.
struct FallUnits {
  FallUnits(const Cast& cast, Currency currency) {
    std::map<std::uint32_t, std::uint32_t> known;
    for (std::uint32_t m = 0; m < cast.machines; ++m) {
      std::uint32_t name = m;
      if (currency != Currency::machines && m < cast.belongs.size()) {
        const Affiliation& belongs = cast.belongs[m];
        name = currency == Currency::owners  ? belongs.owner
               : currency == Currency::hosts ? belongs.host
                                             : belongs.version;
      }
      const auto [unit, fresh] = known.emplace(name, static_cast<std::uint32_t>(members.size()));
      if (fresh) members.emplace_back();
      members[unit->second].push_back(MachineId(m));
      unit_of.push_back(unit->second);
    }
  }
  std::vector<std::uint32_t> unit_of;           ///< by machine
  std::vector<std::vector<MachineId>> members;  ///< by unit
};

/// Nothing is enough.
inline constexpr std::uint32_t beyond_reach = 0xffffffff;

/// The smallest number of units whose weights add up to at least `needed`; `beyond_reach` when all are not enough.
inline std::uint32_t fewest(const FallUnits& units, const std::vector<double>& weight_of_machine, double needed) {
  std::vector<double> weights(units.members.size());
  for (std::size_t m = 0; m < weight_of_machine.size(); ++m) weights[units.unit_of[m]] += weight_of_machine[m];
  std::sort(weights.begin(), weights.end(), [](double a, double b) { return a > b; });
  double sum = 0;
  for (std::uint32_t k = 0; k < weights.size() && weights[k] > 0; ++k) {
    sum += weights[k];
    if (sum >= needed) return k + 1;
  }
  return beyond_reach;
}

}  // namespace peerlab
