#include "models/protocols/central_holdings.h"

#include <algorithm>
#include <vector>

namespace peerlab {

void show_entry(const LogEntry& entry, HoldingsSink& sink) {
  if (!entry.operation || !entry.operation->content) return;
  const Operation& write = *entry.operation;
  sink.held({write.record.packed(), write.number, write.content->size(), write.sealed, write.content_matches});
}

void show_log(const Journal& journal, std::span<const DiskEntry> entries, HoldingsSink& sink) {
  std::vector<std::uint32_t> places;
  places.reserve(entries.size());
  for (const DiskEntry& e : entries) {
    switch (static_cast<CentralLog::Stored>(e.kind)) {
      case CentralLog::Stored::entry:
        if (e.bytes == encoded_size(journal.at(e.ref))) places.push_back(e.ref);
        break;
      case CentralLog::Stored::cut:
        if (e.bytes == CentralLog::note_bytes) places.resize(std::min<std::size_t>(places.size(), e.ref));
        break;
      case CentralLog::Stored::epoch:
      case CentralLog::Stored::vote:
      case CentralLog::Stored::whole: break;
    }
  }
  for (const std::uint32_t place : places) show_entry(journal.at(place), sink);
}

}  // namespace peerlab
