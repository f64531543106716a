#include "models/attacks/withhold.h"

#include <algorithm>

#include "models/replication/messages.h"

namespace peerlab {

Withhold::Withhold(std::unique_ptr<Node> honest, const AttackSetup& setup)
    : Wrapper(std::move(honest), setup.home),
      victims_(setup.victims),
      delay_(setup.params.duration("delay")),
      blocks_(setup.params.text("what") != "transactions"),
      transactions_(setup.params.text("what") != "blocks"),
      eager_(setup.params.flag("eager")) {}

Withhold::~Withhold() {
  for (const Held& h : held_) home().parcels->drop(h.message);
}

bool Withhold::victim(NodeId peer) const {
  return victims_.empty() || std::find(victims_.begin(), victims_.end(), peer) != victims_.end();
}

bool Withhold::kept_back(MessageKind k) const {
  switch (k) {
    case kind::block_body:
    case kind::compact_block:
    case kind::missing_transactions:
    case kind::modelled_compact:
    case kind::modelled_rest: return blocks_;
    case kind::transaction:
    case kind::transaction_bundle: return transactions_;
    default: return false;
  }
}

void Withhold::receive(Time now, NodeId from, const Message& message, Outbox& out) {
  Wrapper::receive(now, from, message, out);
  if (!eager_ || !blocks_ || message.kind != kind::block_inventory || !announced_.add(message.ref)) return;
  for (const NodeId peer : home().links->of(home().self)) {
    if (peer.valid() && peer != from && victim(peer)) out.send(peer, message);
  }
}

void Withhold::edit(Time now, Outbox& out) {
  std::vector<Wish>& wishes = out.wishes();
  const std::size_t held_before = held_.size();
  std::erase_if(wishes, [&](const Wish& w) {
    if (w.kind != Wish::Kind::send || !kept_back(w.message.kind) || !victim(w.node)) return false;
    if (delay_.ns == 0) {
      home().parcels->drop(w.message);
    } else {
      held_.push_back({now + delay_, w.node, w.message});  // with the wish's reference to what it carries
    }
    return true;
  });
  if (held_before == 0 && !held_.empty()) out.arm(slot(), held_.front().due);
}

void Withhold::strike(Time now, Outbox& out) {
  std::size_t due = 0;
  for (; due < held_.size() && held_[due].due <= now; ++due) out.send(held_[due].to, held_[due].message);
  held_.erase(held_.begin(), held_.begin() + static_cast<std::ptrdiff_t>(due));
  if (!held_.empty()) out.arm(slot(), held_.front().due);
}

AttackRow withhold_row() {
  AttackRow row;
  row.name = "withhold";
  row.sentence = "Announces blocks and transactions first and delivers them never, or just before the timeout.";
  row.source =
      "Gervais, Ritzdorf, Karame & Capkun 2015, Tampering with the Delivery of Blocks and Transactions in Bitcoin, CCS";
  row.fields = [] {
    return Fields{
        field("what", Kind::choice, "blocks", "What is kept back: blocks, transactions or all.", "all", "", "",
              {"blocks", "transactions", "all"}),
        field("delay", Kind::duration, "0 s",
              "After how long it delivers what it was asked for; 0 s: never. Worst just below the system's "
              "`block_timeout`.",
              "19 s", "0 s", "30 d"),
        field("eager", Kind::flag, "yes", "Blocks are announced at once, before the attacker has them.", "no"),
    };
  };
  row.wrap = [](std::unique_ptr<Node> honest, const AttackSetup& setup) -> std::unique_ptr<Node> {
    return std::make_unique<Withhold>(std::move(honest), setup);
  };
  row.victim = AttackRow::Victim::optional;
  row.decides = "what is delivered";
  row.fits = [](const Params& system) -> std::string {
    if (!system.has("relay")) return "nothing is announced there.";
    if (system.text("relay") == "push") return "with `relay: push` blocks are sent without being asked for.";
    return {};
  };
  return row;
}

}  // namespace peerlab
