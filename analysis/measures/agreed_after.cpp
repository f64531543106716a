// Time to agreement after a fault: from its heal until 99 % (and until 100 %) of the on-line stores share a state and keep it for one
// block interval or one minute, whichever is shorter.
//
// They share a state when it is in the histories of that many, and is either where that many stand, or no lower than where the
// highest of them stood at the heal: then nobody lacks what was there when the fault ended. They keep it while it stays in the
// histories of that many: a block or a write on top of it keeps it, a move to a branch without it does not, and a
// machine that comes back without it counts until it has caught up. So a log that grows every second is asked what a chain is
// asked: not to stand still, but not to go back.
//
// A fault that never began was no challenge. One that recurs is judged by its slowest recovery. What is not reached before the
// end is censored: `> x`.
//
// `prevailed.fewer`: whose history was kept after a fault that had parted them.
#include <algorithm>
#include <array>

#include "analysis/measures/history_tree.h"
#include "analysis/measures/presence.h"
#include "analysis/measures/rows.h"
#include "analysis/measures/telling.h"

namespace peerlab {
namespace {

constexpr std::size_t levels = 2;
constexpr std::array<std::uint32_t, levels> per_cent = {99, 100};
constexpr std::array<std::string_view, levels> stats = {"most", "all"};

// What happened to one line of the timeline.
struct Recovery {
  std::string name;
  bool began = false;
  std::uint64_t heals = 0;
  std::array<double, levels> slowest{};  // seconds
  std::array<bool, levels> censored{};
  std::uint64_t contests = 0;  // heals at which there were two histories, one of them that of the most
  std::uint64_t upsets = 0;    // of these: those that the fewer won
};

// The histories on which the most and the second most stood at a heal.
struct Contest {
  std::size_t fault = 0;
  std::uint32_t most = 0;
  std::uint32_t fewer = 0;
};

constexpr HistoryTree::Place nothing = 0xffffffff;

// One heal whose recovery is awaited.
struct Watch {
  std::size_t fault = 0;
  Time heal;
  std::uint32_t height = 0;  // where the highest stood at the heal
  std::array<HistoryTree::Place, levels> shared = {nothing, nothing};
  std::array<Time, levels> since{};
  std::array<bool, levels> done{};
};

// Those that stand on one tip.
struct Camp {
  HistoryTree::Place tip;
  std::uint32_t size;
};

class AgreedAfter : public Measure {
 public:
  std::span<const HappeningKind> kinds() const override {
    static constexpr HappeningKind all[] = {happened::block_mined,  happened::log_grew,   happened::tip_moved,
                                            happened::machine_down, happened::machine_up, happened::fault_began,
                                            happened::fault_ended};
    return all;
  }
  void begin(const Cast& cast, std::span<const Request>) override {
    keep_ = cast.block_interval.ns > 0 ? std::min(cast.block_interval, minutes(1)) : minutes(1);
    for (const CastFault& fault : cast.faults) recoveries_.emplace_back().name = fault.name;
    presence_.begin(cast);
    stand_.assign(cast.nodes.size(), nothing);
    for (std::uint32_t i = 0; i < cast.nodes.size(); ++i) {
      if (presence_.store(NodeId(i))) move(NodeId(i), HistoryTree::beginning);
    }
    stores_ = presence_.stores_up();
  }
  void see(const Row& row) override {
    if (HistoryTree::speaks_of(row.kind)) return tree_.see(row);
    settle(row.at);
    if (row.kind == happened::fault_began || row.kind == happened::fault_ended) {
      if (row.subject >= recoveries_.size()) return;
      if (row.kind == happened::fault_began) {
        recoveries_[row.subject].began = true;
        return;
      }
      ++recoveries_[row.subject].heals;
      Watch& watch = watches_.emplace_back();
      watch.fault = row.subject;
      watch.heal = row.at;
      for (const Camp& camp : camps_) watch.height = std::max(watch.height, tree_.height(camp.tip));
      contend(row.subject);
    } else if (row.kind == happened::tip_moved) {
      if (!presence_.store(row.who) || !presence_.up(row.who)) return;
      move(row.who, tree_.of(row.subject, row.amount));
    } else {
      if (!presence_.see(row) || !presence_.store(row.who)) return;
      move(row.who, row.kind == happened::machine_up ? HistoryTree::beginning : nothing);
    }
    for (Watch& watch : watches_) judge(watch, row.at);
  }
  void finish(Time end, const Totals&) override {
    settle(end);
    for (const Watch& watch : watches_) {
      for (std::size_t k = 0; k < levels; ++k) {
        if (!watch.done[k]) note(watch, k, (end - watch.heal).seconds(), true);
      }
    }
    watches_.clear();
    decide();
  }
  void merge(const Measure& other) override {
    const auto& o = dynamic_cast<const AgreedAfter&>(other);
    for (std::size_t i = 0; i < recoveries_.size(); ++i) {
      recoveries_[i].began |= o.recoveries_[i].began;
      recoveries_[i].heals += o.recoveries_[i].heals;
      recoveries_[i].contests += o.recoveries_[i].contests;
      recoveries_[i].upsets += o.recoveries_[i].upsets;
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
      const std::string fewer = with_argument("prevailed.fewer", recovery.name);
      if (!recovery.began) {
        sink.metric(absent(fewer, "value", "share", Standing::not_challenged, "the fault did not occur", false));
      } else {
        sink.metric(share(fewer, "value", recovery.upsets, recovery.contests, "no two histories at its end", false));
      }
    }
  }

 private:
  // Notes who stood on what when a fault ended.
  void contend(std::size_t fault) {
    if (camps_.size() < 2) return;
    std::vector<Camp> by_size = camps_;
    std::stable_sort(by_size.begin(), by_size.end(), [](const Camp& a, const Camp& b) { return a.size > b.size; });
    if (by_size[0].size == by_size[1].size) return;
    contests_.push_back({fault, by_size[0].tip, by_size[1].tip});
  }
  // A history has won when the one that most stand on at the end goes through it, and not through the other one or through less of it.
  void decide() {
    const auto last =
        std::max_element(camps_.begin(), camps_.end(), [](const Camp& a, const Camp& b) { return a.size < b.size; });
    for (const Contest& contest : contests_) {
      if (last == camps_.end()) return;
      const bool fewer = tree_.includes(last->tip, contest.fewer);
      const bool most = tree_.includes(last->tip, contest.most);
      if (!fewer && !most) continue;  // a third history
      ++recoveries_[contest.fault].contests;
      const bool upset = fewer && (!most || tree_.height(contest.fewer) > tree_.height(contest.most));
      recoveries_[contest.fault].upsets += upset ? 1 : 0;
    }
    contests_.clear();
  }

  void move(NodeId node, HistoryTree::Place tip) {
    HistoryTree::Place& now = stand_[node.index()];
    const auto camp_of = [&](HistoryTree::Place place) {
      return std::find_if(camps_.begin(), camps_.end(), [&](const Camp& c) { return c.tip == place; });
    };
    if (now != nothing) {
      const auto camp = camp_of(now);
      if (--camp->size == 0) camps_.erase(camp);
    }
    if (tip != nothing) {
      const auto camp = camp_of(tip);
      camp == camps_.end() ? camps_.push_back({tip, 1}) : void(++camp->size);
    }
    now = tip;
  }
  [[nodiscard]] bool enough(std::uint64_t stores, std::size_t k) const {
    return presence_.stores_up() > 0 && stores * 100 >= std::uint64_t{per_cent[k]} * presence_.stores_up();
  }
  [[nodiscard]] std::uint64_t having(HistoryTree::Place state) const {
    std::uint64_t stores = 0;
    for (const Camp& camp : camps_) stores += tree_.includes(camp.tip, state) ? camp.size : 0;
    return stores;
  }
  // The lowest state that enough of them share, or nothing. If one above the watch's height is shared, so is the one at that height.
  [[nodiscard]] HistoryTree::Place shared(const Watch& watch, std::size_t k) const {
    for (const Camp& camp : camps_) {
      const bool high = tree_.height(camp.tip) >= watch.height;
      const HistoryTree::Place state = high ? tree_.at_height(camp.tip, watch.height) : camp.tip;
      if (enough(high ? having(state) : camp.size, k)) return state;
    }
    return nothing;
  }
  void judge(Watch& watch, Time at) const {
    for (std::size_t k = 0; k < levels; ++k) {
      if (watch.done[k]) continue;
      if (watch.shared[k] != nothing && enough(having(watch.shared[k]), k)) continue;
      watch.shared[k] = shared(watch, k);
      watch.since[k] = at;
    }
  }
  // Closes the watches whose state was kept long enough by `now`.
  void settle(Time now) {
    for (Watch& watch : watches_) {
      for (std::size_t k = 0; k < levels; ++k) {
        if (watch.done[k] || watch.shared[k] == nothing || now - watch.since[k] < keep_) continue;
        watch.done[k] = true;
        note(watch, k, (watch.since[k] - watch.heal).seconds(), false);
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
  HistoryTree tree_;
  std::vector<Camp> camps_;
  std::vector<HistoryTree::Place> stand_;  // by node
  std::vector<Watch> watches_;
  std::vector<Contest> contests_;
  std::vector<Recovery> recoveries_;
};

}  // namespace

MeasureRow agreed_after_measure() {
  return {
      .name = "agreed.after",
      .sentence = "How long after the end of a fault the machines agree again.",
      .numerator =
          "time from the heal until 99 % (`most`) or 100 % (`all`) of the honest on-line stores share a state and "
          "keep it for one block interval or one minute, whichever is shorter. Shared: in the histories of that "
          "many, and where they stand, or no lower than the highest stood at the heal. Kept: still there, whatever "
          "was built on top. `prevailed.fewer`: ends of the fault after which the history stands, when the run ends, "
          "on which the second most stood and not that of the most",
      .denominator =
          "each end of the fault; the slowest counts; `prevailed.fewer`: ends at which they stood on two "
          "histories or more, the most on one of them",
      .sampling = "every fault of the timeline",
      .censoring = "not reached before the end prints `> x`; a fault that did not occur prints `not challenged`",
      .source = own_definition,
      .moved_by = "length of the fault, block interval, catch-up, failover, sizes of the sides",
      .metrics = {{"agreed.after", {{"most", "s"}, {"all", "s"}}, Argument::fault},
                  {"prevailed.fewer", {{"value", "share"}}, Argument::fault}},
      .make = [](std::string_view) -> std::unique_ptr<Measure> { return std::make_unique<AgreedAfter>(); }};
}

}  // namespace peerlab
