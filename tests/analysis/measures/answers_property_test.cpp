// What an answer misses, against the stupid way: look at every write of the run for every read.

#include <gtest/gtest.h>

#include <algorithm>

#include "analysis/measures/answers.h"
#include "models/base/random.h"
#include "tests/analysis/measures/story.h"

namespace peerlab {
namespace {

struct Naive {
  const std::vector<Request>& requests;
  const std::vector<Time>& acked;
  [[nodiscard]] bool writes(std::uint64_t i, RecordName record) const {
    if (i >= requests.size()) return false;
    const Asked what = requests[i].what;
    return what != Asked::read && what != Asked::pay && requests[i].record == record;
  }
  [[nodiscard]] std::optional<Duration> missing_for(std::size_t read, std::uint64_t version) const {
    const Request& r = requests[read];
    const bool known = writes(version, r.record);
    std::optional<Duration> oldest;
    for (std::size_t w = 0; w < requests.size(); ++w) {
      if (!writes(w, r.record) || acked[w] == Time::never() || acked[w] > r.issued) continue;
      if (known && w <= version) continue;
      if (known && acked[version] != Time::never() && acked[w] < acked[version]) continue;
      const Duration age = r.issued - acked[w];
      if (!oldest || age > *oldest) oldest = age;
    }
    return oldest;
  }
};

TEST(Answers, MissWhatTheStupidWayFindsMissing) {
  Stream s(1, purpose("test answers"));
  int missing = 0;
  int current = 0;
  for (int round = 0; round < 300; ++round) {
    Story story(2);
    double now = 1;
    const std::uint64_t count = 5 + s.below(30);
    for (std::uint64_t i = 0; i < count; ++i) {
      now += static_cast<double>(s.below(4));
      static constexpr Asked kinds[] = {Asked::publish,  Asked::update, Asked::erase,
                                        Asked::transfer, Asked::pay,    Asked::read};
      const Asked what = s.chance(0.4) ? Asked::read : kinds[s.below(6)];
      story.request(what, 0, now);
      story.requests.back().record = {UserId(0), static_cast<std::uint32_t>(s.below(2))};
    }
    std::vector<Time> acked(count, Time::never());
    std::vector<std::uint64_t> version(count, happened::no_version);
    for (std::uint32_t i = 0; i < count; ++i) {
      const Request& r = story.requests[i];
      const std::uint64_t wait = s.below(20);
      const Time at = r.issued + seconds(static_cast<std::int64_t>(wait));
      if (r.what == Asked::read) {
        if (s.chance(0.9)) version[i] = s.below(count + 2);
        story.rows.push_back({at, NodeId(0), happened::read_answered, 1, i, version[i]});
      } else if (s.chance(0.8)) {
        acked[i] = at;
        story.rows.push_back({at, NodeId(0), happened::operation_acked, 1, i, 0});
      }
    }
    std::stable_sort(story.rows.begin(), story.rows.end(), [](const Row& a, const Row& b) { return a.at < b.at; });
    Answers answers;
    answers.begin(story.cast, story.requests);
    for (const Row& row : story.rows) answers.see(row);
    answers.finish(at_second(now + 100));
    const Naive naive{story.requests, acked};
    for (std::size_t i = 0; i < count; ++i) {
      if (story.requests[i].what != Asked::read) continue;
      const std::optional<Duration> wanted = naive.missing_for(i, version[i]);
      ASSERT_EQ(answers.missing_for(i).has_value(), wanted.has_value()) << "round " << round << ", read " << i;
      if (wanted) {
        EXPECT_EQ(answers.missing_for(i)->ns, wanted->ns);
      }
      ++(wanted ? missing : current);
    }
  }
  EXPECT_GT(missing, 500);
  EXPECT_GT(current, 500);
}

}  // namespace
}  // namespace peerlab
