// Everybody sees a majority, and no two see the same one: the machines stand in a random ring, and each reaches only those around
// it, just more than half of them with itself. From 256 machines on neighbours on the ring share a place on it.
//
// Kingsbury's Jepsen calls it `majorities-ring`. Whoever elects by majority can elect twice, and a ledger's blocks have to go
// round. Machines that are not chosen reach everybody.
#include <algorithm>
#include <vector>

#include "models/disturbances/by_lot.h"
#include "models/disturbances/rows.h"

namespace peerlab {

namespace {

constexpr std::size_t most_places = 255;

class MajorityRing final : public Disturbance {
 public:
  explicit MajorityRing(const DisturbanceContext& context)
      : number_(context.number), order_(by_lot(context, purpose("majority ring"))) {}
  void begin(Afflictions& on) override {
    std::vector<std::uint8_t> place(on.machine_count(), 0);
    const std::size_t places = std::min(order_.size(), most_places);
    for (std::size_t i = 0; i < order_.size(); ++i) {
      place[order_[i].index()] = static_cast<std::uint8_t>(1 + i * places / order_.size());
    }
    on.cut(number_, place, CutShape::ring);
  }
  void end(Afflictions& on) override { on.heal(number_); }

 private:
  std::uint32_t number_;
  std::vector<MachineId> order_;
};

std::unique_ptr<Disturbance> make(const DisturbanceContext& context) { return std::make_unique<MajorityRing>(context); }

}  // namespace

DisturbanceRow majority_ring_disturbance() {
  return {.name = "majority-ring",
          .sentence = "Each of the machines reaches just more than half of them, and no two the same ones.",
          .fewest = 5,
          .make = make};
}

}  // namespace peerlab
