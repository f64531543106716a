// What owners had erased and somebody still has: the right to be forgotten, as far as disks go.
#include <algorithm>
#include <map>

#include "analysis/measures/operations.h"
#include "analysis/measures/rows.h"
#include "analysis/measures/telling.h"

namespace peerlab {
namespace {

class Forgotten final : public Measure {
 public:
  std::span<const HappeningKind> kinds() const override { return Operations::kinds; }
  Audits audits() const override { return Audits::by_the_clock; }
  void begin(const Cast& cast, std::span<const Request> requests) override {
    warmup_ = cast.warmup;
    settle_ = cast.settle;
    operations_.begin(cast, requests);
  }
  void see(const Row& row) override { operations_.see(row); }
  void audited(const Audit& audit) override {
    if (audit.why != Audit::Why::end) return;
    const std::span<const Request> requests = operations_.requests();
    std::map<std::uint64_t, std::uint64_t> erased;  // by record: where contents of it lie
    for (std::size_t i = 0; i < requests.size(); ++i) {
      const bool of_cohort = requests[i].issued >= warmup_ && requests[i].issued <= audit.at - settle_;
      if (requests[i].what == Asked::erase && of_cohort && operations_.fates()[i].stands) {
        erased.emplace(requests[i].record.packed(), 0);
      }
    }
    for (std::size_t i = 0; i < requests.size(); ++i) {
      if (!Operations::writes(requests[i]) || requests[i].what == Asked::pay) continue;
      const auto record = erased.find(requests[i].record.packed());
      if (record == erased.end()) continue;
      const Audit::Copies& copies = audit.copies[i];
      const std::uint64_t there = std::uint64_t{copies.stores()} + copies.elsewhere + copies.backups;
      record->second = std::max(record->second, there);
    }
    for (const auto& [record, copies] : erased) {
      ++erased_;
      gone_ += copies == 0 ? 1 : 0;
      copies_ += copies;
    }
  }
  void finish(Time, const Totals&) override {}
  void merge(const Measure& other) override {
    const auto& o = dynamic_cast<const Forgotten&>(other);
    erased_ += o.erased_;
    gone_ += o.gone_;
    copies_ += o.copies_;
  }
  void metrics(MetricSink& sink) const override {
    static constexpr std::string_view none = "nobody had anything erased";
    sink.metric(share("forgotten", "value", gone_, erased_, none));
    if (erased_ == 0) {
      sink.metric(absent("forgotten.copies", "mean", "copies", Standing::no_sample, none));
    } else {
      const double mean = static_cast<double>(copies_) / static_cast<double>(erased_);
      sink.metric(number("forgotten.copies", "mean", mean, "copies", erased_));
    }
  }

 private:
  Time warmup_;
  Duration settle_{};
  Operations operations_;
  std::uint64_t erased_ = 0;
  std::uint64_t gone_ = 0;
  std::uint64_t copies_ = 0;  ///< machines and backups that hold a content of it, of all erased records
};

}  // namespace

MeasureRow forgotten_measure() {
  return {.name = "forgotten",
          .sentence = "The share of erased records that are really gone, with every version of them.",
          .numerator =
              "records of which no disk, memory or backup of any honest machine has a content any more; "
              "`forgotten.copies`: on how many machines and backups one still lies",
          .denominator = "records whose erasure by their owner was acked and stands",
          .sampling = "erasures of the cohort, issued in [warmup, end - settle], looked for at the end",
          .censoring = "none; what a reader or a thief took home is not looked for",
          .source = "the right to erasure: Regulation (EU) 2016/679, article 17",
          .moved_by = "logs that are folded or not, backups, histories that are kept for ever",
          .metrics = {{"forgotten", {{"value", "share"}}}, {"forgotten.copies", {{"mean", "copies"}}}},
          .make = [](std::string_view) -> std::unique_ptr<Measure> { return std::make_unique<Forgotten>(); }};
}

}  // namespace peerlab
