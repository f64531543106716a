// The block tree and the tips of all nodes, as the rows tell them, and which branch won.
//
// The main chain is the one that ends at the tip on which most on-line stores stand at the end; among equals the higher
// one, then the one with the smaller id. Blocks from before the run are not known: a walk ends where it meets one.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/measures/presence.h"
#include "models/base/lookup.h"

namespace peerlab {

class ChainView {
 public:
  static constexpr std::uint32_t unknown = 0xffffffff;
  struct Block {
    std::uint64_t id = 0;
    std::uint64_t parent_id = 0;
    std::uint32_t parent = unknown;  ///< place of the parent
    std::uint32_t height = 0;
    NodeId miner;
    Time mined;
    bool main_chain = false;  ///< valid after finish
  };
  static constexpr HappeningKind kinds[] = {happened::block_mined, happened::tip_moved, happened::machine_down,
                                            happened::machine_up};

  void begin(const Cast& cast);
  /// Takes the four kinds above, others are ignored.
  void see(const Row& row);
  /// Finds the main chain.
  void finish();

  /// Blocks mined in the run, in the order of their mining.
  [[nodiscard]] std::span<const Block> blocks() const { return blocks_; }
  /// Place of a block by its id, or `unknown`.
  [[nodiscard]] std::uint32_t find(std::uint64_t id) const;
  [[nodiscard]] const Presence& presence() const { return presence_; }

 private:
  struct Tip {
    std::uint64_t id = 0;
    std::uint32_t height = 0;
  };
  std::vector<Block> blocks_;
  Lookup<std::uint64_t, std::uint32_t> places_;
  std::vector<Tip> stood_on_;                          ///< every tip that any node ever had, the first being none
  Lookup<std::uint64_t, std::uint32_t> place_of_tip_;  ///< in stood_on_
  std::vector<std::uint32_t> tips_;                    ///< by node: place in stood_on_
  Presence presence_;
};

}  // namespace peerlab
