#include "analysis/measures/agreed_after.h"

#include <algorithm>
#include <array>

#include "analysis/measures/camps.h"
#include "analysis/measures/presence.h"
#include "analysis/measures/telling.h"

namespace peerlab {
namespace {

constexpr std::size_t levels = 2;
constexpr std::array<std::uint32_t, levels> per_cent = {99, 100};
constexpr std::array<std::string_view, levels> stats = {"most", "all"};
constexpr std::uint64_t the_beginning = 0;

// What happened to one line of the timeline.
struct Recovery {
  std::string name;
  bool began = false;
  std::uint64_t heals = 0;
  std::array<double, levels> slowest{};  // seconds
  std::array<bool, levels> censored{};
};

// One heal whose recovery is awaited.
struct Watch {
  std::size_t fault = 0;
  Time heal;
  std::array<bool, levels> done{};
};

class AgreedAfter : public Measure {
 public:
  std::span<const HappeningKind> kinds() const override {
    static constexpr HappeningKind all[] = {happened::tip_moved, happened::machine_down, happened::machine_up,
                                            happened::fault_began, happened::fault_ended};
    return all;
  }
  void begin(const Cast& cast, std::span<const Request>) override {
    keep_ = cast.block_interval.ns > 0 ? std::min(cast.block_interval, minutes(1)) : minutes(1);
    for (const CastFault& fault : cast.faults) recoveries_.emplace_back().name = fault.name;
    presence_.begin(cast);
    stand_.assign(cast.nodes.size(), Camps::none);
    for (std::uint32_t i = 0; i < cast.nodes.size(); ++i) {
      if (presence_.store(NodeId(i))) move(NodeId(i), camps_.of(the_beginning));
    }
    stores_ = presence_.stores_up();
    judge(Time::zero(), camps_.largest());
  }
  void see(const Row& row) override {
    if (!watches_.empty()) settle(row.at);
    if (row.kind == happened::fault_began || row.kind == happened::fault_ended) {
      if (row.subject >= recoveries_.size()) return;
      if (row.kind == happened::fault_began) {
        recoveries_[row.subject].began = true;
      } else {
        ++recoveries_[row.subject].heals;
        watches_.push_back({row.subject, row.at, {}});
      }
      return;
    }
    if (row.kind == happened::tip_moved) {
      if (!presence_.store(row.who) || !presence_.up(row.who)) return;
      const Camps::Camp camp = camps_.of(row.detail);
      move(row.who, camp);
      judge(row.at, camp);
      return;
    }
    if (!presence_.see(row) || !presence_.store(row.who)) return;
    move(row.who, row.kind == happened::machine_up ? camps_.of(the_beginning) : Camps::none);
    judge(row.at, camps_.largest());
  }
  void finish(Time end, const Totals&) override {
    settle(end);
    for (const Watch& watch : watches_) {
      for (std::size_t k = 0; k < levels; ++k) {
        if (!watch.done[k]) note(watch, k, (end - watch.heal).seconds(), true);
      }
    }
    watches_.clear();
  }
  void merge(const Measure& other) override {
    const auto& o = dynamic_cast<const AgreedAfter&>(other);
    for (std::size_t i = 0; i < recoveries_.size(); ++i) {
      recoveries_[i].began |= o.recoveries_[i].began;
      recoveries_[i].heals += o.recoveries_[i].heals;
      for (std::size_t k = 0; k < levels; ++k) {
        recoveries_[i].slowest[k] = std::max(recoveries_[i].slowest[k], o.recoveries_[i].slowest[k]);
        recoveries_[i].censored[k] = recoveries_[i].censored[k] || o.recoveries_[i].censored[k];
      }
    }
  }
  void metrics(MetricSink& sink) const override {
    for (const Recovery& recovery : recoveries_) {
      const std::string name = with_argument("agreed.after", recovery.name);
      for (std::size_t k = 0; k < levels; ++k) {
        if (!recovery.began) {
          sink.metric(absent(name, stats[k], "s", Standing::not_challenged, "the fault did not occur"));
        } else if (stores_ < 2) {
          sink.metric(absent(name, stats[k], "s", Standing::no_sample, "one copy"));
        } else if (recovery.heals == 0) {
          sink.metric(absent(name, stats[k], "s", Standing::no_sample, "not healed before the end"));
        } else {
          Metric m = number(name, stats[k], recovery.slowest[k], "s", recovery.heals);
          m.censored = recovery.censored[k];
          sink.metric(m);
        }
      }
    }
  }

 private:
  void move(NodeId node, Camps::Camp camp) {
    Camps::Camp& now = stand_[node.index()];
    if (now != Camps::none) camps_.leave(now);
    if (camp != Camps::none) camps_.join(camp);
    now = camp;
  }
  // Looks whether a camp holds a level since `at`. More than half can be in one camp only, and a camp can newly hold a level
  // only by growing or by others going off line: `candidate` is the camp that grew, or the largest.
  void judge(Time at, Camps::Camp candidate) {
    for (std::size_t k = 0; k < levels; ++k) {
      if (holding_[k] != Camps::none && !holds(holding_[k], k)) holding_[k] = Camps::none;
      if (holding_[k] == Camps::none && candidate != Camps::none && holds(candidate, k)) {
        holding_[k] = candidate;
        since_[k] = at;
      }
    }
  }
  [[nodiscard]] bool holds(Camps::Camp camp, std::size_t k) const {
    return camps_.nodes() > 0 && std::uint64_t{camps_.size(camp)} * 100 >= per_cent[k] * camps_.nodes();
  }
  // Closes the watches whose state was kept long enough by `now`.
  void settle(Time now) {
    for (Watch& watch : watches_) {
      for (std::size_t k = 0; k < levels; ++k) {
        if (watch.done[k] || holding_[k] == Camps::none) continue;
        const Time from = std::max(since_[k], watch.heal);
        if (now - from < keep_) continue;
        watch.done[k] = true;
        note(watch, k, (from - watch.heal).seconds(), false);
      }
    }
    std::erase_if(watches_, [](const Watch& watch) { return watch.done[0] && watch.done[1]; });
  }
  void note(const Watch& watch, std::size_t k, double waited, bool censored) {
    Recovery& recovery = recoveries_[watch.fault];
    recovery.slowest[k] = std::max(recovery.slowest[k], waited);
    recovery.censored[k] = recovery.censored[k] || censored;
  }

  Duration keep_{};
  std::uint32_t stores_ = 0;
  Presence presence_;
  Camps camps_;
  std::vector<Camps::Camp> stand_;
  std::array<Camps::Camp, levels> holding_ = {Camps::none, Camps::none};
  std::array<Time, levels> since_{};
  std::vector<Watch> watches_;
  std::vector<Recovery> recoveries_;
};

}  // namespace

std::unique_ptr<Measure> make_agreed_after(std::string_view) { return std::make_unique<AgreedAfter>(); }

}  // namespace peerlab
