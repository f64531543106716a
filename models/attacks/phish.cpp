#include "models/attacks/phish.h"

#include "models/attacks/writing_spree.h"

namespace peerlab {
namespace {

Fields fields() {
  Fields all = target_fields();
  for (Field& field : forged_write_fields()) all.push_back(std::move(field));
  return all;
}

}  // namespace

AttackRow phish_row() {
  return {.name = "phish",
          .sentence = "Owners' keys are used by somebody else, who writes in their names from their machines.",
          .source = "peerlab's own: a key in the wrong hands is the owner for every protocol",
          .fields = fields,
          .direct = [](const DirectorSetup& setup) -> std::unique_ptr<Director> {
            return std::make_unique<WritingSpree>(setup, WritingSpree::By::owners);
          },
          .on_users = true,
          .decides = "what is asked in users' names",
          .check = check_taken};
}

}  // namespace peerlab
