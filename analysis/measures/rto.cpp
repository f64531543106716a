// For each fault, how long it took until writes were acked again.
#include <algorithm>

#include "analysis/measures/operations.h"
#include "analysis/measures/rows.h"
#include "analysis/measures/telling.h"

namespace peerlab {
namespace {

struct Outage {
  std::string name;
  std::vector<Time> beginnings;
  std::uint64_t asked = 0;  // beginnings after which a write was issued
  double slowest = 0;       // seconds
  bool censored = false;
};

class Rto : public Measure {
 public:
  std::span<const HappeningKind> kinds() const override {
    static constexpr HappeningKind all[] = {happened::operation_acked, happened::machine_down, happened::machine_up,
                                            happened::fault_began};
    return all;
  }
  void begin(const Cast& cast, std::span<const Request> requests) override {
    for (const CastFault& fault : cast.faults) outages_.emplace_back().name = fault.name;
    operations_.begin(cast, requests);
  }
  void see(const Row& row) override {
    if (row.kind != happened::fault_began) return operations_.see(row);
    if (row.subject < outages_.size()) outages_[row.subject].beginnings.push_back(row.at);
  }
  void finish(Time end, const Totals&) override {
    operations_.finish(end);
    const std::span<const Request> requests = operations_.requests();
    // The first ack among all writes from request i on.
    std::vector<Time> first_ack(requests.size() + 1, Time::never());
    std::vector<bool> any_write(requests.size() + 1, false);
    for (std::size_t i = requests.size(); i-- > 0;) {
      const bool counts = operations_.in_cohort(i, Time::zero(), end);
      first_ack[i] = counts ? std::min(first_ack[i + 1], operations_.fates()[i].acked) : first_ack[i + 1];
      any_write[i] = counts || any_write[i + 1];
    }
    for (Outage& outage : outages_) {
      for (const Time began : outage.beginnings) {
        const auto from = std::lower_bound(requests.begin(), requests.end(), began,
                                           [](const Request& r, Time t) { return r.issued < t; });
        const auto i = static_cast<std::size_t>(from - requests.begin());
        if (!any_write[i]) continue;
        ++outage.asked;
        const bool never = first_ack[i] == Time::never();
        outage.censored = outage.censored || never;
        outage.slowest = std::max(outage.slowest, ((never ? end : first_ack[i]) - began).seconds());
      }
    }
  }
  void merge(const Measure& other) override {
    const auto& o = dynamic_cast<const Rto&>(other);
    for (std::size_t i = 0; i < outages_.size(); ++i) {
      Outage& outage = outages_[i];
      outage.beginnings.insert(outage.beginnings.end(), o.outages_[i].beginnings.begin(),
                               o.outages_[i].beginnings.end());
      outage.asked += o.outages_[i].asked;
      outage.slowest = std::max(outage.slowest, o.outages_[i].slowest);
      outage.censored = outage.censored || o.outages_[i].censored;
    }
  }
  void metrics(MetricSink& sink) const override {
    for (const Outage& outage : outages_) {
      const std::string name = with_argument("rto", outage.name);
      if (outage.beginnings.empty()) {
        sink.metric(absent(name, "value", "s", Standing::not_challenged, "the fault did not occur"));
      } else if (outage.asked == 0) {
        sink.metric(absent(name, "value", "s", Standing::no_sample, "nothing was written after it"));
      } else {
        Metric m = number(name, "value", outage.slowest, "s", outage.asked);
        m.censored = outage.censored;
        sink.metric(m);
      }
    }
  }

 private:
  Operations operations_;
  std::vector<Outage> outages_;
};

}  // namespace

MeasureRow rto_measure() {
  return {
      .name = "rto",
      .sentence = "How long after the beginning of a fault the system acks writes again.",
      .numerator =
          "time from the beginning of the fault to the first ack of a write that was issued after it; the usual wait "
          "for an ack is part of it",
      .denominator = "each beginning of the fault; the slowest counts",
      .sampling = "writes of users whose own machine was on",
      .censoring = "no ack before the end prints `> x`; a fault that did not occur prints `not challenged`",
      .source = "recovery time: NIST SP 800-34 rev. 1 (2010)",
      .moved_by = "failover, restore and retry times; block interval and ack rule; how many machines the fault hits",
      .metrics = {{"rto", {{"value", "s"}}, Argument::fault}},
      .make = [](std::string_view) -> std::unique_ptr<Measure> { return std::make_unique<Rto>(); }};
}

}  // namespace peerlab
