// The largest share of all live records that lies on one machine, as auditors found it.
#include <algorithm>

#include "analysis/measures/record_audits.h"
#include "analysis/measures/rows.h"
#include "analysis/measures/telling.h"

namespace peerlab {
namespace {

class Completeness : public RecordAudits {
 public:
  void look(const Audit& audit, const std::vector<std::uint32_t>& live) override {
    if (live.empty()) return;
    std::vector<bool> is_live(audit.copies.size(), false);
    for (const std::uint32_t write : live) is_live[found_as(write, audit)] = true;
    // Machines share bundles: each is counted once.
    std::vector<std::uint64_t> in_bundle(audit.bundles.size(), 0);
    for (std::size_t b = 0; b < audit.bundles.size(); ++b) {
      for (const std::uint32_t write : audit.bundles[b]) in_bundle[b] += is_live[write] ? 1U : 0U;
    }
    std::uint64_t most = 0;
    for (const Audit::Holding& machine : audit.machines) {
      if (machine.hostile) continue;
      std::uint64_t mine = 0;
      for (const std::uint32_t bundle : machine.bundles) mine += in_bundle[bundle];
      for (const std::uint32_t write : machine.writes) mine += is_live[write] ? 1U : 0U;
      most = std::max(most, mine);
    }
    const double share = static_cast<double>(most) / static_cast<double>(live.size());
    sum_ += share;
    ++audits_;
    if (audit.why == Audit::Why::end) {
      end_ += share;
      ++ends_;
    }
  }
  void merge(const Measure& other) override {
    const auto& o = dynamic_cast<const Completeness&>(other);
    sum_ += o.sum_;
    audits_ += o.audits_;
    end_ += o.end_;
    ends_ += o.ends_;
  }
  void metrics(MetricSink& sink) const override {
    tell(sink, "mean", sum_, audits_);
    tell(sink, "end", end_, ends_);
  }

 private:
  static void tell(MetricSink& sink, std::string_view stat, double sum, std::uint64_t n) {
    const bool headline = stat == "mean";
    if (n == 0) {
      sink.metric(
          absent("completeness.top", stat, "share", Standing::no_sample, "no acked record at an audit", headline));
    } else {
      sink.metric(number("completeness.top", stat, sum / static_cast<double>(n), "share", n, headline));
    }
  }
  double sum_ = 0;
  std::uint64_t audits_ = 0;
  double end_ = 0;
  std::uint64_t ends_ = 0;
};

}  // namespace

MeasureRow completeness_measure() {
  return {
      .name = "completeness.top",
      .sentence = "The largest share of all live records that lies on one machine.",
      .numerator = "live records whose content lies on the machine that holds most of them, on line or off; no backups",
      .denominator = "live records: the last acked content of each, unless its owner had it deleted",
      .sampling = "audits: every hour from warmup on, and at the end; mean over them, and the last",
      .censoring = "audits at which no record is acked yet are left out",
      .source = own_definition,
      .moved_by = "whether every machine keeps everything; for the last records, how soon they reach it",
      .metrics = {{"completeness.top", {{"mean", "share"}, {"end", "share"}}}},
      .make = [](std::string_view) -> std::unique_ptr<Measure> { return std::make_unique<Completeness>(); }};
}

}  // namespace peerlab
