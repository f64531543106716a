// For each fault, how far back the acked writes reach that it destroyed.
//
// Which fault destroyed a write is found by audits: it was still there in the one just before the fault, or was acked after it, and
// no later audit found it.
#include <algorithm>

#include "analysis/measures/live_records.h"
#include "analysis/measures/rows.h"
#include "analysis/measures/telling.h"

namespace peerlab {
namespace {

// One beginning of one fault.
struct Beginning {
  std::size_t fault = 0;
  Time at;
  std::uint32_t after_audit = 0;  // how many audits before faults had been made
};

struct Damage {
  std::string name;
  bool began = false;
  std::uint64_t at_stake = 0;  // acked records before its beginnings
  std::uint64_t lost = 0;
  double oldest = 0;  // seconds
};

class Rpo : public Measure {
 public:
  std::span<const HappeningKind> kinds() const override {
    static constexpr HappeningKind all[] = {happened::operation_acked, happened::operation_undone,
                                            happened::machine_down, happened::machine_up, happened::fault_began};
    return all;
  }
  Audits audits() const override { return Audits::before_faults_too; }
  void begin(const Cast& cast, std::span<const Request> requests) override {
    for (const CastFault& fault : cast.faults) damages_.emplace_back().name = fault.name;
    operations_.begin(cast, requests);
    records_.begin(cast, requests);
    last_found_.assign(requests.size(), 0);
  }
  void see(const Row& row) override {
    if (row.kind != happened::fault_began) return operations_.see(row);
    if (row.subject >= damages_.size()) return;
    beginnings_.push_back({row.subject, row.at, audits_});
    Damage& damage = damages_[row.subject];
    damage.began = true;
    damage.at_stake += records_.list(operations_.fates(), row.at, LiveRecords::Acked::ever).size();
  }
  void audited(const Audit& audit) override {
    if (audit.why == Audit::Why::before_fault) {
      ++audits_;
      for (std::size_t i = 0; i < last_found_.size(); ++i) {
        if (audit.copies[i].anywhere()) last_found_[i] = audits_;
      }
    } else if (audit.why == Audit::Why::end) {
      for (const std::uint32_t write : records_.list(operations_.fates(), audit.at, LiveRecords::Acked::ever)) {
        if (!audit.copies[records_.found_as(write, audit)].anywhere()) blame(write);
      }
    }
  }
  void finish(Time, const Totals&) override {}
  void merge(const Measure& other) override {
    const auto& o = dynamic_cast<const Rpo&>(other);
    for (std::size_t i = 0; i < damages_.size(); ++i) {
      damages_[i].began |= o.damages_[i].began;
      damages_[i].at_stake += o.damages_[i].at_stake;
      damages_[i].lost += o.damages_[i].lost;
      damages_[i].oldest = std::max(damages_[i].oldest, o.damages_[i].oldest);
    }
  }
  void metrics(MetricSink& sink) const override {
    for (const Damage& damage : damages_) {
      const std::string name = with_argument("rpo", damage.name);
      if (!damage.began) {
        sink.metric(absent(name, "value", "s", Standing::not_challenged, "the fault did not occur"));
        sink.metric(absent(name, "writes", "writes", Standing::not_challenged, "the fault did not occur", false));
      } else if (damage.at_stake + damage.lost == 0) {
        sink.metric(absent(name, "value", "s", Standing::no_sample, "nothing was acked before it"));
        sink.metric(absent(name, "writes", "writes", Standing::no_sample, "nothing was acked before it", false));
      } else {
        sink.metric(number(name, "value", damage.oldest, "s", damage.at_stake));
        sink.metric(number(name, "writes", static_cast<double>(damage.lost), "writes", damage.at_stake, false));
      }
    }
  }

 private:
  void blame(std::uint32_t write) {
    const Time acked = operations_.fates()[write].acked;
    std::uint32_t audit = last_found_[write];
    for (const Beginning& b : beginnings_) {
      if (b.at <= acked) audit = std::max(audit, b.after_audit);
    }
    // Faults of one instant share their audit, and the blame. What was gone before the first one has none.
    std::size_t last = damages_.size();
    for (const Beginning& b : beginnings_) {
      const bool before_audits = audit == 0 && b.at > acked;
      if (b.after_audit != audit || before_audits || b.fault == last) continue;
      last = b.fault;
      Damage& damage = damages_[b.fault];
      ++damage.lost;
      if (acked < b.at) damage.oldest = std::max(damage.oldest, (b.at - acked).seconds());
    }
  }

  Operations operations_;
  LiveRecords records_;
  std::vector<Damage> damages_;
  std::vector<Beginning> beginnings_;
  std::uint32_t audits_ = 0;               ///< before faults
  std::vector<std::uint32_t> last_found_;  ///< by write: the last audit before a fault that found it; 0: none did
};

}  // namespace

MeasureRow rpo_measure() {
  return {.name = "rpo",
          .sentence = "How far back the acked writes reach that a fault destroyed.",
          .numerator =
              "time from the ack of the oldest destroyed write to the beginning of the fault, 0 s when it destroyed "
              "none or only later ones; `rpo(...).writes`: how many",
          .denominator = "each beginning of the fault; the worst counts",
          .sampling =
              "acked contents that nobody deleted and no audit finds at the end; a fault is blamed for those that were "
              "there in the audit just before it, or acked after it, and in no audit since",
          .censoring = "a fault that did not occur prints `not challenged`",
          .source = "recovery point: NIST SP 800-34 rev. 1 (2010)",
          .moved_by = "age of the last backup, asynchronous replication, number of copies",
          .metrics = {{"rpo", {{"value", "s"}, {"writes", "writes"}}, Argument::fault}},
          .make = [](std::string_view) -> std::unique_ptr<Measure> { return std::make_unique<Rpo>(); }};
}

}  // namespace peerlab
