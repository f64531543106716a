// Measures over deeds.h: acts, and reads of tampered records.
#include "analysis/measures/deeds.h"
#include "analysis/measures/falling.h"
#include "analysis/measures/rows.h"
#include "analysis/measures/telling.h"

namespace peerlab {
namespace {

class OfDeeds : public Measure {
 public:
  std::span<const HappeningKind> kinds() const override { return Deeds::kinds; }
  Audits audits() const override { return Audits::by_the_clock; }
  void begin(const Cast& cast, std::span<const Request> requests) override { deeds_.begin(cast, requests); }
  void see(const Row& row) override { deeds_.see(row); }
  void audited(const Audit& audit) override {
    if (audit.why == Audit::Why::end) deeds_.audited(audit);
  }

 protected:
  Deeds deeds_;
};

class Acts final : public OfDeeds {
 public:
  void finish(Time, const Totals&) override {
    counts_ = deeds_.counts();
    taken_ = {deeds_.machines(), deeds_.owners(), deeds_.hosts(), deeds_.versions()};
    attacked_ = deeds_.attacked();
    runs_ = 1;
  }
  void merge(const Measure& other) override {
    const auto& o = dynamic_cast<const Acts&>(other);
    for (std::size_t i = 0; i < deed_count; ++i) {
      counts_[i].tried += o.counts_[i].tried;
      counts_[i].done += o.counts_[i].done;
    }
    for (std::size_t c = 0; c < taken_.size(); ++c) taken_[c] += o.taken_[c];
    runs_ += o.runs_;
    attacked_ = attacked_ || o.attacked_;
  }
  void metrics(MetricSink& sink) const override {
    static constexpr std::array<std::string_view, deed_count> names = {"acts.read",  "acts.alter",  "acts.give_away",
                                                                       "acts.erase", "acts.refuse", "acts.roll_back"};
    Deeds::Count all;
    for (const Deeds::Count& count : counts_) {
      all.tried += count.tried;
      all.done += count.done;
    }
    if (all.tried == 0) {
      sink.metric(absent("acts", "value", "share", Standing::not_challenged, "nobody tried"));
    } else {
      sink.metric(share("acts", "value", all.done, all.tried, "nobody tried"));
    }
    for (std::size_t i = 0; i < deed_count; ++i) {
      if (counts_[i].tried == 0) {
        sink.metric(absent(names[i], "value", "share", Standing::not_challenged, "nobody tried", false));
      } else {
        sink.metric(share(names[i], "value", counts_[i].done, counts_[i].tried, "nobody tried"));
      }
    }
    for (std::size_t c = 0; c < currency_names.size(); ++c) {
      static constexpr std::array<std::string_view, 4> budgets = {"acts.machines", "acts.owners", "acts.hosts",
                                                                  "acts.exploits"};
      if (!attacked_) {
        sink.metric(absent(budgets[c], "mean", currency_names[c], Standing::not_challenged, "no attack on machines"));
      } else {
        const double mean = static_cast<double>(taken_[c]) / static_cast<double>(runs_);
        sink.metric(number(budgets[c], "mean", mean, currency_names[c], runs_));
      }
    }
  }

 private:
  std::array<Deeds::Count, deed_count> counts_;
  std::array<std::uint64_t, 4> taken_{};  ///< machines, owners, hosts, versions
  std::uint64_t runs_ = 0;
  bool attacked_ = false;
};

class Altered final : public OfDeeds {
 public:
  void finish(Time, const Totals&) override {
    reads_ = deeds_.reads();
    attacked_ = deeds_.attacked();
  }
  void merge(const Measure& other) override {
    const auto& o = dynamic_cast<const Altered&>(other);
    reads_.all += o.reads_.all;
    reads_.believed += o.reads_.believed;
    reads_.found_out += o.reads_.found_out;
    attacked_ = attacked_ || o.attacked_;
  }
  void metrics(MetricSink& sink) const override {
    tell(sink, "altered.unnoticed", reads_.believed);
    tell(sink, "altered.noticed", reads_.found_out);
  }

 private:
  void tell(MetricSink& sink, std::string_view name, std::uint64_t hits) const {
    if (!attacked_) {
      sink.metric(absent(name, "value", "share", Standing::not_challenged, "no attack on machines", true));
    } else {
      sink.metric(share(name, "value", hits, reads_.all, "nobody read a record that was tampered with"));
    }
  }
  Deeds::Reads reads_;
  bool attacked_ = false;
};

}  // namespace

MeasureRow altered_measure() {
  return {.name = "altered",
          .sentence = "What readers got of records that somebody tampered with, and whether they noticed.",
          .numerator =
              "reads answered with wrong content, or after a roll-back without the last write acked before it, that "
              "the reader accepted (`.unnoticed`); whose answer he rejected because a signature, a commitment or a "
              "proof of the service's audit log is wrong (`.noticed`)",
          .denominator =
              "reads, answered or rejected from then on, of records of which an attacker forged a write or an answer, "
              "or rolled back an acked write",
          .sampling = "the whole run, from the attack on",
          .censoring =
              "without an attack on machines it prints `not challenged`; a reader who gets no answer is not deceived, "
              "only refused",
          .source = own_definition,
          .moved_by =
              "whether owners sign and readers check, whether clients check the service's log, who holds the machine "
              "that answers, who reads from his own copy",
          .metrics = {{"altered.unnoticed", {{"value", "share"}}}, {"altered.noticed", {{"value", "share"}}}},
          .make = [](std::string_view) -> std::unique_ptr<Measure> { return std::make_unique<Altered>(); }};
}

MeasureRow acts_measure() {
  return {.name = "acts",
          .sentence = "What took effect without the owner: read, alter, give away, erase, refuse, roll back.",
          .numerator =
              "`acts`: all of them. Read: private records whose plaintext a thief has. Alter, give away: records of "
              "which some reader accepted a forged content or write. Erase: forged erasures that a store carried out. "
              "Refuse: operations kept back that were never served. Roll back: publications that nobody holds at the "
              "end. `acts.machines`, `.owners`, `.hosts`, `.exploits`: machines taken, and how many owners, hosts and "
              "versions of the software are among them",
          .denominator =
              "read: private records live when the attack began. Alter, give away: forged and read afterwards. Erase: "
              "tried. Refuse: operations that an attacker did not let pass. Roll back: publications acked since the "
              "state that was put back",
          .sampling = "the attacks of the run",
          .censoring = "what nobody tried prints `not challenged`",
          .source = own_definition,
          .moved_by = "the attack and its budget, signatures, encryption, copies",
          .metrics = {{"acts", {{"value", "share"}}},
                      {"acts.read", {{"value", "share"}}},
                      {"acts.alter", {{"value", "share"}}},
                      {"acts.give_away", {{"value", "share"}}},
                      {"acts.erase", {{"value", "share"}}},
                      {"acts.refuse", {{"value", "share"}}},
                      {"acts.roll_back", {{"value", "share"}}},
                      {"acts.machines", {{"mean", "machines"}}},
                      {"acts.owners", {{"mean", "owners"}}},
                      {"acts.hosts", {{"mean", "hosts"}}},
                      {"acts.exploits", {{"mean", "exploits"}}}},
          .make = [](std::string_view) -> std::unique_ptr<Measure> { return std::make_unique<Acts>(); }};
}

}  // namespace peerlab
