// The chosen machines fall into two random halves between which nothing passes; with `bridge` a few of them still see both.
//
// A bridge is the hardest case for whoever believes what he sees: it hears two majorities, and neither half notices it.
// Machines that are not chosen reach everybody.
#include <vector>

#include "models/disturbances/by_lot.h"
#include "models/disturbances/rows.h"

namespace peerlab {

namespace {

class Halves final : public Disturbance {
 public:
  Halves(const DisturbanceContext& context, std::size_t bridges)
      : number_(context.number), order_(by_lot(context, purpose("halves"))), bridges_(bridges) {}
  void begin(Afflictions& on) override {
    std::vector<std::uint8_t> side(on.machine_count(), 0);
    const std::size_t apart = order_.size() - bridges_;
    for (std::size_t i = 0; i < apart; ++i) side[order_[i].index()] = i < apart / 2 ? 1 : 2;
    on.cut(number_, side);
  }
  void end(Afflictions& on) override { on.heal(number_); }

 private:
  std::uint32_t number_;
  std::vector<MachineId> order_;  ///< bridges last
  std::size_t bridges_;
};

Fields bridge_fields() {
  return {{.name = "bridges",
           .kind = Kind::whole,
           .fallback = "1",
           .sentence = "How many of the machines still reach both halves; two at least are left to be parted.",
           .example = "2",
           .least = "1",
           .most = "1000000"}};
}

std::unique_ptr<Disturbance> make_halves(const DisturbanceContext& context) {
  return std::make_unique<Halves>(context, 0);
}
std::unique_ptr<Disturbance> make_bridge(const DisturbanceContext& context) {
  const auto wanted = static_cast<std::size_t>(context.params.whole("bridges"));
  return std::make_unique<Halves>(context, std::min(wanted, context.machines.size() - 2));
}

}  // namespace

DisturbanceRow halves_disturbance() {
  return {.name = "halves",
          .sentence = "The machines fall into two random halves between which nothing passes.",
          .fewest = 2,
          .make = make_halves};
}

DisturbanceRow bridge_disturbance() {
  return {.name = "bridge",
          .sentence = "The machines fall into two random halves, and only a bridge of a few still reaches both.",
          .fields = bridge_fields,
          .fewest = 3,
          .make = make_bridge};
}

}  // namespace peerlab
