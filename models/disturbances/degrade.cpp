// Links and network interfaces of machines get worse: slower, narrower, lossy. Several degradations multiply.
#include <vector>

#include "models/disturbances/rows.h"

namespace peerlab {

namespace {

Fields fields() {
  return {
      {.name = "latency_factor",
       .kind = Kind::real,
       .fallback = "1",
       .sentence = "What the latency to and from these machines is multiplied by.",
       .example = "3",
       .least = "0.001",
       .most = "1000000"},
      {.name = "bandwidth_factor",
       .kind = Kind::real,
       .fallback = "1",
       .sentence = "What the bandwidth of these machines is multiplied by, up and down.",
       .example = "0.1",
       .least = "0.000001",
       .most = "1000000"},
      {.name = "loss",
       .kind = Kind::share,
       .fallback = "0 %",
       .sentence = "Additional chance that a message to or from these machines is lost.",
       .example = "5 %"},
  };
}

std::pair<std::string, std::string> check(const Params& params) {
  const bool calm =
      params.real("latency_factor") == 1 && params.real("bandwidth_factor") == 1 && params.share("loss") == 0;
  if (!calm) return {};
  return {"degrade", "This degrades nothing: give `latency_factor`, `bandwidth_factor` or `loss`."};
}

class Degrade final : public Disturbance {
 public:
  explicit Degrade(const DisturbanceContext& context)
      : number_(context.number), machines_(context.machines.begin(), context.machines.end()) {
    how_.latency_factor = context.params.real("latency_factor");
    how_.bandwidth_factor = context.params.real("bandwidth_factor");
    how_.loss = context.params.share("loss");
  }
  void begin(Afflictions& on) override {
    for (const MachineId machine : machines_) on.degrade(machine, number_, how_);
  }
  void end(Afflictions& on) override {
    for (const MachineId machine : machines_) on.relieve(machine, number_);
  }

 private:
  std::uint32_t number_;
  std::vector<MachineId> machines_;
  Degradation how_;
};

std::unique_ptr<Disturbance> make(const DisturbanceContext& context) { return std::make_unique<Degrade>(context); }

}  // namespace

DisturbanceRow degrade_disturbance() {
  return {.name = "degrade",
          .sentence = "Links of machines get slower, narrower or lossy.",
          .fields = fields,
          .check = check,
          .make = make};
}

}  // namespace peerlab
