// A client-server system on a table (tests/support/hand.h): servers and clients, and a test that asks as users do.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "models/protocols/central_system.h"
#include "tests/support/hand.h"

namespace peerlab {

class CentralTable : public Hand {
 public:
  struct Options {
    std::uint32_t users = 2;
    std::vector<std::pair<std::string, std::string>> set{};  ///< fields of the protocol
    std::vector<std::pair<std::string, std::string>> protection{};
    bool coded = false;
    Duration latency = milliseconds(10);
    Duration jitter{};  ///< up to so much more, drawn for each message: one may overtake another
    std::uint64_t seed = 1;
  };

  explicit CentralTable(Options options) : options_(std::move(options)) {
    SystemSetup setup;
    setup.seed = options_.seed;
    setup.users = options_.users;
    setup.regions = 6;
    setup.params = Params::defaults(central_fields());
    for (const auto& [name, text] : options_.set) EXPECT_EQ(setup.params.set(name, text), "");
    EXPECT_EQ(check_central(setup.params), "");
    setup.protection = Params::defaults(protection_fields());
    for (const auto& [name, text] : options_.protection) EXPECT_EQ(setup.protection.set(name, text), "");
    system_ = std::make_unique<CentralSystem>(setup);
    const Layout layout = system_->layout();
    lay({.seats = layout.members.size(),
         .coded = options_.coded,
         .latency = options_.latency,
         .jitter = options_.jitter,
         .seed = options_.seed});
    edges_ = layout.edges;
    for (const auto& [a, b] : edges_) open(a, b);
    seat_nodes();
    start_nodes();
  }
  ~CentralTable() override { clear(); }

  // --- what the test does --------------------------------------------------------------------------------------------

  /// The user asks now; returns the number of the operation.
  std::uint32_t ask(Request request) {
    request.number = asked_++;
    request.issued = now_;
    call(NodeId(request.user.value), [&](Node& node, Outbox& out) { node.submit(now_, request, out); });
    return request.number;
  }
  std::uint32_t publish(std::uint32_t user, std::uint32_t ordinal, bool is_private = false, std::uint32_t size = 200) {
    Request r;
    r.what = Asked::publish;
    r.user = UserId(user);
    r.record = {UserId(user), ordinal};
    r.size = size;
    r.is_private = is_private;
    return ask(r);
  }
  std::uint32_t read(std::uint32_t user, RecordName record) {
    Request r;
    r.what = Asked::read;
    r.user = UserId(user);
    r.record = record;
    return ask(r);
  }
  std::uint32_t change(Asked what, std::uint32_t user, RecordName record, std::uint32_t other = 0,
                       bool is_private = false) {
    Request r;
    r.what = what;
    r.user = UserId(user);
    r.other = UserId(other);
    r.record = record;
    r.size = 300;
    r.is_private = is_private;
    return ask(r);
  }
  std::uint32_t pay(std::uint32_t user, std::uint32_t other, std::uint64_t amount) {
    Request r;
    r.what = Asked::pay;
    r.user = UserId(user);
    r.other = UserId(other);
    r.amount = amount;
    return ask(r);
  }
  /// Cuts a server off from everybody, without a power cut.
  void isolate(std::uint32_t server) {
    for (const auto& [a, b] : edges_) {
      if (a == server_id(server) || b == server_id(server)) cut(a, b);
    }
  }
  void reconnect(std::uint32_t server) {
    for (const auto& [a, b] : edges_) {
      if (a == server_id(server) || b == server_id(server)) mend(a, b);
    }
  }
  void restart(NodeId n) {
    come_back(n);
    for (const auto& [a, b] : edges_) {
      if (a == n || b == n) mend(a, b);
    }
  }

  // --- what the test reads -------------------------------------------------------------------------------------------

  [[nodiscard]] NodeId server_id(std::uint32_t s) const { return NodeId(options_.users + s); }
  [[nodiscard]] const CentralServer& server(std::uint32_t s) const {
    return dynamic_cast<const CentralServer&>(*seats_[server_id(s).index()].node);
  }
  [[nodiscard]] const CentralClient& client(std::uint32_t u) const {
    return dynamic_cast<const CentralClient&>(*seats_[u].node);
  }
  [[nodiscard]] CentralSystem& system() { return *system_; }
  [[nodiscard]] bool acked(std::uint32_t number) const { return said(happened::operation_acked, number) != nullptr; }
  /// The verdict of a refusal; ok when it was not refused.
  [[nodiscard]] std::uint64_t refused(std::uint32_t number) const {
    const Told* t = said(happened::operation_refused, number);
    return t == nullptr ? 0 : t->what.detail;
  }
  /// The servers that think they are primary.
  [[nodiscard]] std::vector<std::uint32_t> primaries() const {
    std::vector<std::uint32_t> all;
    for (std::uint32_t s = 0; s + options_.users < seats_.size(); ++s) {
      if (up(server_id(s)) && server(s).group().primary()) all.push_back(s);
    }
    return all;
  }

 private:
  System& nodes_of() override { return *system_; }
  BlockPool* pool_of(NodeId) override { return nullptr; }

  Options options_;
  std::unique_ptr<CentralSystem> system_;
  std::vector<std::pair<NodeId, NodeId>> edges_;
  std::uint32_t asked_ = 0;
};

}  // namespace peerlab
