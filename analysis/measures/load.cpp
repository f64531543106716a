// How much of the work lies on the busiest machine: its share of all requests handled, and of all bytes moved.
//
// A request is handled by the machine that lets it in: the server or the peer that accepts it, and for a read that nobody else was asked
// for, the reader's own. Of all bytes sent, a machine moves those that it sends and those that it receives: where everything
// passes through one machine its share is 100 %. The busiest in requests and the busiest in bytes may be two machines.
#include <algorithm>

#include "analysis/measures/rows.h"
#include "analysis/measures/telling.h"

namespace peerlab {
namespace {

class Load : public Measure {
 public:
  std::span<const HappeningKind> kinds() const override {
    static constexpr HappeningKind all[] = {happened::operation_accepted, happened::read_answered};
    return all;
  }
  void begin(const Cast& cast, std::span<const Request> requests) override {
    for (const CastNode& node : cast.nodes) machine_of_.push_back(node.machine);
    accepted_by_.assign(requests.size(), nobody);
    answered_by_.assign(requests.size(), nobody);
  }
  void see(const Row& row) override {
    std::vector<NodeId>& by = row.kind == happened::operation_accepted ? accepted_by_ : answered_by_;
    if (row.subject < by.size() && !by[row.subject].valid()) by[row.subject] = row.who;
  }
  void finish(Time, const Totals& totals) override {
    std::vector<std::uint64_t> handled(totals.machines.size(), 0);
    for (std::size_t i = 0; i < accepted_by_.size(); ++i) {
      const NodeId by = accepted_by_[i].valid() ? accepted_by_[i] : answered_by_[i];
      if (!by.valid()) continue;
      ++handled[machine_of_[by.index()].index()];
      ++requests_;
    }
    for (const std::uint64_t mine : handled) most_requests_ = std::max(most_requests_, mine);
    for (const MachineTotals& machine : totals.machines) {
      bytes_ += machine.bytes_sent;
      most_bytes_ = std::max(most_bytes_, machine.bytes_sent + machine.bytes_received);
    }
  }
  void merge(const Measure& other) override {
    const auto& o = dynamic_cast<const Load&>(other);
    requests_ += o.requests_;
    most_requests_ += o.most_requests_;
    bytes_ += o.bytes_;
    most_bytes_ += o.most_bytes_;
  }
  void metrics(MetricSink& sink) const override {
    tell(sink, "load.top.requests", most_requests_, requests_, "nothing was asked");
    tell(sink, "load.top.bytes", most_bytes_, bytes_, "nothing was sent");
  }

 private:
  // Of trials that hang together, so that a share of counts with its interval would be wrong: a plain share of each run.
  static void tell(MetricSink& sink, std::string_view metric, std::uint64_t most, std::uint64_t all,
                   std::string_view why_none) {
    if (all == 0) return sink.metric(absent(metric, "value", "share", Standing::no_sample, why_none));
    const double share = static_cast<double>(most) / static_cast<double>(all);
    sink.metric(number(metric, "value", std::min(share, 1.0), "share", all));
  }

  std::vector<MachineId> machine_of_;
  std::vector<NodeId> accepted_by_;  // by request
  std::vector<NodeId> answered_by_;
  std::uint64_t requests_ = 0;
  std::uint64_t most_requests_ = 0;
  std::uint64_t bytes_ = 0;
  std::uint64_t most_bytes_ = 0;
};

}  // namespace

MeasureRow load_measure() {
  return {.name = "load",
          .sentence = "How much of the work lies on the busiest machine.",
          .numerator =
              "`load.top.requests`: requests let in by the machine that let in most, a read from the own copy by the "
              "reader's; `load.top.bytes`: bytes sent or received by the machine that moved most",
          .denominator = "all requests that some machine let in; all bytes sent",
          .sampling = "the whole run, all machines",
          .censoring = "what nobody let in is on no machine",
          .source = own_definition,
          .moved_by =
              "who answers whom: one server has all of it, n equal peers 1/n each; hubs among the peers, light users",
          .metrics = {{"load.top.requests", {{"value", "share"}}}, {"load.top.bytes", {{"value", "share"}}}},
          .make = [](std::string_view) -> std::unique_ptr<Measure> { return std::make_unique<Load>(); }};
}

}  // namespace peerlab
