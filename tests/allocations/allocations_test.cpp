// Nothing on the way of a message allocates, and a long chain costs a node less than its headers. This program counts
// every call of operator new, and the bytes that are held.
//
// "Steady state" is the second half of a run, after queues, slots and tables have found their sizes. What then remains
// is per block: its body, its places in tables that double, one heap message per body or list that travels; it must vanish
// beside the messages.
#include <gtest/gtest.h>
#include <malloc.h>

#include <cstdlib>
#include <memory>
#include <new>
#include <string>
#include <vector>

#include "sim/run/stage.h"
#include "sim/scenario/read.h"
#include "sim/world/cost_table.h"
#include "sim/world/world.h"

namespace {
std::uint64_t allocations = 0;
std::int64_t held = 0;

void* counted(std::size_t bytes, std::size_t alignment) {
  void* at = alignment == 0 ? std::malloc(bytes)
                            : std::aligned_alloc(alignment, (bytes + alignment - 1) / alignment * alignment);
  if (at == nullptr) throw std::bad_alloc();
  ++allocations;
  held += static_cast<std::int64_t>(::malloc_usable_size(at));
  return at;
}

void given_back(void* at) {
  if (at == nullptr) return;
  held -= static_cast<std::int64_t>(::malloc_usable_size(at));
  std::free(at);
}
}  // namespace

void* operator new(std::size_t bytes) { return counted(bytes, 0); }
void* operator new[](std::size_t bytes) { return counted(bytes, 0); }
void* operator new(std::size_t bytes, std::align_val_t to) { return counted(bytes, static_cast<std::size_t>(to)); }
void* operator new[](std::size_t bytes, std::align_val_t to) { return counted(bytes, static_cast<std::size_t>(to)); }
void operator delete(void* at) noexcept { given_back(at); }
void operator delete[](void* at) noexcept { given_back(at); }
void operator delete(void* at, std::size_t) noexcept { given_back(at); }
void operator delete[](void* at, std::size_t) noexcept { given_back(at); }
void operator delete(void* at, std::align_val_t) noexcept { given_back(at); }
void operator delete[](void* at, std::align_val_t) noexcept { given_back(at); }
void operator delete(void* at, std::size_t, std::align_val_t) noexcept { given_back(at); }
void operator delete[](void* at, std::size_t, std::align_val_t) noexcept { given_back(at); }

namespace peerlab {
namespace {

struct Look {
  std::uint64_t events = 0;
  std::uint64_t allocations = 0;
  std::int64_t held = 0;
};

/// One world, looked at every sixteen thousand events.
std::vector<Look> looks_at(const std::string& text) {
  const ReadResult read = read_scenario_text("schema: 1\nname: counted\nreplications: 1\n" + text, "test.yaml",
                                             standard_schema(cost_fields()));
  EXPECT_TRUE(read.scenario.has_value()) << format_problems(read.problems);
  if (!read.scenario) return {};
  Problems problems;
  const std::unique_ptr<Staged> staged = stage(*read.scenario, read.scenario->systems.front(), 1, RunModes{}, problems);
  EXPECT_TRUE(problems.empty()) << format_problems(problems);
  std::vector<Look> looks;
  looks.reserve(1 << 16);
  staged->built->plan.keep_going = [&looks](Time, std::uint64_t events) {
    looks.push_back({events, allocations, held});
    return true;
  };
  World world(std::move(staged->built->plan));
  (void)world.run();
  return looks;
}

// An event is a message that arrives; in these short chains the doubling of tables alone makes one call in 60 to 90 events.
constexpr double most_per_event = 0.03;

double per_event(const std::vector<Look>& looks) {
  const Look& from = looks[looks.size() / 2];
  const Look& to = looks.back();
  return static_cast<double>(to.allocations - from.allocations) / static_cast<double>(to.events - from.events);
}

TEST(Allocations, ThisProgramCountsThem) {
  const std::uint64_t before = allocations;
  const auto one = std::make_unique<std::vector<int>>(100);
  EXPECT_EQ(allocations, before + 2);
  EXPECT_GT(held, 0);
}

TEST(Allocations, AFloodAllocatesNothingForAMessage) {
  const std::vector<Look> looks = looks_at(
      "network: {preset: uniform, users: 500, degree: 8, latency: uniform 10 ms..90 ms}\n"
      "systems: {p2p: {protocol: nakamoto, relay: push, compact: \"off\", announce: all, coins_per_user: 0}}\n"
      "cpu: {price: free}\nduration: 48 h\nsettle: 1 min\nstop: {blocks: 200}\nmeasure: [propagation, messages]\n");
  ASSERT_GT(looks.size(), 20U);
  EXPECT_LT(per_event(looks), most_per_event);
}

TEST(Allocations, InventoriesAndRequestsAllocateNothing) {
  const std::vector<Look> looks = looks_at(
      "network: {preset: simblock-2019, users: 500}\n"
      "systems: {p2p: {protocol: nakamoto, compact: modelled, announce: all, body_size: 535 kB, coins_per_user: 0}}\n"
      "cpu: {price: free}\nduration: 48 h\nsettle: 1 min\nstop: {blocks: 100}\nmeasure: [propagation, messages]\n");
  ASSERT_GT(looks.size(), 20U);
  EXPECT_LT(per_event(looks), most_per_event);
}

TEST(Allocations, PricedCPUsAllocateNothingMore) {
  const std::vector<Look> looks = looks_at(
      "network: {users: 200}\nsystems: {p2p: {protocol: nakamoto, compact: modelled, coins_per_user: 0}}\n"
      "duration: 72 h\nsettle: 1 min\nstop: {blocks: 300}\nmeasure: [propagation, messages]\n");
  ASSERT_GT(looks.size(), 20U);
  EXPECT_LT(per_event(looks), most_per_event);
}

// 80 bytes is what a header takes; trees, sets and disks of a node may not take more for each block than that.
TEST(Allocations, ALongChainCostsANodeLessThanItsHeaders) {
  const auto grown = [](int users) {
    const std::vector<Look> looks = looks_at(
        "network: {preset: uniform, topology: full, users: " + std::to_string(users) +
        "}\n"
        "systems: {p2p: {protocol: nakamoto, block_interval: 10 s, compact: \"off\", relay: push, coins_per_user: 0}}\n"
        "cpu: {price: free}\nduration: 2 d\nsettle: 1 min\nstop: {blocks: 6000}\nmeasure: [messages]\n");
    EXPECT_GT(looks.size(), 4U);
    return static_cast<double>(looks.back().held - looks.front().held);
  };
  const double per_node_and_block = (grown(32) - grown(12)) / 20 / 6000;
  EXPECT_LT(per_node_and_block, 80);
  EXPECT_GT(per_node_and_block, 0);
}

}  // namespace
}  // namespace peerlab
