// The pictures of a result: plots/*.svg, chosen by what was measured.
//
// Waiting times, availability over the deadline (per system, and per rule of what counts as done), how far blocks and
// records have spread after how long, how the blocks differ in that, agreement after a fault and while it lasts, staleness,
// what was lost or exposed, the busiest machine, bytes. A picture is drawn where some system has a figure; one without a
// figure says why in its place. A sweep has one picture of each curve per cell, and pictures of how figures change from cell
// to cell (sweep_pictures.h). The same result gives the same bytes. Each picture comes with its figures as a table, for those
// who listen, and a curve with its points, for those who zoom.
#pragma once

#include <string>
#include <vector>

#include "analysis/report/curve_chart.h"
#include "analysis/report/files.h"

namespace peerlab {

struct ChartTable {
  std::vector<std::string> head;
  std::vector<std::vector<std::string>> rows;  ///< as long as the head
};

struct Picture {
  std::string id;  ///< letters, digits, hyphens: the file's stem
  std::string title;
  std::string cell;  ///< of a sweep; empty: of all cells
  std::string svg;
  ChartTable table;
  CurveAxes axes;             ///< of curves
  std::vector<Curve> curves;  ///< none: bars with intervals
  bool by_system = true;      ///< one curve per system of the result, in its order
};

/// `result` is summarised.
std::vector<Picture> pictures(const ScenarioResult& result);
/// The same as files. Names begin with `plots/`.
std::vector<ResultFile> plots(const ScenarioResult& result);

}  // namespace peerlab
