// Machines of a sharded store on a table (tests/support/hand.h), linked as the system says.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "models/protocols/sharded_system.h"
#include "tests/support/hand.h"

namespace peerlab {

class ShardedTable : public Hand {
 public:
  struct Options {
    std::uint32_t users = 9;
    std::vector<std::pair<std::string, std::string>> set{};
    bool coded = false;
  };

  explicit ShardedTable(Options options) : options_(std::move(options)) {
    SystemSetup setup;
    setup.seed = seed;
    setup.users = options_.users;
    setup.regions = 6;
    setup.params = Params::defaults(sharded_store_row().fields());
    for (const auto& [name, text] : options_.set) EXPECT_EQ(setup.params.set(name, text), "");
    setup.protection = Params::defaults(protection_fields());
    system_ = std::make_unique<ShardedSystem>(setup);
    lay({.seats = options_.users, .coded = options_.coded, .latency = milliseconds(10), .jitter = {}, .seed = seed});
    for (const auto& [a, b] : system_->layout().edges) open(a, b);
    seat_nodes();
    start_nodes();
  }
  ~ShardedTable() override { clear(); }

  std::uint32_t ask(Asked what, std::uint32_t user, RecordName record, std::uint32_t other = 0) {
    Request r;
    r.number = asked++;
    r.issued = now_;
    r.what = what;
    r.user = UserId(user);
    r.other = UserId(other);
    r.record = record;
    r.size = 200;
    r.amount = 5;
    r.deadline = minutes(2);
    call(NodeId(user), [&](Node& node, Outbox& out) { node.submit(now_, r, out); });
    return r.number;
  }
  /// Up again with what its disk kept, and linked as before.
  void restart(NodeId n) {
    come_back(n);
    for (const auto& [a, b] : system_->layout().edges) {
      if (a == n || b == n) mend(a, b);
    }
  }
  [[nodiscard]] const Version* at(NodeId n, RecordName record) const {
    return dynamic_cast<const ShardedStore&>(*seats_[n.index()].node).find(record);
  }
  [[nodiscard]] std::vector<NodeId> holding(RecordName record) const {
    std::vector<NodeId> all;
    for (std::uint32_t u = 0; u < options_.users; ++u) {
      if (up(NodeId(u)) && at(NodeId(u), record) != nullptr) all.emplace_back(u);
    }
    return all;
  }
  [[nodiscard]] std::size_t links_of(NodeId n) const {
    std::size_t links = 0;
    for (const NodeId peer : of(n)) links += peer.valid() ? 1 : 0;
    return links;
  }

  static constexpr std::uint64_t seed = 1;
  std::uint32_t asked = 0;

 private:
  System& nodes_of() override { return *system_; }
  BlockPool* pool_of(NodeId) override { return nullptr; }

  Options options_;
  std::unique_ptr<ShardedSystem> system_;
};

}  // namespace peerlab
