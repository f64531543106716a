#include "analysis/report/saved.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>
#include <utility>
#include <vector>

namespace peerlab {
namespace {

namespace fs = std::filesystem;

std::optional<std::string> text_of(const fs::path& path) {
  std::error_code problem;
  if (!fs::is_regular_file(path, problem)) return std::nullopt;
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return in.good() || in.eof() ? std::optional(text.str()) : std::nullopt;
}

using CsvRow = std::vector<std::string>;

template <class T>
bool whole(const std::string& text, T& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

bool number(const std::string& text, double& value) {
  if (text.empty() || text == "Infinity" || text == "-Infinity") {
    const double infinity = std::numeric_limits<double>::infinity();
    value = text.empty() ? std::numeric_limits<double>::quiet_NaN() : text.front() == '-' ? -infinity : infinity;
    return true;
  }
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

bool standing(const std::string& text, Standing& value) {
  if (text == "measured") value = Standing::measured;
  if (text == "no sample") value = Standing::no_sample;
  if (text == "not challenged") value = Standing::not_challenged;
  return text == "measured" || text == "no sample" || text == "not challenged";
}

const CsvRow header = {"scenario", "system", "cell", "replication", "seed",     "metric",   "stat", "value",
                       "unit",     "n",      "hits", "trials",      "censored", "standing", "note", "headline"};

bool flag(const std::string& text, bool& value) {
  value = text == "1";
  return text == "0" || text == "1";
}

// One line of metrics.csv, added to its run.
bool take(const CsvRow& row, ScenarioResult& result) {
  if (row.size() != header.size()) return false;
  RunRecord run;
  run.system = row[1];
  run.cell = row[2];
  Metric m;
  m.metric = row[5];
  m.stat = row[6];
  m.unit = row[8];
  m.note = row[14];
  if (!whole(row[3], run.replication) || !whole(row[4], run.seed) || !number(row[7], m.value) || !whole(row[9], m.n))
    return false;
  if (row[10].empty() != row[11].empty()) return false;
  if (!row[10].empty() && (!whole(row[10], m.hits) || !whole(row[11], m.trials))) return false;
  if (!flag(row[12], m.censored) || !standing(row[13], m.standing) || !flag(row[15], m.headline)) return false;
  const bool known = !result.runs.empty() && result.runs.back().system == run.system &&
                     result.runs.back().cell == run.cell && result.runs.back().replication == run.replication;
  if (!known) result.runs.push_back(std::move(run));
  result.runs.back().metrics.push_back(std::move(m));
  return true;
}

void add_name(std::vector<std::string>& names, const std::string& name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

// The sentence that says which file is missing or changed; empty when all are as they were written.
std::string damage(const std::string& folder, const std::function<std::string(std::string_view)>& sha256) {
  const std::optional<std::string> sums = text_of(fs::path(folder) / "SHA256SUMS");
  const std::string half = "The result in " + folder + " is only half there: ";
  const std::string again = "; run the scenario again.";
  if (!sums) return half + "SHA256SUMS is missing" + again;
  std::istringstream lines(*sums);
  bool metrics = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.size() <= 66) return "The result in " + folder + " is damaged: SHA256SUMS is no list of hashes" + again;
    const std::string name = line.substr(66);
    metrics = metrics || name == "metrics.csv";
    if (name == "report.html") continue;
    const std::optional<std::string> content = text_of(fs::path(folder) / name);
    if (!content) return half + name + " is missing" + again;
    if (sha256(*content) != line.substr(0, 64))
      return "The result in " + folder + " is damaged: " + name + " is not what was written" + again;
  }
  return metrics ? "" : half + "SHA256SUMS does not name metrics.csv" + again;
}

}  // namespace

std::optional<std::vector<CsvRow>> csv_rows(std::string_view csv) {
  std::vector<CsvRow> rows;
  CsvRow row;
  std::string field;
  bool quoted = false;
  for (std::size_t i = 0; i < csv.size(); ++i) {
    const char c = csv[i];
    if (quoted) {
      if (c != '"') {
        field += c;
      } else if (i + 1 < csv.size() && csv[i + 1] == '"') {
        field += c;
        ++i;
      } else {
        quoted = false;
      }
    } else if (c == '"' && field.empty()) {
      quoted = true;
    } else if (c == ',') {
      row.push_back(std::exchange(field, {}));
    } else if (c == '\n') {
      row.push_back(std::exchange(field, {}));
      rows.push_back(std::exchange(row, {}));
    } else if (c != '\r') {
      field += c;
    }
  }
  if (quoted || !row.empty() || !field.empty()) return std::nullopt;
  return rows;
}

bool looks_like_result(const std::string& folder) {
  std::error_code problem;
  return fs::exists(fs::path(folder) / "manifest.json", problem) ||
         fs::exists(fs::path(folder) / "SHA256SUMS", problem);
}

SavedResult read_result_folder(const std::string& folder, std::string_view version,
                               const std::function<std::string(std::string_view)>& sha256) {
  SavedResult out;
  const fs::path path(folder);
  const auto failed = [&](std::string sentence) {
    out.error = std::move(sentence);
    return out;
  };
  const std::optional<std::string> manifest_text = text_of(path / "manifest.json");
  if (!manifest_text) return failed("The folder " + folder + " holds no result: manifest.json is missing.");
  const nlohmann::json manifest = nlohmann::json::parse(*manifest_text, nullptr, false);
  const auto word = [&](const char* key) {
    const bool there = manifest.is_object() && manifest.contains(key) && manifest[key].is_string();
    return there ? manifest[key].get<std::string>() : std::string();
  };
  const std::string made_by = word("version");
  if (made_by.empty()) return failed("The result in " + folder + " is damaged: manifest.json names no version.");
  if (made_by != version) {
    return failed("The result in " + folder + " is of peerlab " + made_by + ", and this is " + std::string(version) +
                  ": figures of different versions are not compared. Run the scenario again.");
  }
  if (std::string sentence = damage(folder, sha256); !sentence.empty()) return failed(std::move(sentence));

  const std::optional<std::vector<CsvRow>> rows = csv_rows(text_of(path / "metrics.csv").value_or(""));
  const auto unreadable = [&](std::size_t line) {
    return failed("The result in " + folder + " cannot be read: metrics.csv, line " + std::to_string(line) +
                  ". It was written by another build of peerlab; run the scenario again.");
  };
  if (!rows || rows->empty() || rows->front() != header) return unreadable(1);
  ScenarioResult& result = out.result;
  result.scenario = word("scenario");
  result.version = made_by;
  for (std::size_t i = 1; i < rows->size(); ++i) {
    if (!take((*rows)[i], result)) return unreadable(i + 1);
  }
  for (const RunRecord& run : result.runs) {
    add_name(result.systems, run.system);
    add_name(result.cells, run.cell);
  }
  if (!result.runs.empty()) result.seed = result.runs.front().seed;
  if (!read_beside_metrics(folder, result)) {
    return failed("The result in " + folder +
                  " cannot be read: it was written by another build of peerlab; run the scenario again.");
  }
  return out;
}

}  // namespace peerlab
