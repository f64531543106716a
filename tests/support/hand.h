// Nodes on a table, and a hand that delivers their messages: no fabric, no CPU, no queue but a sorted list.
//
// Every message takes `latency` and a part of `jitter`. What a node asks for is carried out at once. The hand cuts and mends links, switches
// machines off (with or without a torn write) and on, wipes disks, and keeps what was reported. Every message is as long as its kind
// declares; with `coded` it is really encoded by its sender and decoded by its receiver. What seats there are, and who makes their
// nodes, is for the derived tables: tabletop.h for a ledger, central_table.h for a service.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "models/protocols/protocol.h"

namespace peerlab {

class Hand : public Links {
 public:
  struct Told {
    Time at;
    NodeId who;
    Happening what;
  };

  // --- what the test does --------------------------------------------------------------------------------------------

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
  void cut(NodeId a, NodeId b) { hang_up(a, b, Reason::link_cut); }
  void mend(NodeId a, NodeId b) {
    if (!up(a) || !up(b) || place(a, b) != no_place) return;
    open(a, b);
    call(a, [&](Node& node, Outbox& out) { node.connected(now_, b, false, out); });
    call(b, [&](Node& node, Outbox& out) { node.connected(now_, a, true, out); });
  }
  /// A power cut; `torn`: in the middle of a write.
  void crash(NodeId n, bool torn = false) {
    Seat& seat = seats_[n.index()];
    seat.node.reset();
    seat.mines = false;
    ++seat.life;
    torn ? seat.disk.tear() : seat.disk.crash();
    const std::vector<NodeId> row = seat.row;
    for (const NodeId peer : row) {
      if (peer.valid()) hang_up(n, peer, Reason::peer_down);
    }
  }
  void wipe(NodeId n) {
    if (up(n)) crash(n);
    seats_[n.index()].disk.wipe();
  }
  /// A message from nowhere, delivered at once.
  void deliver(NodeId from, NodeId to, const Message& message) {
    call(to, [&](Node& node, Outbox& out) { node.receive(now_, from, message, out); });
    parcels_.drop(message);
  }
  /// Messages for which this says true are lost.
  std::function<bool(NodeId from, NodeId to, const Message&)> loses;
  /// Edits a message on its way (where pools are shared).
  std::function<Message(NodeId from, NodeId to, const Message&)> edits;
  /// Called after every handler, when what it asked for is done.
  std::function<void(NodeId)> after_handler;

  // --- what the test reads -------------------------------------------------------------------------------------------

  [[nodiscard]] Time now() const { return now_; }
  [[nodiscard]] bool up(NodeId n) const { return seats_[n.index()].node != nullptr; }
  [[nodiscard]] const std::vector<Told>& told() const { return told_; }
  [[nodiscard]] std::size_t count(HappeningKind kind) const {
    return static_cast<std::size_t>(
        std::count_if(told_.begin(), told_.end(), [&](const Told& t) { return t.what.kind == kind; }));
  }
  [[nodiscard]] std::size_t count(HappeningKind kind, NodeId who) const {
    return static_cast<std::size_t>(
        std::count_if(told_.begin(), told_.end(), [&](const Told& t) { return t.what.kind == kind && t.who == who; }));
  }
  /// What was told of operation `number` by a report of that kind; null when nothing was.
  [[nodiscard]] const Told* said(HappeningKind kind, std::uint32_t number) const {
    for (const Told& t : told_) {
      if (t.what.kind == kind && t.what.subject == number) return &t;
    }
    return nullptr;
  }
  [[nodiscard]] std::size_t sent(MessageKind kind) const {
    const auto it = sent_.find(kind);
    return it == sent_.end() ? 0 : it->second;
  }
  [[nodiscard]] Disk& disk(NodeId n) { return seats_[n.index()].disk; }
  [[nodiscard]] const Work& work(NodeId n) const { return seats_[n.index()].work; }
  [[nodiscard]] Parcels& parcels() { return parcels_; }
  [[nodiscard]] std::span<const NodeId> of(NodeId n) const override { return seats_[n.index()].row; }
  [[nodiscard]] Home home(NodeId n) {
    Home h;
    h.self = n;
    h.machine = MachineId(n.value);
    h.random = Stream(laid_.seed, purpose("node"), n.value);
    h.random.seek(seats_[n.index()].life << 40);
    h.pool = pool_of(n);
    h.parcels = &parcels_;
    h.links = this;
    return h;
  }

 protected:
  struct Laid {
    std::size_t seats = 0;
    bool coded = false;
    Duration latency = milliseconds(10);
    Duration jitter{};
    std::uint64_t seed = 1;
  };
  struct Seat {
    std::unique_ptr<Node> node;
    std::vector<NodeId> row;
    Disk disk;
    Work work;
    std::map<Slot, std::uint64_t> timers;
    std::uint64_t life = 0;
    bool mines = false;
    bool absent = false;  ///< was never there
  };

  /// What the nodes of this table speak, and the pool that holds a node's blocks, if there is one.
  [[nodiscard]] virtual System& nodes_of() = 0;
  [[nodiscard]] virtual BlockPool* pool_of(NodeId n) = 0;

  void lay(const Laid& laid) {
    laid_ = laid;
    seats_.resize(laid.seats);
  }
  /// Everybody leaves: before the system and the pools of a derived table go.
  void clear() { seats_.clear(); }
  void seat_nodes() {
    for (std::uint32_t n = 0; n < seats_.size(); ++n) seats_[n].node = nodes_of().make_node(home(NodeId(n)));
  }
  void start_nodes() {
    for (std::uint32_t n = 0; n < seats_.size(); ++n) {
      if (!seats_[n].absent) start_node(NodeId(n));
    }
  }
  void start_node(NodeId n) {
    call(n, [&](Node& node, Outbox& out) { node.start(now_, seats_[n.index()].disk, out); });
  }
  /// Up again with what its disk kept; its links are mended by the caller.
  void come_back(NodeId n) {
    Seat& seat = seats_[n.index()];
    seat.absent = false;
    seat.node = nodes_of().make_node(home(n));
    start_node(n);
  }
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
    ++opened_[std::minmax(a, b)];
  }
  bool close(NodeId a, NodeId b) {
    if (place(a, b) == no_place) return false;
    for (const auto& [x, y] : {std::pair{a, b}, std::pair{b, a}}) {
      std::replace(seats_[x.index()].row.begin(), seats_[x.index()].row.end(), y, nobody);
    }
    ++opened_[std::minmax(a, b)];
    return true;
  }
  void at(Time when, std::function<void()> deed) {
    due_.emplace(std::pair{std::max(when, now_), sequence_++}, std::move(deed));
  }
  template <class F>
  void call(NodeId n, F&& handler) {
    ASSERT_TRUE(up(n));
    Outbox out;
    handler(*seats_[n.index()].node, out);
    carry_out(n, out);
    if (after_handler) after_handler(n);
  }

  Parcels parcels_;
  std::vector<Seat> seats_;
  Time now_ = Time::zero();

 private:
  void hang_up(NodeId a, NodeId b, Reason why) {
    if (!close(a, b)) return;
    for (const auto& [x, y] : {std::pair{a, b}, std::pair{b, a}}) {
      if (!up(x)) continue;
      call(x, [&, peer = y](Node& node, Outbox& out) { node.disconnected(now_, peer, why, out); });
    }
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
        case Wish::Kind::connect: at(now_ + laid_.latency, [this, n, peer = w.node] { mend(n, peer); }); break;
        case Wish::Kind::disconnect:
          if (close(n, w.node)) {
            at(now_ + laid_.latency, [this, n, peer = w.node, why = w.reason] {
              if (up(peer)) call(peer, [&](Node& node, Outbox& o) { node.disconnected(now_, n, why, o); });
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
  void send(NodeId from, NodeId to, const Message& original) {
    if (place(from, to) == no_place) return;
    ++sent_[original.kind];
    if (loses && loses(from, to, original)) return;
    const Message message = edits ? edits(from, to, original) : original;
    const MessageKindRow* row = row_of(nodes_of().message_kinds(), message.kind);
    ASSERT_NE(row, nullptr);
    const std::uint64_t content = row->content(message, parcels_, pool_of(from));
    Bytes bytes;
    if (laid_.coded) {
      bytes = row->encode(message, parcels_, pool_of(from));
      ASSERT_EQ(bytes.size(), row->wire_size(message, parcels_, pool_of(from))) << row->name;
    } else {
      parcels_.keep(message);
    }
    const auto spread = static_cast<std::uint64_t>(laid_.jitter.ns) + 1;
    const Duration late{static_cast<std::int64_t>(jitter_.below(spread))};
    const std::uint64_t link = opened_[std::minmax(from, to)];
    at(now_ + laid_.latency + late, [this, from, to, message, content, row, bytes = std::move(bytes), link] {
      const bool arrives = up(to) && opened_[std::minmax(from, to)] == link;
      Message got = message;
      if (laid_.coded) {
        if (!arrives) return;
        const auto read = row->decode(bytes, parcels_, pool_of(to));
        ASSERT_TRUE(read.has_value()) << row->name;
        got = *read;
        ASSERT_EQ(row->content(got, parcels_, pool_of(to)), content) << row->name;
      }
      if (arrives) call(to, [&](Node& node, Outbox& o) { node.receive(now_, from, got, o); });
      parcels_.drop(got);
    });
  }

  Laid laid_;
  std::map<std::pair<NodeId, NodeId>, std::uint64_t> opened_;
  std::map<std::pair<Time, std::uint64_t>, std::function<void()>> due_;
  std::vector<Told> told_;
  std::map<MessageKind, std::size_t> sent_;
  Stream jitter_{1, purpose("jitter")};
  std::uint64_t sequence_ = 0;
};

}  // namespace peerlab
