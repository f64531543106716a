// Makes an Audit from what disks and nodes tell.
//
// Between open() and the next open() lies one machine or one backup. Its sources are told one after the other: the disk, then each
// node that runs. They mostly tell the same again, and a write counts once for a machine, however often it lies there.
// What a bundle holds is learned once and kept from audit to audit, so a later audit costs one look-up for each bundle of each
// machine. Damaged contents, and contents that name an operation to which they do not belong, are not counted.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "analysis/observation/audit.h"
#include "models/base/lookup.h"
#include "models/node/holdings.h"
#include "models/node/request.h"
#include "models/protocols/key_book.h"

namespace peerlab {

class Auditor final : public HoldingsSink {
 public:
  explicit Auditor(std::span<const Request> requests);

  /// From now on really tries the owner's key on each sealed content, when it is met for the first time.
  void try_keys(std::uint64_t seed) { book_.emplace(seed); }
  void begin(Time at, Audit::Why why, std::size_t machines, std::size_t users);
  enum class Place : std::uint8_t { machine, backup };
  /// What follows lies on this machine, or in its backup. `about` says what kind of machine it is.
  void open(MachineId machine, Place place, const Audit::Holding& about);
  /// What follows comes from another source on the same machine.
  void next_source() { first_source_ = false; }
  /// Counts everything. Valid until the next begin().
  const Audit& finish();

  void state_digest(const Hash256& digest) override;
  void tip(std::uint32_t height, const Hash256& id) override;
  void key(std::uint32_t user) override;
  bool begin_bundle(std::uint64_t name) override;
  void end_bundle() override;
  void held(const HeldWrite& write) override;

 private:
  static constexpr std::uint32_t none = 0xffffffff;
  struct Bundle {
    std::uint32_t last_place = 0;  ///< the last place where it was found
    std::uint32_t damaged = 0;
    Audit::Copies copies;
  };
  void close();
  void found(std::uint32_t bundle);
  void add(std::uint32_t number);
  [[nodiscard]] bool covered(std::uint32_t number) const;
  void count(Audit::Copies& copies) const;
  void try_key(const HeldWrite& write, const Request& request);

  std::span<const Request> requests_;
  std::optional<KeyBook> book_;
  Audit audit_;
  Lookup<std::uint64_t, std::uint32_t> known_;  ///< bundles by name
  std::vector<Bundle> bundles_;
  std::vector<std::uint32_t> bundle_of_;                            ///< by write: the first bundle that holds it
  Lookup<std::uint32_t, std::vector<std::uint32_t>> more_bundles_;  ///< where there are several: the others
  std::vector<std::uint32_t> last_place_;                           ///< by write: the last place where it lay by itself
  std::uint32_t place_ = 0;                                         ///< counts places, over all audits
  std::uint32_t open_bundle_ = none;
  Audit::Holding* holding_ = nullptr;
  Place kind_ = Place::machine;
  bool first_source_ = true;
};

}  // namespace peerlab
