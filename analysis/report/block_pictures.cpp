#include "analysis/report/block_pictures.h"

#include <algorithm>

#include "analysis/report/distribution_chart.h"
#include "analysis/report/plot_parts.h"
#include "analysis/report/words.h"
#include "analysis/statistics/quantile.h"

namespace peerlab {
namespace {

constexpr std::size_t fewest_blocks = 20;
constexpr std::size_t most_cells = 6;

struct Row {
  std::string_view name;
  double p;
};

constexpr Row rows[] = {{"soonest", 0},
                        {"a tenth within", 0.1},
                        {"a quarter within", 0.25},
                        {"half within", 0.5},
                        {"three quarters within", 0.75},
                        {"nine tenths within", 0.9},
                        {"99 % within", 0.99},
                        {"latest", 1}};

ValuesOfSystem of_system(const ScenarioResult& result, std::size_t s, const std::string& cell) {
  ValuesOfSystem d{result.systems[s], s, {}};
  for (const RunRecord& run : result.runs) {
    if (run.system != d.label || run.cell != cell) continue;
    for (const BlockLine& block : run.blocks) {
      if (block.eligible > 0) d.seconds.push_back(block.s99);
    }
  }
  std::sort(d.seconds.begin(), d.seconds.end());
  return d;
}

Picture drawn(const ScenarioResult& result, std::string id, const std::string& cell,
              const std::vector<ValuesOfSystem>& all) {
  ChartHead head = plot_head(result, std::move(id), "How the blocks differ: until 99 % of the nodes had each", cell);
  head.axis = "time since the block was found";
  head.about = result.scenario + (cell.empty() ? "" : ", " + cell) + ": every block of every run, forks too";
  head.description = head.about + ".";
  Picture picture;
  picture.table.head = {"blocks"};
  for (const Row& row : rows) picture.table.rows.push_back({std::string(row.name)});
  picture.table.rows.push_back({"how many"});
  picture.table.rows.push_back({"of them never, or after the end"});
  for (const ValuesOfSystem& d : all) {
    picture.table.head.push_back(d.label);
    head.description += " " + d.label + ":";
    for (std::size_t r = 0; r < std::size(rows); ++r) {
      const std::string words = in_words(quantile_of_sorted(d.seconds, rows[r].p), "s");
      picture.table.rows[r].push_back(words);
      head.description += std::string(r == 0 ? " " : ", ") + std::string(rows[r].name) + " " + words;
    }
    head.description += ".";
    picture.table.rows[std::size(rows)].push_back(with_separators(d.seconds.size()));
    picture.table.rows[std::size(rows) + 1].push_back(with_separators(never_in(d.seconds)));
  }
  picture.id = head.id;
  picture.title = head.title;
  picture.cell = cell;
  picture.svg = distribution_chart(head, "blocks", all);
  return picture;
}

}  // namespace

std::vector<Picture> block_pictures(const ScenarioResult& result) {
  std::vector<Picture> pictures;
  if (result.cells.size() > most_cells) return pictures;
  for (std::size_t c = 0; c < result.cells.size(); ++c) {
    std::vector<ValuesOfSystem> all;
    for (std::size_t s = 0; s < result.systems.size(); ++s) {
      ValuesOfSystem d = of_system(result, s, result.cells[c]);
      if (d.seconds.size() - never_in(d.seconds) >= fewest_blocks) all.push_back(std::move(d));
    }
    if (all.empty()) continue;
    const std::string id = result.cells.size() < 2 ? "blocks" : "blocks-" + std::to_string(c + 1);
    pictures.push_back(drawn(result, id, result.cells[c], all));
  }
  return pictures;
}

}  // namespace peerlab
