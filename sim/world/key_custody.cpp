#include "sim/world/key_custody.h"

#include <algorithm>

#include "models/base/check.h"
#include "models/base/random.h"

namespace peerlab {

std::vector<KeyCopy> draw_key_copies(std::uint64_t seed, std::uint32_t users, std::uint32_t copies) {
  std::vector<KeyCopy> all;
  const std::uint32_t each = std::min(copies, users);
  all.reserve(std::size_t{users} * each);
  for (std::uint32_t u = 0; u < users; ++u) {
    const std::size_t first = all.size();
    all.push_back({UserId(u), MachineId(u)});
    Stream random(seed, purpose("key copies"), u);
    while (all.size() - first < each) {
      const MachineId machine = MachineId::of(random.below(users));
      const auto taken = [&](const KeyCopy& copy) { return copy.machine == machine; };
      if (std::none_of(all.begin() + static_cast<std::ptrdiff_t>(first), all.end(), taken)) {
        all.push_back({UserId(u), machine});
      }
    }
  }
  return all;
}

KeyCustody::KeyCustody(std::span<const KeyCopy> copies, std::size_t machines) : kept_(machines) {
  for (const KeyCopy& copy : copies) {
    CHECK(copy.machine.index() < kept_.size());
    if (copy.user.index() >= copies_.size()) copies_.resize(copy.user.index() + 1);
    if (has(copy.machine, copy.user)) continue;
    kept_[copy.machine.index()].push_back({copy.user});
    ++copies_[copy.user.index()];
  }
}

void KeyCustody::wiped(MachineId machine) {
  for (Kept& kept : kept_[machine.index()]) {
    if (!kept.here) continue;
    kept.here = false;
    --copies_[kept.user.index()];
  }
}

void KeyCustody::returned(MachineId machine) {
  for (Kept& kept : kept_[machine.index()]) {
    if (kept.here || copies_[kept.user.index()] == 0) continue;
    kept.here = true;
    ++copies_[kept.user.index()];
  }
}

bool KeyCustody::has(MachineId machine, UserId user) const {
  const std::vector<Kept>& all = kept_[machine.index()];
  return std::any_of(all.begin(), all.end(), [&](const Kept& kept) { return kept.here && kept.user == user; });
}

std::vector<UserId> KeyCustody::on(MachineId machine) const {
  std::vector<UserId> users;
  for (const Kept& kept : kept_[machine.index()]) {
    if (kept.here) users.push_back(kept.user);
  }
  return users;
}

}  // namespace peerlab
