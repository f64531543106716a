// What is gone: of the acked records that nobody deleted, those without a copy or without a key at the end.
#include "analysis/measures/live_records.h"
#include "analysis/measures/rows.h"
#include "analysis/measures/telling.h"

namespace peerlab {
namespace {

class Lost : public Measure {
 public:
  std::span<const HappeningKind> kinds() const override {
    static constexpr HappeningKind all[] = {happened::operation_acked, happened::operation_undone,
                                            happened::machine_down,    happened::machine_up,
                                            happened::disk_wiped,      happened::fault_began};
    return all;
  }
  Audits audits() const override { return Audits::by_the_clock; }
  void begin(const Cast& cast, std::span<const Request> requests) override {
    warmup_ = cast.warmup;
    settle_ = cast.settle;
    operations_.begin(cast, requests);
    records_.begin(cast, requests);
    for (const CastNode& node : cast.nodes) challenged_ = challenged_ || node.attacker;
  }
  void see(const Row& row) override {
    const bool threat = row.kind == happened::disk_wiped || row.kind == happened::fault_began;
    const bool undone = row.kind == happened::operation_undone;
    const bool off = row.kind == happened::machine_down && row.at > Time::zero();  // not who joins later
    challenged_ = challenged_ || threat || undone || off;
    if (!threat) operations_.see(row);
  }
  void audited(const Audit& audit) override {
    if (audit.why != Audit::Why::end) return;
    for (const std::uint32_t write : records_.list(operations_.fates(), audit.at, LiveRecords::Acked::ever)) {
      const Time issued = operations_.requests()[write].issued;
      if (issued < warmup_ || issued > audit.at - settle_) continue;
      const std::uint32_t there = records_.found_as(write, audit);
      const Audit::Copies& found = audit.copies[there];
      ++acked_;
      if (!found.anywhere()) {
        ++without_copy_;
      } else if (found.sealed && audit.keys[records_.owner(there).index()] == 0) {
        ++without_key_;
      }
    }
  }
  void finish(Time, const Totals&) override {}
  void merge(const Measure& other) override {
    const auto& o = dynamic_cast<const Lost&>(other);
    acked_ += o.acked_;
    without_copy_ += o.without_copy_;
    without_key_ += o.without_key_;
    challenged_ = challenged_ || o.challenged_;
  }
  void metrics(MetricSink& sink) const override {
    tell(sink, "lost", without_copy_ + without_key_, true);
    tell(sink, "lost.copy", without_copy_, false);
    tell(sink, "lost.key", without_key_, false);
  }

 private:
  void tell(MetricSink& sink, std::string_view metric, std::uint64_t hits, bool headline) const {
    if (!challenged_) {
      sink.metric(
          absent(metric, "value", "share", Standing::not_challenged, "no fault and no reorganisation", headline));
    } else {
      sink.metric(share(metric, "value", hits, acked_, "nothing was acked", headline));
    }
  }
  Time warmup_;
  Duration settle_{};
  Operations operations_;
  LiveRecords records_;
  bool challenged_ = false;
  std::uint64_t acked_ = 0;
  std::uint64_t without_copy_ = 0;
  std::uint64_t without_key_ = 0;
};

}  // namespace

MeasureRow lost_measure() {
  return {.name = "lost",
          .sentence = "The share of acked records that are gone for good at the end, though nobody deleted them.",
          .numerator =
              "`lost.copy`: no disk, memory or backup of any honest machine has the content, machines that are off "
              "included, for their disks can be had again; `lost.key`: the content is there and sealed, and no disk "
              "has its owner's key any more; `lost`: either",
          .denominator = "records with an acked content whose owner did not ask to have them deleted",
          .sampling = "contents of the cohort, issued in [warmup, end - settle], looked for at the end",
          .censoring =
              "without a fault, a machine off, an acked operation undone or an attacker it prints `not challenged`",
          .source = own_definition,
          .moved_by = "wiped disks, number of copies, age of the last backup, replication lag, `protection.key_copies`",
          .metrics = {{"lost", {{"value", "share"}}},
                      {"lost.copy", {{"value", "share"}}},
                      {"lost.key", {{"value", "share"}}}},
          .make = [](std::string_view) -> std::unique_ptr<Measure> { return std::make_unique<Lost>(); }};
}

}  // namespace peerlab
