#include "models/attacks/merchant_line.h"

#include "models/protocols/peer_discovery.h"
#include "models/replication/messages.h"

namespace peerlab {
namespace {

constexpr Duration first_pause = seconds(1);
constexpr Duration longest_pause = minutes(10);

}  // namespace

void reach_out(Node& participant, NodeId peer, Time now, Outbox& out) {
  if (auto* choosing = dynamic_cast<PeerDiscovery*>(&participant)) choosing->let_in(peer, now);
  out.connect(peer);
}

bool MerchantLine::open() const { return home_.links->place(home_.self, merchant_) != Links::no_place; }

Time MerchantLine::ask(Time now, BlockRef about, std::span<const BlockRef> known, Node& participant, Outbox& out) {
  if (about != about_) {
    about_ = about;
    pause_ = first_pause;
    not_before_ = now;
  }
  if (now < not_before_) return not_before_;
  if (open()) {
    std::vector<Hash256> ids;
    for (const BlockRef b : known.first(std::min(known.size(), most_locator))) ids.push_back(home_.pool->headers.id(b));
    out.send(merchant_, get_headers(*home_.parcels, std::move(ids)));
  } else {
    reach_out(participant, merchant_, now, out);
  }
  not_before_ = now + pause_;
  pause_ = std::min(pause_ + pause_, longest_pause);
  return not_before_;
}

BlockRef MerchantLine::named_by(NodeId from, const Message& message) {
  if (from != merchant_) return {};
  was_bare_ = message.kind == kind::block_inventory;
  if (was_bare_) return BlockRef(message.ref);
  if (message.kind != kind::headers) return {};
  const std::vector<BlockRef>& list = home_.parcels->as<HeadersParcel>(message).list;
  if (list.empty() || !home_.pool->headers.linked(list.back())) return {};
  return list.back();
}

std::uint32_t MerchantLine::depth(const HeaderTree& headers, BlockRef block) const {
  if (!tip_.valid() || !block.valid() || !headers.is_ancestor(block, tip_)) return 0;
  return headers.height(tip_) - headers.height(block) + 1;
}

}  // namespace peerlab
