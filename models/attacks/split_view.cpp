#include "models/attacks/split_view.h"

#include "models/attacks/deceiver.h"
#include "models/attacks/seizing.h"

namespace peerlab {
namespace {

Seizure two_stories(Reach&, const Targets& targets) {
  const Time until = targets.ends();
  return [until](std::unique_ptr<Node> honest, const Home& home) -> std::unique_ptr<Node> {
    return std::make_unique<Deceiver>(std::move(honest), home, Forgery::shortened, true, until);
  };
}

}  // namespace

AttackRow split_view_row() {
  return {.name = "split-view",
          .sentence = "Machines tell half of those who ask an old story, without the last write to a record.",
          .source = "fork consistency: Mazières and Shasha 2002, PODC; Laurie 2014 on split views of a log",
          .fields = lasting_target_fields,
          .direct = [](const DirectorSetup& setup) -> std::unique_ptr<Director> {
            return std::make_unique<Seizing>(setup, two_stories);
          },
          .decides = "what readers there are told",
          .check = check_taken};
}

}  // namespace peerlab
