#include "sim/world/key_custody.h"

#include <algorithm>
#include <numeric>

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

KeyCustody::KeyCustody(std::span<const KeyCopy> copies, std::size_t machines)
    : kept_(copies.size()), first_(machines + 1) {
  std::uint32_t users = 0;
  for (const KeyCopy& copy : copies) {
    CHECK(copy.machine.index() < machines);
    ++first_[copy.machine.index() + 1];
    users = std::max(users, copy.user.value + 1);
  }
  copies_.resize(users);
  std::partial_sum(first_.begin(), first_.end(), first_.begin());
  std::vector<std::uint32_t> place(first_.begin(), first_.end() - 1);
  for (const KeyCopy& copy : copies) {
    if (has(copy.machine, copy.user)) continue;
    kept_[place[copy.machine.index()]++] = {copy.user, true};
    ++copies_[copy.user.index()];
  }
}

void KeyCustody::wiped(MachineId machine) {
  for (Kept& copy : kept(machine)) {
    if (!copy.here) continue;
    copy.here = false;
    --copies_[copy.user.index()];
  }
}

void KeyCustody::returned(MachineId machine) {
  for (Kept& copy : kept(machine)) {
    if (!copy.user.valid() || copy.here || copies_[copy.user.index()] == 0) continue;
    copy.here = true;
    ++copies_[copy.user.index()];
  }
}

bool KeyCustody::has(MachineId machine, UserId user) const {
  const std::span<const Kept> all = kept(machine);
  return std::any_of(all.begin(), all.end(), [&](const Kept& copy) { return copy.here && copy.user == user; });
}

std::vector<UserId> KeyCustody::on(MachineId machine) const {
  std::vector<UserId> users;
  for (const Kept& copy : kept(machine)) {
    if (copy.here) users.push_back(copy.user);
  }
  return users;
}

}  // namespace peerlab
