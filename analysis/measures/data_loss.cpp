// How long a record lasts until its last copy is destroyed, and how many faults leave some record without a copy on line.
//
// A copy is where a store told that it holds some version of the record, until its disk is wiped. So nothing is audited, and thousands of
// faults in one run cost no more than the machines that they hit.
#include <algorithm>

#include "analysis/measures/operations.h"
#include "analysis/measures/rows.h"
#include "analysis/measures/telling.h"
#include "models/base/lookup.h"

namespace peerlab {
namespace {

/// Follows every copy of every published record: where it lies, when the last one goes, and when none is on line.
class DataLoss : public Measure {
 public:
  std::span<const HappeningKind> kinds() const override {
    static constexpr HappeningKind all[] = {
        happened::operation_accepted, happened::operation_acked, happened::operation_undone, happened::record_held,
        happened::machine_down,       happened::machine_up,      happened::disk_wiped,       happened::fault_began};
    return all;
  }
  void begin(const Cast& cast, std::span<const Request> requests) override {
    warmup_ = cast.warmup;
    settle_ = cast.settle;
    faults_ = cast.faults.size();
    operations_.begin(cast, requests);
    held_.resize(cast.nodes.size());
    record_of_.assign(requests.size(), none);
    Lookup<std::uint64_t, std::uint32_t> known;
    for (std::size_t i = 0; i < requests.size(); ++i) {
      const Request& request = requests[i];
      if (!Operations::writes(request) || request.what == Asked::pay) continue;
      const auto next = static_cast<std::uint32_t>(records_.size());
      record_of_[i] = *known.insert(request.record.packed(), next).first;
      if (record_of_[i] == next) records_.emplace_back();
    }
  }
  void see(const Row& row) override {
    if (row.kind == happened::fault_began) {
      close();
      if (row.subject < faults_) fault_ = {row.at, true, false};
      return;
    }
    if (row.at > fault_.began) close();
    if (row.kind == happened::record_held) return holds(row);
    if (row.kind == happened::disk_wiped) return wiped(row);
    if (Presence::speaks_of(row.kind)) {
      const bool up = operations_.presence().up(row.who);
      operations_.see(row);
      if (up != operations_.presence().up(row.who)) moves(row.who, !up);
      return;
    }
    operations_.see(row);
    if (row.kind != happened::operation_acked || record_at(row.subject) == none) return;
    Record& record = records_[record_at(row.subject)];
    record.acked = record.acked || record.copies > 0;
  }
  void finish(Time end, const Totals&) override {
    close();
    operations_.finish(end);
    const std::span<const Request> requests = operations_.requests();
    for (std::size_t i = 0; i < requests.size(); ++i) {
      if (requests[i].what != Asked::publish || !operations_.in_cohort(i, warmup_, end - settle_)) continue;
      const Record& record = records_[record_of_[i]];
      const Time acked = operations_.fates()[i].acked;
      if (!record.acked || acked == Time::never()) continue;
      const bool gone = record.gone != Time::never();
      ++kept_;
      lost_ += gone ? 1 : 0;
      waited_ += ((gone ? record.gone : end) - acked).seconds();
    }
  }
  void merge(const Measure& other) override {
    const auto& o = dynamic_cast<const DataLoss&>(other);
    kept_ += o.kept_;
    lost_ += o.lost_;
    waited_ += o.waited_;
    hit_ += o.hit_;
    struck_ += o.struck_;
  }
  void metrics(MetricSink& sink) const override {
    if (kept_ == 0) {
      sink.metric(absent("data_loss.after", "mean", "s", Standing::no_sample, "nothing was acked"));
    } else {
      Metric m = number("data_loss.after", "mean", waited_ / static_cast<double>(kept_), "s", kept_);
      m.censored = lost_ < kept_;
      sink.metric(m);
    }
    if (struck_ == 0) {
      sink.metric(absent("data_loss.per_fault", "value", "share", Standing::not_challenged, "no fault occurred"));
    } else {
      sink.metric(share("data_loss.per_fault", "value", hit_, struck_, "no fault occurred"));
    }
  }

 private:
  struct Record {
    std::uint32_t copies = 0;
    std::uint32_t on_line = 0;
    bool acked = false;
    Time gone = Time::never();  ///< when the last copy was destroyed
  };
  struct Fault {
    Time began = Time::never();
    bool open = false;
    bool hit = false;
  };

  static constexpr std::uint32_t none = 0xffffffff;
  [[nodiscard]] std::uint32_t record_at(std::uint64_t request) const {
    return request < record_of_.size() ? record_of_[request] : none;
  }
  void holds(const Row& row) {
    const std::uint32_t which = record_at(row.subject);
    if (which == none || !operations_.presence().store(row.who)) return;
    std::vector<std::uint32_t>& mine = held_[row.who.index()];
    const auto at = std::lower_bound(mine.begin(), mine.end(), which);  // nearly always the end
    if (at != mine.end() && *at == which) return;
    mine.insert(at, which);
    Record& record = records_[which];
    ++record.copies;
    if (operations_.presence().up(row.who)) ++record.on_line;
  }
  void moves(NodeId who, bool up) {
    for (const std::uint32_t which : held_[who.index()]) {
      Record& record = records_[which];
      record.on_line += up ? 1U : ~0U;
      if (record.on_line == 0) misses(record);
    }
  }
  // Told after `machine down`: its copies are off line already.
  void wiped(const Row& row) {
    for (const std::uint32_t which : held_[row.who.index()]) {
      Record& record = records_[which];
      if (--record.copies == 0 && record.acked && record.gone == Time::never()) record.gone = row.at;
    }
    held_[row.who.index()].clear();
  }
  void misses(const Record& record) {
    if (record.acked) fault_.hit = true;
  }
  // A fault strikes at its instant: what happens later is another's doing.
  void close() {
    if (!fault_.open) return;
    if (fault_.began >= warmup_) {
      ++struck_;
      hit_ += fault_.hit ? 1 : 0;
    }
    fault_.open = false;
    fault_.hit = false;
  }

  Time warmup_;
  Duration settle_{};
  std::size_t faults_ = 0;
  Operations operations_;
  std::vector<std::uint32_t> record_of_;  ///< by request: number of the record that it writes, or none
  std::vector<Record> records_;
  std::vector<std::vector<std::uint32_t>> held_;  ///< by node: records, rising
  Fault fault_;
  std::uint64_t kept_ = 0;
  std::uint64_t lost_ = 0;
  double waited_ = 0;
  std::uint64_t struck_ = 0;
  std::uint64_t hit_ = 0;
};

}  // namespace

MeasureRow data_loss_measure() {
  return {.name = "data_loss",
          .sentence =
              "How long a record lasts until its last copy is destroyed, and how many faults leave some record "
              "without a copy on line.",
          .numerator =
              "`data_loss.after`: time from the ack of the publication until no store's disk holds any version; "
              "`data_loss.per_fault`: beginnings of faults at whose instant some acked record had no copy left on line",
          .denominator = "records whose publication was acked; beginnings of faults from warmup on",
          .sampling =
              "publications of the cohort, issued in [warmup, end - settle]; copies as stores tell that they "
              "hold them, until their disk is wiped",
          .censoring =
              "as soon as one record is still there at the end the mean prints `> x`; without a fault the "
              "share prints `not challenged`",
          .source =
              "mean time to data loss: Patterson, Gibson & Katz 1988, SIGMOD; share of faults: Cidon et al. "
              "2013, USENIX ATC",
          .moved_by =
              "number of copies, how soon a lost one is restored, how many machines fail at once, on how many "
              "sets of machines the records lie",
          .metrics = {{"data_loss.after", {{"mean", "s"}}}, {"data_loss.per_fault", {{"value", "share"}}}},
          .make = [](std::string_view) -> std::unique_ptr<Measure> { return std::make_unique<DataLoss>(); }};
}

}  // namespace peerlab
