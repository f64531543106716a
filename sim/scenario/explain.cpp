#include "sim/scenario/explain.h"

#include <algorithm>
#include <functional>

#include "analysis/theory/table.h"
#include "models/base/decimal.h"
#include "models/ledger/verdict.h"
#include "models/network/access.h"
#include "models/network/network_model.h"
#include "models/registry/registry.h"

namespace peerlab {
namespace {

/// `text` broken into lines of at most 80 columns, each behind `indent` blanks.
std::string wrapped(std::string_view text, std::size_t indent) {
  std::string out;
  std::string line(indent, ' ');
  bool empty = true;
  const auto flush = [&] {
    out += line + "\n";
    line.assign(indent, ' ');
    empty = true;
  };
  while (!(text = trimmed(text)).empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(end);
    if (!empty && line.size() + 1 + word.size() > 80) flush();
    if (!empty) line += ' ';
    line += word;
    empty = false;
  }
  if (!empty) flush();
  return out;
}

std::string row_line(std::string_view label, std::string_view text) {
  return text.empty() ? "" : "  " + std::string(label) + ":\n" + wrapped(text, 4);
}

std::string kind_of(const Field& f) {
  if (f.kind == Kind::choice) {
    std::string out = "one of ";
    for (std::size_t i = 0; i < f.choices.size(); ++i) out += (i == 0 ? "" : ", ") + f.choices[i];
    return out;
  }
  return describe_kind(f.kind);
}

std::string field_text(const PathField& p) {
  std::string out = p.path + (p.owner.empty() ? "" : "   (of " + p.owner + ")") + "\n" + wrapped(p.field.sentence, 2);
  out += "  value:   " + kind_of(p.field) + "\n";
  out += "  default: " + (p.field.fallback.empty() ? "none" : p.field.fallback) + "\n";
  if (!p.field.least.empty()) out += "  least:   " + p.field.least + "\n";
  if (!p.field.most.empty()) out += "  most:    " + p.field.most + "\n";
  if (!p.field.example.empty()) out += "  example: " + p.field.name + ": " + p.field.example + "\n";
  return out;
}

/// The fields of a row, one a line: name and default.
std::string fields_text(const Fields& fields) {
  if (fields.empty()) return {};
  std::string out = "  fields:\n";
  for (const Field& f : fields) {
    std::string line = "    " + f.name;
    if (line.size() < 26) line.resize(26, ' ');
    out += line + " " + (f.fallback.empty() ? "(none)" : f.fallback) + "\n";
  }
  return out + "  `peerlab explain FIELD` tells more about each.\n";
}

std::string plain_row(std::string_view what, std::string_view name, std::string_view sentence, std::string_view source,
                      const Fields& fields) {
  return std::string(name) + "   (" + std::string(what) + ")\n" + wrapped(sentence, 2) + row_line("source", source) +
         fields_text(fields);
}

std::string argument_text(Argument argument) {
  switch (argument) {
    case Argument::none: return "";
    case Argument::per_cent: return "(PER CENT)";
    case Argument::depth: return "(BLOCKS)";
    case Argument::machines: return "(MACHINES)";
    case Argument::fault: return "(NAME OF A TIMELINE LINE)";
    case Argument::deadline:
    case Argument::age: return "(DURATION)";
    case Argument::message: return "(KIND OF MESSAGE)";
  }
  return "";
}

std::string measure_text(const MeasureRow& row) {
  std::string out = std::string(row.name) + "   (a measure)\n" + wrapped(row.sentence, 2);
  out += row_line("numerator", row.numerator) + row_line("denominator", row.denominator) +
         row_line("sampled", row.sampling);
  out += row_line("unfinished", row.censoring) + row_line("source", row.source) + row_line("moved by", row.moved_by);
  out += "  metrics:\n";
  for (const DeclaredMetric& m : row.metrics) {
    out += "    " + std::string(m.name) + argument_text(m.argument);
    for (const DeclaredStat& s : m.stats)
      out += "  ." + std::string(s.name) + (s.unit == "1" ? "" : " [" + std::string(s.unit) + "]");
    out += "\n";
  }
  return out;
}

std::string input_text(const Field& f) {
  std::string line = "    " + f.name;
  line.resize(std::max<std::size_t>(line.size() + 1, 16), ' ');
  std::string text = f.sentence + " Default " + f.fallback;
  if (!f.least.empty()) text += ", least " + f.least;
  if (!f.most.empty()) text += ", most " + f.most;
  if (f.kind == Kind::choice) text += "; " + kind_of(f);
  std::string out = wrapped(text + ".", 16);
  return out.replace(0, line.size(), line);
}

std::string output_text(const TheoryOutput& o) {
  std::string line = "    " + std::string(o.name) + (o.unit == "1" ? "" : " [" + std::string(o.unit) + "]");
  line.resize(std::max<std::size_t>(line.size() + 1, 34), ' ');
  std::string out = wrapped(o.sentence, line.size());
  return out.replace(0, line.size(), line);
}

std::string theory_text(const TheoryRow& row) {
  std::string out = std::string(row.name) + "   (a closed form)\n" + wrapped(row.sentence, 2);
  out += row_line("formula", row.formula) + row_line("holds for", row.range) + row_line("source", row.source);
  out += "  takes:\n";
  for (const Field& f : row.fields) out += input_text(f);
  out += "  gives:\n";
  for (const TheoryOutput& o : row.gives) out += output_text(o);
  const Field& first = row.fields.front();
  return out + "  example: peerlab theory " + std::string(row.name) + " " + first.name + "='" + first.example + "'\n";
}

/// Calls `visit(name, text)` for everything that can be explained. Texts are made only when asked for.
using Visit = std::function<void(std::string_view, const std::function<std::string()>&)>;

void visit_all(const Schema& schema, const Visit& visit) {
  for (const Section& s : sections()) {
    visit(s.name, [&] {
      return std::string(s.name) + ":\n" + wrapped(s.sentence, 2) + "  example: " + std::string(s.example) + "\n";
    });
  }
  for (const PathField& p : all_fields(schema)) {
    const auto text = [&] { return field_text(p); };
    visit(p.path, text);
    if (p.field.name != p.path) visit(p.field.name, text);
  }
  for (const ProtocolRow& r : schema.protocols) {
    visit(r.name, [&] { return plain_row("a protocol", r.name, r.sentence, r.source, r.fields()); });
  }
  for (const AttackRow& r : schema.attacks) {
    visit(r.name, [&] { return plain_row("an attack", r.name, r.sentence, r.source, r.fields()); });
  }
  for (const DisturbanceRow& r : schema.disturbances) {
    visit(r.name, [&] { return plain_row("a disturbance", r.name, r.sentence, "", r.fields()); });
  }
  for (const WorkloadRow& r : schema.workloads) {
    visit(r.name, [&] { return plain_row("a workload", r.name, r.sentence, "", r.fields()); });
  }
  for (const TopologyRow& r : topologies()) {
    visit(r.name, [&] { return plain_row("a topology", r.name, r.sentence, "", r.fields()); });
  }
  for (const LatencyLawRow& r : latency_laws()) {
    visit(r.name, [&] {
      return plain_row("a latency law", r.name, r.sentence, "", r.fields()) +
             "  example: latency: " + std::string(r.example) + "\n";
    });
  }
  for (const Preset& r : presets()) {
    visit(r.name, [&] {
      std::string out = plain_row("a network preset", r.name, r.sentence, "", {}) + "  sets:\n";
      for (const auto& [field, text] : r.values) out += "    " + std::string(field) + ": " + std::string(text) + "\n";
      return out;
    });
  }
  for (const AccessProfile& r : access_profiles()) {
    visit(r.name, [&] {
      std::string out = plain_row("an access profile", r.name, r.sentence, "", {});
      if (r.up_bits > 0)
        out += "  up:   " + write_bandwidth(r.up_bits) + "\n  down: " + write_bandwidth(r.down_bits) + "\n";
      return out;
    });
  }
  for (const MeasureRow& r : schema.measures) {
    const auto text = [&] { return measure_text(r); };
    visit(r.name, text);
    for (const DeclaredMetric& m : r.metrics) {
      if (m.name != r.name) visit(m.name, text);
    }
  }
  for (const TheoryRow& r : theory_rows()) {
    visit(r.name, [&] { return theory_text(r); });
  }
  for (const Verdict v : all_verdicts()) {
    visit(name(v), [&] { return plain_row("a verdict of the ledger", name(v), sentence(v), "", {}); });
  }
}

/// `systems.p2p.block_interval` as the table writes it, `systems.NAME.block_interval`; `workload.0.rate` as `workload.N.rate`.
std::string as_table_path(std::string_view name) {
  std::string out(name);
  for (const std::string_view list : {"systems.", "workload.", "timeline.", "attacks."}) {
    if (out.rfind(list, 0) != 0) continue;
    const std::size_t dot = out.find('.', list.size());
    if (dot != std::string::npos) out.replace(list.size(), dot - list.size(), list == "systems." ? "NAME" : "N");
  }
  return out;
}

}  // namespace

Explanation explain(std::string_view typed, const Schema& schema) {
  const std::string path = as_table_path(typed);
  std::string out;
  visit_all(schema, [&](std::string_view name, const std::function<std::string()>& text) {
    if (name != path) return;
    const std::string told = text();
    if (out.find(told) != std::string::npos) return;
    out += (out.empty() ? "" : "\n") + told;
  });
  if (out.empty()) {  // a metric with its argument or statistic: `agreement(6)`, `propagation.p90`
    std::string_view base = typed.substr(0, typed.find_first_of("(@"));
    for (; out.empty() && !base.empty();
         base = base.substr(0, base.rfind('.') == std::string_view::npos ? 0 : base.rfind('.'))) {
      for (const MeasureRow& row : schema.measures) {
        const bool told = std::any_of(row.metrics.begin(), row.metrics.end(),
                                      [&](const DeclaredMetric& m) { return m.name == base; });
        if (told) out += measure_text(row);
      }
    }
  }
  if (!out.empty()) return {out, {}};
  const auto meant = nearest_name(typed, explainable_names(schema));
  return {{},
          "Nothing is called " + backquoted(typed) + "." +
              (meant ? " Did you mean `" + *meant + "`?" : " `peerlab list` shows all names.")};
}

std::vector<std::string> explainable_names(const Schema& schema) {
  std::vector<std::string> names;
  visit_all(schema, [&](std::string_view name, const std::function<std::string()>&) { names.emplace_back(name); });
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

std::string list_names(const Schema& schema) {
  std::string out;
  const auto head = [&](std::string_view title) { out += (out.empty() ? "" : "\n") + std::string(title) + "\n"; };
  const auto row = [&](std::string_view name, std::string_view sentence) {
    std::string text = wrapped(sentence, 22);
    std::string label = "  " + std::string(name);
    if (label.size() < 21) {
      label.resize(22, ' ');
      text.replace(0, 22, label);
      out += text;
    } else {
      out += label + "\n" + text;
    }
  };
  head("protocols");
  for (const ProtocolRow& r : schema.protocols) row(r.name, r.sentence);
  head("workloads");
  for (const WorkloadRow& r : schema.workloads) row(r.name, r.sentence);
  head("disturbances");
  for (const DisturbanceRow& r : schema.disturbances) row(r.name, r.sentence);
  head("attacks");
  for (const AttackRow& r : schema.attacks) row(r.name, r.sentence);
  head("measures");
  for (const MeasureRow& r : schema.measures) row(r.name, r.sentence);
  head("closed forms (peerlab theory NAME)");
  for (const TheoryRow& r : theory_rows()) row(r.name, r.sentence);
  head("network presets");
  for (const Preset& r : presets()) row(r.name, r.sentence);
  head("topologies");
  for (const TopologyRow& r : topologies()) row(r.name, r.sentence);
  head("latency laws");
  for (const LatencyLawRow& r : latency_laws()) row(r.name, r.sentence);
  head("access profiles");
  for (const AccessProfile& r : access_profiles()) row(r.name, r.sentence);
  return out;
}

}  // namespace peerlab
