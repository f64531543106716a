// What a withholding miner does in which state: the language of all strategies that keep blocks back.
//
// The state is counted from the last block that the attacker's branch and the public one share: how many blocks each of them has
// since then, and how the race stands. After every block, his own or a public one, the policy says one of four moves
// (Sapirshtein, Sompolinsky & Zohar, Optimal selfish mining strategies in Bitcoin, FC 2016, section 3):
//
//   adopt             give up the own branch and mine on the public one
//   override_public   publish one block more than the public branch has, so that everybody changes over
//   match             publish as many blocks as the public branch has, at the moment when it has just grown: a race
//   wait              publish nothing
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>

namespace peerlab {

/// How the race stands.
enum class Contest : std::uint8_t {
  irrelevant,  ///< the last block was the attacker's: a match would come too late
  relevant,    ///< the last block was public: a match now finds everybody choosing
  active,      ///< both branches are public and equally long there, and the others are divided
};

struct BranchState {
  std::uint32_t own = 0;     ///< blocks of the attacker's branch since the fork
  std::uint32_t others = 0;  ///< blocks of the public branch since the fork
  Contest contest = Contest::irrelevant;
};

enum class BranchMove : std::uint8_t { adopt, override_public, match, wait };

using BranchPolicy = std::function<BranchMove(const BranchState&)>;

/// Whether the move can be made there. Whoever says one that cannot is taken to mean `adopt` when behind, else `wait`.
[[nodiscard]] constexpr bool can_move(const BranchState& s, BranchMove move) {
  switch (move) {
    case BranchMove::adopt:
    case BranchMove::wait: return true;
    case BranchMove::override_public: return s.own > s.others;
    case BranchMove::match: return s.contest == Contest::relevant && s.others > 0 && s.own >= s.others;
  }
  return false;
}

}  // namespace peerlab
