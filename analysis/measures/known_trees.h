// Which node had which step of which history, and when: the tree as every node came to know it, for a file.
//
// A step is a block of a ledger or an entry of a service's log. A node has a block from when it judged its body valid (or mined it); it
// has an entry from when it first stood on it, or past it in one move. What a node had before it lost its disk stays listed: the
// file says what was known, not what is left. Costs 16 bytes a node and step: only where a scenario asks for it.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "analysis/measures/history_tree.h"
#include "analysis/observation/cast.h"
#include "analysis/observation/observer.h"

namespace peerlab {

class KnownTrees : public Observer {
 public:
  void begin(const Cast& cast) { tips_.assign(cast.nodes.size(), nowhere); }
  [[nodiscard]] std::span<const HappeningKind> kinds() const override;
  void see(const Row& row) override;
  /// One line per node and step in the order in which they came to be known: node, step, parent, height, known_s, and whether the
  /// node stands on it at the end. Lines end as in RFC 4180.
  [[nodiscard]] std::string csv() const;

 private:
  static constexpr std::uint64_t nowhere = 0xffffffffffffffff;
  struct Step {
    std::uint64_t id = 0;
    std::uint64_t parent = 0;
    std::uint32_t height = 0;
    bool entry = false;  // of a log
  };
  struct Known {
    Time at;
    std::uint32_t node = 0;
    std::uint32_t step = 0;
  };
  void learn(NodeId node, std::uint32_t step, Time at);

  std::vector<Step> steps_;
  Lookup<std::uint64_t, std::uint32_t> places_;
  Lookup<std::uint64_t, bool> learnt_;  // node and step
  std::vector<Known> known_;
  std::vector<std::uint64_t> tips_;  // by node
};

}  // namespace peerlab
