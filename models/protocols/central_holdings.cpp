#include "models/protocols/central_holdings.h"

#include <algorithm>
#include <vector>

namespace peerlab {

void show_entry(const LogEntry& entry, HoldingsSink& sink) {
  if (!entry.operation || !entry.operation->content) return;
  const Operation& write = *entry.operation;
  sink.held({write.record.packed(), write.number, write.content->size(), write.sealed, write.content_matches,
             &*write.content});
}

void show_snapshot(const Snapshot& snapshot, HoldingsSink& sink) {
  snapshot.store->each([&](const Answer& state) {
    const int carrier = state.carrier();
    if (carrier < 0) return;
    const Operation& write = *state.custody[static_cast<std::size_t>(carrier)];
    if (!write.content) return;
    sink.held({write.record.packed(), write.number, write.content->size(), write.sealed, write.content_matches,
               &*write.content});
  });
}

void show_log(const Journal& journal, std::span<const DiskEntry> entries, HoldingsSink& sink) {
  std::vector<std::uint32_t> places;
  places.reserve(entries.size());
  const Snapshot* snapshot = nullptr;
  for (const DiskEntry& e : entries) {
    switch (static_cast<CentralLog::Stored>(e.kind)) {
      case CentralLog::Stored::entry:
        if (e.bytes == encoded_size(journal.at(e.ref))) places.push_back(e.ref);
        break;
      case CentralLog::Stored::cut:
        if (e.bytes == CentralLog::note_bytes) {
          const std::uint32_t base = snapshot == nullptr ? 0 : snapshot->index;
          places.resize(std::min<std::size_t>(places.size(), std::max(e.ref, base) - base));
        }
        break;
      case CentralLog::Stored::snapshot:
        if (e.bytes != encoded_size(journal.snapshot_at(e.ref))) break;
        snapshot = &journal.snapshot_at(e.ref);
        places.clear();
        break;
      case CentralLog::Stored::epoch:
      case CentralLog::Stored::vote:
      case CentralLog::Stored::whole: break;
    }
  }
  if (snapshot != nullptr) show_snapshot(*snapshot, sink);
  for (const std::uint32_t place : places) show_entry(journal.at(place), sink);
}

}  // namespace peerlab
