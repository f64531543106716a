#include "sim/scenario/read.h"

#include <algorithm>
#include <filesystem>

#include "models/base/check.h"
#include "models/base/decimal.h"
#include "sim/scenario/check.h"
#include "sim/scenario/check_criteria.h"
#include "sim/scenario/flow.h"
#include "sim/scenario/grid.h"
#include "sim/scenario/layers.h"
#include "sim/scenario/price.h"
#include "sim/scenario/reader.h"
#include "sim/scenario/sweep.h"

namespace peerlab {
namespace {

/// What --quick means to a scenario that does not say: two replications, and a tenth of the duration where nothing is
/// planned for a certain instant.
void shorten(Scenario& s) {
  if (s.origins.contains("quick")) return;
  s.replications = 2;
  s.stopping.reset();
  s.origins["replications"].from = Origin::From::quick;
  const bool planned = !s.timeline.empty() || s.origins.contains("warmup") || s.origins.contains("settle");
  if (planned || s.duration / 10 < seconds(10)) return;
  s.duration = s.duration / 10;
  s.settle = std::min(s.settle, s.duration / 10);
  s.origins["duration"].from = Origin::From::quick;
}

/// A request must be able to meet its deadline before the run ends, so `settle` is at least the longest deadline that a
/// line names, if it leaves time for anything else, and a deadline that nobody named is at most `settle`.
void fit_deadlines(Scenario& s, bool shortened) {
  const auto named = [&](std::size_t i) { return s.origins.contains("workload." + std::to_string(i) + ".deadline"); };
  for (std::size_t i = 0; i < s.workload.size() && !s.origins.contains("settle") && !shortened; ++i) {
    const Duration deadline = s.workload[i].params.duration("deadline");
    if (named(i) && deadline > s.settle && s.warmup + deadline < s.duration) s.settle = deadline;
  }
  if (s.settle.ns == 0) return;
  for (std::size_t i = 0; i < s.workload.size(); ++i) {
    Params& params = s.workload[i].params;
    if ((named(i) && !shortened) || params.duration("deadline") <= s.settle) continue;
    const std::string error = params.set("deadline", write_duration(s.settle));
    CHECK_SAYING(error.empty(), error);
  }
}

/// A file of links that a scenario names lies beside it, or below its folder; one of the command line is where it says.
void find_graph_file(Scenario& s, const std::string& root, Problems& problems) {
  const auto origin = s.origins.find("network.file");
  if (origin == s.origins.end() || !s.network.has("file")) return;
  s.graph_file = s.network.text("file");
  if (s.graph_file.empty() || origin->second.from == Origin::From::set) return;
  const std::string path = (std::filesystem::path(origin->second.file).parent_path() / s.graph_file).string();
  if (!leads_into(path, home_of(s.file, root))) {
    add_problem(problems,
                problem_of(s, "network.file", backquoted(s.graph_file) + " lies outside of the scenario's folder."));
    return;
  }
  const std::string error = s.network.set("file", path);
  if (!error.empty()) add_problem(problems, problem_of(s, "network.file", error));
}

bool was_set(const Tree& tree, std::string_view key) {
  const Tree* value = tree.find(key);
  return value != nullptr && value->from == Origin::From::set;
}

/// One pass over a complete tree.
Scenario read_tree(const Tree& tree, const std::string& file, const Schema& schema, const Sources& sources, bool quick,
                   const std::string& root, Problems& problems) {
  const std::size_t before = problems.size();
  Scenario scenario = ScenarioReader(schema, sources, problems).read(tree, file);
  scenario.quick = quick;
  find_graph_file(scenario, root, problems);
  if (quick && tree.find("quick") == nullptr) {
    const Scenario whole = scenario;
    shorten(scenario);
    if (was_set(tree, "replications")) {
      scenario.replications = whole.replications;
      scenario.stopping = whole.stopping;
      scenario.origins["replications"] = whole.origins.at("replications");
    }
    if (was_set(tree, "duration")) {
      scenario.duration = whole.duration;
      scenario.settle = whole.settle;
      scenario.origins["duration"] = whole.origins.at("duration");
    }
  }
  if (problems.size() == before) {
    fit_deadlines(scenario, quick && tree.find("quick") == nullptr);
    for (Problem& p : check_scenario(scenario)) add_problem(problems, std::move(p));
    const bool whole = tree.find("grid") == nullptr && tree.find("sweep") == nullptr;  // its cells may attack otherwise
    for (Problem& p : whole ? check_criteria(scenario) : Problems{}) add_problem(problems, std::move(p));
  }
  return scenario;
}

/// Every factor and level of a grid in a line of its own.
std::string grid_text(const Tree& grid) {
  std::string out;
  for (const Tree::Member& factor : grid.members) {
    out += factor.key + ":\n";
    for (const Tree::Member& level : factor.value.members)
      out += "  " + level.key + ": " + yaml_flow(level.value) + "\n";
  }
  return out;
}

/// Reads every cell of a grid into `scenario`: the file as it is, a cell's levels, --quick, --set, in this order. What these say of the
/// grid itself comes first.
void read_cells(const Tree& as_written, const std::string& file, const Schema& schema, Sources& sources,
                const ReadOptions& options, Scenario& scenario, Problems& problems) {
  Problems said_already;
  const auto change = [&](Tree& tree) {
    if (options.quick) apply_quick(tree, sources, said_already);
    if (options.full) apply_full(tree, sources, said_already);
    for (const Override& given : options.overrides) apply_override(tree, given, sources, said_already);
  };
  Tree changed = as_written;
  change(changed);
  const Tree* grid = changed.find("grid");
  if (grid == nullptr) return;
  Tree base = as_written;
  std::erase_if(base.members, [](const Tree::Member& m) { return m.key == "grid"; });
  base.members.push_back({"grid", grid->spot, *grid});
  for (GridCell& cell : grid_cells(base, sources, problems)) {
    change(cell.tree);
    const std::size_t before = problems.size();
    Scenario one = read_tree(cell.tree, file, schema, sources, options.quick, options.root, problems);
    if (problems.size() > before) return;  // the next cells would say the same again
    one.name = scenario.name;
    scenario.cells.push_back({cell.levels, cell_name(cell.levels), {}, std::move(one)});
  }
  if (!problems.empty()) return;
  scenario.grid = grid_text(*grid);
  const Problem place = sources.problem(grid->spot, "");
  Origin& origin = scenario.origins["grid"];
  origin.from = grid->from;
  origin.file = place.file;
  origin.line = place.line;
}

/// Reads every cell of the scenario's sweep. A place is complained of once, in the first cell that stumbles over it.
void read_sweep(const Tree& tree, const Schema& schema, const Sources& sources, const ReadOptions& options,
                Scenario& scenario, Problems& problems) {
  const std::vector<PlannedCell> planned = plan_cells(tree, schema, sources, problems);
  Problems of_cells;
  for (const PlannedCell& plan : planned) {
    Problems found;
    ScenarioCell cell{plan.levels, plan.name, changes_of(plan), {}};
    Tree own = tree;
    apply_cell(own, plan, sources, found);
    if (found.empty())
      cell.scenario = read_tree(own, scenario.file, schema, sources, options.quick, options.root, found);
    for (Problem& p : found) {
      const bool said = std::any_of(of_cells.begin(), of_cells.end(), [&](const Problem& other) {
        return other.file == p.file && other.line == p.line && other.column == p.column;
      });
      if (said) continue;
      p.sentence = "In the cell " + backquoted(plan.name) + ": " + p.sentence;
      add_problem(of_cells, std::move(p));
    }
    scenario.cells.push_back(std::move(cell));
  }
  for (Problem& p : of_cells) add_problem(problems, std::move(p));
}

ReadResult read_source(Sources& sources, std::uint32_t top, const Schema& schema, const ReadOptions& options) {
  ReadResult out;
  const std::string file = sources.name(top);
  std::optional<Tree> tree = load_layers(sources, top, options.root, out.problems);
  if (!tree) return out;
  // The quick form is read in any case, so that its mistakes show before somebody needs it.
  // So is the full form.
  const Tree as_written = *tree;
  Tree quick = *tree;
  apply_quick(quick, sources, out.problems);
  Tree full = *tree;
  apply_full(full, sources, out.problems);
  if (options.full) *tree = full;
  for (const Override& given : options.overrides) {
    apply_override(*tree, given, sources, out.problems);
    Problems said_already;
    apply_override(quick, given, sources, said_already);
  }
  for (const Override& given : options.axes) {
    apply_axis(*tree, given, sources, out.problems);
    Problems said_already;
    apply_axis(quick, given, sources, said_already);
  }
  Scenario scenario =
      read_tree(options.quick ? quick : *tree, file, schema, sources, options.quick, options.root, out.problems);
  if (!options.quick && tree->find("quick") != nullptr && out.problems.empty()) {
    read_tree(quick, file, schema, sources, true, options.root, out.problems);
    (void)plan_cells(quick, schema, sources, out.problems);
  }
  if (!options.full && as_written.find("full") != nullptr && out.problems.empty()) {
    read_tree(full, file, schema, sources, false, options.root, out.problems);
    (void)plan_cells(full, schema, sources, out.problems);
  }
  if (out.problems.empty()) read_cells(as_written, file, schema, sources, options, scenario, out.problems);
  if (out.problems.empty()) read_sweep(options.quick ? quick : *tree, schema, sources, options, scenario, out.problems);
  scenario.full = options.full;
  if (out.problems.empty()) {
    for (Problem& p : check_price(scenario)) add_problem(out.problems, std::move(p));
    for (Problem& p : check_claim(scenario)) add_problem(out.problems, std::move(p));
  }
  if (out.problems.empty() && !scenario.effects.show.empty() && scenario.cells.empty() && scenario.systems.size() < 2) {
    add_problem(out.problems,
                problem_of(scenario, "effects",
                           "There is no factor that could have an effect: compare several systems, or write a "
                           "`grid`."));
  }
  if (out.problems.empty()) out.scenario = std::move(scenario);
  return out;
}

}  // namespace

ReadResult read_scenario(const std::string& path, const Schema& schema, const ReadOptions& options) {
  Sources sources;
  ReadResult out;
  const std::uint32_t source = sources.add_file(path, out.problems);
  return source == Sources::none ? out : read_source(sources, source, schema, options);
}

ReadResult read_scenario_text(std::string text, const std::string& name, const Schema& schema,
                              const ReadOptions& options) {
  Sources sources;
  ReadResult out;
  std::string refusal = text_refusal(text, "The text");
  const std::uint32_t source = sources.add(name, std::move(text));
  if (!refusal.empty()) {
    add_problem(out.problems, {name, 0, 0, std::move(refusal), {}, 0});
    return out;
  }
  return read_source(sources, source, schema, options);
}

}  // namespace peerlab
