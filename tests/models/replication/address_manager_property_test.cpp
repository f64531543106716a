// The address manager against a stupid one that keeps both tables as full rows of places.
#include "models/replication/address_manager.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <vector>

namespace peerlab {
namespace {

class Twin {
 public:
  struct Info {
    NetAddress source;
    Time seen, success, last_attempt, counted;
    int attempts = 0;
    bool tried = false;
  };
  Twin(const AddressManager::Options& options, const AddressManager& places)
      : options_(options),
        places_(places),
        fresh(std::size_t{options.new_buckets} * options.bucket_size),
        tried(std::size_t{options.tried_buckets} * options.bucket_size) {}

  void add(NetAddress a, NetAddress source, Time seen, Time now, Stream& chance) {
    const bool known = infos.contains(a);
    if (!known) infos[a] = {source, seen, {}, {}, {}, 0, false};
    Info& info = infos[a];
    if (known) {
      const bool news = seen > info.seen;
      info.seen = std::max(info.seen, seen);
      if (!news || info.tried || refs(a) == 8) return;
      if (chance.below(std::uint64_t{1} << refs(a)) != 0) return;
    }
    NetAddress& place = fresh[places_.new_place(a, source)];
    if (place == a) return;
    if (place.valid()) {
      const bool yields = terrible(place, now) || (refs(place) > 1 && refs(a) == 0);
      if (!yields) return tidy();
    }
    place = a;
    tidy();
  }
  void good(NetAddress a, Time now) {
    last_good = std::max(last_good, now);
    if (!infos.contains(a)) return;
    Info& info = infos[a];
    info.success = info.last_attempt = std::max(now, Time{1});
    info.seen = std::max(info.seen, now);
    info.attempts = 0;
    if (info.tried) return;
    if (options_.test_before_evict && tried[places_.tried_place(a)].valid()) {
      const bool waits = std::find(waiting.begin(), waiting.end(), a) != waiting.end();
      if (!waits && waiting.size() < 10) waiting.push_back(a);
      return;
    }
    promote(a);
  }
  void attempt(NetAddress a, Time now) {
    if (!infos.contains(a)) return;
    Info& info = infos[a];
    info.last_attempt = std::max(now, Time{1});
    if (info.counted >= last_good) return;
    info.counted = info.last_attempt;
    ++info.attempts;
  }
  void settle(Time now) {
    for (const NetAddress a : std::vector<NetAddress>(waiting)) {
      if (!infos.contains(a)) continue;
      const NetAddress old = tried[places_.tried_place(a)];
      bool promoted = false;
      if (!old.valid()) {
        promoted = true;
      } else {
        const Info& o = infos[old];
        if (o.success > Time::zero() && now - o.success < hours(4)) {
          std::erase(waiting, a);
          continue;
        }
        if (o.last_attempt > Time::zero() && now - o.last_attempt < hours(4)) {
          promoted = now - o.last_attempt > seconds(60);
        } else {
          promoted = now - infos[a].success > minutes(40);
        }
      }
      if (!promoted) continue;
      promote(a);
      std::erase(waiting, a);
    }
  }

  std::map<NetAddress, Info> infos;
  std::vector<NetAddress> waiting;

 private:
  const AddressManager::Options options_;
  const AddressManager& places_;

 public:
  std::vector<NetAddress> fresh, tried;
  Time last_good{1};

 private:
  int refs(NetAddress a) const { return static_cast<int>(std::count(fresh.begin(), fresh.end(), a)); }
  bool terrible(NetAddress a, Time now) const {
    const Info& i = infos.at(a);
    if (i.last_attempt > Time::zero() && now - i.last_attempt <= seconds(60)) return false;
    if (i.seen > now + minutes(10) || now - i.seen > hours(720)) return true;
    if (i.success == Time::zero()) return i.attempts >= 3;
    return now - i.success > hours(168) && i.attempts >= 10;
  }
  void promote(NetAddress a) {
    if (infos[a].tried) return;
    std::replace(fresh.begin(), fresh.end(), a, NetAddress{});
    NetAddress& place = tried[places_.tried_place(a)];
    const NetAddress old = place;
    place = a;
    infos[a].tried = true;
    if (!old.valid()) return;
    infos[old].tried = false;
    fresh[places_.new_place(old, infos[old].source)] = old;
    tidy();
  }
  /// Who stands nowhere is forgotten.
  void tidy() {
    std::erase_if(infos, [&](const auto& row) { return !row.second.tried && refs(row.first) == 0; });
    std::erase_if(waiting, [&](NetAddress a) { return !infos.contains(a); });
  }
};

void compare(const AddressManager& m, const Twin& twin) {
  for (std::uint32_t i = 0; i < twin.fresh.size(); ++i) ASSERT_EQ(m.in_new(i), twin.fresh[i]) << i;
  for (std::uint32_t i = 0; i < twin.tried.size(); ++i) ASSERT_EQ(m.in_tried(i), twin.tried[i]) << i;
  std::vector<NetAddress> all = m.all();
  std::sort(all.begin(), all.end());
  std::vector<NetAddress> expected;
  std::size_t tried = 0;
  for (const auto& [a, info] : twin.infos) {
    expected.push_back(a);
    tried += info.tried ? 1U : 0U;
    ASSERT_EQ(m.tried(a), info.tried);
    ASSERT_EQ(m.last_seen(a), info.seen);
  }
  ASSERT_EQ(all, expected);
  ASSERT_EQ(m.tried_count(), tried);
  ASSERT_EQ(m.new_count(), expected.size() - tried);
  ASSERT_EQ(m.waiting(), twin.waiting.size());
}

TEST(AddressManagerProperty, KeepsTheSameTablesAsRowsOfPlaces) {
  for (std::uint32_t round = 0; round < 24; ++round) {
    Stream draw(round, purpose("address manager property"));
    AddressManager::Options options;
    options.new_buckets = 1 + static_cast<std::uint32_t>(draw.below(6));
    options.tried_buckets = 1 + static_cast<std::uint32_t>(draw.below(4));
    options.bucket_size = 1 + static_cast<std::uint32_t>(draw.below(4));
    options.test_before_evict = draw.below(2) == 0;
    AddressManager m(options, draw.bits());
    Twin twin(options, m);
    Time now = Time::zero() + hours(1);
    const auto any = [&] {
      const auto group = static_cast<std::uint32_t>(draw.below(8));
      const auto host = static_cast<std::uint32_t>(draw.below(6));
      return NetAddress(group << 16 | host);
    };
    for (int step = 0; step < 600; ++step) {
      now = now + seconds(static_cast<std::int64_t>(draw.below(draw.below(20) == 0 ? 400'000 : 2'000)));
      const NetAddress a = any();
      switch (draw.below(6)) {
        case 0:
        case 1: {
          const NetAddress source = any();
          const Time seen = now - seconds(static_cast<std::int64_t>(draw.below(3'000)));
          Stream mine(round, purpose("grant"), static_cast<std::uint32_t>(step));
          Stream his = mine;
          m.add(a, source, seen, now, mine);
          twin.add(a, source, seen, now, his);
          break;
        }
        case 2:
          m.good(a, now);
          twin.good(a, now);
          break;
        case 3:
        case 4:
          m.attempt(a, now);
          twin.attempt(a, now);
          break;
        default:
          m.settle_collisions(now);
          twin.settle(now);
          break;
      }
      compare(m, twin);
      if (testing::Test::HasFatalFailure()) return;
      const bool fresh = draw.below(2) == 0;
      const NetAddress chosen = m.select(now, fresh, draw);
      if (chosen.valid()) {
        ASSERT_TRUE(twin.infos.contains(chosen));
        ASSERT_FALSE(fresh && m.tried(chosen));
      } else {
        ASSERT_TRUE(fresh ? m.new_count() == 0 : m.all().empty());
      }
    }
  }
}

}  // namespace
}  // namespace peerlab
