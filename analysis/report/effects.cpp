#include "analysis/report/effects.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "analysis/report/comparison.h"
#include "analysis/report/layout.h"
#include "analysis/report/words.h"

namespace peerlab {
namespace {

using Levels = std::vector<std::string>;

std::vector<Levels> levels_of(const EffectPlan& plan) {
  std::vector<Levels> all(plan.factors.size());
  for (const EffectPlan::Combination& one : plan.combinations) {
    for (std::size_t f = 0; f < plan.factors.size(); ++f) {
      if (std::find(all[f].begin(), all[f].end(), one.levels[f]) == all[f].end()) all[f].push_back(one.levels[f]);
    }
  }
  return all;
}

/// The figure of every run of a combination, by seed in the order of the runs; NaN where there is none.
struct Runs {
  std::vector<std::uint64_t> seeds;
  std::vector<double> values;
};
Runs runs_of(const ScenarioResult& result, const EffectPlan::Combination& of, const EffectPlan::Figure& figure) {
  Runs runs;
  for (const RunRecord& run : result.runs) {
    if (run.system != of.system || run.cell != of.cell) continue;
    double value = std::numeric_limits<double>::quiet_NaN();
    for (const Metric& m : run.metrics) {
      if (m.metric != figure.metric || m.stat != figure.stat || m.standing != Standing::measured) continue;
      value = m.censored ? std::numeric_limits<double>::infinity() : m.value;
    }
    runs.seeds.push_back(run.seed);
    runs.values.push_back(value);
  }
  return runs;
}

/// level - base for each seed, where both have a figure in every run; two that never end differ by nothing.
std::optional<Runs> difference(const Runs& level, const Runs& base) {
  Runs out;
  for (std::size_t i = 0; i < level.seeds.size(); ++i) {
    const auto at = std::find(base.seeds.begin(), base.seeds.end(), level.seeds[i]);
    if (at == base.seeds.end()) continue;
    const double other = base.values[static_cast<std::size_t>(at - base.seeds.begin())];
    if (std::isnan(level.values[i]) || std::isnan(other)) return std::nullopt;
    out.seeds.push_back(level.seeds[i]);
    out.values.push_back(std::isinf(level.values[i]) && level.values[i] == other ? 0 : level.values[i] - other);
  }
  return out.seeds.empty() ? std::nullopt : std::optional(std::move(out));
}

const EffectPlan::Combination* twin_of(const EffectPlan& plan, const EffectPlan::Combination& of, std::size_t factor,
                                       const std::string& level) {
  Levels wanted = of.levels;
  wanted[factor] = level;
  const auto at = std::find_if(plan.combinations.begin(), plan.combinations.end(),
                               [&](const EffectPlan::Combination& c) { return c.levels == wanted; });
  return at == plan.combinations.end() ? nullptr : &*at;
}

MainEffects::Effect effect_of(const ScenarioResult& result, const EffectPlan& plan, std::size_t factor,
                              const std::string& level, const std::string& base, const EffectPlan::Figure& figure,
                              bool share) {
  MainEffects::Effect effect;
  std::vector<Runs> pairs;
  for (const EffectPlan::Combination& one : plan.combinations) {
    if (one.levels[factor] != level) continue;
    const EffectPlan::Combination* const twin = twin_of(plan, one, factor, base);
    if (twin == nullptr) continue;
    std::optional<Runs> pair = difference(runs_of(result, one, figure), runs_of(result, *twin, figure));
    if (pair) {
      pairs.push_back(std::move(*pair));
    } else {
      ++effect.silent;
    }
  }
  effect.pairs = pairs.size();
  if (pairs.empty()) return effect;
  std::vector<double> means;
  for (std::size_t i = 0; i < pairs.front().seeds.size(); ++i) {
    double sum = 0;
    bool everywhere = true;
    for (const Runs& pair : pairs) {
      const auto at = std::find(pair.seeds.begin(), pair.seeds.end(), pairs.front().seeds[i]);
      everywhere = everywhere && at != pair.seeds.end();
      if (everywhere) sum += pair.values[static_cast<std::size_t>(at - pair.seeds.begin())];
    }
    if (everywhere) means.push_back(sum / static_cast<double>(pairs.size()));
  }
  effect.difference = summarise_difference(means, std::vector<double>(means.size(), 0));
  Summary& s = effect.difference;
  if (share) {  // no two shares differ by more than one
    s.ci95_low = std::max(s.ci95_low, -1.0);
    s.ci95_high = std::min(s.ci95_high, 1.0);
  }
  effect.clear = s.n >= 2 && (s.ci95_low > 0 || s.ci95_high < 0);
  return effect;
}

}  // namespace

MainEffects main_effects(const ScenarioResult& result, const EffectPlan& plan) {
  MainEffects effects;
  for (const EffectPlan::Figure& figure : plan.figures) {
    const auto line = std::find_if(result.lines.begin(), result.lines.end(), [&](const SummaryLine& l) {
      return l.metric == figure.metric && l.stat == figure.stat;
    });
    effects.figures.push_back({figure.metric, figure.stat, line == result.lines.end() ? "" : line->unit});
  }
  effects.combinations = plan.combinations.size();
  effects.conceivable = 1;
  effects.missing = plan.missing;
  const std::vector<Levels> levels = levels_of(plan);
  for (std::size_t f = 0; f < plan.factors.size(); ++f) {
    effects.conceivable *= levels[f].size();
    for (std::size_t l = 1; l < levels[f].size(); ++l) {
      MainEffects::Row row{plan.factors[f], levels[f][l], levels[f].front(), {}};
      for (std::size_t i = 0; i < plan.figures.size(); ++i) {
        const bool share = effects.figures[i].unit == "share";
        row.on.push_back(effect_of(result, plan, f, row.level, row.base, plan.figures[i], share));
      }
      effects.rows.push_back(std::move(row));
    }
  }
  return effects;
}

std::string effect_label(const MainEffects::Row& row) {
  return row.factor + ": " + row.level + " instead of " + row.base;
}

Cell effect_cell(const MainEffects::Effect& effect, const std::string& unit) {
  const Summary& s = effect.difference;
  if (!s.has_value()) return {"-", ""};
  if (std::isinf(s.value)) return {s.value > 0 ? "to unbounded" : "from unbounded", ""};
  SummaryLine line;
  line.unit = unit;
  const std::string words = difference_in_words({line, line, s, effect.clear});
  const std::size_t bracket = words.find(" [");
  Cell cell{words.substr(0, bracket), bracket == std::string::npos ? "" : words.substr(bracket + 1)};
  if (effect.clear) cell.value += " *";
  return cell;
}

namespace {

/// The table's rows: a heading for each factor, and its levels below.
struct TableRow {
  std::string label;
  const MainEffects::Row* row;  ///< null: a heading
};
std::vector<TableRow> table_rows(const MainEffects& effects) {
  std::vector<TableRow> rows;
  for (const MainEffects::Row& row : effects.rows) {
    if (rows.empty() || rows.back().row->factor != row.factor) {
      rows.push_back({row.factor + ", against " + row.base, nullptr});
    }
    rows.push_back({"  " + row.level, &row});
  }
  return rows;
}

}  // namespace

std::string print_effects(const MainEffects& effects, const TerminalStyle& style) {
  if (effects.rows.empty() || effects.figures.empty()) return "";
  const std::size_t width = width_of(style);
  std::string out = painted(style, "1", "Main effects") + "\n";
  const std::vector<TableRow> rows = table_rows(effects);
  std::size_t label = 0;
  for (const TableRow& row : rows) label = std::max(label, columns(row.label));
  for (std::size_t from = 0; from < effects.figures.size();) {
    std::vector<std::size_t> widths;
    std::size_t to = from;
    for (std::size_t used = label; to < effects.figures.size(); ++to) {
      std::size_t wide = columns(metric_label(effects.figures[to].metric, effects.figures[to].stat));
      for (const MainEffects::Row& row : effects.rows) {
        const Cell cell = effect_cell(row.on[to], effects.figures[to].unit);
        wide = std::max({wide, columns(cell.value), columns(cell.interval)});
      }
      if (to > from && used + wide + 2 > width) break;
      used += wide + 2;
      widths.push_back(wide);
    }
    std::string header = padded("", label);
    for (std::size_t i = from; i < to; ++i) {
      header += "  " + padded(metric_label(effects.figures[i].metric, effects.figures[i].stat), widths[i - from]);
    }
    out += trimmed(header) + "\n";
    for (const TableRow& row : rows) {
      std::string values = padded(row.label, label);
      std::string intervals = padded("", label);
      for (std::size_t i = from; i < to && row.row != nullptr; ++i) {
        const Cell cell = effect_cell(row.row->on[i], effects.figures[i].unit);
        values += "  " + padded(cell.value, widths[i - from]);
        intervals += "  " + padded(cell.interval, widths[i - from]);
      }
      out += trimmed(values) + "\n";
      if (!trimmed(intervals).empty()) out += painted(style, "2", trimmed(intervals)) + "\n";
    }
    from = to;
    out += "\n";
  }
  out += wrapped(effects_explained(effects), width) + "\n";
  for (const std::string& sentence : effects.missing) out += wrapped(sentence, width) + "\n";
  return out;
}

std::string effects_explained(const MainEffects& effects) {
  return fmt::format(
      "What a level changes against the first one of its factor: the mean over all combinations of the other factors "
      "in "
      "which both exist, run by run on the same seeds; in brackets the 95 % interval over the replications, * where it "
      "leaves out 0. {} of {} combinations of levels exist.",
      effects.combinations, effects.conceivable);
}

}  // namespace peerlab
