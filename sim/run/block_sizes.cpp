#include "sim/run/block_sizes.h"

namespace peerlab {

void weigh_blocks(const BlockPool* pool, Recorder& recorder) {
  if (pool == nullptr) return;
  for (std::uint32_t i = 0; i < pool->headers.size(); ++i) {
    const BlockRef block(i);
    const BodyRef body = pool->state.body(block);
    if (!body.valid()) continue;
    recorder.weigh(pool->headers.name(block), pool->bodies.block_size(body),
                   static_cast<std::uint32_t>(pool->bodies.list(body).size()));
  }
}

}  // namespace peerlab
