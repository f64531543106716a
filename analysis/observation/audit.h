// What an auditor found who looked at every disk, every backup and into every running node at one instant.
//
// Contents are named by the number of the operation that brought them. Counted is what is really there: bytes that are what
// their commitment says. Attackers' machines hold nothing for an audit. A machine that is off still has its disk: what
// lies on it is counted apart, for it is there again when the machine is. A backup survives its machine, and is counted
// apart as well. Audits are as cheap as they are because machines share bundles (models/node/holdings.h).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/base/ids.h"
#include "models/base/time.h"

namespace peerlab {

struct Audit {
  /// Measures sample the instants of the clock and the end; those before faults tell what a fault destroyed.
  enum class Why : std::uint8_t { clock, before_fault, end };

  /// On how many machines the content of one write lies.
  struct Copies {
    std::uint32_t on_line = 0;    ///< stores that are on
    std::uint32_t off_line = 0;   ///< stores that are off
    std::uint32_t elsewhere = 0;  ///< machines that keep nobody else's records, on or off
    std::uint32_t backups = 0;
    bool sealed = false;  ///< only its owner's key opens it
    UserId opens_for{};   ///< whose key really opened it; nobody: none did, or none was tried
    [[nodiscard]] std::uint32_t stores() const { return on_line + off_line; }
    [[nodiscard]] bool anywhere() const { return on_line + off_line + elsewhere + backups > 0; }
  };

  /// One machine, or its backup.
  struct Holding {
    bool on = true;
    bool store = false;    ///< an honest node on it keeps other people's records
    bool hostile = false;  ///< an attacker runs it: what it holds is not counted
    bool locked = false;   ///< ciphertext: the key to it is in the memory of a store that is on
    bool reached = true;   ///< of a backup: whoever has its machine can destroy it as well
    bool answers = false;  ///< a node on it told its state
    std::uint32_t height = 0;
    std::uint64_t tip = 0;                ///< low 64 bits of the id of the block it stands on; 0 without a chain
    std::uint64_t state = 0;              ///< low 64 bits of its state digest
    std::uint32_t damaged = 0;            ///< contents that are not what they should be
    std::vector<std::uint32_t> bundles;   ///< places in Audit::bundles
    std::vector<std::uint32_t> writes{};  ///< besides those in bundles, in rising order
    std::vector<UserId> keys{};           ///< whose secret keys lie there
  };

  Time at;
  Why why = Why::clock;
  std::vector<Copies> copies;                       ///< by number of the operation
  std::vector<std::vector<std::uint32_t>> bundles;  ///< the writes in each
  std::vector<Holding> machines;                    ///< by MachineId
  std::vector<Holding> backups;                     ///< by MachineId; empty ones included
  std::vector<std::uint32_t> keys;                  ///< by user: how many disks hold his key

  /// Calls f(number) for every write whose content lies in `holding`.
  template <class F>
  void each_write(const Holding& holding, F&& f) const {
    for (const std::uint32_t bundle : holding.bundles) {
      for (const std::uint32_t number : bundles[bundle]) f(number);
    }
    for (const std::uint32_t number : holding.writes) f(number);
  }
};

}  // namespace peerlab
