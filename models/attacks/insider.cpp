#include "models/attacks/insider.h"

#include "models/attacks/writing_spree.h"

namespace peerlab {
namespace {

Fields fields() {
  Fields all = target_fields();
  for (Field& field : forged_write_fields()) all.push_back(std::move(field));
  return all;
}

}  // namespace

AttackRow insider_row() {
  return {
      .name = "insider",
      .sentence = "Operators write in their users' names: they alter, give away or erase their records.",
      .source = "Schneider and Zhou 2005, IEEE Security & Privacy, on what replication under one authority is worth",
      .fields = fields,
      .direct = [](const DirectorSetup& setup) -> std::unique_ptr<Director> {
        return std::make_unique<WritingSpree>(setup, WritingSpree::By::operators);
      },
      .decides = "what is asked in users' names",
      .check = check_taken};
}

}  // namespace peerlab
