#include "models/attacks/loot.h"

namespace peerlab {

void Loot::held(const HeldWrite& write) {
  if (!write.intact || write.content == nullptr) return;
  Found& found = contents_[static_cast<std::uint32_t>(write.number)];
  if (found.plain) return;
  found.sealed = write.sealed;
  found.plain = !write.sealed;
  if (write.sealed) found.content = *write.content;
}

std::vector<std::uint32_t> Loot::plaintexts(std::span<const Request> requests, const KeyBook& book) const {
  std::vector<std::uint32_t> readable;
  for (const auto& [number, found] : contents_) {
    if (number >= requests.size()) continue;  // not a user's
    if (found.sealed) {
      const Request& request = requests[number];
      const UserId owner = request.what == Asked::transfer ? request.other : request.user;
      if (!keys().contains(owner.value) || !open_content(found.content, book.key_pair(owner))) continue;
    }
    readable.push_back(number);
  }
  return readable;
}

}  // namespace peerlab
