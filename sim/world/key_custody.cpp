#include "sim/world/key_custody.h"

#include <algorithm>
#include <numeric>
#include <utility>

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

KeyCustody::KeyCustody(std::span<const KeyCopy> copies, std::size_t machines) : machines_(machines) {
  std::uint32_t next = 0;
  const bool at_home = std::all_of(copies.begin(), copies.end(), [&](const KeyCopy& copy) {
    return copy.user.value == next && copy.machine.value == next++ && copy.machine.index() < machines;
  });
  if (at_home) {
    at_home_ = next;
  } else {
    keep(copies);
  }
}

void KeyCustody::write_down() {
  if (at_home_ == 0) return;
  std::vector<KeyCopy> copies;
  const std::uint32_t users = std::exchange(at_home_, 0);
  copies.reserve(users);
  for (std::uint32_t u = 0; u < users; ++u) copies.push_back({UserId(u), MachineId(u)});
  keep(copies);
}

void KeyCustody::keep(std::span<const KeyCopy> copies) {
  kept_.resize(copies.size());
  first_.resize(machines_ + 1);
  std::uint32_t users = 0;
  for (const KeyCopy& copy : copies) {
    CHECK(copy.machine.index() < machines_);
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
  write_down();
  for (Kept& copy : kept(machine)) {
    if (!copy.here) continue;
    copy.here = false;
    --copies_[copy.user.index()];
  }
}

void KeyCustody::returned(MachineId machine) {
  if (at_home_ > 0) return;
  for (Kept& copy : kept(machine)) {
    if (!copy.user.valid() || copy.here || copies_[copy.user.index()] == 0) continue;
    copy.here = true;
    ++copies_[copy.user.index()];
  }
}

bool KeyCustody::has(MachineId machine, UserId user) const {
  if (at_home_ > 0) return machine.value == user.value && user.value < at_home_;
  const std::span<const Kept> all = kept(machine);
  return std::any_of(all.begin(), all.end(), [&](const Kept& copy) { return copy.here && copy.user == user; });
}

std::vector<UserId> KeyCustody::on(MachineId machine) const {
  if (at_home_ > 0)
    return machine.value < at_home_ ? std::vector<UserId>{UserId(machine.value)} : std::vector<UserId>{};
  std::vector<UserId> users;
  for (const Kept& copy : kept(machine)) {
    if (copy.here) users.push_back(copy.user);
  }
  return users;
}

}  // namespace peerlab
