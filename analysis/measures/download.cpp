// What a user's own machine receives, in all: what it costs him to take part.
#include "analysis/measures/rows.h"
#include "analysis/measures/telling.h"
#include "models/base/bits.h"

namespace peerlab {
namespace {

class Download : public Measure {
 public:
  std::span<const HappeningKind> kinds() const override { return {}; }
  void begin(const Cast& cast, std::span<const Request>) override {
    Bits counted;
    for (const CastNode& node : cast.nodes) {
      if (node.user.valid() && !node.attacker && counted.add(node.machine.value)) machines_.push_back(node.machine);
    }
  }
  void see(const Row&) override {}
  void finish(Time, const Totals& totals) override {
    for (const MachineId machine : machines_) {
      received_.push_back(static_cast<double>(totals.machines[machine.index()].bytes_received));
    }
  }
  void merge(const Measure& other) override {
    const auto& o = dynamic_cast<const Download&>(other);
    received_.insert(received_.end(), o.received_.begin(), o.received_.end());
  }
  void metrics(MetricSink& sink) const override {
    tell_quantiles(sink, "download", "B", received_, {{"p50", 0.5}, {"p90", 0.9}, {"max", 1, false}},
                   "no user has a machine of his own");
  }

 private:
  std::vector<MachineId> machines_;
  std::vector<double> received_;
};

}  // namespace

MeasureRow download_measure() {
  return {.name = "download",
          .sentence = "How much a user's own machine receives: what it costs him to take part.",
          .numerator = "bytes received, envelopes included; quantiles over machines",
          .denominator = "the machines of users, attackers and services left out",
          .sampling = "the whole run",
          .censoring = "none",
          .source = own_definition,
          .moved_by = "whether he keeps a copy or asks; number of links, relay rules, workload, length of the run",
          .metrics = {{"download", {{"p50", "B"}, {"p90", "B"}, {"max", "B"}}}},
          .make = [](std::string_view) -> std::unique_ptr<Measure> { return std::make_unique<Download>(); }};
}

}  // namespace peerlab
