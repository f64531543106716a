// How peers treat each other, and how those who come back fare.
//
//   peers.banned  how often a peer was cut off for breaking the rules, how many peers that were, and how many of the bans
//                 hit an honest one
//   caught_up     time from a store's joining or coming back until it has caught up with the best header that it knows. Who
//                 goes off again before that is left out; who has not got there at the end counts as +infinity. Returns
//                 in the last `settle` are left out.
#include <limits>

#include "analysis/measures/presence.h"
#include "analysis/measures/rows.h"
#include "analysis/measures/telling.h"
#include "models/base/bits.h"

namespace peerlab {
namespace {

class Peers : public Measure {
 public:
  std::span<const HappeningKind> kinds() const override {
    static constexpr HappeningKind all[] = {happened::peer_banned};
    return all;
  }
  void begin(const Cast& cast, std::span<const Request>) override { cast_ = &cast; }
  void see(const Row& row) override {
    ++bans_;
    if (row.subject >= cast_->nodes.size()) return;
    if (banned_.add(static_cast<std::uint32_t>(row.subject))) ++distinct_;
    if (!cast_->nodes[row.subject].attacker) ++honest_;
  }
  void finish(Time, const Totals&) override {
    cast_ = nullptr;
    banned_.clear();
  }
  void merge(const Measure& other) override {
    const auto& o = dynamic_cast<const Peers&>(other);
    bans_ += o.bans_;
    distinct_ += o.distinct_;
    honest_ += o.honest_;
  }
  void metrics(MetricSink& sink) const override {
    sink.metric(number("peers.banned", "count", static_cast<double>(bans_), "bans", bans_));
    sink.metric(number("peers.banned", "distinct", static_cast<double>(distinct_), "peers", bans_, false));
    sink.metric(number("peers.banned", "honest", static_cast<double>(honest_), "bans", bans_, false));
  }

 private:
  const Cast* cast_ = nullptr;
  Bits banned_;
  std::uint64_t bans_ = 0;
  std::uint64_t distinct_ = 0;
  std::uint64_t honest_ = 0;
};

class CaughtUp : public Measure {
 public:
  std::span<const HappeningKind> kinds() const override {
    static constexpr HappeningKind all[] = {happened::caught_up, happened::machine_down, happened::machine_up};
    return all;
  }
  void begin(const Cast& cast, std::span<const Request>) override {
    settle_ = cast.settle;
    presence_.begin(cast);
    back_since_.assign(cast.nodes.size(), Time::never());
  }
  void see(const Row& row) override {
    Time& since = back_since_[row.who.index()];
    if (Presence::speaks_of(row.kind)) {
      if (!presence_.see(row) || !presence_.store(row.who)) return;
      since = row.kind == happened::machine_up ? row.at : Time::never();
    } else if (since != Time::never()) {
      returns_.push_back({since, (row.at - since).seconds()});
      since = Time::never();
    }
  }
  void finish(Time end, const Totals&) override {
    for (const Time since : back_since_) {
      if (since != Time::never()) returns_.push_back({since, std::numeric_limits<double>::infinity()});
    }
    for (const Return& r : returns_) {
      if (r.since <= end - settle_) waits_.push_back(r.waited);
    }
  }
  void merge(const Measure& other) override {
    const auto& o = dynamic_cast<const CaughtUp&>(other);
    waits_.insert(waits_.end(), o.waits_.begin(), o.waits_.end());
  }
  void metrics(MetricSink& sink) const override {
    if (waits_.empty()) {
      for (const std::string_view stat : {"p50", "p90", "max"}) {
        sink.metric(
            absent("caught_up", stat, "s", Standing::not_challenged, "nobody joined or came back", stat != "p90"));
      }
    } else {
      tell_quantiles(sink, "caught_up", "s", waits_, {{"p50", 0.5}, {"p90", 0.9, false}, {"max", 1.0}}, "");
    }
  }

 private:
  struct Return {
    Time since;
    double waited;
  };
  Duration settle_{};
  Presence presence_;
  std::vector<Time> back_since_;  ///< by node; never: not on the way back
  std::vector<Return> returns_;
  std::vector<double> waits_;
};

}  // namespace

MeasureRow caught_up_measure() {
  return {.name = "caught_up",
          .sentence = "How long a machine that joins or comes back takes until it has caught up.",
          .numerator = "time from the start until it has caught up with the best header that it knows",
          .denominator = "honest stores that joined or came back and stayed on line",
          .sampling = "returns until end - settle",
          .censoring = "not caught up at the end counts as +infinity; nobody came back prints `not challenged`",
          .source = own_definition,
          .moved_by = "length of the chain, bandwidth, CPU prices, number of peers asked",
          .metrics = {{"caught_up", {{"p50", "s"}, {"p90", "s"}, {"max", "s"}}}},
          .make = [](std::string_view) -> std::unique_ptr<Measure> { return std::make_unique<CaughtUp>(); }};
}

MeasureRow peers_measure() {
  return {.name = "peers",
          .sentence = "How often peers were cut off for breaking the rules.",
          .numerator = "bans; peers banned at least once; bans that hit an honest peer",
          .denominator = "none: counts",
          .sampling = "the whole run",
          .censoring = "none",
          .source = own_definition,
          .moved_by = "attackers among the peers, garbage on the links",
          .metrics = {{"peers.banned", {{"count", "bans"}, {"distinct", "peers"}, {"honest", "bans"}}}},
          .make = [](std::string_view) -> std::unique_ptr<Measure> { return std::make_unique<Peers>(); }};
}

}  // namespace peerlab
