#include "analysis/report/cell_axes.h"

#include <utility>

#include "models/base/quantity.h"

namespace peerlab {
namespace {

// `block_interval=1 s, users=100` and `fault=one encryption=plain` as (block_interval, 1 s), (users, 100) and so on: a key is
// the word before an equals sign. One part without a key for any other name.
std::vector<std::pair<std::string, std::string>> parts_of(const std::string& cell) {
  std::vector<std::size_t> keys;  // where they begin
  for (std::size_t equals = cell.find('='); equals != std::string::npos; equals = cell.find('=', equals + 1)) {
    const std::size_t blank = cell.rfind(' ', equals);
    keys.push_back(blank == std::string::npos ? 0 : blank + 1);
  }
  if (keys.empty() || keys.front() != 0) return {{"cell", cell}};
  std::vector<std::pair<std::string, std::string>> parts;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const std::size_t end = i + 1 < keys.size() ? keys[i + 1] - 1 : cell.size();
    std::string part = cell.substr(keys[i], end - keys[i]);
    if (i + 1 < keys.size() && part.ends_with(',')) part.pop_back();
    const std::size_t equals = part.find('=');
    parts.emplace_back(part.substr(0, equals), part.substr(equals + 1));
  }
  return parts;
}

}  // namespace

CellAxes axes_of_cells(const std::vector<std::string>& cells) {
  CellAxes out;
  if (cells.empty()) return out;
  for (const auto& part : parts_of(cells.front())) out.names.push_back(part.first);
  bool same = true;
  for (const std::string& cell : cells) {
    std::vector<std::string> row;
    const auto parts = parts_of(cell);
    same = same && parts.size() == out.names.size();
    for (std::size_t i = 0; same && i < parts.size(); ++i) {
      same = parts[i].first == out.names[i];
      row.push_back(parts[i].second);
    }
    out.values.push_back(std::move(row));
  }
  if (same) return out;
  out = {{"cell"}, {}};
  for (const std::string& cell : cells) out.values.push_back({cell});
  return out;
}

std::optional<AxisNumber> axis_number(const std::string& text) {
  if (const auto real = parse_real(text)) return AxisNumber{*real.value, "1"};
  if (const auto share = parse_share(text)) return AxisNumber{*share.value, "share"};
  if (const auto time = parse_duration(text)) return AxisNumber{static_cast<double>(time.value->ns) / 1e9, "s"};
  if (const auto size = parse_size(text)) return AxisNumber{static_cast<double>(*size.value), "B"};
  return std::nullopt;
}

}  // namespace peerlab
