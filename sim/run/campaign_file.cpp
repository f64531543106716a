#include "sim/run/campaign_file.h"

#include <sqlite3.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <limits>
#include <memory>
#include <stdexcept>
#include <vector>

#include "analysis/report/words.h"
#include "models/base/check.h"

namespace peerlab {
namespace {

constexpr int application_id = 0x70656572;  // "peer"
constexpr int layout_version = 1;

constexpr const char* tables = R"(
CREATE TABLE provenance (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE cells (cell INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE cell_values (cell INTEGER NOT NULL REFERENCES cells, path TEXT NOT NULL, value TEXT NOT NULL);
CREATE TABLE systems (system INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE runs (run INTEGER PRIMARY KEY, cell INTEGER NOT NULL REFERENCES cells,
  system INTEGER NOT NULL REFERENCES systems, replication INTEGER NOT NULL, seed TEXT NOT NULL, digest TEXT NOT NULL,
  end_ns INTEGER NOT NULL, events INTEGER NOT NULL);
CREATE TABLE metrics (run INTEGER NOT NULL REFERENCES runs, metric TEXT NOT NULL, stat TEXT NOT NULL, value REAL,
  unit TEXT NOT NULL, n INTEGER NOT NULL, hits INTEGER NOT NULL, trials INTEGER NOT NULL, censored INTEGER NOT NULL,
  standing INTEGER NOT NULL, note TEXT NOT NULL, headline INTEGER NOT NULL);
CREATE VIEW results AS SELECT cells.name AS cell, systems.name AS system, replication, seed, metric, stat, value, unit
  FROM metrics JOIN runs USING (run) JOIN cells USING (cell) JOIN systems USING (system);
)";

struct Failed : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Closer {
  void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Database = std::unique_ptr<sqlite3, Closer>;

/// One statement, over and over: bind, step, reset. Throws Failed with SQLite's words.
class Statement {
 public:
  Statement(sqlite3* db, const char* sql) : db_(db) {
    sqlite3_stmt* made = nullptr;
    const int code = sqlite3_prepare_v2(db, sql, -1, &made, nullptr);
    statement_.reset(made);
    if (code != SQLITE_OK) throw Failed(sqlite3_errmsg(db));
  }
  Statement& operator<<(std::int64_t value) { return bound(sqlite3_bind_int64(statement_.get(), ++at_, value)); }
  Statement& operator<<(std::string_view text) {
    return bound(sqlite3_bind_text64(statement_.get(), ++at_, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
  }
  Statement& operator<<(double value) {
    if (std::isnan(value)) return bound(sqlite3_bind_null(statement_.get(), ++at_));
    return bound(sqlite3_bind_double(statement_.get(), ++at_, value));
  }
  /// False after the last row. What was bound is forgotten after a statement without rows.
  bool step() {
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) throw Failed(sqlite3_errmsg(db_));
    sqlite3_reset(statement_.get());
    at_ = 0;
    return false;
  }
  [[nodiscard]] std::int64_t whole(int column) const {
    if (sqlite3_column_type(statement_.get(), column) != SQLITE_INTEGER) throw Failed("a number is missing");
    return sqlite3_column_int64(statement_.get(), column);
  }
  [[nodiscard]] std::uint64_t count(int column) const {
    const std::int64_t value = whole(column);
    if (value < 0) throw Failed("a count is negative");
    return static_cast<std::uint64_t>(value);
  }
  [[nodiscard]] double real(int column) const {
    return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL
               ? std::numeric_limits<double>::quiet_NaN()
               : sqlite3_column_double(statement_.get(), column);
  }
  [[nodiscard]] std::string text(int column) const {
    const auto* bytes = sqlite3_column_text(statement_.get(), column);
    if (bytes == nullptr) throw Failed("a text is missing");
    return {reinterpret_cast<const char*>(bytes),
            static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
  }

 private:
  Statement& bound(int code) {
    if (code != SQLITE_OK) throw Failed(sqlite3_errmsg(db_));
    return *this;
  }
  sqlite3* db_;
  std::unique_ptr<sqlite3_stmt, Closer> statement_;
  int at_ = 0;
};

void execute(sqlite3* db, const std::string& sql) {
  if (sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) throw Failed(sqlite3_errmsg(db));
}

/// As the CSV files have it.
double nine_digits(double value) {
  if (!std::isfinite(value)) return value;
  const std::string text = in_file(value);
  double out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

std::int64_t place_of(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) - names.begin();
}

void fill(sqlite3* db, const Scenario& scenario, const ScenarioResult& result, std::string_view resolved_yaml,
          std::string_view identity) {
  Statement fact(db, "INSERT INTO provenance VALUES (?, ?)");
  const std::pair<std::string_view, std::string> facts[] = {{"scenario", result.scenario},
                                                            {"question", result.question},
                                                            {"setup", result.setup},
                                                            {"version", result.version},
                                                            {"command", result.command},
                                                            {"seed", std::to_string(result.seed)},
                                                            {"identity", std::string(identity)},
                                                            {"scenario.resolved.yaml", std::string(resolved_yaml)}};
  for (const auto& [key, value] : facts) (fact << key << std::string_view(value)).step();
  Statement cell(db, "INSERT INTO cells VALUES (?, ?)");
  for (std::size_t i = 0; i < result.cells.size(); ++i)
    (cell << static_cast<std::int64_t>(i) << std::string_view(result.cells[i])).step();
  Statement value(db, "INSERT INTO cell_values VALUES (?, ?, ?)");
  for (const ScenarioCell& own : scenario.cells) {
    for (const CellChange& change : own.changes)
      (value << place_of(result.cells, own.name) << std::string_view(change.path) << std::string_view(change.value))
          .step();
  }
  Statement system(db, "INSERT INTO systems VALUES (?, ?)");
  for (std::size_t i = 0; i < result.systems.size(); ++i)
    (system << static_cast<std::int64_t>(i) << std::string_view(result.systems[i])).step();
  Statement run(db, "INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  Statement metric(db, "INSERT INTO metrics VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (std::size_t i = 0; i < result.runs.size(); ++i) {
    const RunRecord& r = result.runs[i];
    const auto number = static_cast<std::int64_t>(i);
    (run << number << place_of(result.cells, r.cell) << place_of(result.systems, r.system)
         << static_cast<std::int64_t>(r.replication) << std::string_view(std::to_string(r.seed))
         << std::string_view(r.digest) << r.end.ns << static_cast<std::int64_t>(r.events))
        .step();
    for (const Metric& m : r.metrics) {
      (metric << number << std::string_view(m.metric) << std::string_view(m.stat) << nine_digits(m.value)
              << std::string_view(m.unit) << static_cast<std::int64_t>(m.n) << static_cast<std::int64_t>(m.hits)
              << static_cast<std::int64_t>(m.trials) << static_cast<std::int64_t>(m.censored)
              << static_cast<std::int64_t>(m.standing) << std::string_view(m.note)
              << static_cast<std::int64_t>(m.headline))
          .step();
    }
  }
}

std::int64_t pragma(sqlite3* db, const char* sql) {
  Statement statement(db, sql);
  return statement.step() ? statement.whole(0) : 0;
}

std::string fact(sqlite3* db, std::string_view key) {
  Statement statement(db, "SELECT value FROM provenance WHERE key = ?");
  statement << key;
  if (!statement.step()) throw Failed("it does not say its " + std::string(key));
  return statement.text(0);
}

std::vector<std::string> names(sqlite3* db, const char* sql) {
  std::vector<std::string> out;
  for (Statement statement(db, sql); statement.step();) out.push_back(statement.text(0));
  return out;
}

const std::string& named(const std::vector<std::string>& all, std::uint64_t place) {
  if (place >= all.size()) throw Failed("a run is of no cell or of no system");
  return all[place];
}

void read_runs(sqlite3* db, ScenarioResult& result) {
  result.cells = names(db, "SELECT name FROM cells ORDER BY cell");
  result.systems = names(db, "SELECT name FROM systems ORDER BY system");
  for (Statement run(db, "SELECT cell, system, replication, seed, digest, end_ns, events FROM runs ORDER BY run");
       run.step();) {
    RunRecord& r = result.runs.emplace_back();
    r.cell = named(result.cells, run.count(0));
    r.system = named(result.systems, run.count(1));
    r.replication = static_cast<std::uint32_t>(run.count(2));
    const std::string seed = run.text(3);
    const auto [end, error] = std::from_chars(seed.data(), seed.data() + seed.size(), r.seed);
    if (error != std::errc() || end != seed.data() + seed.size()) throw Failed("a seed is no number");
    r.digest = run.text(4);
    r.end = Time{run.whole(5)};
    r.events = run.count(6);
  }
  for (Statement row(db,
                     "SELECT run, metric, stat, value, unit, n, hits, trials, censored, standing, note, headline FROM "
                     "metrics ORDER BY rowid");
       row.step();) {
    if (row.count(0) >= result.runs.size() || row.count(9) > 2) throw Failed("a figure is of no run");
    Metric& m = result.runs[row.count(0)].metrics.emplace_back();
    m.metric = row.text(1);
    m.stat = row.text(2);
    m.value = row.real(3);
    m.unit = row.text(4);
    m.n = row.count(5);
    m.hits = row.count(6);
    m.trials = row.count(7);
    m.censored = row.count(8) != 0;
    m.standing = static_cast<Standing>(row.count(9));
    m.note = row.text(10);
    m.headline = row.count(11) != 0;
  }
}

}  // namespace

std::string campaign_file(const Scenario& scenario, const ScenarioResult& result, std::string_view resolved_yaml,
                          std::string_view identity) {
  try {
    sqlite3* opened = nullptr;
    const int code = sqlite3_open(":memory:", &opened);
    const Database db(opened);
    CHECK(code == SQLITE_OK);
    execute(opened, "PRAGMA page_size = 4096; PRAGMA secure_delete = ON; PRAGMA application_id = " +
                        std::to_string(application_id) + "; PRAGMA user_version = " + std::to_string(layout_version) +
                        ";");
    execute(opened, "BEGIN");
    execute(opened, tables);
    fill(opened, scenario, result, resolved_yaml, identity);
    execute(opened, "COMMIT; VACUUM;");
    sqlite3_int64 size = 0;
    const std::unique_ptr<unsigned char, decltype(&sqlite3_free)> bytes(sqlite3_serialize(opened, "main", &size, 0),
                                                                        &sqlite3_free);
    CHECK(bytes != nullptr);
    return {reinterpret_cast<const char*>(bytes.get()), static_cast<std::size_t>(size)};
  } catch (const Failed& failed) {
    CHECK_SAYING(false, std::string("SQLite: ") + failed.what());
  }
  return {};
}

bool looks_like_campaign(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::string start(16, '\0');
  in.read(start.data(), static_cast<std::streamsize>(start.size()));
  return in.gcount() == 16 && start == std::string_view("SQLite format 3\0", 16);
}

SavedResult read_campaign_file(const std::string& path, std::string_view version) {
  SavedResult out;
  const auto refuse = [&](const std::string& sentence) {
    out = {};
    out.error = sentence;
    return out;
  };
  if (!looks_like_campaign(path)) return refuse(path + " is no database of a campaign.");
  try {
    sqlite3* opened = nullptr;
    const int code = sqlite3_open_v2(path.c_str(), &opened, SQLITE_OPEN_READONLY, nullptr);
    const Database db(opened);
    if (code != SQLITE_OK) return refuse("The database " + path + " cannot be opened.");
    Statement check(opened, "PRAGMA quick_check(1)");
    if (!check.step() || check.text(0) != "ok")
      return refuse("The database " + path + " is damaged; run the scenario again.");
    if (pragma(opened, "PRAGMA application_id") != application_id)
      return refuse("The database " + path + " was not made by peerlab.");
    const std::string made_by = fact(opened, "version");
    if (pragma(opened, "PRAGMA user_version") != layout_version || made_by != version) {
      return refuse("The database " + path + " is of peerlab " + made_by + ", and this is " + std::string(version) +
                    ": figures of different versions are not compared. Run the scenario again.");
    }
    out.result.scenario = fact(opened, "scenario");
    out.result.question = fact(opened, "question");
    out.result.setup = fact(opened, "setup");
    out.result.command = fact(opened, "command");
    out.result.version = made_by;
    read_runs(opened, out.result);
  } catch (const Failed& failed) {
    return refuse("The database " + path + " is damaged (" + failed.what() + "); run the scenario again.");
  }
  if (!out.result.runs.empty()) out.result.seed = out.result.runs.front().seed;
  summarise(out.result);
  return out;
}

}  // namespace peerlab
