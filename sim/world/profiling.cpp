// What serving.cpp does with a clock in hand: whose row an event is in, and outboxes whose CPU time is over.
#include <bit>

#include "models/base/check.h"
#include "sim/world/world.h"

namespace peerlab {

std::size_t World::profile_row(const Event& event) {
  switch (class_of(event)) {
    case EventClass::arrival:
    case EventClass::delivery: return std::bit_cast<Message>(event.payload).kind;
    case EventClass::request: return Profile::request;
    case EventClass::timer: {
      const Note note = std::bit_cast<Note>(event.payload);
      switch (note.what) {
        case Note::What::ring: return Profile::timer + note.slot;
        case Note::What::won: return Profile::won;
        case Note::What::link_up: return Profile::link_up;
        case Note::What::link_down: return Profile::link_down;
        case Note::What::release:
        case Note::What::link_open: break;
      }
      break;
    }
    case EventClass::disturbance:
    case EventClass::lottery:
    case EventClass::audit: break;
  }
  CHECK(false);
  return 0;
}

void World::carry_out_timed(NodeId id, std::uint32_t slot) {
  Profile& profile = *plan_.profile;
  const std::int64_t start = profile.host_time();
  carry_out(id, *outboxes_[slot]);
  const std::int64_t done = profile.host_time();
  if (slot >= profile.row_of_outbox.size()) return;
  std::size_t& row = profile.row_of_outbox[slot];
  if (row < Profile::row_count) profile.rows[row].outbox_ns += done - start;
  row = Profile::row_count;  // whoever starts after a power cut is in no row, and must not be taken for this one
}

}  // namespace peerlab
