// What it costs: bytes sent and stored, CPU time, hashes and energy of the whole run, mining and standbys included, in total
// and per useful byte. A useful byte is one of distinct content that was acked and stands at the end: of each record that
// its owner has not erased, the version that was acked last. Energy is the sum of
// hashing, computing and transport at the prices of the cast, which the note of the metric states.
//
// And the messages behind it: how many were sent, of which kind, and how many were lost on the way.
#include <algorithm>
#include <map>

#include "analysis/measures/operations.h"
#include "analysis/measures/prices.h"
#include "analysis/measures/rows.h"
#include "analysis/measures/telling.h"

namespace peerlab {
namespace {

class Cost : public Measure {
 public:
  std::span<const HappeningKind> kinds() const override { return kinds_; }
  void begin(const Cast& cast, std::span<const Request> requests) override {
    energy_ = cast.energy;
    operations_.begin(cast, requests);
  }
  void see(const Row& row) override { operations_.see(row); }
  void finish(Time, const Totals& totals) override {
    for (const MachineTotals& machine : totals.machines) {
      sent_ += static_cast<double>(machine.bytes_sent);
      stored_ += static_cast<double>(machine.disk_bytes);
      cpu_ += machine.cpu.seconds();
      hashes_ += machine.hashes;
    }
    std::map<std::uint64_t, std::uint32_t> content;  // by record, the version that stands
    for (std::size_t i = 0; i < operations_.requests().size(); ++i) {
      const Request& request = operations_.requests()[i];
      if (!operations_.fates()[i].stands) continue;
      if (request.what == Asked::publish || request.what == Asked::update) {
        content[request.record.packed()] = request.size;
      } else if (request.what == Asked::erase) {
        content.erase(request.record.packed());
      }
    }
    for (const auto& [record, size] : content) useful_ += size;
  }
  void merge(const Measure& other) override {
    const auto& o = dynamic_cast<const Cost&>(other);
    sent_ += o.sent_;
    stored_ += o.stored_;
    cpu_ += o.cpu_;
    hashes_ += o.hashes_;
    useful_ += o.useful_;
  }
  void metrics(MetricSink& sink) const override {
    const double joules =
        hashes_ * energy_.joules_per_hash + cpu_ * energy_.joules_per_cpu_second + sent_ * energy_.joules_per_byte;
    const std::string price = "at " + prices_in_words(energy_);
    tell(sink, "cost.bytes_sent", sent_, "B", "1", true, "");
    tell(sink, "cost.bytes_stored", stored_, "B", "1", true, "");
    tell(sink, "cost.cpu", cpu_, "s", "s/B", true, "");
    tell(sink, "cost.hashes", hashes_, "hashes", "hashes/B", false, "");
    tell(sink, "cost.joules", joules, "J", "J/B", false, price);
  }

 private:
  void tell(MetricSink& sink, std::string_view metric, double total, std::string_view unit, std::string_view per_byte,
            bool headline, std::string_view note) const {
    Metric m = number(metric, "total", total, unit, 1, headline);
    m.note = note;
    sink.metric(m);
    if (useful_ > 0) {
      m = number(metric, "per_useful_byte", total / useful_, per_byte, 1, false);
      m.note = note;
      sink.metric(m);
    } else {
      sink.metric(absent(metric, "per_useful_byte", per_byte, Standing::no_sample, "no acked content", false));
    }
  }
  static constexpr HappeningKind kinds_[] = {happened::operation_acked, happened::operation_undone};
  EnergyPrices energy_;
  Operations operations_;
  double sent_ = 0;
  double stored_ = 0;
  double cpu_ = 0;
  double hashes_ = 0;
  double useful_ = 0;
};

class Messages : public Measure {
 public:
  std::span<const HappeningKind> kinds() const override { return {}; }
  void begin(const Cast&, std::span<const Request> requests) override { requests_ = requests; }
  void see(const Row&) override {}
  void finish(Time end, const Totals& totals) override {
    for (const Request& request : requests_) writes_ += Operations::writes(request) && request.issued <= end ? 1 : 0;
    requests_ = {};
    for (const MachineTotals& machine : totals.machines) {
      sent_ += machine.messages_sent;
      lost_ += machine.messages_lost;
    }
    kinds_ = totals.kinds;
  }
  void merge(const Measure& other) override {
    const auto& o = dynamic_cast<const Messages&>(other);
    sent_ += o.sent_;
    lost_ += o.lost_;
    writes_ += o.writes_;
    for (const KindTotals& theirs : o.kinds_) {
      bool found = false;
      for (KindTotals& ours : kinds_) {
        if (ours.name != theirs.name) continue;
        ours.messages += theirs.messages;
        ours.bytes += theirs.bytes;
        found = true;
      }
      if (!found) kinds_.push_back(theirs);
    }
  }
  void metrics(MetricSink& sink) const override {
    sink.metric(number("messages", "count", static_cast<double>(sent_), "messages", sent_));
    sink.metric(number("messages", "lost", static_cast<double>(lost_), "messages", sent_, false));
    for (const KindTotals& kind : kinds_) {
      const std::string name = with_argument("messages", kind.name);
      sink.metric(number(name, "count", static_cast<double>(kind.messages), "messages", kind.messages, false));
      sink.metric(number(name, "bytes", static_cast<double>(kind.bytes), "B", kind.messages, false));
      const double each = static_cast<double>(kind.messages) / static_cast<double>(std::max<std::uint64_t>(writes_, 1));
      sink.metric(writes_ > 0 ? number(name, "per_write", each, "messages", writes_, false)
                              : absent(name, "per_write", "messages", Standing::no_sample, "nobody wrote", false));
    }
  }

 private:
  std::uint64_t sent_ = 0;
  std::uint64_t lost_ = 0;
  std::span<const Request> requests_;  ///< until finish
  std::uint64_t writes_ = 0;           ///< asked for, done or not
  std::vector<KindTotals> kinds_;
};

}  // namespace

MeasureRow messages_measure() {
  return {
      .name = "messages",
      .sentence = "How many messages were sent, of which kind, and how many were lost.",
      .numerator = "messages sent; lost by links, cuts and machines that were off; bytes by kind",
      .denominator = "none: counts; `per_write`: writes that users asked for, done or not",
      .sampling = "the whole run",
      .censoring = "none",
      .source = own_definition,
      .moved_by = "number of links, relay and announcement rules, workload, blocks",
      .metrics = {{"messages", {{"count", "messages"}, {"lost", "messages"}}},
                  {"messages", {{"count", "messages"}, {"bytes", "B"}, {"per_write", "messages"}}, Argument::message}},
      .make = [](std::string_view) -> std::unique_ptr<Measure> { return std::make_unique<Messages>(); }};
}

MeasureRow cost_measure() {
  const auto cost = [](std::string_view unit, std::string_view per_byte) {
    return std::vector<DeclaredStat>{{"total", unit}, {"per_useful_byte", per_byte}};
  };
  return {.name = "cost",
          .sentence = "What the whole run costs, in total and per useful byte.",
          .numerator =
              "bytes sent, bytes stored at the end, CPU seconds at the prices of `cpu`, modelled hashes, joules at the "
              "prices of `prices`: all hashes, CPU seconds and bytes sent",
          .denominator =
              "useful bytes: distinct content that was acked and stands at the end, of each record that its owner has "
              "not erased the last version",
          .sampling = "the whole run, all machines, mining, standbys and backups included",
          .censoring = "without acked content there is no figure per useful byte",
          .source =
              "energy unless the scenario says otherwise: 30 J/TH by data sheets of 2020-22; 0.06 kWh/GB, Aslan et al. "
              "2018, J. Ind. Ecol. 22; 15 J a CPU second, assumed",
          .moved_by = "number of nodes and links, hash power, content sizes, relay rules",
          .metrics = {{"cost.bytes_sent", cost("B", "1")},
                      {"cost.bytes_stored", cost("B", "1")},
                      {"cost.cpu", cost("s", "s/B")},
                      {"cost.hashes", cost("hashes", "hashes/B")},
                      {"cost.joules", cost("J", "J/B")}},
          .make = [](std::string_view) -> std::unique_ptr<Measure> { return std::make_unique<Cost>(); }};
}

}  // namespace peerlab
