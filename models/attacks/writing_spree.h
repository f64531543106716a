// The director of insider and phish: one forged write a second, until all are done.
#pragma once

#include <deque>
#include <vector>

#include "models/attacks/forged_writes.h"

namespace peerlab {

class WritingSpree final : public Director {
 public:
  /// Who is asked for the forged writes.
  enum class By : std::uint8_t {
    operators,  ///< whatever runs on the machines taken: each in turn is asked in the owners' names
    owners,     ///< the owner's own node, if his machine is among those taken: it signs with his key
  };
  WritingSpree(const DirectorSetup& setup, By by);

  void begin(Reach& reach) override { reach.arm(targets_.begins()); }
  void wake(Time now, Reach& reach) override;

 private:
  void prepare(Reach& reach);

  Targets targets_;
  ForgedWrites writes_;
  By by_;
  bool prepared_ = false;
  std::vector<NodeId> nodes_;  ///< on the machines taken
  std::deque<Request> left_;
};

}  // namespace peerlab
