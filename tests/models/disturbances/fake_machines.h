// Machines that write down what is done to them.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "models/node/machines.h"

namespace peerlab::test {

class FakeMachines final : public Machines {
 public:
  void crash(MachineId machine) override { say("crash", machine); }
  void restart(MachineId machine) override { say("restart", machine); }
  void wipe(MachineId machine) override { say("wipe", machine); }
  void destroy_backup(MachineId machine) override { say("destroy backup", machine); }
  void leave(MachineId machine) override { say("leave", machine); }
  void cut(std::uint32_t number, std::span<const std::uint8_t> groups, CutShape shape) override {
    std::string line = shape == CutShape::sides ? "cut " : shape == CutShape::one_way ? "one-way cut " : "ring cut ";
    line += std::to_string(number) + ":";
    for (const std::uint8_t group : groups) line += " " + std::to_string(group);
    said.push_back(line);
    cuts.push_back({number, shape, std::vector<std::uint8_t>(groups.begin(), groups.end())});
  }
  void heal(std::uint32_t number) override {
    said.push_back("heal " + std::to_string(number));
    std::erase_if(cuts, [&](const Cut& cut) { return cut.number == number; });
  }
  void degrade(MachineId machine, const Degradation& how) override {
    say("degrade", machine);
    said.back() += " latency " + std::to_string(how.latency_factor) + " bandwidth " +
                   std::to_string(how.bandwidth_factor) + " loss " + std::to_string(how.loss);
  }

  void detour(std::uint32_t number, std::span<const std::uint8_t> groups, const Detour& how) override {
    std::string line = "detour " + std::to_string(number) + ":";
    for (const std::uint8_t group : groups) line += " " + std::to_string(group);
    said.push_back(line + " delay " + std::to_string(how.delay.ns / 1'000'000'000) + " s loss " +
                   std::to_string(how.loss));
  }
  void end_detour(std::uint32_t number) override { said.push_back("end detour " + std::to_string(number)); }

  [[nodiscard]] std::uint64_t bytes_moved(MachineId machine) const override {
    return machine.index() < bytes.size() ? bytes[machine.index()] : 0;
  }

  /// Whether a message passes from one machine to another under the cuts of now.
  [[nodiscard]] bool passes(std::size_t from, std::size_t to) const {
    for (const Cut& cut : cuts) {
      const std::uint8_t groups = *std::max_element(cut.group.begin(), cut.group.end());
      const std::uint8_t a = cut.group[from];
      const std::uint8_t b = cut.group[to];
      if (a != 0 && b != 0 && a != b && !lets_through(cut.shape, a, b, groups)) return false;
    }
    return true;
  }
  /// Everything said since the last call.
  std::vector<std::string> take() { return std::exchange(said, {}); }

  std::vector<std::uint64_t> bytes;  ///< what each machine has moved so far, as the test wants it
  std::vector<std::string> said;
  struct Cut {
    std::uint32_t number;
    CutShape shape;
    std::vector<std::uint8_t> group;
  };
  std::vector<Cut> cuts;

 private:
  void say(const char* what, MachineId machine) { said.push_back(what + (" " + std::to_string(machine.value))); }
};

}  // namespace peerlab::test
