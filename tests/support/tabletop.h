// Some nodes on a table, and a hand that delivers their messages: no fabric, no CPU, no queue but a sorted list.
//
// Every message takes `latency`. The test wins the lottery for a node, cuts and mends links, switches machines off and on, and reads
// what was reported. With private pools every message is really encoded against the sender's pool and decoded against the
// receiver's; in both modes each encoding is as long as declared.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "models/ledger/pool.h"
#include "models/protocols/nakamoto_system.h"

namespace peerlab {

class Table : public Links {
 public:
  struct Options {
    std::uint32_t nodes = 3;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> links;  ///< empty: everybody with everybody
    std::vector<std::pair<std::string, std::string>> set;        ///< fields of the protocol
    std::vector<std::pair<std::string, std::string>> protection;
    bool private_pools = false;
    Duration latency = milliseconds(10);
    std::uint64_t seed = 1;
    bool start = true;  ///< false: the test wraps nodes and calls start()
  };
  struct Told {
    Time at;
    NodeId who;
    Happening what;
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
    seats_.resize(options_.nodes);
    if (options_.links.empty()) {
      for (std::uint32_t a = 0; a < options_.nodes; ++a) {
        for (std::uint32_t b = a + 1; b < options_.nodes; ++b) options_.links.emplace_back(a, b);
      }
    }
    for (const auto& [a, b] : options_.links) open(NodeId(a), NodeId(b));
    for (std::uint32_t n = 0; n < options_.nodes; ++n) seats_[n].node = system_->make_node(home(NodeId(n)));
    if (options_.start) start();
  }

  // --- what the test does --------------------------------------------------------------------------------------------

  void start() {
    for (std::uint32_t n = 0; n < options_.nodes; ++n) {
      if (seats_[n].node == nullptr || seats_[n].absent) continue;
      call(NodeId(n), [&](Node& node, Outbox& out) { node.start(now_, seats_[n].disk, out); });
    }
  }
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
  /// Delivers everything that is due within `span`.
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
  void win(std::uint32_t n) {
    call(NodeId(n), [&](Node& node, Outbox& out) { node.won(now_, out); });
  }
  void submit(std::uint32_t n, const Request& request) {
    call(NodeId(n), [&](Node& node, Outbox& out) { node.submit(now_, request, out); });
  }
  void cut(std::uint32_t a, std::uint32_t b) {
    if (!close(NodeId(a), NodeId(b))) return;
    for (const auto& [x, y] : {std::pair{a, b}, std::pair{b, a}}) {
      if (seats_[x].node == nullptr) continue;
      call(NodeId(x),
           [&, peer = y](Node& node, Outbox& out) { node.disconnected(now_, NodeId(peer), Reason::link_cut, out); });
    }
  }
  void mend(std::uint32_t a, std::uint32_t b) {
    if (place(NodeId(a), NodeId(b)) != no_place) return;
    open(NodeId(a), NodeId(b));
    call(NodeId(a), [&](Node& node, Outbox& out) { node.connected(now_, NodeId(b), false, out); });
    call(NodeId(b), [&](Node& node, Outbox& out) { node.connected(now_, NodeId(a), true, out); });
  }
  /// Power off; `torn`: in the middle of a write.
  void crash(std::uint32_t n, bool torn = false) {
    for (std::uint32_t b = 0; b < options_.nodes; ++b) cut(n, b);
    seats_[n].node.reset();
    torn ? seats_[n].disk.tear() : seats_[n].disk.crash();
    seats_[n].mines = false;
    ++seats_[n].life;
  }
  void wipe(std::uint32_t n) {
    crash(n);
    seats_[n].disk.wipe();
  }
  /// Comes up with what its disk kept, and finds the given peers (all that are up, by default).
  void restart(std::uint32_t n, std::vector<std::uint32_t> peers = {}) {
    seats_[n].absent = false;
    seats_[n].node.reset();
    seats_[n].node = system_->make_node(home(NodeId(n)));
    call(NodeId(n), [&](Node& node, Outbox& out) { node.start(now_, seats_[n].disk, out); });
    for (std::uint32_t b = 0; b < options_.nodes; ++b) {
      const bool wanted = peers.empty() || std::find(peers.begin(), peers.end(), b) != peers.end();
      if (b != n && seats_[b].node != nullptr && wanted) mend(n, b);
    }
  }
  /// Messages for which this says true are lost.
  std::function<bool(NodeId from, NodeId to, const Message&)> loses;

  // --- what the test reads -------------------------------------------------------------------------------------------

  [[nodiscard]] Time now() const { return now_; }
  [[nodiscard]] Node& node(std::uint32_t n) { return *seats_[n].node; }
  [[nodiscard]] const Replica& replica(std::uint32_t n) const {
    return dynamic_cast<const Nakamoto&>(*seats_[n].node).replica();
  }
  [[nodiscard]] BlockPool& pool(std::uint32_t n) { return *pools_[options_.private_pools ? n : 0]; }
  [[nodiscard]] std::uint64_t tip(std::uint32_t n) { return pool(n).headers.name(replica(n).tree.tip()); }
  [[nodiscard]] std::uint32_t height(std::uint32_t n) { return pool(n).headers.height(replica(n).tree.tip()); }
  [[nodiscard]] const std::vector<Told>& told() const { return told_; }
  [[nodiscard]] std::size_t count(HappeningKind kind) const {
    return static_cast<std::size_t>(
        std::count_if(told_.begin(), told_.end(), [&](const Told& t) { return t.what.kind == kind; }));
  }
  [[nodiscard]] std::size_t count(HappeningKind kind, std::uint32_t who) const {
    return static_cast<std::size_t>(std::count_if(
        told_.begin(), told_.end(), [&](const Told& t) { return t.what.kind == kind && t.who == NodeId(who); }));
  }
  [[nodiscard]] std::size_t sent(MessageKind kind) const {
    const auto it = sent_.find(kind);
    return it == sent_.end() ? 0 : it->second;
  }
  [[nodiscard]] bool mining(std::uint32_t n) const { return seats_[n].mines; }
  [[nodiscard]] const Disk& disk(std::uint32_t n) const { return seats_[n].disk; }
  [[nodiscard]] const Work& work(std::uint32_t n) const { return seats_[n].work; }
  [[nodiscard]] Parcels& parcels() { return parcels_; }
  [[nodiscard]] NakamotoSystem& system() { return *system_; }
  [[nodiscard]] Home home(NodeId n) {
    Home h;
    h.self = n;
    h.machine = MachineId(n.value);
    h.random = Stream(options_.seed, purpose("node"), n.value);
    h.pool = &pool(n.value);
    h.parcels = &parcels_;
    h.links = this;
    return h;
  }
  [[nodiscard]] std::span<const NodeId> of(NodeId n) const override { return seats_[n.index()].row; }

 private:
  struct Seat {
    std::unique_ptr<Node> node;
    std::vector<NodeId> row;
    Disk disk;
    Work work;
    std::map<Slot, std::uint64_t> timers;
    std::uint64_t life = 0;
    bool mines = false;
    bool absent = false;
  };

  void open(NodeId a, NodeId b) {
    for (const auto& [x, y] : {std::pair{a, b}, std::pair{b, a}}) {
      std::vector<NodeId>& row = seats_[x.index()].row;
      const auto hole = std::find(row.begin(), row.end(), nobody);
      if (hole == row.end()) {
        row.push_back(y);
      } else {
        *hole = y;
      }
    }
  }
  bool close(NodeId a, NodeId b) {
    bool was = false;
    for (const auto& [x, y] : {std::pair{a, b}, std::pair{b, a}}) {
      for (NodeId& peer : seats_[x.index()].row) {
        if (peer != y) continue;
        peer = nobody;
        was = true;
      }
    }
    return was;
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
        case Wish::Kind::flood: {
          const std::vector<NodeId> row = seat.row;
          for (const NodeId to : row) {
            if (to.valid() && to != w.node) send(n, to, w.message);
          }
          parcels_.drop(w.message);
          break;
        }
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
        case Wish::Kind::mine: seat.mines = true; break;
        case Wish::Kind::idle: seat.mines = false; break;
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

  void send(NodeId from, NodeId to, const Message& message) {
    if (place(from, to) == no_place) return;
    ++sent_[message.kind];
    const MessageKindRow* row = row_of(system_->message_kinds(), message.kind);
    ASSERT_NE(row, nullptr);
    const std::uint32_t size = row->wire_size(message, parcels_, &pool(from.value));
    const std::uint64_t content = row->content(message, parcels_, &pool(from.value));
    if (loses && loses(from, to, message)) return;
    Bytes bytes;
    if (options_.private_pools) {
      bytes = row->encode(message, parcels_, &pool(from.value));
      ASSERT_EQ(bytes.size(), size) << row->name;
    } else {
      parcels_.keep(message);
    }
    at(now_ + options_.latency, [this, from, to, message, content, row, bytes = std::move(bytes)] {
      const bool up = seats_[to.index()].node != nullptr && place(to, from) != no_place;
      Message got = message;
      if (options_.private_pools) {
        if (!up) return;
        const auto read = row->decode(bytes, parcels_, &pool(to.value));
        ASSERT_TRUE(read.has_value()) << row->name;
        got = *read;
        ASSERT_EQ(row->content(got, parcels_, &pool(to.value)), content) << row->name;
      }
      if (up) call(to, [&](Node& node, Outbox& o) { node.receive(now_, from, got, o); });
      parcels_.drop(got);
    });
  }

  Options options_;
  Parcels parcels_;
  std::unique_ptr<NakamotoSystem> system_;
  std::vector<std::unique_ptr<BlockPool>> pools_;
  std::vector<Seat> seats_;
  std::map<std::pair<Time, std::uint64_t>, std::function<void()>> due_;
  std::vector<Told> told_;
  std::map<MessageKind, std::size_t> sent_;
  Time now_ = Time::zero();
  std::uint64_t sequence_ = 0;
};

}  // namespace peerlab
