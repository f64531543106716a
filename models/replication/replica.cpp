#include "models/replication/replica.h"

namespace peerlab {

Replica::Replica(const Home& its_home, HotSets& hot_sets, std::uint64_t mempool_limit, Duration block_timeout,
                 Duration transaction_timeout)
    : pool(*its_home.pool),
      hot(hot_sets),
      tracker(block_timeout, transaction_timeout),
      tree(*its_home.pool),
      home{its_home.self, its_home.has_key, its_home.parcels, its_home.links},
      mempool(*its_home.pool, mempool_limit) {
  note(pool.genesis());
}

void Replica::ban(NodeId peer, Verdict verdict, Outbox& out) {
  if (banned(peer)) return;
  cut_off.push_back(peer);
  out.report(
      {happened::peer_banned, static_cast<std::uint32_t>(verdict), peer.value, static_cast<std::uint64_t>(verdict)});
  out.disconnect(peer, Reason::banned);
}

}  // namespace peerlab
