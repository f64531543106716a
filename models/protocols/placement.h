// Which machines hold which record of a sharded store.
//
// The first copy lies on the publisher's own machine, the others by one of two rules:
//
//   random    on any of the `scatter` machines that belong to his, drawn for each machine once: the records of a machine go through
//             all choose(scatter, copies - 1) sets of them in turn
//   copysets  machines are shuffled ceil(scatter / (copies - 1)) times and cut into groups of `copies`; the records of a machine go
//             to its groups in turn. Where the last group is short, the first machines of the shuffle fill it up
//
// So both rules use all sets that they can make as soon as there are enough records, random about machines * choose(scatter, copies - 1)
// of them, copysets machines * scatter / (copies * (copies - 1)). Cidon et al., Copysets: reducing the frequency of data loss in cloud
// storage, USENIX ATC 2013, sections 2 and 3.
//
// A function of the seed and of the record's name alone, so that everybody knows without asking where a record lies.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "models/base/ids.h"
#include "models/node/request.h"

namespace peerlab {

class Placement {
 public:
  enum class Rule : std::uint8_t { random, copysets };
  /// `copies` >= 1 and at most `machines`; `scatter` >= copies - 1 and at most machines - 1 (CHECKed). Machine m is NodeId(m).
  Placement(Rule rule, std::uint32_t machines, std::uint32_t copies, std::uint32_t scatter, std::uint64_t seed);

  /// The machines that hold the record, each once, the publisher's first. Cost: a few steps per copy.
  [[nodiscard]] std::vector<NodeId> holders(RecordName record) const;
  /// All pairs of machines that can hold one record together, each once, the smaller first. Cost: that many, and a sort.
  [[nodiscard]] std::vector<std::pair<NodeId, NodeId>> fellows() const;
  /// How many sets the records of one machine go through.
  [[nodiscard]] std::uint64_t sets() const { return sets_; }

 private:
  /// The i-th set of machine m.
  [[nodiscard]] std::vector<NodeId> set_of(std::uint32_t m, std::uint64_t i) const;
  [[nodiscard]] NodeId partner(std::uint32_t m, std::uint32_t k) const;

  Rule rule_;
  std::uint32_t machines_;
  std::uint32_t copies_;
  std::uint32_t scatter_;
  std::uint64_t seed_;
  std::uint64_t sets_ = 1;
  std::uint64_t stride_ = 1;                          ///< from the set of one record to that of the next
  std::vector<std::uint32_t> partners_;               ///< random: scatter of each machine, rising; empty: all others
  std::vector<std::vector<std::uint32_t>> shuffles_;  ///< copysets: machines by place
  std::vector<std::vector<std::uint32_t>> places_;    ///< copysets: the place of each machine
};

}  // namespace peerlab
