#include "analysis/report/predictions_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/report/layout.h"
#include "analysis/report/words.h"
#include "analysis/statistics/distance.h"

namespace peerlab {

std::string_view prediction_word(PredictionVerdict verdict) {
  switch (verdict) {
    case PredictionVerdict::agrees: return "agrees";
    case PredictionVerdict::disagrees: return "disagrees";
    case PredictionVerdict::undecided: return "undecided";
  }
  return "";
}

std::string distance_in_words(double distance) {
  if (std::isnan(distance)) return "-";
  if (std::isinf(distance)) return "never varies";
  return fmt::format("{:+.1f} s.e.", distance == 0 ? 0.0 : distance);
}

std::string predicted_in_words(const JudgedPrediction& one) {
  // A digit more than figures have: the prediction is exact.
  if (one.unit == "share") return fmt::format("{:.4g} %", one.predicted * 100);
  if (one.unit == "s" && one.predicted > 0 && one.predicted < 60)
    return one.predicted >= 1 ? fmt::format("{:.4g} s", one.predicted) : fmt::format("{:.4g} ms", one.predicted * 1e3);
  if (one.unit == "s") return in_words(one.predicted, one.unit);
  return fmt::format("{:.4g}", one.predicted) + (one.unit == "1" ? "" : " " + one.unit);
}

std::string predicted_metric(const ScenarioResult& result, const JudgedPrediction& one) {
  return metric_label(one.metric, one.stat) + (result.systems.size() > 1 ? "@" + one.system : "");
}

namespace {

std::string mark_of(PredictionVerdict verdict, bool unicode) {
  switch (verdict) {
    case PredictionVerdict::agrees: return unicode ? "✓" : "+";
    case PredictionVerdict::disagrees: return unicode ? "✗" : "x";
    case PredictionVerdict::undecided: return "?";
  }
  return " ";
}

std::string_view colour_of(PredictionVerdict verdict) {
  return verdict == PredictionVerdict::agrees ? "32" : verdict == PredictionVerdict::disagrees ? "31" : "33";
}

std::string simulated_in_words(const ScenarioResult& result, const JudgedPrediction& one) {
  const SummaryLine* line = find_line(result, one.system, one.cell, one.metric, one.stat);
  return line == nullptr ? "-" : in_words(*line);
}

/// What the prediction is made of: a law and its figure, or a source.
std::string basis_of(const JudgedPrediction& one) {
  return one.law.empty()
             ? "Published: " + one.source + "."
             : "`" + one.law + "`: " + one.gives + " (`peerlab explain " + one.law + "`). Source: " + one.source + ".";
}

class Table {
 public:
  Table(const ScenarioResult& result, const TerminalStyle& style)
      : result_(result), style_(style), width_(width_of(style)) {}

  std::string print() {
    struct Row {
      std::string label;
      std::string simulated;
      std::string predicted;
      std::string distance;
    };
    std::vector<Row> rows;
    std::size_t label = 0;
    std::size_t simulated = 9;
    std::size_t predicted = 9;
    for (const JudgedPrediction& one : result_.predictions) {
      Row& row = rows.emplace_back();
      row.label = label_of(one);
      row.simulated = simulated_in_words(result_, one);
      row.predicted = predicted_in_words(one);
      row.distance = distance_in_words(one.distance) + (one.band ? " *" : "");
      label = std::max(label, columns(row.label));
      simulated = std::max(simulated, columns(row.simulated));
      predicted = std::max(predicted, columns(row.predicted));
    }
    const std::size_t rest = simulated + predicted + 2 * 2 + 14;
    const bool own_line = 4 + label + 2 + rest > width_;
    const std::size_t indent = own_line ? 6 : 4 + label + 2;
    if (own_line) line(painted(style_, "1", "Beside theory"));
    line(painted(style_, "1", padded(own_line ? "" : "Beside theory", indent)) + padded("simulated", simulated + 2) +
         padded("predicted", predicted + 2) + "distance");
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const PredictionVerdict verdict = result_.predictions[i].verdict;
      const std::string start = "  " + painted(style_, colour_of(verdict), mark_of(verdict, style_.unicode)) + " ";
      const std::string figures =
          padded(rows[i].simulated, simulated + 2) + padded(rows[i].predicted, predicted + 2) + rows[i].distance;
      if (own_line) {
        line(start + rows[i].label);
        line(std::string(6, ' ') + figures);
      } else {
        line(start + padded(rows[i].label, label + 2) + figures);
      }
      const JudgedPrediction& one = result_.predictions[i];
      if (verdict == PredictionVerdict::disagrees && !one.differs.empty())
        line("      " + indented(wrapped("Known: " + one.differs, width_ - 6), 6));
    }
    notes();
    return out_;
  }

 private:
  void line(const std::string& text) { out_ += trimmed(text) + "\n"; }

  [[nodiscard]] std::string label_of(const JudgedPrediction& one) const {
    const auto other = [&](const JudgedPrediction& p) {
      return p.metric != one.metric || p.stat != one.stat || p.system != one.system;
    };
    const bool several = std::any_of(result_.predictions.begin(), result_.predictions.end(), other);
    if (one.cell.empty()) return predicted_metric(result_, one);
    return one.cell + (several ? ": " + predicted_metric(result_, one) : "");
  }

  void notes() {
    std::vector<std::string> told;
    const auto tell = [&](const std::string& text) {
      if (std::find(told.begin(), told.end(), text) != told.end()) return;
      told.push_back(text);
      line(painted(style_, "2", "  " + indented(wrapped(text, width_ - 2), 2)));
    };
    for (const JudgedPrediction& one : result_.predictions) tell(basis_of(one));
    for (const JudgedPrediction& one : result_.predictions) {
      if (one.band)
        tell("* agrees within " + one.band_text + ", the band of the source; others within 3.9 standard errors.");
    }
    if (std::none_of(result_.predictions.begin(), result_.predictions.end(), [](const auto& p) { return p.band; }))
      tell("Distance in standard errors over runs; it agrees up to 3.9.");
  }

  const ScenarioResult& result_;
  const TerminalStyle& style_;
  std::size_t width_;
  std::string out_;
};

/// The row of one validation.
struct ValidationRow {
  std::size_t cells = 0;
  std::size_t disagree = 0;
  std::size_t explained = 0;
  std::size_t undecided = 0;
  const JudgedPrediction* worst = nullptr;  ///< farthest of those without a band; else of all
};

ValidationRow row_of(const ScenarioResult& result) {
  ValidationRow row;
  row.cells = result.predictions.size();
  const auto farther = [&](const JudgedPrediction& one) {
    if (std::isnan(one.distance)) return false;
    if (row.worst == nullptr) return true;
    if (one.band.has_value() != row.worst->band.has_value()) return !one.band.has_value();
    return std::abs(one.distance) > std::abs(row.worst->distance);
  };
  for (const JudgedPrediction& one : result.predictions) {
    if (farther(one)) row.worst = &one;
    row.disagree += one.verdict == PredictionVerdict::disagrees ? 1 : 0;
    row.explained += one.verdict == PredictionVerdict::disagrees && !one.differs.empty() ? 1 : 0;
    row.undecided += one.verdict == PredictionVerdict::undecided ? 1 : 0;
  }
  return row;
}

std::string verdict_of(const ValidationRow& row) {
  if (row.disagree > 0) {
    return fmt::format("{} of {} disagree{}", row.disagree, row.cells,
                       row.explained == row.disagree ? (row.disagree == 1 ? ", explained" : ", all explained") : "");
  }
  return row.undecided > 0 ? fmt::format("{} of {} undecided", row.undecided, row.cells) : "agrees";
}

}  // namespace

std::string print_predictions(const ScenarioResult& result, const TerminalStyle& style) {
  return result.predictions.empty() ? "" : Table(result, style).print();
}

std::string print_validations(const std::vector<const ScenarioResult*>& results, const TerminalStyle& style) {
  std::vector<const ScenarioResult*> all;
  for (const ScenarioResult* one : results) {
    if (one->validation) all.push_back(one);
  }
  if (all.empty()) return "";
  // V9 before V10: shorter names first, then by letters.
  std::stable_sort(all.begin(), all.end(), [](const ScenarioResult* a, const ScenarioResult* b) {
    const std::string& x = a->validation->item;
    const std::string& y = b->validation->item;
    return x.size() != y.size() ? x.size() < y.size() : x < y;
  });
  std::size_t item = 4;
  std::size_t name = 8;
  for (const ScenarioResult* one : all) {
    item = std::max(item, columns(one->validation->item));
    name = std::max(name, columns(one->scenario));
  }
  const std::size_t width = width_of(style);
  std::string out;
  const auto line = [&](const std::string& text) { out += trimmed(text) + "\n"; };
  line(painted(
      style, "1",
      padded("item", item + 2) + padded("scenario", name + 2) + "cells  " + padded("worst cell", 14) + "verdict"));
  bool bands = false;
  for (const ScenarioResult* one : all) {
    const ValidationRow row = row_of(*one);
    const std::string verdict = verdict_of(row);
    const bool band = row.worst != nullptr && row.worst->band.has_value();
    bands = bands || band;
    const std::string worst = row.worst == nullptr ? "-" : distance_in_words(row.worst->distance) + (band ? " *" : "");
    line(padded(one->validation->item, item + 2) + padded(one->scenario, name + 2) +
         padded(fmt::format("{:>5}", row.cells), 7) + padded(worst, 14) +
         painted(style,
                 row.disagree > 0    ? "31"
                 : row.undecided > 0 ? "33"
                                     : "32",
                 verdict));
    const std::size_t indent = item + 2;
    const auto below = [&](const std::string& text, std::string_view code) {
      line(std::string(indent, ' ') + painted(style, code, indented(wrapped(text, width - indent), indent)));
    };
    below(one->validation->compares + " " + one->validation->source + ".", "2");
    for (const JudgedPrediction& p : one->predictions) {
      if (p.verdict != PredictionVerdict::disagrees) continue;
      below(fmt::format("{}{}: {} against {}, {}{}", p.cell.empty() ? "" : p.cell + ": ", predicted_metric(*one, p),
                        simulated_in_words(*one, p), predicted_in_words(p), distance_in_words(p.distance),
                        p.differs.empty() ? "" : " " + p.differs),
            "31");
    }
  }
  line("");
  std::string rule =
      "The worst cell is the one farthest from what the source says, in standard errors over runs (Student's where "
      "runs "
      "are few); a cell agrees up to 3.9.";
  if (bands) rule += " * Judged by the band that the source sets, because it is a sample or a model of its own.";
  return out + wrapped(rule, width) + "\n";
}

}  // namespace peerlab
