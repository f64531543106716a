// What became of a claim: the value that the table of claims and summary.json are made from.
//
// Criteria are judged in every cell of the claim's grid, each on an interval whose level makes up for the number of cells
// (Bonferroni: 1 - 5 % / cells), and paired by seed where two systems are compared. A cell holds where all criteria do, and
// fails where one of them clearly does not. The claim
//   holds           in all cells,
//   fails           in all cells,
//   depends         holds in some and fails in others,
//   inconclusive    otherwise: some interval straddles,
//   not challenged  where no cell's threat occurred; cells without one are left out of the count.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace peerlab {

enum class ClaimVerdict : std::uint8_t { none, holds, fails, depends, inconclusive, not_challenged };

/// `holds`, `fails`, ..., `not challenged`; `no verdict` for none.
std::string_view claim_word(ClaimVerdict verdict);

struct JudgedClaim {
  struct Criterion {
    std::string text;
    std::size_t holds = 0;  ///< cells
    std::size_t fails = 0;
    std::size_t inconclusive = 0;
  };
  struct InCell {
    std::string cell;
    std::vector<std::pair<std::string, std::string>> levels;  ///< (factor, level)
    ClaimVerdict verdict = ClaimVerdict::none;
  };
  struct Figure {
    std::string metric;
    std::string stat;
  };
  std::string sentence;
  ClaimVerdict verdict = ClaimVerdict::none;
  std::string on_what;  ///< a sentence: where it holds, where it does not
  std::vector<Criterion> criteria;
  std::vector<InCell> cells;
  std::vector<Figure> figures;  ///< rows of the table
  bool ratios = false;
  std::vector<std::string> limits;
};

/// The verdict over all cells.
ClaimVerdict over_cells(const std::vector<JudgedClaim::InCell>& cells);

/// The factor whose levels differ most in the share of their cells that hold, with the levels where the claim holds in all, some
/// and none of their cells. Empty factor: none makes a difference.
struct MainEffect {
  std::string factor;
  double effect = 0;  ///< 0 .. 1: largest share of a level minus smallest
  std::vector<std::string> all;
  std::vector<std::string> some;
  std::vector<std::string> none;
};
MainEffect main_effect(const std::vector<JudgedClaim::InCell>& cells);

}  // namespace peerlab
