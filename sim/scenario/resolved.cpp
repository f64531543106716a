#include "sim/scenario/resolved.h"

#include <algorithm>

#include "models/base/decimal.h"
#include "sim/scenario/flow.h"

namespace peerlab {
namespace {

class Printer {
 public:
  Printer(const Scenario& scenario, WithOrigins origins) : s_(scenario), with_origins_(origins == WithOrigins::yes) {}

  std::string print() {
    value("schema", "1", 0, "schema");
    value("name", s_.name, 0, "name");
    if (!s_.question.empty()) value("question", s_.question, 0, "question");
    list("look", s_.look);
    list("next", s_.next);
    value("seed", std::to_string(s_.seed), 0, "seed");
    if (s_.stopping) {
      line("replications: {min: " + std::to_string(s_.stopping->least) + ", max: " + std::to_string(s_.replications) +
               ", until: " + yaml_scalar(s_.stopping->text) + "}",
           "replications");
    } else {
      value("replications", std::to_string(s_.replications), 0, "replications");
    }
    value("warmup", write_duration(s_.warmup), 0, "warmup");
    value("duration", write_duration(s_.duration), 0, "duration");
    value("settle", write_duration(s_.settle), 0, "settle");
    head("stop", 0);
    value("blocks", std::to_string(s_.stop_blocks), 1, "stop.blocks");
    head("network", 0);
    params(s_.network, 1, "network");
    head("machines", 0);
    params(s_.machines, 1, "machines");
    head("cpu", 0);
    params(s_.cpu, 1, "cpu");
    head("prices", 0);
    params(s_.prices, 1, "prices");
    head("protection", 0);
    params(s_.protection, 1, "protection");
    head("systems", 0);
    for (const SystemEntry& system : s_.systems) {
      const std::string path = "systems." + system.name;
      head(system.name, 1);
      value("protocol", std::string(system.protocol->name), 2, path + ".protocol");
      params(system.params, 2, path);
    }
    if (!s_.groups.empty()) head("groups", 0);
    for (const GroupEntry& group : s_.groups) selectors(group.name, group.who, "groups." + group.name, 1);
    if (!s_.workload.empty()) head("workload", 0);
    for (std::size_t i = 0; i < s_.workload.size(); ++i) {
      const std::string path = "workload." + std::to_string(i);
      value("kind", std::string(s_.workload[i].row->name), 1, path + ".kind", true);
      params(s_.workload[i].params, 2, path);
    }
    if (!s_.timeline.empty()) head("timeline", 0);
    for (std::size_t i = 0; i < s_.timeline.size(); ++i) entry(s_.timeline[i], "timeline." + std::to_string(i));
    if (!s_.attacks.empty()) head("attacks", 0);
    for (std::size_t i = 0; i < s_.attacks.size(); ++i) {
      const std::string path = "attacks." + std::to_string(i);
      value("kind", std::string(s_.attacks[i].row->name), 1, path + ".kind", true);
      selectors("who", s_.attacks[i].who, path + ".who");
      if (!s_.attacks[i].victim.empty()) selectors("victim", s_.attacks[i].victim, path + ".victim");
      systems_of(s_.attacks[i].systems, path + ".system");
      params(s_.attacks[i].params, 2, path);
    }
    list("measure", s_.measure_texts);
    std::vector<std::string> record;
    if (s_.record_trees) record.emplace_back("trees");
    if (s_.record_network) record.emplace_back("network");
    if (s_.record_replay) record.emplace_back("replay");
    if (s_.record_trace) record.emplace_back("trace");
    list("record", record);
    std::vector<std::string> expectations;
    for (const Expectation& e : s_.expect) expectations.push_back(e.text);
    list("expect", expectations);
    if (!s_.predictions.empty()) head("compare_with", 0);
    for (std::size_t i = 0; i < s_.predictions.size(); ++i)
      line(indent(1) + "- " + s_.predictions[i].text, "compare_with." + std::to_string(i));
    if (!s_.validation.item.empty()) {
      head("validation", 0);
      value("item", s_.validation.item, 1, "validation.item");
      value("compares", s_.validation.compares, 1, "validation.compares");
      value("source", s_.validation.source, 1, "validation.source");
      value("tolerance", s_.validation.tolerance, 1, "validation.tolerance");
    }
    if (!s_.claim.sentence.empty()) claim();
    if (!s_.effects.show.empty()) effects();
    if (!s_.price.success.empty()) price();
    if (!s_.grid.empty()) grid();
    sweep();
    return out_;
  }

 private:
  void line(std::string text, const std::string& path) {
    if (with_origins_) {
      constexpr std::size_t column = 48;
      if (text.size() < column) text.resize(column, ' ');
      text += "  # " + origin(path);
    }
    out_ += text + "\n";
  }
  [[nodiscard]] std::string origin(const std::string& path) const {
    const auto found = s_.origins.find(path);
    if (found == s_.origins.end()) return "default";
    const Origin& o = found->second;
    const std::string place = o.line > 0 ? o.file + ":" + std::to_string(o.line) : o.file;
    switch (o.from) {
      case Origin::From::fallback: return "default";
      case Origin::From::preset: return "preset of " + place;
      case Origin::From::file: return place;
      case Origin::From::quick: return place.empty() ? "--quick" : "--quick, " + place;
      case Origin::From::full: return "--full, " + place;
      case Origin::From::set: return o.file;
    }
    return "";
  }
  static std::string indent(int depth) { return std::string(static_cast<std::size_t>(depth) * 2, ' '); }
  void head(const std::string& key, int depth) { out_ += indent(depth) + yaml_scalar(key) + ":\n"; }
  void value(const std::string& key, const std::string& text, int depth, const std::string& path, bool first = false) {
    line(indent(depth) + (first ? "- " : "") + yaml_scalar(key) + ": " + yaml_scalar(text), path);
  }
  void params(const Params& params, int depth, const std::string& path) {
    for (const auto& [field, held] : params.rows()) {
      const std::string at = path + "." + field.name;
      const std::string text = at == "network.file" ? s_.graph_file : write_value(field, held);
      value(field.name, text, depth, at);
    }
  }
  void list(const std::string& key, const std::vector<std::string>& texts) {
    if (texts.empty()) return;
    head(key, 0);
    for (const std::string& text : texts) line(indent(1) + "- " + yaml_scalar(text), key);
  }
  /// Whatever the sweep was written as, its cells one by one: what is read back is the same sweep.
  void sweep() {
    if (s_.cells.empty() || !s_.grid.empty()) return;
    head("sweep", 0);
    head("cells", 1);
    for (const ScenarioCell& cell : s_.cells) {
      if (cell.changes.empty()) {
        out_ += indent(2) + yaml_scalar(cell.name) + ": {}\n";
        continue;
      }
      head(cell.name, 2);
      for (const CellChange& change : cell.changes)
        out_ += indent(3) + yaml_scalar(change.path) + ": " + change.value + "\n";
    }
  }
  void selectors(const std::string& key, const std::vector<Selector>& all, const std::string& path, int depth = 2) {
    if (all.size() == 1) return value(key, all.front().text, depth, path);
    head(key, depth);
    for (const Selector& one : all) line(indent(depth + 1) + "- " + yaml_scalar(one.text), path);
  }
  void systems_of(const std::vector<std::string>& struck, const std::string& path) {
    if (struck.size() == 1) return value("system", struck.front(), 2, path);
    if (struck.empty()) return;
    head("system", 2);
    for (const std::string& one : struck) line(indent(3) + "- " + yaml_scalar(one), path);
  }
  void entry(const TimelineEntry& e, const std::string& path) {
    value("at", write_duration(e.at - Time::zero()), 1, path + ".at", true);
    if (e.for_.ns != 0) value("for", write_duration(e.for_), 2, path + ".for");
    if (e.every.ns != 0) value("every", write_duration(e.every), 2, path + ".every");
    value("name", e.name, 2, path + ".name");
    selectors(e.row->name, e.selectors, path + "." + e.row->name);
    systems_of(e.systems, path + ".system");
    params(e.params, 2, path);
  }

  void grid() {
    head("grid", 0);
    for (std::size_t from = 0; from < s_.grid.size();) {
      const std::size_t end = s_.grid.find('\n', from);
      line(indent(1) + s_.grid.substr(from, end - from), "grid");
      from = end + 1;
    }
  }
  void claim() {
    head("claim", 0);
    value("sentence", s_.claim.sentence, 1, "claim.sentence");
    value("ratios", s_.claim.ratios ? "yes" : "no", 1, "claim.ratios");
    const auto below = [&](const char* key, const std::vector<std::string>& texts) {
      if (texts.empty()) return;
      head(key, 1);
      for (const std::string& text : texts) line(indent(2) + "- " + yaml_scalar(text), "claim");
    };
    std::vector<std::string> criteria;
    for (const Expectation& e : s_.claim.criteria) criteria.push_back(e.text);
    below("criteria", criteria);
    std::vector<std::string> show;
    for (const MetricKey& key : s_.claim.show) show.push_back(key.metric + "." + key.stat);
    below("show", show);
    below("limits", s_.claim.limits);
  }
  void effects() {
    const EffectsAsked& e = s_.effects;
    head("effects", 0);
    if (!e.systems.empty()) head("systems", 1);
    for (const auto& [system, levels] : e.systems) {
      head(system, 2);
      for (std::size_t f = 0; f < levels.size(); ++f) value(e.factors[f], levels[f], 3, "effects");
    }
    head("show", 1);
    for (const MetricKey& key : e.show) {
      line(indent(2) + "- " + yaml_scalar(key.metric + "." + key.stat), "effects");
    }
    if (!e.missing.empty()) head("missing", 1);
    for (const std::string& text : e.missing) line(indent(2) + "- " + yaml_scalar(text), "effects");
  }

  void price() {
    head("price", 0);
    value("budget", s_.price.budget, 1, "price.budget");
    head("success", 1);
    for (const Expectation& e : s_.price.success) line(indent(2) + "- " + yaml_scalar(e.text), "price");
  }

  const Scenario& s_;
  bool with_origins_;
  std::string out_;
};

}  // namespace

std::string print_resolved(const Scenario& scenario, WithOrigins origins) { return Printer(scenario, origins).print(); }

}  // namespace peerlab
