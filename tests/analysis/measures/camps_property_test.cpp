// Agreement and time to agreement against twins that compare everybody with everybody at every row.

#include <gtest/gtest.h>

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
      story.moves(now, who, blocks[blocks.size() - 1 - random.below(std::min<std::size_t>(blocks.size(), 2))]);
    }
  }
  told.end = now + 100;
  return told;
}

// Everything a twin needs: who stands where, z blocks below the tip.
class Twin {
 public:
  Twin(const Story& story, std::uint32_t depth) : story_(story), depth_(depth), up_(story.cast.nodes.size(), true) {
    stand_.assign(story.cast.nodes.size(), 0);
  }
  void see(const Row& row) {
    if (row.kind == happened::block_mined) parents_[row.subject] = row.detail;
    if (row.kind == happened::machine_down) up_[row.who.index()] = false;
    if (row.kind == happened::machine_up) {
      up_[row.who.index()] = true;
      stand_[row.who.index()] = 0;
    }
    if (row.kind == happened::tip_moved && up_[row.who.index()]) {
      std::uint64_t block = row.subject;
      for (std::uint32_t z = 0; z < depth_ && parents_.contains(block); ++z) block = parents_[block];
      stand_[row.who.index()] = depth_ == 0 ? row.detail : block;
    }
  }
  [[nodiscard]] std::vector<std::uint64_t> stands() const {
    std::vector<std::uint64_t> all;
    for (std::size_t i = 0; i < stand_.size(); ++i) {
      if (up_[i] && story_.cast.nodes[i].store) all.push_back(stand_[i]);
    }
    return all;
  }

 private:
  const Story& story_;
  std::uint32_t depth_;
  std::vector<bool> up_;
  std::vector<std::uint64_t> stand_;
  std::map<std::uint64_t, std::uint64_t> parents_;
};

double naive_agreement(const Told& told, std::uint32_t depth, double& seconds) {
  Twin twin(told.story, depth);
  double weighted = 0;
  seconds = 0;
  double at = 0;
  const double warmup = told.story.cast.warmup.seconds();
  const auto pass = [&](double to) {
    const double span = to - std::max(at, warmup);
    const std::vector<std::uint64_t> all = twin.stands();
    std::size_t pairs = 0;
    std::size_t equal = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        ++pairs;
        equal += all[i] == all[j];
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

// Share of the largest camp after every row; then a search for the first minute without a break.
double naive_recovery(const Told& told, std::uint32_t per_cent) {
  struct Change {
    double at;
    std::uint64_t camp;  // the camp with the share, or 0: none (digests are never 0 below)
  };
  std::vector<Change> changes;
  Twin twin(told.story, 0);
  double heal = -1;
  const auto camp = [&]() -> std::uint64_t {
    std::map<std::uint64_t, std::size_t> sizes;
    const std::vector<std::uint64_t> all = twin.stands();
    for (const std::uint64_t s : all) ++sizes[s];
    for (const auto& [state, size] : sizes) {
      if (size * 100 >= per_cent * all.size()) return state + 1;
    }
    return 0;
  };
  changes.push_back({0, camp()});
  for (const Row& row : told.story.rows) {
    if (row.kind == happened::fault_ended) heal = row.at.seconds();
    twin.see(row);
    const std::uint64_t now = camp();
    if (now != changes.back().camp) changes.push_back({row.at.seconds(), now});
  }
  for (std::size_t i = 0; i < changes.size(); ++i) {
    if (changes[i].camp == 0) continue;
    const double until = i + 1 < changes.size() ? changes[i + 1].at : told.end;
    const double from = std::max(changes[i].at, heal);
    if (until - from >= 60 - 1e-6) return from - heal;  // instants are rounded here, not in the measure
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
