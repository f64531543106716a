// Somebody between regions leads their traffic through his own hands, as when routes are announced that are not his (BGP), and keeps
// it for a while: what passes between the sides arrives `delay` later, or with chance `drop` never. Within a side nothing changes. Links
// stay open and nobody is told, so that only time-outs show it. (Apostolaki, Zohar & Vanbever 2017, Hijacking Bitcoin, IEEE S&P.)
#include <vector>

#include "models/disturbances/rows.h"

namespace peerlab {

namespace {

Fields fields() {
  return {
      field("delay", Kind::duration, "0 s", "How much later a message between the sides arrives.", "5 min", "0 s",
            "30 d"),
      field("drop", Kind::share, "0 %", "Chance that a message between the sides never arrives.", "20 %"),
  };
}

std::pair<std::string, std::string> check(const Params& params) {
  if (params.duration("delay").ns > 0 || params.share("drop") > 0) return {};
  return {"intercept", "This changes nothing: give `delay` or `drop`."};
}

class Intercept final : public Disturbance {
 public:
  explicit Intercept(const DisturbanceContext& context)
      : number_(context.number), sides_(context.sides.begin(), context.sides.end()) {
    how_.delay = context.params.duration("delay");
    how_.loss = context.params.share("drop");
  }
  void begin(Afflictions& on) override { on.detour(number_, sides_, how_); }
  void end(Afflictions& on) override { on.direct(number_); }

 private:
  std::uint32_t number_;
  std::vector<std::uint8_t> sides_;
  Detour how_;
};

std::unique_ptr<Disturbance> make(const DisturbanceContext& context) { return std::make_unique<Intercept>(context); }

}  // namespace

DisturbanceRow intercept_disturbance() {
  return {.name = "intercept",
          .sentence = "Messages between the sides are kept back or lost on their way, as in `[region=EU, rest]`.",
          .fields = fields,
          .has_sides = true,
          .check = check,
          .make = make};
}

}  // namespace peerlab
