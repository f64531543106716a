// What outboxes ask: sending, timers, links, mining, disk, reports.
#include <bit>

#include "analysis/observation/message_rows.h"
#include "models/base/check.h"
#include "sim/world/world.h"

namespace peerlab {

void World::carry_out(NodeId id, Outbox& out) {
  Host& host = hosts_[machine(id).index()];
  for (const Wish& wish : out.wishes()) {
    switch (wish.kind) {
      case Wish::Kind::send: send_to(id, wish.node, wish.message); break;
      case Wish::Kind::flood: flood_from(id, wish.node, wish.message); break;
      case Wish::Kind::arm: arm(id, wish.slot, wish.at); break;
      case Wish::Kind::disarm: disarm(id, wish.slot); break;
      case Wish::Kind::connect: {
        // The request travels like any small message; the link opens when it gets there.
        constexpr std::uint32_t request_bytes = 64;
        const Passage passage = fabric_.depart(machine(id), machine(wish.node), request_bytes, false, now_);
        if (passage.passed()) note(wish.node, id, {Note::What::link_open, 0, 0, 0}, passage.at, id);
        break;
      }
      case Wish::Kind::disconnect: hang_up(id, wish.node, wish.reason); break;
      case Wish::Kind::mine: lottery_.mine(now_, id, wish.hashes); break;
      case Wish::Kind::idle: lottery_.idle(now_, id); break;
      case Wish::Kind::write: host.disk.write(out.written(wish)); break;
      case Wish::Kind::sync: host.disk.sync(); break;
      case Wish::Kind::forget:
        wish.slot == 1 ? host.disk.forget_backup(wish.index) : host.disk.forget(wish.index);
        break;
      case Wish::Kind::report: {
        const Happening& what = out.reported(wish);
        if (what.kind == happened::block_mined) {
          ++blocks_mined_;
          if (blocks_mined_ == plan_.stop_blocks && now_ + plan_.settle < end_) end_ = now_ + plan_.settle;
        }
        tell(id, what);
        break;
      }
    }
  }
  schedule_lottery();
}

const World::Told& World::look_up(const Message& message) const {
  Told& told = told_[message.kind];
  const BlockPool* pool = pools_.empty() ? nullptr : pools_[0].get();
  const MessageKindRow& kind = row(message.kind);
  told = {message.ref, message.extra, true, kind.wire_size(message, parcels_, pool),
          kind.content(message, parcels_, pool)};
  return told;
}

std::uint32_t World::wire_size_of_parcel(const Message& message) const {
  if (plan_.private_pools) return parcels_.at(message).wire_size;
  return row(message.kind).wire_size(message, parcels_, pools_.empty() ? nullptr : pools_[0].get());
}

void World::send_to(NodeId from, NodeId to, const Message& message) {
  const Message sent = outgoing(from, message);
  if (linked(from, to)) {
    const NodeId receivers[] = {to};
    transmit(from, receivers, nobody, sent);
  } else {
    ++hosts_[machine(from).index()].change_story().lost;
    if (tells_messages_) tell_unsent(from, to, sent);
  }
  parcels_.drop(sent);
}

void World::flood_from(NodeId from, NodeId except, const Message& message) {
  const Message sent = outgoing(from, message);
  transmit(from, links_.of(from), except, sent);
  parcels_.drop(sent);
}

void World::transmit(NodeId from, std::span<const NodeId> receivers, NodeId except, const Message& message) {
  const std::uint32_t bytes = wire_size(message);
  const auto payload = std::bit_cast<std::uint64_t>(message);
  Fabric::Departure departure = fabric_.departure(machine(from), bytes, row(message.kind).bulk, now_);
  for (const NodeId to : receivers) {
    if (to.valid()) fabric_.prefetch_sending(machine(to));
  }
  std::uint64_t& sequence = stations_[from.index()].hosted.sequence;
  std::uint64_t key = event_key(EventClass::arrival, from.value, sequence);
  const std::uint64_t first_key = key;
  std::uint32_t sent = 0;
  for (const NodeId to : receivers) {
    if (!to.valid() || to == except) continue;
    ++sent;
    const Passage passage = departure.to(machine(to));
    if (!passage.passed()) [[unlikely]] {
      if (tells_messages_) tell_unsent(from, to, message);
      continue;
    }
    const std::uint64_t its_key = key++;
    if (tells_messages_) [[unlikely]]
      tell_message(happened::message_sent, {passage.at, its_key, to, from, payload});
    queue_.push({passage.at, its_key, to, from, payload});
  }
  const auto passed = static_cast<std::uint32_t>(key - first_key);
  sequence += passed;
  CHECK(sequence < std::uint64_t{1} << sequence_bits);  // before the next message takes a key that is another's
  KindCount& count = sent_[message.kind];
  count.messages += sent;
  count.bytes += std::uint64_t{sent} * bytes;
  parcels_.keep(message, passed);
}

void World::arm(NodeId id, Slot slot, Time at) {
  CHECK(slot < armed_.size());
  std::vector<std::uint32_t>& column = armed_[slot];
  if (column.empty()) column.resize(nodes_);
  const std::uint32_t which = ++column[id.index()];
  note(id, id, {Note::What::ring, slot, 0, which}, at < now_ ? now_ : at, id);
}

void World::disarm(NodeId id, Slot slot) {
  CHECK(slot < armed_.size());
  if (!armed_[slot].empty()) ++armed_[slot][id.index()];
}

void World::note(NodeId to, NodeId from, Note what, Time at, NodeId cause) {
  queue_.push({at, key(EventClass::timer, cause), to, from, std::bit_cast<std::uint64_t>(what)});
}

void World::open_link(NodeId asker, NodeId peer) {
  if (!up(asker) || !up(peer) || !fabric_.connected(machine(asker), machine(peer))) return;
  if (!links_.open(asker, peer)) return;
  if (wanted_ != nullptr) wanted_->open(asker, peer);
  note(asker, peer, {Note::What::link_up, 0, 0, 0}, now_, asker);
  note(peer, asker, {Note::What::link_up, 1, 0, 0}, now_, asker);
}

void World::close_link(NodeId a, NodeId b) {
  if (!links_.close(a, b)) return;
  for (const auto& [from, to] : {std::pair{a, b}, std::pair{b, a}}) {
    closed_[std::uint64_t{from.value} << 32 | to.value] = stations_[from.index()].hosted.sequence;
    stations_[to.index()].hosted.severed = true;
  }
}

void World::hang_up(NodeId id, NodeId peer, Reason reason) {
  if (!links_.linked(id, peer)) return;
  constexpr std::uint32_t farewell_bytes = 64;
  const Passage passage = fabric_.depart(machine(id), machine(peer), farewell_bytes, false, now_);
  close_link(id, peer);
  if (wanted_ != nullptr) wanted_->close(id, peer);
  note(peer, id, {Note::What::link_down, static_cast<std::uint8_t>(reason), 0, 0}, passage.passed() ? passage.at : now_,
       id);
}

std::uint32_t World::take_outbox() {
  if (free_outboxes_.empty()) {
    outboxes_.push_back(std::make_unique<Outbox>());
    return static_cast<std::uint32_t>(outboxes_.size() - 1);
  }
  const std::uint32_t slot = free_outboxes_.back();
  free_outboxes_.pop_back();
  return slot;
}

void World::discard(Outbox& out) {
  for (const Wish& wish : out.wishes()) {
    if (wish.kind == Wish::Kind::send || wish.kind == Wish::Kind::flood) parcels_.drop(wish.message);
  }
  out.clear();
}

}  // namespace peerlab
