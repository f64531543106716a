// `peerlab theory NAME key=value ...`: the figures of a closed form.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/report/words.h"
#include "analysis/theory/table.h"
#include "models/base/decimal.h"
#include "sim/cli/commands.h"
#include "sim/cli/console.h"

namespace peerlab {
namespace {

int fail(const std::string& sentence) {
  complain(sentence);
  return exit_code::wrong_usage;
}

std::string did_you_mean(std::string_view typed, const std::vector<std::string>& names) {
  const auto meant = nearest_name(typed, names);
  if (meant) return " Did you mean `" + *meant + "`?";
  std::string out = " There are";
  for (std::size_t i = 0; i < names.size(); ++i)
    out += (i == 0 ? " " : i + 1 == names.size() ? " and " : ", ") + names[i];
  return out + ".";
}

/// Sets one `key=value`; returns what is wrong with it.
std::string set_input(const TheoryRow& row, const std::string& argument, Params& in) {
  std::vector<std::string> keys;
  for (const Field& f : row.fields) keys.push_back(f.name);
  const std::size_t equals = argument.find('=');
  if (equals == std::string::npos)
    return "An input is written `key=value`, such as `" + row.fields.front().name + "='" + row.fields.front().example +
           "'`; this is " + backquoted(argument) + ".";
  const std::string key(trimmed(std::string_view(argument).substr(0, equals)));
  if (std::find(keys.begin(), keys.end(), key) == keys.end())
    return backquoted(row.name) + " takes no " + backquoted(key) + "." + did_you_mean(key, keys);
  const std::string error = in.set(key, std::string_view(argument).substr(equals + 1));
  return error.empty() ? "" : key + ": " + error;
}

/// Six figures in the unit itself; per cent for shares; a time also as people say it.
std::string figure(double value, std::string_view unit) {
  if (std::isinf(value)) return "unbounded";
  const auto six = [](double v) { return fmt::format("{:.6g}", v); };
  if (unit == "share") return six(value * 100) + " %";
  if (unit == "1") return six(value);
  std::string out = six(value) + " " + std::string(unit);
  if (unit == "s" && (value >= 120 || value < 0.1) && value > 0) out += "  (" + in_words(value, unit) + ")";
  return out;
}

std::string as_text(const TheoryRow& row, const Params& in, const TheoryAnswer& answer) {
  const std::vector<double>& values = answer.values;
  std::string out = std::string(row.name) + ": ";
  bool first = true;
  for (const auto& [field, value] : in.rows()) {
    out += (first ? "" : ", ") + field.name + " = " + write_value(field, value);
    first = false;
  }
  out += "\n";
  std::size_t names = 0;
  std::size_t widest = 0;
  std::vector<std::string> figures;
  for (std::size_t i = 0; i < values.size(); ++i) {
    figures.push_back(figure(values[i], row.gives[i].unit));
    names = std::max(names, row.gives[i].name.size());
    widest = std::max(widest, figures.back().size());
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    std::string line = "  " + std::string(row.gives[i].name);
    line.resize(names + 4, ' ');
    line += figures[i];
    line.resize(names + 4 + widest + 2, ' ');
    out += line + std::string(row.gives[i].sentence) + "\n";
  }
  if (!answer.table.empty()) {
    out += "  table: >-\n";
    for (std::size_t at = 0; at < answer.table.size();) {
      const std::size_t end = std::min(answer.table.find('\n', at), answer.table.size());
      out += "    " + answer.table.substr(at, end - at) + "\n";
      at = end + 1;
    }
  }
  return out + "Holds for: `peerlab explain " + std::string(row.name) + "`. Source: " + std::string(row.source) + ".\n";
}

/// Infinite figures are null: JSON has no name for them.
std::string as_json(const TheoryRow& row, const Params& in, const TheoryAnswer& answer) {
  const std::vector<double>& values = answer.values;
  std::string out = "{\"name\": " + json_string(row.name) + ", \"inputs\": {";
  bool first = true;
  for (const auto& [field, value] : in.rows()) {
    out += (first ? "" : ", ") + json_string(field.name) + ": " + json_string(write_value(field, value));
    first = false;
  }
  out += "}, \"values\": [";
  for (std::size_t i = 0; i < values.size(); ++i) {
    out += std::string(i == 0 ? "" : ", ") + "{\"name\": " + json_string(row.gives[i].name) +
           ", \"value\": " + (std::isfinite(values[i]) ? in_file(values[i]) : "null") +
           ", \"unit\": " + json_string(row.gives[i].unit) + "}";
  }
  out += "]";
  if (!answer.table.empty()) out += ", \"table\": " + json_string(answer.table);
  return out + ", \"source\": " + json_string(row.source) + "}\n";
}

int tell(const std::vector<std::string>& words, bool json) {
  std::vector<std::string> names;
  for (const TheoryRow& row : theory_rows()) names.emplace_back(row.name);
  const TheoryRow* row = find_theory(words.front());
  if (row == nullptr)
    return fail("There is no closed form " + backquoted(words.front()) + "." + did_you_mean(words.front(), names));
  Params in = Params::defaults(row->fields);
  std::string wrong;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string error = set_input(*row, words[i], in);
    if (!error.empty()) wrong += (wrong.empty() ? "" : "\n") + error;
  }
  if (!wrong.empty()) return fail(wrong);
  const TheoryAnswer answer = row->answer(in);
  if (!answer.error.empty()) return fail(answer.error);
  return print_out(json ? as_json(*row, in, answer) : as_text(*row, in, answer));
}

}  // namespace

void add_theory(Command root, int& code) {
  const Command command = root.add("theory", "Compute a closed form of the literature");
  auto words = std::make_shared<std::vector<std::string>>();
  auto json = std::make_shared<bool>(false);
  command.words("NAME", *words, "A closed form and its inputs as key=value; what is not said has its default", 1);
  command.flag("--json", *json, "Print the figures as JSON");
  command.footer(
      "`peerlab list` shows all closed forms, `peerlab explain NAME` the formula, its range and its source.\n"
      "Examples:\n"
      "  peerlab theory double-spend q='30 %' z=6\n"
      "  peerlab theory erlang-c rate='280 per s in total' servers=4\n"
      "  peerlab theory eyal-sirer alpha=40% gamma=50% --json");
  command.runs([words, json, &code] { code = tell(*words, *json); });
}

}  // namespace peerlab
