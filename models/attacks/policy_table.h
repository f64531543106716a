// A withholding strategy as data: which move in which state, written as the literature prints it.
//
// Rows are the lengths of the attacker's branch from 0 on, separated by `/`; the entries of a row, separated by blanks, are the lengths
// of the public branch from 0 on. An entry has three letters, for a contest that is irrelevant, relevant and active:
//
//   a adopt   o override   m match   w wait   * never reached (taken as wait when not behind, else adopt)
//
// So honest mining is  `*** a** / o** **o`-like tables, and SM1 up to length two is
//   `*** aaa / www wmw aaa / w** *oo www`. (Sapirshtein, Sompolinsky & Zohar 2016, table 3, print theirs like that.)
//
// In states beyond the table the attacker overrides when he is ahead and adopts otherwise.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "models/attacks/branch_policy.h"

namespace peerlab {

class PolicyTable {
 public:
  /// The table, or a sentence that says what is wrong with the text.
  struct Parsed;
  static Parsed parse(std::string_view text);

  [[nodiscard]] BranchMove move(const BranchState& s) const;
  [[nodiscard]] std::size_t rows() const { return rows_.size(); }

 private:
  std::vector<std::vector<std::string>> rows_;
};

struct PolicyTable::Parsed {
  PolicyTable table;
  std::string error;
};

}  // namespace peerlab
