#include "models/disturbances/by_lot.h"

#include <algorithm>
#include <utility>

namespace peerlab {

std::vector<MachineId> by_lot(const DisturbanceContext& context, Purpose what) {
  what.value ^= static_cast<std::uint32_t>(mix64(std::uint64_t{context.number} << 32 | context.occurrence));
  std::vector<std::pair<std::uint64_t, MachineId>> lots;
  for (const MachineId machine : context.machines) {
    Stream random(context.seed, what, machine.value);
    lots.emplace_back(random.bits(), machine);
  }
  std::sort(lots.begin(), lots.end());
  std::vector<MachineId> order;
  for (const auto& [lot, machine] : lots) order.push_back(machine);
  return order;
}

}  // namespace peerlab
