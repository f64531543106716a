// A ledger's peers on a table (hand.h). The test wins the lottery for a node, cuts and mends links, switches machines off and on, and
// reads what was reported. With private pools every message is really encoded against the sender's pool and decoded against the
// receiver's.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "models/ledger/pool.h"
#include "models/protocols/nakamoto_system.h"
#include "tests/support/hand.h"

namespace peerlab {

class Table : public Hand {
 public:
  struct Options {
    std::uint32_t nodes = 3;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> links;  ///< empty: everybody with everybody
    std::vector<std::pair<std::string, std::string>> set;        ///< fields of the protocol
    std::vector<std::pair<std::string, std::string>> protection;
    bool no_links = false;  ///< none at the start: nodes find them
    bool private_pools = false;
    Duration latency = milliseconds(10);
    std::uint64_t seed = 1;
    bool start = true;  ///< false: the test wraps nodes and calls start()
  };

  explicit Table(Options options) : options_(std::move(options)) {
    SystemSetup setup;
    setup.seed = options_.seed;
    setup.users = options_.nodes;
    setup.params = Params::defaults(nakamoto_fields());
    for (const auto& [name, text] : options_.set) EXPECT_EQ(setup.params.set(name, text), "");
    setup.protection = Params::defaults(protection_fields());
    for (const auto& [name, text] : options_.protection) EXPECT_EQ(setup.protection.set(name, text), "");
    system_ = std::make_unique<NakamotoSystem>(setup);
    const std::uint32_t pools = options_.private_pools ? options_.nodes : 1;
    for (std::uint32_t p = 0; p < pools; ++p) pools_.push_back(system_->make_pool());
    lay({.seats = options_.nodes, .coded = options_.private_pools, .latency = options_.latency, .seed = options_.seed});
    if (options_.links.empty() && !options_.no_links) {
      for (std::uint32_t a = 0; a < options_.nodes; ++a) {
        for (std::uint32_t b = a + 1; b < options_.nodes; ++b) options_.links.emplace_back(a, b);
      }
    }
    for (const auto& [a, b] : options_.links) open(NodeId(a), NodeId(b));
    seat_nodes();
    if (options_.start) start();
  }
  ~Table() override { clear(); }

  // --- what the test does --------------------------------------------------------------------------------------------

  void start() { start_nodes(); }
  /// Puts a wrapper around a node before the start.
  void wrap(std::uint32_t n, const std::function<std::unique_ptr<Node>(std::unique_ptr<Node>, const Home&)>& wrapper) {
    seats_[n].node = wrapper(std::move(seats_[n].node), home(NodeId(n)));
  }
  /// A node that is not there at the start: it joins by restart().
  void keep_away(std::uint32_t n) {
    seats_[n].absent = true;
    seats_[n].node.reset();
    for (std::uint32_t b = 0; b < options_.nodes; ++b) close(NodeId(n), NodeId(b));
  }
  void win(std::uint32_t n) {
    call(NodeId(n), [&](Node& node, Outbox& out) { node.won(now_, out); });
  }
  void submit(std::uint32_t n, const Request& request) {
    call(NodeId(n), [&](Node& node, Outbox& out) { node.submit(now_, request, out); });
  }
  using Hand::crash;
  using Hand::cut;
  using Hand::mend;
  using Hand::wipe;
  void cut(std::uint32_t a, std::uint32_t b) { cut(NodeId(a), NodeId(b)); }
  void mend(std::uint32_t a, std::uint32_t b) { mend(NodeId(a), NodeId(b)); }
  void crash(std::uint32_t n, bool torn = false) { crash(NodeId(n), torn); }
  void wipe(std::uint32_t n) { wipe(NodeId(n)); }
  /// Comes up with what its disk kept, and finds the given peers (all that are up, by default).
  void restart(std::uint32_t n, std::vector<std::uint32_t> peers = {}) {
    come_back(NodeId(n));
    for (std::uint32_t b = 0; b < options_.nodes; ++b) {
      const bool wanted = peers.empty() || std::find(peers.begin(), peers.end(), b) != peers.end();
      if (b != n && wanted) mend(n, b);
    }
  }

  // --- what the test reads -------------------------------------------------------------------------------------------

  [[nodiscard]] Node& node(std::uint32_t n) { return *seats_[n].node; }
  [[nodiscard]] const Replica& replica(std::uint32_t n) const {
    const Node* node = seats_[n].node.get();
    if (const auto* around = dynamic_cast<const PeerDiscovery*>(node)) node = &around->inner();
    return dynamic_cast<const Nakamoto&>(*node).replica();
  }
  [[nodiscard]] BlockPool& pool(std::uint32_t n) { return *pools_[options_.private_pools ? n : 0]; }
  [[nodiscard]] std::uint64_t tip(std::uint32_t n) { return pool(n).headers.name(replica(n).tree.tip()); }
  [[nodiscard]] std::uint32_t height(std::uint32_t n) { return pool(n).headers.height(replica(n).tree.tip()); }
  using Hand::count;
  [[nodiscard]] std::size_t count(HappeningKind kind, std::uint32_t who) const { return count(kind, NodeId(who)); }
  [[nodiscard]] bool mining(std::uint32_t n) const { return seats_[n].mines; }
  using Hand::disk;
  using Hand::work;
  [[nodiscard]] const Disk& disk(std::uint32_t n) const { return seats_[n].disk; }
  [[nodiscard]] const Work& work(std::uint32_t n) const { return seats_[n].work; }
  [[nodiscard]] NakamotoSystem& system() { return *system_; }

 private:
  System& nodes_of() override { return *system_; }
  BlockPool* pool_of(NodeId n) override { return &pool(n.value); }

  Options options_;
  std::unique_ptr<NakamotoSystem> system_;
  std::vector<std::unique_ptr<BlockPool>> pools_;
};

}  // namespace peerlab
