// Agreement and time to agreement against twins that compare everybody with everybody at every row.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "models/base/random.h"
#include "tests/analysis/measures/story.h"

namespace peerlab {
namespace {

// A random story: blocks on random parents, moves to random blocks, machines that go and come, one fault that heals.
struct Told {
  Story story{1};
  double end = 0;
};

Told random_story(std::uint64_t seed) {
  Stream random(seed, purpose("camps test"));
  const auto nodes = static_cast<std::uint32_t>(2 + random.below(6));
  Told told{Story(nodes), 0};
  Story& story = told.story;
  story.cast.faults = {{"f", "partition"}};
  story.cast.warmup = at_second(20);
  for (CastNode& node : story.cast.nodes) node.store = random.chance(0.9);
  std::vector<std::uint64_t> blocks = {0};
  std::vector<bool> up(nodes, true);
  double now = 0;
  for (int step = 0; step < 120; ++step) {
    const std::uint64_t wait = random.below(30);
    now += static_cast<double>(wait);
    const auto who = static_cast<std::uint32_t>(random.below(nodes));
    const std::uint64_t act = random.below(12);
    if (step == 10) story.tell(now, nobody.value, happened::fault_began, 0);
    if (step == 40) story.tell(now, nobody.value, happened::fault_ended, 0);
    if (act == 0) {
      up[who] ? story.down(now, who) : story.up(now, who);
      up[who] = !up[who];
    } else if (!up[who]) {
      continue;
    } else if (act < 3 && blocks.size() < 6) {
      const std::uint64_t parent = blocks[random.below(blocks.size())];
      story.mines(now, who, blocks.size(), parent);
      blocks.push_back(blocks.size());
    } else {
      const std::uint64_t to = blocks[blocks.size() - 1 - random.below(std::min<std::size_t>(blocks.size(), 2))];
      story.moves(now, who, to, to == 0 ? 0 : 1);
    }
  }
  told.end = now + 100;
  return told;
}

// Everything a twin needs: who is on line, on which state, and with which history.
class Twin {
 public:
  using History = std::vector<std::uint64_t>;  // from the beginning, block 0, to the tip

  explicit Twin(const Story& story) : story_(story), seats_(story.cast.nodes.size()) {}
  void see(const Row& row) {
    if (row.kind == happened::block_mined) {
      History& mine = histories_[row.subject];
      mine = history(row.detail);
      mine.push_back(row.subject);
    }
    if (row.kind == happened::machine_down) seats_[row.who.index()].up = false;
    if (row.kind == happened::machine_up) seats_[row.who.index()] = {};
    if (row.kind == happened::tip_moved && seats_[row.who.index()].up) {
      seats_[row.who.index()] = {true, row.detail, history(row.subject)};
    }
  }
  struct Seat {
    bool up = true;
    std::uint64_t state = 0;
    History history = {0};
  };
  [[nodiscard]] std::vector<Seat> stores() const {
    std::vector<Seat> all;
    for (std::size_t i = 0; i < seats_.size(); ++i) {
      if (seats_[i].up && story_.cast.nodes[i].store) all.push_back(seats_[i]);
    }
    return all;
  }

 private:
  [[nodiscard]] History history(std::uint64_t block) const {
    const auto found = histories_.find(block);
    return found == histories_.end() ? History{0} : found->second;
  }
  const Story& story_;
  std::vector<Seat> seats_;
  std::map<std::uint64_t, History> histories_;
};

// Without its last z steps, the longer history begins the shorter one.
bool agree(const Twin::Seat& a, const Twin::Seat& b, std::uint32_t z) {
  if (z == 0) return a.state == b.state;
  const Twin::History& longer = a.history.size() >= b.history.size() ? a.history : b.history;
  const Twin::History& shorter = a.history.size() >= b.history.size() ? b.history : a.history;
  const std::size_t kept = longer.size() > z ? longer.size() - z : 0;
  return kept <= shorter.size() &&
         std::equal(longer.begin(), longer.begin() + static_cast<std::ptrdiff_t>(kept), shorter.begin());
}

double naive_agreement(const Told& told, std::uint32_t depth, double& seconds) {
  Twin twin(told.story);
  double weighted = 0;
  seconds = 0;
  double at = 0;
  const double warmup = told.story.cast.warmup.seconds();
  const auto pass = [&](double to) {
    const double span = to - std::max(at, warmup);
    const std::vector<Twin::Seat> all = twin.stores();
    std::size_t pairs = 0;
    std::size_t equal = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        ++pairs;
        equal += agree(all[i], all[j], depth);
      }
    }
    if (span > 0 && pairs > 0) {
      weighted += span * static_cast<double>(equal) / static_cast<double>(pairs);
      seconds += span;
    }
    at = to;
  };
  for (const Row& row : told.story.rows) {
    pass(row.at.seconds());
    twin.see(row);
  }
  pass(told.end);
  return seconds > 0 ? weighted / seconds : 0;
}

// The first instant at which enough stores share a state and have it in their histories for a whole minute: every state and
// every instant is tried.
double naive_recovery(const Told& told, std::uint32_t per_cent) {
  struct Moment {
    double at;
    std::vector<Twin::Seat> stores;
  };
  std::vector<Moment> moments;
  Twin twin(told.story);
  double heal = -1;
  std::size_t height = 0;
  for (const Row& row : told.story.rows) {
    twin.see(row);
    if (row.kind == happened::fault_ended) {
      heal = row.at.seconds();
      for (const Twin::Seat& s : twin.stores()) height = std::max(height, s.history.size());
    }
    if (heal >= 0) moments.push_back({row.at.seconds(), twin.stores()});
  }
  const auto enough = [&](std::size_t some, const Moment& m) {
    return !m.stores.empty() && some * 100 >= per_cent * m.stores.size();
  };
  const auto with = [](const Moment& m, std::uint64_t block) {
    return static_cast<std::size_t>(std::count_if(m.stores.begin(), m.stores.end(), [&](const Twin::Seat& s) {
      return std::find(s.history.begin(), s.history.end(), block) != s.history.end();
    }));
  };
  for (std::size_t from = 0; from < moments.size(); ++from) {
    for (std::uint64_t block = 0; block < 10; ++block) {
      bool shared = false;  // somebody's history has it high enough, or enough stand on it
      std::size_t standing = 0;
      for (const Twin::Seat& s : moments[from].stores) {
        const auto place = std::find(s.history.begin(), s.history.end(), block);
        shared =
            shared || (place != s.history.end() && static_cast<std::size_t>(place - s.history.begin()) + 1 >= height);
        standing += s.history.back() == block;
      }
      if (!shared && !enough(standing, moments[from])) continue;
      double until = told.end;
      for (std::size_t m = from; m < moments.size(); ++m) {
        if (enough(with(moments[m], block), moments[m])) continue;
        until = moments[m].at;
        break;
      }
      if (until - moments[from].at >= 60 - 1e-6) return moments[from].at - heal;  // instants are rounded here
    }
  }
  return -1;
}

TEST(Agreement, AgreesWithComparingEveryPairAtEveryRow) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const Told told = random_story(seed);
    const MetricList list = told.story.told("agreement", told.end);
    for (const std::uint32_t depth : {0U, 1U, 6U}) {
      double seconds = 0;
      const double expected = naive_agreement(told, depth, seconds);
      const Metric& m = *list.find("agreement(" + std::to_string(depth) + ")", "mean");
      ASSERT_EQ(m.standing == Standing::measured, seconds > 0) << "seed " << seed;
      if (seconds > 0) {
        ASSERT_NEAR(m.value, expected, 1e-9) << "seed " << seed << " depth " << depth;
      }
    }
  }
}

TEST(AgreedAfter, AgreesWithSearchingTheWholeStory) {
  int recovered = 0;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const Told told = random_story(seed);
    int stores = 0;
    for (const CastNode& node : told.story.cast.nodes) stores += node.store;
    if (stores < 2) continue;
    const MetricList list = told.story.told("agreed.after", told.end);
    for (const auto& [stat, per_cent] : {std::pair{"most", 99U}, std::pair{"all", 100U}}) {
      const double expected = naive_recovery(told, per_cent);
      const Metric& m = *list.find("agreed.after(f)", stat);
      ASSERT_EQ(m.censored, expected < 0) << "seed " << seed << " " << stat;
      if (expected >= 0) {
        ASSERT_NEAR(m.value, expected, 1e-9) << "seed " << seed << " " << stat;
        ++recovered;
      }
    }
  }
  EXPECT_GT(recovered, 100) << "the stories must challenge the measure";
}

}  // namespace
}  // namespace peerlab
