#include "models/attacks/deceiver.h"

#include "models/node/attack_happening.h"

namespace peerlab {

void Deceiver::edit(Time now, Outbox& out) {
  if (now >= until_) return;
  const auto* const server = dynamic_cast<const CentralServer*>(&honest());
  for (std::size_t i = 0; i < out.wishes().size(); ++i) {  // reports are added meanwhile
    Wish& wish = out.wishes()[i];
    if (wish.kind == Wish::Kind::send && how_ == Forgery::altered) {
      if (const std::optional<Message> body = forge_body(wish.message, home())) {
        wish.message = *body;
        continue;
      }
    }
    if (wish.kind != Wish::Kind::send || (only_odd_ && wish.node.value % 2 == 0)) continue;
    const std::optional<ForgedAnswer> forged = forge_answer(wish.message, how_, home());
    if (forged) {
      home().parcels->drop(wish.message);
      wish.message = forged->message;
    }
    if (server != nullptr) {
      const std::optional<Message> fitted = views_.fit(wish.node, wish.message, *server, *home().parcels, out.work);
      if (fitted) {
        home().parcels->drop(wish.message);
        wish.message = *fitted;
      }
    }
    if (forged) out.report({happened::answer_forged, forged->version, forged->number, forged->record});
  }
}

}  // namespace peerlab
