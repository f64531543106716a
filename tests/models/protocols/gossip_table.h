// Peers of a gossip-replicated store on a table (tests/support/hand.h), linked in a ring or as the test says.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "models/protocols/gossip_store.h"
#include "models/protocols/gossip_system.h"
#include "tests/support/hand.h"

namespace peerlab {

class GossipTable : public Hand {
 public:
  struct Options {
    std::uint32_t users = 4;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> links{};  ///< none: everybody with everybody
    std::vector<std::pair<std::string, std::string>> set{};
    std::vector<std::pair<std::string, std::string>> protection{};
    bool coded = false;
  };

  explicit GossipTable(Options options) : options_(std::move(options)) {
    SystemSetup setup;
    setup.seed = seed;
    setup.users = options_.users;
    setup.regions = 6;
    setup.params = Params::defaults(gossip_fields());
    for (const auto& [name, text] : options_.set) EXPECT_EQ(setup.params.set(name, text), "");
    setup.protection = Params::defaults(protection_fields());
    for (const auto& [name, text] : options_.protection) EXPECT_EQ(setup.protection.set(name, text), "");
    system_ = std::make_unique<GossipSystem>(setup);
    lay({.seats = options_.users, .coded = options_.coded, .latency = milliseconds(10), .jitter = {}, .seed = seed});
    if (options_.links.empty()) {
      for (std::uint32_t a = 0; a < options_.users; ++a) {
        for (std::uint32_t b = 0; b < a; ++b) options_.links.emplace_back(b, a);
      }
    }
    for (const auto& [a, b] : options_.links) open(NodeId(a), NodeId(b));
    seat_nodes();
    start_nodes();
  }
  ~GossipTable() override { clear(); }

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
    call(NodeId(user), [&](Node& node, Outbox& out) { node.submit(now_, r, out); });
    return r.number;
  }
  void part(const std::vector<std::uint32_t>& side) {
    for (const auto& [a, b] : options_.links) {
      if (in(side, a) != in(side, b)) cut(NodeId(a), NodeId(b));
    }
  }
  void heal() {
    for (const auto& [a, b] : options_.links) mend(NodeId(a), NodeId(b));
  }
  void restart(std::uint32_t user) {
    come_back(NodeId(user));
    heal();
  }

  [[nodiscard]] const Version* at(std::uint32_t user, RecordName record) const {
    return dynamic_cast<const GossipStore&>(*seats_[user].node).find(record);
  }
  [[nodiscard]] const Node& node(std::uint32_t user) const { return *seats_[user].node; }
  [[nodiscard]] System& system() { return *system_; }
  [[nodiscard]] bool everywhere(RecordName record, std::uint64_t stamp) const {
    for (std::uint32_t u = 0; u < options_.users; ++u) {
      const Version* there = at(u, record);
      if (there == nullptr || there->stamp() != stamp) return false;
    }
    return true;
  }

  static constexpr std::uint64_t seed = 1;
  std::uint32_t asked = 0;

 private:
  static bool in(const std::vector<std::uint32_t>& side, std::uint32_t user) {
    return std::find(side.begin(), side.end(), user) != side.end();
  }
  System& nodes_of() override { return *system_; }
  BlockPool* pool_of(NodeId) override { return nullptr; }

  Options options_;
  std::unique_ptr<GossipSystem> system_;
};

}  // namespace peerlab
