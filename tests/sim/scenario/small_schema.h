// A small table to read scenarios with: two protocols and an attack of the tests' own, everything else real. So that tests
// of the reader do not change with the fields of real protocols.
#pragma once

#include <string>
#include <vector>

#include "sim/scenario/read.h"
#include "sim/scenario/schema.h"

namespace peerlab::test {

inline Field make_field(std::string name, Kind kind, std::string fallback, std::string least = "",
                        std::string most = "") {
  Field f;
  f.name = std::move(name);
  f.kind = kind;
  f.fallback = std::move(fallback);
  f.sentence = "A field of the tests.";
  f.least = std::move(least);
  f.most = std::move(most);
  return f;
}

inline Fields chain_fields() {
  Fields fields{make_field("block_interval", Kind::duration, "10 min", "1 s", "1 d"),
                make_field("body_size", Kind::size, "0 B")};
  Field law = make_field("shares", Kind::law, "1");
  law.of = Kind::real;
  Field mode = make_field("compact", Kind::choice, "real");
  mode.choices = {"off", "real", "modelled"};
  fields.push_back(law);
  fields.push_back(mode);
  return fields;
}
inline Fields server_fields() { return {make_field("servers", Kind::whole, "1", "1", "100")}; }
inline Fields noise_fields() { return {make_field("every", Kind::duration, "1 min", "1 s", "1 d")}; }

inline Schema small_schema() {
  static const std::vector<ProtocolRow> protocols = [] {
    std::vector<ProtocolRow> rows(2);
    rows[0].name = "chain";
    rows[0].sentence = "A chain of the tests.";
    rows[0].fields = chain_fields;
    rows[0].check = [](const Params& p) {
      return p.size("body_size") > 1'000'000 ? std::string("`body_size` is more than a block holds.") : std::string();
    };
    rows[1].name = "server";
    rows[1].sentence = "A server of the tests.";
    rows[1].fields = server_fields;
    return rows;
  }();
  static const std::vector<AttackRow> attacks = [] {
    std::vector<AttackRow> rows(1);
    rows[0].name = "noise";
    rows[0].sentence = "An attack of the tests.";
    rows[0].fields = noise_fields;
    return rows;
  }();
  Schema schema = standard_schema({make_field("signature", Kind::duration, "37 us", "0 ns", "1 s")});
  schema.protocols = protocols;
  schema.attacks = attacks;
  return schema;
}

inline ReadResult read(std::string text, const ReadOptions& options = {}) {
  return read_scenario_text(std::move(text), "test.yaml", small_schema(), options);
}

/// The problems of `text` as the user sees them.
inline std::string problems_of(std::string text, const ReadOptions& options = {}) {
  return format_problems(read(std::move(text), options).problems);
}

/// The head that every scenario needs.
inline const std::string head = "schema: 1\nsystems: {p2p: {protocol: chain}}\n";

}  // namespace peerlab::test
