// What earlier sides say does not reach later ones, as in `one-way: [region=EU, rest]`: Europe hears the others, but nobody hears
// Europe. Links stay open, so that nobody is told; what goes the dead way is lost. No new link opens, since that takes both ways.
#include <vector>

#include "models/disturbances/rows.h"

namespace peerlab {

namespace {

class OneWay final : public Disturbance {
 public:
  explicit OneWay(const DisturbanceContext& context)
      : number_(context.number), sides_(context.sides.begin(), context.sides.end()) {}
  void begin(Afflictions& on) override { on.cut(number_, sides_, CutShape::one_way); }
  void end(Afflictions& on) override { on.heal(number_); }

 private:
  std::uint32_t number_;
  std::vector<std::uint8_t> sides_;
};

std::unique_ptr<Disturbance> make(const DisturbanceContext& context) { return std::make_unique<OneWay>(context); }

}  // namespace

DisturbanceRow one_way_disturbance() {
  return {
      .name = "one-way",
      .sentence = "What a side says does not reach those after it, as in `[region=EU, rest]`; the other way is free.",
      .has_sides = true,
      .make = make};
}

}  // namespace peerlab
