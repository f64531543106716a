// On how many machines a record really lies, as auditors found it: contents on stores, on line or off; apart those on line, and backups.
#include "analysis/measures/record_audits.h"
#include "analysis/measures/rows.h"
#include "analysis/measures/telling.h"

namespace peerlab {
namespace {

// Counts of copies over all (audit, record), by how many there were.
class Histogram {
 public:
  void add(std::uint32_t copies) {
    if (copies >= by_copies_.size()) by_copies_.resize(copies + 1);
    ++by_copies_[copies];
    ++n_;
    sum_ += copies;
  }
  void merge(const Histogram& other) {
    if (other.by_copies_.size() > by_copies_.size()) by_copies_.resize(other.by_copies_.size());
    for (std::size_t i = 0; i < other.by_copies_.size(); ++i) by_copies_[i] += other.by_copies_[i];
    n_ += other.n_;
    sum_ += other.sum_;
  }
  [[nodiscard]] std::uint64_t n() const { return n_; }
  [[nodiscard]] double mean() const { return static_cast<double>(sum_) / static_cast<double>(n_); }
  // The smallest number of copies that at least `rank` of the sample do not exceed.
  [[nodiscard]] double at_rank(std::uint64_t rank) const {
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < by_copies_.size(); ++i) {
      seen += by_copies_[i];
      if (seen >= rank) return static_cast<double>(i);
    }
    return 0;
  }

 private:
  std::vector<std::uint64_t> by_copies_;
  std::uint64_t n_ = 0;
  std::uint64_t sum_ = 0;
};

class Copies : public RecordAudits {
 public:
  void look(const Audit& audit, const std::vector<std::uint32_t>& live) override {
    for (const std::uint32_t write : live) {
      const Audit::Copies& found = audit.copies[found_as(write, audit)];
      stores_.add(found.stores());
      on_line_.add(found.on_line);
      backups_.add(found.backups);
    }
  }
  void merge(const Measure& other) override {
    const auto& o = dynamic_cast<const Copies&>(other);
    stores_.merge(o.stores_);
    on_line_.merge(o.on_line_);
    backups_.merge(o.backups_);
  }
  void metrics(MetricSink& sink) const override {
    const auto tell = [&](std::string_view metric, std::string_view stat, const Histogram& of, double value,
                          bool headline) {
      if (of.n() == 0) {
        sink.metric(absent(metric, stat, "copies", Standing::no_sample, "no acked record at an audit", headline));
      } else {
        sink.metric(number(metric, stat, value, "copies", of.n(), headline));
      }
    };
    tell("copies", "mean", stores_, stores_.n() > 0 ? stores_.mean() : 0, true);
    tell("copies", "p50", stores_, stores_.at_rank((stores_.n() + 1) / 2), false);
    tell("copies", "min", stores_, stores_.at_rank(1), true);
    tell("copies.on_line", "mean", on_line_, on_line_.n() > 0 ? on_line_.mean() : 0, false);
    tell("copies.on_line", "min", on_line_, on_line_.at_rank(1), false);
    tell("copies.backups", "mean", backups_, backups_.n() > 0 ? backups_.mean() : 0, false);
  }

 private:
  Histogram stores_;
  Histogram on_line_;
  Histogram backups_;
};

}  // namespace

MeasureRow copies_measure() {
  return {
      .name = "copies",
      .sentence = "On how many machines a record really lies.",
      .numerator =
          "stores whose disk or memory holds content that matches the commitment, on the branch the store stands on or "
          "waiting for a block; a machine that is off still has its disk and counts, `copies.on_line` leaves it out; "
          "`copies.backups` counts backups, which are in neither",
      .denominator = "live records: the last acked content of each, unless its owner had it deleted",
      .sampling = "audits: every hour from warmup on, and at the end; all (audit, record) pooled",
      .censoring = "none; headers without their blocks, damaged bytes and attackers' machines are no copies",
      .source = own_definition,
      .moved_by = "number of stores, what each of them keeps, machines that join or lose their disks, replication lag",
      .metrics = {{"copies", {{"mean", "copies"}, {"p50", "copies"}, {"min", "copies"}}},
                  {"copies.on_line", {{"mean", "copies"}, {"min", "copies"}}},
                  {"copies.backups", {{"mean", "copies"}}}},
      .make = [](std::string_view) -> std::unique_ptr<Measure> { return std::make_unique<Copies>(); }};
}

}  // namespace peerlab
