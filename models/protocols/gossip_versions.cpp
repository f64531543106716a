#include "models/protocols/gossip_versions.h"

#include <algorithm>
#include <tuple>

#include "models/base/check.h"
#include "models/base/random.h"

namespace peerlab {

bool later(const Version& a, const Version& b) {
  const std::uint64_t id_a = a.state.custody.back()->id.low64();
  const std::uint64_t id_b = b.state.custody.back()->id.low64();
  return std::tuple(a.stamp(), id_a) > std::tuple(b.stamp(), id_b);
}

Answer followed_by(const Answer& state, const OperationPtr& write) {
  Answer next = state;
  if (write->what == Asked::update) {
    std::erase_if(next.custody, [](const OperationPtr& w) { return w->what == Asked::update; });
  }
  next.custody.push_back(write);
  return next;
}

namespace {

std::uint64_t mark_of(const Answer& state) {
  std::uint64_t mark = mix64(state.custody.front()->record.packed());
  for (const OperationPtr& write : state.custody) mark = mix64(mark ^ write->digest.low64());
  return mix64(mark ^ state.custody.back()->id.low64());
}

}  // namespace

VersionPtr GossipShared::known(const Answer& state) {
  CHECK(state.found());
  const std::uint32_t* const place = places_.find(mark_of(state));
  return place != nullptr ? journal[*place] : add(state);
}

VersionPtr GossipShared::add(Answer state) {
  CHECK(state.found());
  auto version = std::make_shared<Version>();
  version->bytes = encoded_size(state);
  version->mark = mark_of(state);
  version->place = static_cast<std::uint32_t>(journal.size());
  version->state = std::move(state);
  places_.insert(version->mark, version->place);
  journal.push_back(std::move(version));
  return journal.back();
}

}  // namespace peerlab
