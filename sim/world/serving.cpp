// Steps 1 to 4 of world.h: from the network to a handler, and from its work to its outbox.
#include <bit>

#include "analysis/observation/message_rows.h"
#include "models/base/check.h"
#include "sim/world/world.h"

namespace peerlab {

namespace {
// What besides messages goes into a node's digest; message kinds use 0 .. 255.
constexpr std::uint32_t request_fold = 256;
constexpr std::uint32_t won_fold = 257;
constexpr std::uint32_t link_up_fold = 258;
constexpr std::uint32_t link_down_fold = 259;
}  // namespace

void World::arrive(const Event& event) {
  const Message message = std::bit_cast<Message>(event.payload);
  if (stale(event)) return lose(event);
  const std::uint32_t bytes = wire_size(message);
  const Passage passage = fabric_.arrive(machine(event.from), machine(event.to), bytes, now_);
  if (!passage.passed()) return lose(event);
  if (passage.at == now_) return serve(event);
  // Same source and running number, other class: still unique, and in the order in which the senders sent.
  queue_.push({passage.at, event_key(EventClass::delivery, source_of(event), sequence_of(event)), event.to, event.from,
               event.payload});
}

bool World::stale(const Event& event) const {
  const Hosted& receiver = stations_[event.to.index()].hosted;
  if (receiver.node == nullptr) return true;
  if (!receiver.severed) [[likely]]
    return false;
  const std::uint64_t* closed = closed_.find(std::uint64_t{event.from.value} << 32 | event.to.value);
  return closed != nullptr && sequence_of(event) < *closed;
}

void World::deliver(const Event& event) { return stale(event) ? lose(event) : serve(event); }

void World::lose(const Event& event) {
  ++hosts_[machine(event.from).index()].change_story().lost;
  if (tells_messages_) tell_message(happened::message_dropped, event);
  parcels_.drop(std::bit_cast<Message>(event.payload));
}

void World::serve(const Event& event) {
  if (stations_[event.to.index()].hosted.node == nullptr) return unserved(event);
  Outbox& out = *outboxes_[0];
  if (plan_.profile != nullptr) [[unlikely]]
    return serve_timed(event, out);
  if (plan_.costs.free) {
    run_handler(event, out);
    if (out.empty()) return;  // nine of ten messages are old news
    carry_out(event.to, out);
    out.clear();
  } else {
    Host& host = hosts_[machine(event.to).index()];
    if (host.busy) {
      host.waiting.push_back(event);
      return;
    }
    run_handler(event, out);
    finish(event.to, out);
  }
}

/// serve() with a clock in hand.
[[gnu::cold, gnu::noinline]] void World::serve_timed(const Event& event, Outbox& out) {
  Host& host = hosts_[machine(event.to).index()];
  if (!plan_.costs.free && host.busy) {
    host.waiting.push_back(event);
    return;
  }
  Profile& profile = *plan_.profile;
  ProfileRow& row = profile.rows[profile_row(event)];
  const Duration before = host.cpu;
  const std::int64_t start = profile.host_time();
  run_handler(event, out);
  const std::int64_t handled = profile.host_time();
  finish(event.to, out);
  const std::int64_t done = profile.host_time();
  ++row.count;
  row.handling_ns += handled - start;
  row.outbox_ns += done - handled;
  row.simulated = row.simulated + (host.cpu - before);
  if (host.busy) {
    if (profile.row_of_outbox.size() <= host.outbox) profile.row_of_outbox.resize(host.outbox + 1, Profile::row_count);
    profile.row_of_outbox[host.outbox] = profile_row(event);
  }
}

void World::unserved(const Event& event) {
  if (class_of(event) == EventClass::request) {
    tell(event.to, {happened::operation_unasked, 0, request_at(event.payload).number, 0});
  }
}

inline void World::run_handler(const Event& event, Outbox& out) {
  if (!is_message(event)) return run_other_handler(event, out);
  if (tells_messages_) [[unlikely]]
    tell_message(happened::message_received, event);
  Hosted& hosted = stations_[event.to.index()].hosted;
  const Message message = incoming(event.to, std::bit_cast<Message>(event.payload));
  hosted.digest = fold(hosted.digest, now_, message.kind, content(message, event.to));
  hosted.node->receive(now_, event.from, message, out);
  parcels_.drop(message);
}

void World::run_other_handler(const Event& event, Outbox& out) {
  Hosted& hosted = stations_[event.to.index()].hosted;
  switch (class_of(event)) {
    case EventClass::request: {
      const Request& request = request_at(event.payload);
      hosted.digest = fold(hosted.digest, now_, request_fold, request.number);
      hosted.node->submit(now_, request, out);
      break;
    }
    case EventClass::timer: {
      const Note note = std::bit_cast<Note>(event.payload);
      switch (note.what) {
        case Note::What::ring:
          if (armed_[note.slot][event.to.index()] != note.value) return;  // disarmed or armed anew since
          hosted.node->wake(now_, note.slot, out);
          break;
        case Note::What::won:
          hosted.digest = fold(hosted.digest, now_, won_fold, 0);
          hosted.node->won(now_, out);
          break;
        case Note::What::link_up:
          if (!links_.linked(event.to, event.from)) return;  // closed again since
          hosted.digest = fold(hosted.digest, now_, link_up_fold, event.from.value);
          hosted.node->connected(now_, event.from, note.slot != 0, out);
          break;
        case Note::What::link_down:
          hosted.digest = fold(hosted.digest, now_, link_down_fold, event.from.value);
          hosted.node->disconnected(now_, event.from, static_cast<Reason>(note.slot), out);
          break;
        case Note::What::release:
        case Note::What::link_open: CHECK(false); break;
      }
      break;
    }
    case EventClass::arrival:
    case EventClass::delivery:
    case EventClass::disturbance:
    case EventClass::lottery:
    case EventClass::audit: CHECK(false); break;
  }
}

// What a handler asked for, when its CPU time is over.
void World::finish(NodeId id, Outbox& out) {
  const bool idle_ring = out.empty() && out.work == Work{};
  const Duration price = plan_.costs.free || idle_ring ? Duration{} : plan_.costs.price(out.work);
  Host& host = hosts_[machine(id).index()];
  host.cpu += price;
  if (price.ns == 0) {
    carry_out(id, out);
    out.clear();
    return;
  }
  const std::uint32_t slot = take_outbox();
  std::swap(outboxes_[0], outboxes_[slot]);
  host.busy = true;
  host.outbox = slot;
  queue_.push({now_ + price, key(EventClass::timer, id), id, id,
               std::bit_cast<std::uint64_t>(Note{Note::What::release, 0, 0, host.story().epoch})});
}

void World::release(const Event& event) {
  const MachineId where = machine(event.to);
  Host& host = hosts_[where.index()];
  if (std::bit_cast<Note>(event.payload).value != host.story().epoch) return;  // the power failed in between
  const std::uint32_t slot = host.outbox;
  host.busy = false;
  host.outbox = 0;
  if (plan_.profile != nullptr) [[unlikely]]
    carry_out_timed(event.to, slot);
  else
    carry_out(event.to, *outboxes_[slot]);
  outboxes_[slot]->clear();
  free_outboxes_.push_back(slot);
  serve_waiting(where);
}

void World::serve_waiting(MachineId where) {
  Host& host = hosts_[where.index()];
  while (!host.busy && host.waiting_next < host.waiting.size()) {
    const Event event = host.waiting[host.waiting_next++];
    serve(event);
  }
  if (host.waiting_next == host.waiting.size()) {
    host.waiting.clear();
    host.waiting_next = 0;
  } else if (host.waiting_next > 1024 && host.waiting_next * 2 > host.waiting.size()) {
    host.waiting.erase(host.waiting.begin(), host.waiting.begin() + host.waiting_next);
    host.waiting_next = 0;
  }
}

std::uint64_t World::content_of_parcel(const Message& message, NodeId receiver) const {
  return row(message.kind).content(message, parcels_, pool_of(receiver));
}

}  // namespace peerlab
