// A client-server system on a table: servers and clients, a hand that delivers their messages, and disks that can be torn.
//
// Every message takes `latency` and a part of `jitter`. The test asks as users do, cuts links, switches machines off (with or without a torn write), wipes
// disks, and reads what was reported. With `coded` every message is really encoded and decoded on its way; in both modes
// each encoding is as long as declared.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "models/protocols/central_system.h"

namespace peerlab {

class CentralTable : public Links {
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
  struct Told {
    Time at;
    NodeId who;
    Happening what;
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
    seats_.resize(layout.members.size());
    edges_ = layout.edges;
    for (const auto& [a, b] : edges_) open(a, b);
    for (std::uint32_t n = 0; n < seats_.size(); ++n) seats_[n].node = system_->make_node(home(NodeId(n)));
    for (std::uint32_t n = 0; n < seats_.size(); ++n) {
      call(NodeId(n), [&](Node& node, Outbox& out) { node.start(now_, seats_[n].disk, out); });
    }
  }

  // --- what the test does --------------------------------------------------------------------------------------------

  void run(Duration span) {
    const Time end = now_ + span;
    while (!due_.empty() && due_.begin()->first.first <= end) {
      const auto first = due_.begin();
      now_ = first->first.first;
      const std::function<void()> deed = std::move(first->second);
      due_.erase(first);
      deed();
    }
    now_ = end;
  }
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
  void cut(NodeId a, NodeId b) {
    if (!close(a, b)) return;
    for (const auto& [x, y] : {std::pair{a, b}, std::pair{b, a}}) {
      if (seats_[x.index()].node == nullptr) continue;
      call(x, [&, peer = y](Node& node, Outbox& out) { node.disconnected(now_, peer, Reason::link_cut, out); });
    }
  }
  void mend(NodeId a, NodeId b) {
    if (seats_[a.index()].node == nullptr || seats_[b.index()].node == nullptr || place(a, b) != no_place) return;
    open(a, b);
    call(a, [&](Node& node, Outbox& out) { node.connected(now_, b, false, out); });
    call(b, [&](Node& node, Outbox& out) { node.connected(now_, a, true, out); });
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
  /// A power cut; `torn`: in the middle of a write.
  void crash(NodeId n, bool torn = false) {
    for (const auto& [a, b] : edges_) {
      if (a != n && b != n) continue;
      if (!close(a, b)) continue;
      const NodeId other = a == n ? b : a;
      if (seats_[other.index()].node == nullptr) continue;
      call(other, [&](Node& node, Outbox& out) { node.disconnected(now_, n, Reason::peer_down, out); });
    }
    Seat& seat = seats_[n.index()];
    seat.node.reset();
    ++seat.life;
    if (torn) {
      seat.disk.tear();
    } else {
      seat.disk.crash();
    }
  }
  void wipe(NodeId n) {
    if (seats_[n.index()].node != nullptr) crash(n);
    seats_[n.index()].disk.wipe();
  }
  void restart(NodeId n) {
    Seat& seat = seats_[n.index()];
    seat.node = system_->make_node(home(n));
    call(n, [&](Node& node, Outbox& out) { node.start(now_, seat.disk, out); });
    for (const auto& [a, b] : edges_) {
      if (a == n || b == n) mend(a, b);
    }
  }
  /// The disk of server `s` at an instant of the test's choosing: a callback after every handler.
  std::function<void(NodeId)> after_handler;
  /// Messages for which this says true are lost.
  std::function<bool(NodeId from, NodeId to, const Message&)> loses;
  /// Edits a message on its way (shared parcels only).
  std::function<Message(NodeId from, NodeId to, const Message&)> edits;

  // --- what the test reads -------------------------------------------------------------------------------------------

  [[nodiscard]] Time now() const { return now_; }
  [[nodiscard]] NodeId server_id(std::uint32_t s) const { return NodeId(options_.users + s); }
  [[nodiscard]] const CentralServer& server(std::uint32_t s) const {
    return dynamic_cast<const CentralServer&>(*seats_[server_id(s).index()].node);
  }
  [[nodiscard]] const CentralClient& client(std::uint32_t u) const {
    return dynamic_cast<const CentralClient&>(*seats_[u].node);
  }
  [[nodiscard]] bool up(NodeId n) const { return seats_[n.index()].node != nullptr; }
  [[nodiscard]] Disk& disk(NodeId n) { return seats_[n.index()].disk; }
  [[nodiscard]] const Work& work(NodeId n) const { return seats_[n.index()].work; }
  [[nodiscard]] const std::vector<Told>& told() const { return told_; }
  [[nodiscard]] CentralSystem& system() { return *system_; }
  [[nodiscard]] Parcels& parcels() { return parcels_; }
  [[nodiscard]] std::size_t count(HappeningKind kind) const {
    return static_cast<std::size_t>(
        std::count_if(told_.begin(), told_.end(), [&](const Told& t) { return t.what.kind == kind; }));
  }
  /// What was told of operation `number` by a report of that kind; null when nothing was.
  [[nodiscard]] const Told* said(HappeningKind kind, std::uint32_t number) const {
    for (const Told& t : told_) {
      if (t.what.kind == kind && t.what.subject == number) return &t;
    }
    return nullptr;
  }
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
  [[nodiscard]] std::size_t sent(MessageKind kind) const {
    const auto it = sent_.find(kind);
    return it == sent_.end() ? 0 : it->second;
  }
  [[nodiscard]] Home home(NodeId n) {
    Home h;
    h.self = n;
    h.machine = MachineId(n.value);
    h.random = Stream(options_.seed, purpose("node"), n.value);
    h.random.seek(seats_[n.index()].life << 40);
    h.parcels = &parcels_;
    h.links = this;
    return h;
  }
  [[nodiscard]] std::span<const NodeId> of(NodeId n) const override { return seats_[n.index()].row; }
  /// A message from nowhere, delivered at once.
  void deliver(NodeId from, NodeId to, const Message& message) {
    call(to, [&](Node& node, Outbox& out) { node.receive(now_, from, message, out); });
    parcels_.drop(message);
  }

 private:
  struct Seat {
    std::unique_ptr<Node> node;
    std::vector<NodeId> row;
    Disk disk;
    Work work;
    std::map<Slot, std::uint64_t> timers;
    std::uint64_t life = 0;
  };

  void open(NodeId a, NodeId b) {
    seats_[a.index()].row.push_back(b);
    seats_[b.index()].row.push_back(a);
    ++opened_[std::minmax(a, b)];
  }
  bool close(NodeId a, NodeId b) {
    if (std::erase(seats_[a.index()].row, b) == 0) return false;
    std::erase(seats_[b.index()].row, a);
    ++opened_[std::minmax(a, b)];
    return true;
  }
  void at(Time when, std::function<void()> deed) {
    due_.emplace(std::pair{std::max(when, now_), sequence_++}, std::move(deed));
  }
  template <class F>
  void call(NodeId n, F&& handler) {
    Seat& seat = seats_[n.index()];
    ASSERT_NE(seat.node, nullptr);
    Outbox out;
    handler(*seat.node, out);
    carry_out(n, out);
    if (after_handler) after_handler(n);
  }
  void carry_out(NodeId n, Outbox& out) {
    Seat& seat = seats_[n.index()];
    seat.work += out.work;
    for (const Wish& w : out.wishes()) {
      switch (w.kind) {
        case Wish::Kind::send:
          send(n, w.node, w.message);
          parcels_.drop(w.message);
          break;
        case Wish::Kind::flood: FAIL() << "nobody floods here"; break;
        case Wish::Kind::arm: ring(n, w.slot, w.at); break;
        case Wish::Kind::disarm: ++seat.timers[w.slot]; break;
        case Wish::Kind::connect: break;
        case Wish::Kind::disconnect:
          if (close(n, w.node)) {
            at(now_ + options_.latency, [this, n, peer = w.node, why = w.reason] {
              if (seats_[peer.index()].node == nullptr) return;
              call(peer, [&](Node& node, Outbox& o) { node.disconnected(now_, n, why, o); });
            });
          }
          break;
        case Wish::Kind::mine:
        case Wish::Kind::idle: break;
        case Wish::Kind::write: seat.disk.write(out.written(w)); break;
        case Wish::Kind::sync: seat.disk.sync(); break;
        case Wish::Kind::forget: w.slot == 1 ? seat.disk.forget_backup(w.index) : seat.disk.forget(w.index); break;
        case Wish::Kind::report: told_.push_back({now_, n, out.reported(w)}); break;
      }
    }
  }
  void ring(NodeId n, Slot slot, Time when) {
    const std::uint64_t ticket = ++seats_[n.index()].timers[slot];
    const std::uint64_t life = seats_[n.index()].life;
    at(when, [this, n, slot, ticket, life] {
      Seat& seat = seats_[n.index()];
      if (seat.node == nullptr || seat.life != life || seat.timers[slot] != ticket) return;
      call(n, [&](Node& node, Outbox& o) { node.wake(now_, slot, o); });
    });
  }
  void send(NodeId from, NodeId to, const Message& original) {
    if (place(from, to) == no_place) return;
    ++sent_[original.kind];
    if (loses && loses(from, to, original)) return;
    parcels_.keep(original);
    Message message = original;
    if (edits) message = edits(from, to, original);
    const MessageKindRow* row = row_of(system_->message_kinds(), message.kind);
    ASSERT_NE(row, nullptr);
    const std::uint64_t content = row->content(message, parcels_, nullptr);
    const Bytes bytes = options_.coded ? row->encode(message, parcels_, nullptr) : Bytes{};
    if (options_.coded) {
      ASSERT_EQ(bytes.size(), row->wire_size(message, parcels_, nullptr)) << row->name;
    }
    const std::uint64_t link = opened_[std::minmax(from, to)];
    const auto spread = static_cast<std::uint64_t>(options_.jitter.ns) + 1;
    const Duration late{static_cast<std::int64_t>(jitter_.below(spread))};
    at(now_ + options_.latency + late, [this, from, to, message, content, row, bytes, link] {
      const bool arrives = seats_[to.index()].node != nullptr && opened_[std::minmax(from, to)] == link;
      Message got = message;
      if (options_.coded) {
        parcels_.drop(message);
        const auto read = row->decode(bytes, parcels_, nullptr);
        ASSERT_TRUE(read.has_value()) << row->name;
        got = *read;
        ASSERT_EQ(row->content(got, parcels_, nullptr), content) << row->name;
      }
      if (arrives) call(to, [&](Node& node, Outbox& o) { node.receive(now_, from, got, o); });
      parcels_.drop(got);
    });
  }

  Options options_;
  Parcels parcels_;
  std::unique_ptr<CentralSystem> system_;
  std::vector<Seat> seats_;
  std::vector<std::pair<NodeId, NodeId>> edges_;
  std::map<std::pair<NodeId, NodeId>, std::uint64_t> opened_;
  std::map<std::pair<Time, std::uint64_t>, std::function<void()>> due_;
  std::vector<Told> told_;
  std::map<MessageKind, std::size_t> sent_;
  std::uint32_t asked_ = 0;
  Stream jitter_{1, purpose("jitter")};
  Time now_ = Time::zero();
  std::uint64_t sequence_ = 0;
};

}  // namespace peerlab
