#include "models/attacks/policy_table.h"

#include "models/attacks/mining_fields.h"
#include "models/attacks/rows.h"
#include "models/attacks/withholding_miner.h"

namespace peerlab {
namespace {

constexpr std::string_view letters = "aomw*";
constexpr std::string_view contests[] = {"irrelevant", "relevant", "active"};

BranchMove meant(char letter) {
  switch (letter) {
    case 'o': return BranchMove::override_public;
    case 'm': return BranchMove::match;
    case 'a': return BranchMove::adopt;
    default: return BranchMove::wait;
  }
}

/// What is wrong with one entry, at its place; empty when nothing is.
std::string fault_of(std::string_view entry, std::uint32_t own, std::uint32_t others) {
  const std::string place = "for " + std::to_string(own) + " own and " + std::to_string(others) + " public blocks";
  if (entry.size() != 3 || entry.find_first_not_of(letters) != std::string_view::npos) {
    return "the entry `" + std::string(entry) + "` " + place + " is not three of the letters a, o, m, w and *";
  }
  for (std::size_t c = 0; c < 3; ++c) {
    if (entry[c] == '*') continue;
    const BranchState state{own, others, static_cast<Contest>(c)};
    if (can_move(state, meant(entry[c]))) continue;
    return "`" + std::string(1, entry[c]) + "` cannot be done " + place + " while the contest is " +
           std::string(contests[c]);
  }
  return {};
}

Fields fields() {
  Fields all = mining_attack_fields("40 %");
  Field table;
  table.name = "table";
  table.kind = Kind::text;
  table.fallback = "*** *a* / w** *m* a** / w** *oo";
  table.sentence =
      "Moves by state: rows, separated by `/`, are lengths of his branch from 0 on; entries, separated by blanks, "
      "lengths of "
      "the public one; their three letters say what to do when the contest is irrelevant, relevant, active: a adopt, o "
      "override, m match, w wait, * never reached. Beyond the table he overrides when ahead and adopts otherwise. "
      "`peerlab theory optimal-withholding` prints the best one.";
  table.example = "*** *a* / w** *m* a** / w** *oo";
  all.push_back(table);
  return all;
}

std::string check(const Params& params, Duration run) {
  if (const std::string error = PolicyTable::parse(params.text("table")).error; !error.empty())
    return "table: " + error;
  return check_mining_attack(params, run);
}

}  // namespace

PolicyTable::Parsed PolicyTable::parse(std::string_view text) {
  Parsed parsed;
  std::vector<std::vector<std::string>>& rows = parsed.table.rows_;
  rows.emplace_back();
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '/') {
      rows.emplace_back();
      ++at;
    } else if (text[at] == ' ' || text[at] == '\n' || text[at] == '\t') {
      ++at;
    } else {
      const std::size_t end = std::min(text.find_first_of(" /\n\t", at), text.size());
      const std::string_view entry = text.substr(at, end - at);
      const std::string fault =
          fault_of(entry, static_cast<std::uint32_t>(rows.size() - 1), static_cast<std::uint32_t>(rows.back().size()));
      if (!fault.empty() && parsed.error.empty()) parsed.error = fault + ".";
      rows.back().emplace_back(entry);
      at = end;
    }
  }
  const bool hole = std::any_of(rows.begin(), rows.end(), [](const auto& row) { return row.empty(); });
  if (hole && parsed.error.empty()) parsed.error = "a row without entries, before, after or between the signs `/`.";
  return parsed;
}

BranchMove PolicyTable::move(const BranchState& s) const {
  if (s.own < rows_.size() && s.others < rows_[s.own].size()) {
    const char letter = rows_[s.own][s.others][static_cast<std::size_t>(s.contest)];
    if (letter != '*') return meant(letter);
    return s.own < s.others ? BranchMove::adopt : BranchMove::wait;
  }
  return s.own > s.others ? BranchMove::override_public : BranchMove::adopt;
}

AttackRow policy_table_row() {
  return {.name = "policy",
          .sentence = "One pool withholds blocks by a table of moves: any strategy as data, the optimal one included.",
          .source = "Sapirshtein, Sompolinsky & Zohar, Optimal selfish mining strategies in Bitcoin, FC 2016",
          .fields = fields,
          .wrap = [](std::unique_ptr<Node> honest, const AttackSetup& setup) -> std::unique_ptr<Node> {
            const PolicyTable table = PolicyTable::parse(setup.params.text("table")).table;
            return std::make_unique<WithholdingMiner>(std::move(honest), setup,
                                                      [table](const BranchState& s) { return table.move(s); });
          },
          .mines = true,
          .one_machine = true,
          .check = check};
}

}  // namespace peerlab
