// Reads the tables of tests/data/published: comment lines (#), one line of column names, then rows; a field may be quoted.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <string>
#include <vector>

namespace peerlab::test {

/// One row: column name -> text.
class PublishedRow {
 public:
  explicit PublishedRow(std::map<std::string, std::string> cells) : cells_(std::move(cells)) {}
  [[nodiscard]] const std::string& text(const std::string& column) const { return cells_.at(column); }
  [[nodiscard]] double number(const std::string& column) const { return std::stod(cells_.at(column)); }

 private:
  std::map<std::string, std::string> cells_;
};

inline std::vector<std::string> split_cells(const std::string& line) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      cells.emplace_back();
    } else if (c != '\r') {
      cells.back() += c;
    }
  }
  return cells;
}

/// All rows of tests/data/published/`name`.csv. A missing or empty file fails the test.
inline std::vector<PublishedRow> published(const std::string& name) {
  std::ifstream in(PEERLAB_SOURCE_DIR "/tests/data/published/" + name + ".csv");
  std::vector<std::string> columns;
  std::vector<PublishedRow> rows;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line.front() == '#') continue;
    const std::vector<std::string> cells = split_cells(line);
    if (columns.empty()) {
      columns = cells;
      continue;
    }
    std::map<std::string, std::string> row;
    for (std::size_t i = 0; i < columns.size() && i < cells.size(); ++i) row[columns[i]] = cells[i];
    rows.emplace_back(std::move(row));
  }
  EXPECT_FALSE(rows.empty()) << "no rows in " << name;
  return rows;
}

}  // namespace peerlab::test
