// The network falls into sides between which nothing passes. Whoever is in no side reaches everybody.
#include <vector>

#include "models/disturbances/rows.h"

namespace peerlab {

namespace {

class Partition final : public Disturbance {
 public:
  explicit Partition(const DisturbanceContext& context)
      : number_(context.number), sides_(context.sides.begin(), context.sides.end()) {}
  void begin(Afflictions& on) override { on.cut(number_, sides_); }
  void end(Afflictions& on) override { on.heal(number_); }

 private:
  std::uint32_t number_;
  std::vector<std::uint8_t> sides_;
};

std::unique_ptr<Disturbance> make(const DisturbanceContext& context) { return std::make_unique<Partition>(context); }

}  // namespace

DisturbanceRow partition_disturbance() {
  return {.name = "partition",
          .sentence = "The network falls into sides between which nothing passes, as in `[region=EU, rest]`.",
          .has_sides = true,
          .make = make};
}

}  // namespace peerlab
