#include "models/attacks/tamper.h"

#include "models/attacks/deceiver.h"
#include "models/attacks/seizing.h"

namespace peerlab {
namespace {

Seizure altering(Reach&, const Targets& targets) {
  const Time until = targets.ends();
  return [until](std::unique_ptr<Node> honest, const Home& home) -> std::unique_ptr<Node> {
    return std::make_unique<Deceiver>(std::move(honest), home, Forgery::altered, false, until);
  };
}

}  // namespace

AttackRow tamper_row() {
  return {.name = "tamper",
          .sentence = "Breaks into machines and alters the records that they serve to readers.",
          .source = "the integrity threat that signatures kept with the data answer: Mazières and Shasha 2002, PODC",
          .fields = lasting_target_fields,
          .direct = [](const DirectorSetup& setup) -> std::unique_ptr<Director> {
            return std::make_unique<Seizing>(setup, altering);
          },
          .decides = "what readers there are told",
          .check = check_taken};
}

}  // namespace peerlab
