// Machines that fall one after another: each at its own time after the beginning, all at once when that time is zero.
//
// The time of a machine comes from a stream of its own for (entry, occurrence): the same in every system, and one more machine
// shifts nobody's. Those whose time would come after the end of the occurrence never fall.
#pragma once

#include <string_view>
#include <vector>

#include "models/disturbances/disturbance.h"

namespace peerlab {

/// The field `within`.
Field within_field(std::string_view sentence);

struct Fall {
  Time at;
  MachineId machine;
};

/// In the order (instant, machine); those at the very beginning come first, at `context.begin`.
std::vector<Fall> falls(const DisturbanceContext& context, Purpose what);

/// The instants of those that fall after the beginning: a row's `moments`.
std::vector<Time> later_falls(const DisturbanceContext& context, Purpose what);

/// One such moment for each machine, at most: a row's `expected_moments`.
double one_moment(const Params& params, Duration lasts);

/// Strikes machines as they fall.
class Falling : public Disturbance {
 public:
  Falling(const DisturbanceContext& context, Purpose what);
  void begin(Afflictions& on) override;
  void act(Afflictions& on, std::uint32_t k) override;
  /// Lets go of all of them.
  void end(Afflictions& on) override;

 protected:
  virtual void strike(Afflictions& on, MachineId machine) = 0;
  [[nodiscard]] std::uint32_t number() const { return number_; }

 private:
  std::uint32_t number_;
  std::vector<Fall> falls_;
  std::size_t at_once_ = 0;  ///< how many of them fall at the beginning
};

}  // namespace peerlab
