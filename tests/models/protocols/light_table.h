// A table with light users: full peers linked all with all, light ones to some of them as the system lays it out.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "models/protocols/light_client.h"
#include "models/protocols/light_messages.h"
#include "tests/support/tabletop.h"

namespace peerlab {

/// A node whose outbox is edited: what a lying peer is.
class Edited final : public Node {
 public:
  using Edit = std::function<void(Outbox&)>;
  Edited(std::unique_ptr<Node> inner, Edit edit) : inner_(std::move(inner)), edit_(std::move(edit)) {}
  void start(Time now, const Disk& d, Outbox& out) override { inner_->start(now, d, out), edit_(out); }
  void receive(Time now, NodeId from, const Message& m, Outbox& out) override {
    inner_->receive(now, from, m, out), edit_(out);
  }
  void wake(Time now, Slot slot, Outbox& out) override { inner_->wake(now, slot, out), edit_(out); }
  void submit(Time now, const Request& r, Outbox& out) override { inner_->submit(now, r, out), edit_(out); }
  void connected(Time now, NodeId p, bool in, Outbox& out) override { inner_->connected(now, p, in, out), edit_(out); }
  void disconnected(Time now, NodeId p, Reason why, Outbox& out) override {
    inner_->disconnected(now, p, why, out), edit_(out);
  }
  void won(Time now, Outbox& out) override { inner_->won(now, out), edit_(out); }
  void show(HoldingsSink& sink) const override { inner_->show(sink); }

 private:
  std::unique_ptr<Node> inner_;
  Edit edit_;
};

struct LightTable {
  using Options = Table::Options;

  /// `nodes` users, half of them light.
  static Options half(std::uint32_t nodes, std::vector<std::pair<std::string, std::string>> set = {}) {
    Options o;
    o.nodes = nodes;
    o.set = {{"light", "50 %"}, {"ack", "depth 2"}};
    for (auto& s : set) o.set.push_back(std::move(s));
    return o;
  }

  explicit LightTable(Options options) {
    SystemSetup setup;
    setup.seed = options.seed;
    setup.users = options.nodes;
    setup.params = Params::defaults(nakamoto_fields());
    for (const auto& [name, text] : options.set) EXPECT_EQ(setup.params.set(name, text), "");
    EXPECT_EQ(check_nakamoto(setup.params), "");
    setup.protection = Params::defaults(protection_fields());
    const Layout layout = NakamotoSystem(setup).layout();
    for (std::uint32_t n = 0; n < options.nodes; ++n) {
      (layout.members[n].store ? full : light).push_back(n);
    }
    for (std::size_t a = 0; a < full.size(); ++a) {
      for (std::size_t b = a + 1; b < full.size(); ++b) options.links.emplace_back(full[a], full[b]);
    }
    for (const auto& [a, b] : layout.edges) options.links.emplace_back(a.value, b.value);
    table = std::make_unique<Table>(options);
  }
  Table* operator->() const { return table.get(); }

  /// The full peers of a light user, the one he asks first in front.
  [[nodiscard]] std::vector<std::uint32_t> peers_of(std::uint32_t n) const {
    std::vector<std::uint32_t> all;
    for (const NodeId peer : table->of(NodeId(n))) {
      if (peer.valid()) all.push_back(peer.value);
    }
    return all;
  }
  void mine(std::uint32_t who, int blocks) const {
    for (int i = 0; i < blocks; ++i) {
      table->run(seconds(600));
      table->win(who);
    }
    table->run(seconds(3));
  }
  std::uint32_t ask(Request request) {
    request.number = asked_++;
    request.issued = table->now();
    table->submit(request.user.value, request);
    return request.number;
  }
  std::uint32_t publish(std::uint32_t user, std::uint32_t ordinal, bool is_private = false) {
    Request r;
    r.what = Asked::publish;
    r.user = UserId(user);
    r.record = {UserId(user), ordinal};
    r.size = 500;
    r.is_private = is_private;
    return ask(r);
  }
  std::uint32_t change(Asked what, std::uint32_t user, RecordName record, std::uint32_t other = 0,
                       bool is_private = false) {
    Request r;
    r.what = what;
    r.user = UserId(user);
    r.other = UserId(other);
    r.record = record;
    r.size = 700;
    r.is_private = is_private;
    r.amount = 5000;
    return ask(r);
  }
  /// What was told of an operation, the last time; null: nothing.
  [[nodiscard]] const Table::Told* said(HappeningKind kind, std::uint32_t number) const {
    const Table::Told* last = nullptr;
    for (const Table::Told& t : table->told()) {
      if (t.what.kind == kind && t.what.subject == number) last = &t;
    }
    return last;
  }

  std::vector<std::uint32_t> full;
  std::vector<std::uint32_t> light;
  std::unique_ptr<Table> table;

 private:
  std::uint32_t asked_ = 0;
};

}  // namespace peerlab
