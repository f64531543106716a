#include "sim/scenario/schema.h"

#include "analysis/measures/prices.h"
#include "models/network/affiliations.h"
#include "models/network/network_model.h"
#include "models/registry/registry.h"

namespace peerlab {
namespace {

Field bounded(Field f, std::string least, std::string most) {
  f.least = std::move(least);
  f.most = std::move(most);
  return f;
}

Fields top_fields() {
  return {
      bounded(field("schema", Kind::whole, "1", "Version of the scenario language; this program reads version 1.", "1"),
              "1", "1"),
      field("name", Kind::text, "", "Name of the scenario and of its folder of results; the file's stem when left out.",
            "hello"),
      field("question", Kind::text, "", "What the scenario asks, in one sentence.",
            "How fast does a block reach every peer?"),
      bounded(field("seed", Kind::whole, "1", "Where all chance comes from: the same seed gives the same run.", "7"),
              "0", "9223372036854775807"),
      bounded(
          field("replications", Kind::whole, "2",
                "How many runs with different seeds; intervals need at least two. Or {min, max, until}: in batches of "
                "`min` until half the 95 % interval of a metric is narrow enough, as in `{min: 5, max: 100, until: "
                "propagation.p50@p2p.ci95 < 5 % of the value}`.",
                "10"),
          "1", "100000"),
      bounded(
          field("warmup", Kind::duration, "0 s", "What happens in this first part of a run is not measured.", "30 min"),
          "0 s", "10000 d"),
      bounded(
          field("duration", Kind::duration, "24 h", "Simulated time of a run, warm-up and settling included.", "6 h"),
          "1 s", "10000 d"),
      bounded(
          field(
              "settle", Kind::duration, "10 min",
              "No new requests in this last part of a run; what is unfinished at its end has failed. When left out: 10 "
              "minutes, but at most a tenth of the duration, or the longest deadline that a line of the workload "
              "names.",
              "30 min"),
          "0 s", "10000 d"),
  };
}

Fields stop_fields() {
  return {
      bounded(field("blocks", Kind::whole, "0",
                    "Ends a run when this many blocks were mined and `settle` has passed since, if that is before its "
                    "duration; 0 never does.",
                    "100"),
              "0", "100000000")};
}

Fields claim_fields() {
  return {
      field("sentence", Kind::text, "", "What is claimed.", "Records are far less vulnerable to being lost."),
      field("ratios", Kind::flag, "no",
            "The table also says how many times the figures of the other systems those of the first one are.", "yes"),
  };
}

Fields validation_fields() {
  return {
      field("item", Kind::text, "", "The name that `peerlab explain` and the table of validations know it by.", "V4"),
      field("compares", Kind::text, "", "What is compared with what.", "A selfish pool's share of the blocks."),
      field("source", Kind::text, "", "Where the published result is.", "Eyal & Sirer 2014, equation 8"),
      field("tolerance", Kind::text, "", "What counts as agreement, and why.", "3.9 standard errors in each cell"),
  };
}

Fields entry_fields() {
  return {
      bounded(field("at", Kind::duration, "0 s", "When it begins, counted from the start of the run.", "4 h"), "0 s",
              "10000 d"),
      bounded(field("for", Kind::duration, "0 s", "How long it lasts; left out, nothing undoes it.", "30 min"), "0 s",
              "10000 d"),
      bounded(field("every", Kind::duration, "0 s", "It begins again after each of these; left out, it happens once.",
                    "6 h"),
              "0 s", "10000 d"),
      field("name", Kind::text, "", "How metrics and expectations call it; the disturbance's name when left out.",
            "eu-cut"),
  };
}

}  // namespace

std::span<const Section> sections() {
  static constexpr Section table[] = {
      {"look", "What to look at in the answer: a sentence or a list of them.",
       "look: propagation.p99 says when nearly all have a block."},
      {"next", "What to try next: a sentence or a list of them.", "next: peerlab run hello --set network.users=2000"},
      {"extends", "Another scenario file in the same folder or below, on which this one is laid.",
       "extends: hello.yaml"},
      {"stop", "When a run ends before its duration.", "stop: {blocks: 100}"},
      {"network", "Users, where they are, who is linked to whom, how fast and how reliable that is.",
       "network: {preset: internet-2019, users: 500}"},
      {"machines", "At which hosting providers users' machines stand and which versions of the software they run.",
       "machines: {hosted: 28 %, versions: 90 % 10 %}"},
      {"groups",
       "Names of your own for machines, which selectors call `group=NAME`: the same machines wherever the name stands.",
       "groups: {cartel: random 5 % of role=store}"},
      {"cpu", "What work costs in CPU time.", "cpu: {price: free}"},
      {"prices", "What energy costs, for figures in joules.", "prices: {joules_per_terahash: 17.5}"},
      {"protection", "Cryptography that every system honours alike.", "protection: {encryption: end-to-end}"},
      {"systems", "What is compared: names of your own, each with a protocol and its fields.",
       "systems: {p2p: {protocol: nakamoto, block_interval: 1 min}}"},
      {"workload", "Who asks for what and when: a list of kinds.",
       "workload: [{kind: publish, rate: 1 per min in total}]"},
      {"timeline",
       "What befalls machines and links, when, and with `system` in which of the compared systems: in all when left "
       "out.",
       "timeline: [{at: 4 h, for: 30 min, partition: [region=EU, rest], name: eu-cut}]"},
      {"attacks", "Who attacks and how.", "attacks: [{kind: bad-peer, who: random 2 of role=peer}]"},
      {"measure", "Which measures to print; all of the usual ones when left out.",
       "measure: [propagation, stale, cost]"},
      {"record",
       "What to write beside the figures: trees = which node had which block or log entry when (and for up to 200 "
       "nodes a file per node, of the first run), network = who was "
       "linked to whom at the start, as GraphML, one file a run each; replay = who stood where when in the first run, "
       "for the page's block tree and replay, which runs of up to 3,000 nodes have anyway; trace = every message, "
       "block "
       "and fault of each system's first run, the first 500,000 of them, as lines of JSON and, for up to 1,000 nodes, "
       "as "
       "a Chrome trace (`--trace` asks for it too).",
       "record: [trees, network, replay, trace]"},
      {"expect", "What should come out, judged on the 95 % interval over replications.",
       "expect: [propagation.p50 < 3 s]"},
      {"compare_with",
       "What the literature says a figure is. `metric` names the figure; `law` a closed form (`peerlab list`), `gives` "
       "which of its figures, `inputs` what it takes: values, or paths of this scenario such as "
       "`systems.p2p.block_interval`; protocol.FIELD is the field of the metric's system. Instead of a law, `value` is "
       "a "
       "published figure with its `error` (one standard error of its own) and its `source`. The distance is told in "
       "standard errors and agrees up to 3.9, or `within` a band that the source sets; `differs` explains a "
       "disagreement "
       "that is known.",
       "compare_with: [{metric: attack.success, law: double-spend, gives: exact, inputs: {q: attacks.0.hash_share, z: "
       "attacks.0.confirmations}}]"},
      {"validation",
       "Which published result this scenario reproduces: a row of the table that `peerlab run science` prints.",
       "validation: {item: V1, compares: A private double spend., source: Rosenfeld 2014, tolerance: 3.9 standard "
       "errors}"},
      {"claim",
       "What is said of systems, put to the test: it holds in a cell where all `criteria` do, which are written as in "
       "`expect`; `show` names more figures for the table, `limits` says what cannot be measured.",
       "claim: {sentence: Records are harder to lose., criteria: [lost@p2p < lost@central by 0.1 %]}"},
      {"effects",
       "The scenario is a factorial: the main effects of its factors on the figures in `show` are told with intervals. "
       "Factors are those of `grid` or `sweep`, and those of which `systems` gives each system a level; `missing` says "
       "which combinations cannot exist.",
       "effects: {systems: {single: {servers: one}, triple: {servers: three}}, show: [altered.unnoticed]}"},
      {"price",
       "What an attack takes that must be run again for every budget: `budget` is the path that `sweep` varies, "
       "`success` says when a replication has succeeded, a line as in `expect` for each system. Told are k50 and k95 "
       "with Wilson's intervals.",
       "price: {budget: attacks.0.machines, success: [acts.refuse@p2p > 50 %]}"},
      {"grid",
       "Factors with levels of your own, each a few values that differ: every combination of levels is run, and told "
       "as a "
       "cell. A level may add `criteria` to those of a claim.",
       "grid: {encryption: {plain: {protection.encryption: none}, sealed: {protection.encryption: end-to-end}}}"},
      {"sweep",
       "One scenario, many cells: every combination of values (grid), values side by side (zip), points spread over "
       "ranges "
       "(latin), or cells named by hand (cells); several of them are multiplied. A path is one that --set takes; "
       "protocol.FIELD means every system that has the field. Values are a list, or {from, to} with a step or a number "
       "of points, and `scale: log`.",
       "sweep: {grid: {network.users: [100, 1000], systems.p2p.block_interval: {from: 1 s, to: 1 min, points: 4, "
       "scale: log}}}"},
      {"full", "What is different under --full: the sample that a publication would want.",
       "full: {replications: 100}"},
      {"quick", "What is different under --quick; without it, two replications and a tenth of the duration.",
       "quick: {replications: 2}"},
  };
  return table;
}

Schema standard_schema(Fields cpu) {
  Schema schema;
  schema.top = top_fields();
  schema.stop = stop_fields();
  schema.network = network_fields();
  schema.machines = affiliation_fields();
  schema.cpu = std::move(cpu);
  schema.prices = price_fields();
  schema.protection = protection_fields();
  schema.claim = claim_fields();
  schema.validation = validation_fields();
  schema.entry = entry_fields();
  schema.protocols = protocols();
  schema.attacks = attacks();
  schema.disturbances = disturbances();
  schema.workloads = workloads();
  schema.measures = measures();
  return schema;
}

const Field* find_field(const Fields& fields, std::string_view name) {
  for (const Field& f : fields) {
    if (f.name == name) return &f;
  }
  return nullptr;
}

std::vector<std::string> names_of(const Fields& fields) {
  std::vector<std::string> names;
  for (const Field& f : fields) names.push_back(f.name);
  return names;
}

std::vector<PathField> all_fields(const Schema& schema) {
  std::vector<PathField> out;
  const auto add = [&](const std::string& path, std::string_view owner, const Fields& fields) {
    for (const Field& f : fields) out.push_back({path + f.name, std::string(owner), f});
  };
  add("", "", schema.top);
  add("stop.", "", schema.stop);
  add("network.", "", schema.network);
  add("machines.", "", schema.machines);
  add("cpu.", "", schema.cpu);
  add("prices.", "", schema.prices);
  add("protection.", "", schema.protection);
  for (const ProtocolRow& row : schema.protocols) add("systems.NAME.", row.name, row.fields());
  for (const WorkloadRow& row : schema.workloads) add("workload.N.", row.name, row.fields());
  add("claim.", "", schema.claim);
  add("validation.", "", schema.validation);
  add("timeline.N.", "", schema.entry);
  for (const DisturbanceRow& row : schema.disturbances) add("timeline.N.", row.name, row.fields());
  for (const AttackRow& row : schema.attacks) add("attacks.N.", row.name, row.fields());
  return out;
}

}  // namespace peerlab
