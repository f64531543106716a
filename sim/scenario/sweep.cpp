#include "sim/scenario/sweep.h"

#include <algorithm>

#include "models/base/decimal.h"
#include "models/base/random.h"
#include "sim/scenario/axis_values.h"
#include "sim/scenario/field_at.h"
#include "sim/scenario/flow.h"
#include "sim/scenario/layers.h"

namespace peerlab {
namespace {

/// What belongs to the scenario as a whole, and not to one of its cells.
constexpr std::string_view not_of_cells[] = {"schema", "name",   "question", "look",      "next",  "extends",
                                             "quick",  "full",   "sweep",    "grid",      "claim", "effects",
                                             "price",  "record", "measure",  "validation"};

/// One axis: the paths that its values go to.
struct SweepAxis {
  std::string written;             ///< the path as written
  std::vector<std::string> paths;  ///< the paths it stands for
  Spot spot;
  AxisValues values;
};

/// The shortest ends of paths that tell them apart: `users`, `block_interval`.
std::vector<std::string> short_names(const std::vector<SweepAxis>& axes) {
  std::vector<std::string> out;
  for (const SweepAxis& axis : axes) {
    std::size_t from = axis.written.rfind('.');
    const auto shared = [&](std::string_view end) {
      return std::count_if(axes.begin(), axes.end(), [&](const SweepAxis& other) {
               return other.written == end || other.written.ends_with("." + std::string(end));
             }) > 1;
    };
    while (from != std::string::npos && from > 0 && shared(std::string_view(axis.written).substr(from + 1)))
      from = axis.written.rfind('.', from - 1);
    out.push_back(from == std::string::npos ? axis.written : axis.written.substr(from + 1));
  }
  return out;
}

class Planner {
 public:
  Planner(const Tree& scenario, const Schema& schema, const Sources& sources, Problems& problems)
      : scenario_(scenario), schema_(schema), sources_(sources), problems_(problems) {}

  std::vector<PlannedCell> plan(const Tree& sweep) {
    if (sweep.kind != Tree::Kind::map) {
      say(sweep.spot, "`sweep` is a map, for example `sweep: {grid: {network.users: [100, 1000]}}`.");
      return {};
    }
    const std::vector<std::string> parts = {"cells", "grid", "zip", "latin"};
    for (const Tree::Member& m : sweep.members) {
      if (std::find(parts.begin(), parts.end(), m.key) != parts.end()) continue;
      const auto meant = nearest_name(m.key, parts);
      say(m.spot, "A sweep has `cells`, `grid`, `zip` and `latin`, not " + backquoted(m.key) + "." +
                      (meant ? " Did you mean `" + *meant + "`?" : ""));
    }
    const std::size_t before = problems_.size();
    if (scenario_.find("grid") != nullptr)
      say(sweep.spot, "A scenario has a `grid` of named levels or a `sweep`, not both.");
    std::vector<PlannedCell> out(1);
    if (const Tree* cells = map_of(sweep, "cells")) out = multiplied(out, by_hand(*cells));
    if (const Tree* grid = map_of(sweep, "grid")) out = multiplied(out, every_combination(axes_of(*grid, true)));
    if (const Tree* zip = map_of(sweep, "zip")) out = multiplied(out, side_by_side(axes_of(*zip, true), *zip));
    if (const Tree* latin = map_of(sweep, "latin")) out = multiplied(out, hypercube(*latin));
    if (problems_.size() > before) return {};
    if (out.size() == 1 && out.front().name.empty()) {
      say(sweep.spot, "This sweep has no cells, for example `sweep: {grid: {network.users: [100, 1000]}}`.");
      return {};
    }
    if (out.size() > sweep_most_values) {
      say(sweep.spot, "A sweep has at most " + std::to_string(sweep_most_values) + " cells; this one has " +
                          (too_many_ ? "more" : std::to_string(out.size())) + ".");
      return {};
    }
    std::vector<std::string> names;
    for (const PlannedCell& cell : out) names.push_back(cell.name);
    std::sort(names.begin(), names.end());
    const auto twice = std::adjacent_find(names.begin(), names.end());
    if (twice != names.end()) {
      say(sweep.spot, "Two cells of this sweep are " + backquoted(*twice) + ".");
      return {};
    }
    return out;
  }

 private:
  void say(const Spot& spot, std::string sentence) {
    add_problem(problems_, sources_.problem(spot, std::move(sentence)));
  }

  const Tree* map_of(const Tree& sweep, const std::string& key) {
    const Tree* found = sweep.find(key);
    if (found == nullptr || (found->kind == Tree::Kind::map && !found->members.empty())) return found;
    const std::string example = key == "cells"   ? "cells: {calm: {}, busy: {network.users: 1000}}"
                                : key == "latin" ? "latin: {points: 20, over: {network.users: {from: 100, to: 1000}}}"
                                                 : key + ": {network.users: [100, 1000]}";
    say(found->spot, backquoted(key) + " is a map, for example `" + example + "`.");
    return nullptr;
  }

  std::vector<std::string> paths_of(const std::string& path, const Spot& spot) {
    const std::string first = split_path(path).front();
    if (std::find(std::begin(not_of_cells), std::end(not_of_cells), first) != std::end(not_of_cells)) {
      say(spot, backquoted(path) + " belongs to the scenario as a whole; a cell cannot change it.");
      return {};
    }
    std::vector<std::string> paths = spread_path(schema_, scenario_, path);
    if (paths.empty()) {
      const std::string field = path.substr(path.find('.') + 1);
      const auto meant = nearest_name(field, protocol_fields(schema_, scenario_));
      say(spot, "No system of this scenario has a field " + backquoted(field) + "." +
                    (meant ? " Did you mean `protocol." + *meant + "`?" : ""));
    }
    return paths;
  }

  std::vector<SweepAxis> axes_of(const Tree& map, bool needs_points) {
    std::vector<SweepAxis> axes;
    for (const Tree::Member& m : map.members) {
      std::vector<std::string> paths = paths_of(m.key, m.spot);
      if (paths.empty()) continue;
      const std::optional<Field> field = field_at(schema_, scenario_, paths.front());
      AxisValues values = AxisValues::read(m.value, m.key, field, sources_, needs_points, problems_);
      axes.push_back({m.key, std::move(paths), m.spot, std::move(values)});
    }
    return axes;
  }

  static void give(PlannedCell& cell, const SweepAxis& axis, const std::string& name, const Tree& value) {
    const std::string text = value.kind == Tree::Kind::text ? value.text : yaml_flow(value);
    cell.levels.emplace_back(name, text);
    cell.name += (cell.name.empty() ? "" : ", ") + name + "=" + text;
    for (const std::string& path : axis.paths) cell.values.push_back({path, axis.spot, value});
  }

  std::vector<PlannedCell> every_combination(const std::vector<SweepAxis>& axes) {
    const std::vector<std::string> names = short_names(axes);
    std::vector<PlannedCell> out(1);
    for (std::size_t a = 0; a < axes.size(); ++a) {
      std::vector<PlannedCell> along;
      for (const Tree& value : axes[a].values.all()) give(along.emplace_back(), axes[a], names[a], value);
      out = multiplied(out, along);
    }
    return out;
  }

  std::vector<PlannedCell> side_by_side(const std::vector<SweepAxis>& axes, const Tree& zip) {
    const std::vector<std::string> names = short_names(axes);
    std::vector<PlannedCell> out(axes.empty() ? 0 : axes.front().values.all().size());
    for (std::size_t a = 0; a < axes.size(); ++a) {
      const std::vector<Tree>& values = axes[a].values.all();
      if (values.size() != out.size()) {
        say(axes[a].spot, "The axes of a `zip` have as many values each: " + backquoted(axes[a].written) + " has " +
                              std::to_string(values.size()) + ", " + backquoted(zip.members.front().key) + " has " +
                              std::to_string(out.size()) + ".");
        return {};
      }
      for (std::size_t i = 0; i < out.size(); ++i) give(out[i], axes[a], names[a], values[i]);
    }
    return out;
  }

  /// Each axis is cut into as many strips as there are points, every strip has one point, somewhere in it, and the axes'
  /// orders are independent permutations.
  std::vector<PlannedCell> hypercube(const Tree& latin) {
    for (const Tree::Member& m : latin.members) {
      if (m.key != "points" && m.key != "over")
        say(m.spot, "`latin` has `points` and `over`, not " + backquoted(m.key) + ".");
    }
    const Tree* points = latin.find("points");
    const Tree* over = latin.find("over");
    const Parsed<std::int64_t> count = parse_whole(points == nullptr ? "" : points->text);
    if (!count || *count.value < 2 || *count.value > static_cast<std::int64_t>(sweep_most_values)) {
      say(points == nullptr ? latin.spot : points->spot,
          "`latin` says how many points it has, from 2 to " + std::to_string(sweep_most_values) +
              ": `latin: {points: 20, over: {network.users: {from: 100, to: 1000}}}`.");
      return {};
    }
    if (over == nullptr || over->kind != Tree::Kind::map || over->members.empty()) {
      say(over == nullptr ? latin.spot : over->spot,
          "`latin` says what it spreads over: `over: {network.users: {from: 100, to: 1000}}`.");
      return {};
    }
    const std::vector<SweepAxis> axes = axes_of(*over, false);
    const std::vector<std::string> names = short_names(axes);
    const Tree* seed = scenario_.find("seed");
    const Parsed<std::int64_t> parsed = parse_whole(seed == nullptr ? "1" : seed->text);
    const auto n = static_cast<std::size_t>(*count.value);
    std::vector<PlannedCell> out(n);
    for (std::size_t a = 0; a < axes.size() && !axes[a].values.all().empty(); ++a) {
      Stream chance(static_cast<std::uint64_t>(parsed.value.value_or(1)), purpose("sweep.latin"),
                    static_cast<std::uint32_t>(a));
      std::vector<std::size_t> strips(n);
      for (std::size_t i = 0; i < n; ++i) strips[i] = i;
      chance.shuffle(strips);
      for (std::size_t i = 0; i < n; ++i) {
        const double u = (static_cast<double>(strips[i]) + chance.uniform()) / static_cast<double>(n);
        give(out[i], axes[a], names[a], axes[a].values.at(u));
      }
    }
    // Points have names of their own: two may round to the same values.
    for (std::size_t i = 0; i < n; ++i) out[i].name.insert(0, "point " + std::to_string(i + 1) + ", ");
    return out;
  }

  std::vector<PlannedCell> by_hand(const Tree& cells) {
    std::vector<PlannedCell> out;
    for (const Tree::Member& m : cells.members) {
      const bool control =
          std::any_of(m.key.begin(), m.key.end(), [](char c) { return static_cast<unsigned char>(c) < 32; });
      if (m.key.empty() || m.key.size() > 200 || control || trimmed(m.key) != m.key)
        say(m.spot, backquoted(m.key) + " cannot be the name of a cell: at most 200 letters in one line.");
      if (m.value.kind != Tree::Kind::map) {
        say(m.value.spot, "A cell is a map of paths and values, such as `" + m.key.substr(0, 40) +
                              ": {network.users: 1000}`; `{}` changes nothing.");
        continue;
      }
      PlannedCell cell{m.key, {}, {{"cell", m.key}}};
      for (const Tree::Member& value : m.value.members) {
        for (const std::string& path : paths_of(value.key, value.spot))
          cell.values.push_back({path, value.spot, value.value});
      }
      out.push_back(std::move(cell));
    }
    return out;
  }

  std::vector<PlannedCell> multiplied(const std::vector<PlannedCell>& left, const std::vector<PlannedCell>& right) {
    std::vector<PlannedCell> out;
    for (const PlannedCell& a : left) {
      for (const PlannedCell& b : right) {
        if (out.size() > sweep_most_values) {  // refused by plan()
          too_many_ = true;
          return out;
        }
        PlannedCell& both = out.emplace_back(a);
        both.name += (a.name.empty() || b.name.empty() ? "" : ", ") + b.name;
        both.levels.insert(both.levels.end(), b.levels.begin(), b.levels.end());
        both.values.insert(both.values.end(), b.values.begin(), b.values.end());
      }
    }
    return out;
  }

  const Tree& scenario_;
  const Schema& schema_;
  const Sources& sources_;
  Problems& problems_;
  bool too_many_ = false;
};

}  // namespace

std::vector<PlannedCell> plan_cells(const Tree& scenario, const Schema& schema, const Sources& sources,
                                    Problems& problems) {
  const Tree* sweep = scenario.find("sweep");
  if (sweep == nullptr) return {};
  return Planner(scenario, schema, sources, problems).plan(*sweep);
}

void apply_cell(Tree& scenario, const PlannedCell& cell, const Sources& sources, Problems& problems) {
  std::erase_if(scenario.members, [](const Tree::Member& m) { return m.key == "sweep"; });
  for (const PlannedValue& value : cell.values) {
    std::string error = set_at(scenario, value.path, value.spot, value.value);
    if (!error.empty()) add_problem(problems, sources.problem(value.spot, std::move(error)));
  }
}

std::vector<CellChange> changes_of(const PlannedCell& cell) {
  std::vector<CellChange> out;
  for (const PlannedValue& value : cell.values) out.push_back({value.path, yaml_flow(value.value)});
  return out;
}

}  // namespace peerlab
