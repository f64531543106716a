// How a comparison is written: for people, for a document, for a program.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "analysis/report/comparison.h"
#include "analysis/report/layout.h"
#include "analysis/report/words.h"

namespace peerlab {
namespace {

// A difference of shares is in percentage points: 2 % of 4 % would be something else.
std::string in_points(std::string text, std::string_view unit) {
  if (unit != "share") return text;
  const std::size_t at = text.find(" %");
  return at == std::string::npos ? text : text.replace(at, 2, " points");
}

// One end of an interval that reaches to infinity.
std::string end_in_words(double v, std::string_view unit) {
  if (std::isinf(v)) return v > 0 ? "unbounded" : "-unbounded";
  return in_points(in_words(v, unit), unit);
}

std::string signed_text(double value, std::string text) { return (value > 0 ? "+" : "") + std::move(text); }

Cell difference_cell(const Difference& d) {
  Summary s = d.summary;
  if (!s.has_value()) return {"-", ""};
  // Pairs that differ by the same amount leave an interval of rounding errors.
  if (std::isfinite(s.value) && s.ci95_high - s.ci95_low <= 1e-9 * std::abs(s.value))
    s.ci95_low = s.ci95_high = s.value;
  const bool has_interval = s.n >= 2 && (std::isfinite(s.ci95_low) || std::isfinite(s.ci95_high));
  if (std::isinf(s.value)) {
    return {s.value > 0 ? "never in the first" : "never in the second",
            has_interval && s.ci95_low != s.ci95_high
                ? "[" + end_in_words(s.ci95_low, d.first.unit) + ", " + end_in_words(s.ci95_high, d.first.unit) + "]"
                : ""};
  }
  if (!std::isfinite(s.ci95_low) || !std::isfinite(s.ci95_high)) {
    return {signed_text(s.value, in_points(in_words(s.value, d.first.unit), d.first.unit)),
            has_interval
                ? "[" + end_in_words(s.ci95_low, d.first.unit) + ", " + end_in_words(s.ci95_high, d.first.unit) + "]"
                : ""};
  }
  const double reach = std::max(std::abs(s.ci95_low), std::abs(s.ci95_high));
  if (reach > 100 * std::abs(s.value)) {  // in the unit of the difference it would be thousands
    return {signed_text(s.value, in_points(in_words(s.value, d.first.unit), d.first.unit)),
            reach > 0
                ? "[" + end_in_words(s.ci95_low, d.first.unit) + ", " + end_in_words(s.ci95_high, d.first.unit) + "]"
                : ""};
  }
  SummaryLine line;  // the interval in the unit and with the decimals of the value
  line.unit = d.first.unit;
  line.summary = s;
  Cell cell = cell_of(line);
  cell.value = signed_text(s.value, in_points(cell.value, line.unit));
  return cell;
}

std::vector<const Difference*> shown(const Comparison& c) {
  std::vector<const Difference*> rows;
  for (const Difference& d : c.differences) {
    const bool figures = d.first.standing == Standing::measured && d.second.standing == Standing::measured;
    if (d.first.headline && figures) rows.push_back(&d);
  }
  return rows;
}

std::string pairing(const Comparison& c) {
  const std::uint64_t most = std::max(c.first_runs, c.second_runs);
  std::string text = c.pairs == 1 ? "One pair of runs with the same seed: a difference, but no interval; raise "
                                    "`replications` (-r 10)."
                                  : fmt::format("{} pairs of runs with the same seed.", c.pairs);
  if (c.pairs < most)
    text += fmt::format(" {} of the {} runs have no partner and are left out.",
                        c.first_runs + c.second_runs - 2 * c.pairs, c.first_runs + c.second_runs);
  return text;
}

// What the marks mean, and how many there would be by chance.
std::string verdict(const std::vector<const Difference*>& rows) {
  const auto clear = std::count_if(rows.begin(), rows.end(), [](const Difference* d) { return d->clear; });
  const bool medians =
      std::any_of(rows.begin(), rows.end(), [](const Difference* d) { return d->summary.how == Summary::How::median; });
  std::string text = fmt::format("* {} of {} figures differ: the 95 % interval of the paired difference leaves out 0.",
                                 clear, rows.size());
  if (medians) text += " Where a run says never, the difference is the median over pairs.";
  if (rows.size() >= 20) text += " By chance alone about one figure in twenty would.";
  return text;
}

std::string title(const Comparison& c) { return c.cell.empty() ? "" : c.cell; }

class Table {
 public:
  Table(const Comparison& c, const TerminalStyle& style) : c_(c), style_(style), rows_(shown(c)) {}

  std::string print() {
    line(painted(
        style_, "1",
        wrapped(c_.first + " against " + c_.second + (title(c_).empty() ? "" : ", " + title(c_)), width_of(style_))));
    line(wrapped(pairing(c_), width_of(style_)));
    line("");
    if (rows_.empty()) {
      line("No figure exists on both sides.");
      return out_;
    }
    measure();
    header();
    for (const Difference* d : rows_) row(*d);
    line("");
    line(painted(style_, "2", wrapped(verdict(rows_), width_of(style_))));
    return out_;
  }

 private:
  void line(const std::string& text) { out_ += trimmed(text) + "\n"; }
  static std::string name(const Difference& d) { return metric_label(d.first.metric, d.first.stat); }

  void measure() {
    first_ = columns(c_.first);
    second_ = columns(c_.second);
    for (const Difference* d : rows_) {
      label_ = std::max(label_, columns(name(*d)));
      first_ = std::max(first_, columns(cell_of(d->first).value));
      second_ = std::max(second_, columns(cell_of(d->second).value));
      value_ = std::max(value_, columns(difference_cell(*d).value));
      const std::size_t interval = columns(difference_cell(*d).interval);
      interval_ = std::max(interval_, interval);
    }
    const std::size_t all = label_ + 2 + first_ + 2 + second_ + 2 + value_ + 2 + interval_ + 2;
    wide_ = all <= width_of(style_);
    tight_ = all - label_ > width_of(style_);
  }
  void header() {
    const std::string figures = padded(c_.first, first_) + "  " + padded(c_.second, second_) + "  ";
    line(painted(style_, "1",
                 wide_ ? padded("", label_) + "  " + figures + "difference" : "  " + figures + "difference"));
  }
  void row(const Difference& d) {
    const Cell difference = difference_cell(d);
    std::string text = padded(cell_of(d.first).value, first_) + "  " + padded(cell_of(d.second).value, second_) + "  " +
                       padded(difference.value, difference.interval.empty() || tight_ ? 0 : value_);
    const std::string below = "\n" + std::string(2 + first_ + 2 + second_ + 2, ' ');
    if (!difference.interval.empty()) text += (tight_ ? below : "  ") + painted(style_, "2", difference.interval);
    if (d.clear) text += " *";
    if (wide_) {
      line(padded(name(d), label_) + "  " + text);
    } else {
      line(name(d));
      line("  " + text);
    }
  }

  const Comparison& c_;
  const TerminalStyle& style_;
  std::vector<const Difference*> rows_;
  std::size_t label_ = 0;
  std::size_t first_ = 0;
  std::size_t second_ = 0;
  std::size_t value_ = 0;
  std::size_t interval_ = 0;
  bool wide_ = true;    ///< all of a figure in one line; otherwise its name has a line of its own
  bool tight_ = false;  ///< and so has the interval
  std::string out_;
};

std::string in_table(std::string text) {
  for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2) text.insert(at, "\\");
  return text;
}

nlohmann::ordered_json number(double value) {
  if (std::isnan(value)) return nullptr;
  if (std::isinf(value)) return in_file(value);
  return std::stod(in_file(value));
}

nlohmann::ordered_json figure(const SummaryLine& line) {
  const bool value = line.standing == Standing::measured && line.summary.has_value();
  return value ? number(line.summary.value) : nlohmann::ordered_json();
}

}  // namespace

std::string difference_in_words(const Difference& difference) {
  const Cell cell = difference_cell(difference);
  return cell.interval.empty() ? cell.value : cell.value + " " + cell.interval;
}

std::string print_comparison(const std::vector<Comparison>& comparisons, const TerminalStyle& style) {
  std::string out;
  for (const Comparison& c : comparisons) out += (out.empty() ? "" : "\n") + Table(c, style).print();
  return out;
}

std::string markdown_comparison(const std::vector<Comparison>& comparisons) {
  std::string out;
  for (const Comparison& c : comparisons) {
    const std::vector<const Difference*> rows = shown(c);
    if (!out.empty()) out += "\n";
    out +=
        "**" + c.first + " against " + c.second + (c.cell.empty() ? "" : ", " + c.cell) + "**. " + pairing(c) + "\n\n";
    out +=
        "| figure | " + in_table(c.first) + " | " + in_table(c.second) + " | difference | |\n|---|---|---|---|---|\n";
    for (const Difference* d : rows) {
      out += "| `" + in_table(metric_label(d->first.metric, d->first.stat)) + "` | " + in_table(in_words(d->first)) +
             " | " + in_table(in_words(d->second)) + " | " + in_table(difference_in_words(*d)) + " | " +
             (d->clear ? "differs" : "") + " |\n";
    }
    out += "\nIn brackets the 95 % interval. \"differs\": that of the paired difference leaves out 0.\n";
  }
  return out;
}

std::string comparison_json(const std::vector<Comparison>& comparisons, std::string_view version) {
  nlohmann::ordered_json json;
  json["schema"] = 1;
  json["version"] = version;
  json["comparisons"] = nlohmann::ordered_json::array();
  for (const Comparison& c : comparisons) {
    nlohmann::ordered_json one;
    one["first"] = c.first;
    one["second"] = c.second;
    one["cell"] = c.cell;
    one["pairs"] = c.pairs;
    one["results"] = nlohmann::ordered_json::array();
    for (const Difference& d : c.differences) {
      const bool value = d.summary.has_value();
      one["results"].push_back({{"metric", d.first.metric},
                                {"stat", d.first.stat},
                                {"unit", d.first.unit},
                                {"first", figure(d.first)},
                                {"second", figure(d.second)},
                                {"difference", value ? number(d.summary.value) : nlohmann::ordered_json()},
                                {"ci95_low", value ? number(d.summary.ci95_low) : nlohmann::ordered_json()},
                                {"ci95_high", value ? number(d.summary.ci95_high) : nlohmann::ordered_json()},
                                {"n", d.summary.n},
                                {"clear", d.clear}});
    }
    json["comparisons"].push_back(std::move(one));
  }
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace peerlab
