// What a peer without a chain knows of a record: its custody as far as it has heard of it, and which of two versions wins.
//
// The stamp of a version is the number of its last write, which rises with the instant at which it was asked for: as if all clocks
// agreed, the best case for whoever orders by clocks. The later writer wins (Thomas 1979, ACM TODS 4); of two writes with one
// number, which only a cheat makes, the larger id. So all who have heard the same agree, whatever the order in which they heard it:
// the versions of a record form a join semilattice (Shapiro et al. 2011, SSS). What this cannot do is refuse: two transfers of one
// record succeed where each is heard first, until the later one is heard there too.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "models/base/lookup.h"
#include "models/protocols/central_answer.h"
#include "models/protocols/gossip_options.h"

namespace peerlab {

/// Made once, never edited, shared by all who hold it.
struct Version {
  Answer state;
  std::uint32_t place = 0;  ///< in the journal
  std::uint32_t bytes = 0;  ///< encoded
  std::uint64_t mark = 0;   ///< a hash of its name and its writes, for summaries
  [[nodiscard]] RecordName record() const { return state.custody.front()->record; }
  [[nodiscard]] std::uint64_t stamp() const { return state.version(); }
};
using VersionPtr = std::shared_ptr<const Version>;

/// Whether `a` replaces `b`. Both are of one record.
bool later(const Version& a, const Version& b);

/// A version with one more write behind it. An update takes the place of the updates before it.
Answer followed_by(const Answer& state, const OperationPtr& write);

/// What all peers of a world share: options, accounts, and the bytes that stand on disks, which name their place here.
struct GossipShared {
  GossipShared(const GossipOptions& its_options, std::uint64_t seed, std::uint32_t its_users)
      : options(its_options), users(its_users), book(seed), signatures(its_users) {}

  /// Needs a state that is not empty.
  VersionPtr add(Answer state);
  /// The same, or what was added before of the same last write.
  VersionPtr known(const Answer& state);

  GossipOptions options;
  std::uint32_t users;
  KeyBook book;
  SignatureMemo signatures;
  std::vector<VersionPtr> journal;

 private:
  Lookup<std::uint64_t, std::uint32_t> places_;  ///< by mark
};

}  // namespace peerlab
