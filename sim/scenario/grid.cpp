#include "sim/scenario/grid.h"

#include <algorithm>

#include "models/base/decimal.h"
#include "sim/scenario/layers.h"

namespace peerlab {
namespace {

bool good_name(const std::string& name) {
  return !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.' || c == '%';
  });
}

const char* const shape =
    "`grid` is a map of factors, each a map of levels, each a map of values, for example `grid: {encryption: {plain: "
    "{protection.encryption: none}, sealed: {protection.encryption: end-to-end}}}`.";

/// Whether the section has the right shape and names; says what is wrong.
bool well_formed(const Tree& grid, const Sources& sources, Problems& problems) {
  const std::size_t before = problems.size();
  const auto say = [&](const Spot& spot, std::string sentence) {
    add_problem(problems, sources.problem(spot, std::move(sentence)));
  };
  const auto named = [&](const Tree::Member& m) {
    if (!good_name(m.key))
      say(m.spot,
          backquoted(m.key) + " cannot be a name in a grid: names have letters, digits, `-`, `_`, `.` and `%`.");
  };
  if (grid.kind != Tree::Kind::map || grid.members.empty()) {
    say(grid.spot, shape);
    return false;
  }
  std::size_t cells = 1;
  for (const Tree::Member& factor : grid.members) {
    named(factor);
    if (factor.value.kind != Tree::Kind::map || factor.value.members.empty()) {
      say(factor.value.spot, shape);
      continue;
    }
    cells = std::min(cells * factor.value.members.size(), most_cells + 1);
    for (const Tree::Member& level : factor.value.members) {
      named(level);
      if (level.value.kind != Tree::Kind::map) say(level.value.spot, shape);
    }
  }
  if (cells > most_cells) say(grid.spot, "A grid has at most " + std::to_string(most_cells) + " cells.");
  return problems.size() == before;
}

/// Criteria that a level adds to those of the claim; a sentence when it cannot.
std::string add_criteria(Tree& tree, const Tree& own) {
  Tree* const claim = tree.find("claim");
  if (claim == nullptr || claim->kind != Tree::Kind::map) {
    return "`criteria` of a level are judged besides those of a `claim`, and this scenario makes none.";
  }
  if (own.kind != Tree::Kind::list) {
    return "`criteria` is a list, for example `criteria: [agreement(6).mean@p2p == 100 %]`.";
  }
  Tree* criteria = claim->find("criteria");
  if (criteria == nullptr) {
    claim->members.push_back({"criteria", own.spot, own});
  } else if (criteria->kind == Tree::Kind::list) {
    criteria->items.insert(criteria->items.end(), own.items.begin(), own.items.end());
  }
  return "";
}

void lay_over(Tree& tree, const Tree::Member& level, const Sources& sources, Problems& problems) {
  for (const Tree::Member& m : level.value.members) {
    if (m.key == "criteria") {
      const std::string error = add_criteria(tree, m.value);
      if (!error.empty()) add_problem(problems, sources.problem(m.spot, error));
      continue;
    }
    const std::string first = m.key.substr(0, m.key.find('.'));
    const bool outside = first == "grid" || first == "extends" || first == "schema" || first == "quick" ||
                         first == "full" || first == "validation" || first == "claim" || first == "effects" ||
                         first == "price" || first == "name";
    std::string error =
        outside ? "A cell of a grid cannot change " + backquoted(first) + "." : set_at(tree, m.key, m.spot, m.value);
    if (!error.empty()) add_problem(problems, sources.problem(m.spot, std::move(error)));
  }
}

}  // namespace

std::string cell_name(const std::vector<std::pair<std::string, std::string>>& levels) {
  std::string name;
  for (const auto& [factor, level] : levels) name += (name.empty() ? "" : " ") + factor + "=" + level;
  return name;
}

std::vector<GridCell> grid_cells(const Tree& tree, const Sources& sources, Problems& problems) {
  const Tree* grid = tree.find("grid");
  if (grid == nullptr || !well_formed(*grid, sources, problems)) return {};
  GridCell empty{{}, tree};
  std::erase_if(empty.tree.members, [](const Tree::Member& m) { return m.key == "grid"; });
  std::vector<GridCell> cells{std::move(empty)};
  for (const Tree::Member& factor : grid->members) {
    std::vector<GridCell> finer;
    for (const GridCell& cell : cells) {
      for (const Tree::Member& level : factor.value.members) {
        GridCell& one = finer.emplace_back(cell);
        one.levels.emplace_back(factor.key, level.key);
        lay_over(one.tree, level, sources, problems);
      }
    }
    cells = std::move(finer);
  }
  return cells;
}

}  // namespace peerlab
