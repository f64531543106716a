// Where the copies of users' secret keys lie, and whose key is lost.
//
// The first copy lies on the user's own machine, each further one on the machine of another user, drawn once from the seed: the same
// in every system. Copies go with the disk when it is wiped. A machine that comes back gets those that belong there again, as
// long as one is left anywhere: owners carry them by hand, not over the modelled network. A key without a copy is lost for good.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/base/ids.h"

namespace peerlab {

struct KeyCopy {
  UserId user;
  MachineId machine;
};

/// `copies` for each of the users 0 .. users-1, whose own machines have their numbers; as many as there are users at most.
std::vector<KeyCopy> draw_key_copies(std::uint64_t seed, std::uint32_t users, std::uint32_t copies);

class KeyCustody {
 public:
  KeyCustody(std::span<const KeyCopy> copies, std::size_t machines);

  void wiped(MachineId machine);
  /// The machine runs again: fetches what it should keep.
  void returned(MachineId machine);

  [[nodiscard]] bool has(MachineId machine, UserId user) const;
  /// Whose keys lie on the machine, in the order of the copies.
  [[nodiscard]] std::vector<UserId> on(MachineId machine) const;
  /// How many copies there are of a user's key.
  [[nodiscard]] std::uint32_t copies(UserId user) const {
    if (user.value < at_home_) return 1;
    return user.index() < copies_.size() ? copies_[user.index()] : 0;
  }
  [[nodiscard]] std::size_t users() const { return at_home_ > 0 ? at_home_ : copies_.size(); }

 private:
  struct Kept {
    UserId user;  ///< invalid: the place of a copy that stands there twice
    bool here = false;
  };
  [[nodiscard]] std::span<Kept> kept(MachineId machine) {
    return {kept_.data() + first_[machine.index()], first_[machine.index() + 1] - first_[machine.index()]};
  }
  [[nodiscard]] std::span<const Kept> kept(MachineId machine) const {
    return {kept_.data() + first_[machine.index()], first_[machine.index() + 1] - first_[machine.index()]};
  }
  /// Writes down one by one what everybody has at home.
  void write_down();
  void keep(std::span<const KeyCopy> copies);

  std::uint32_t at_home_ = 0;  ///< nothing was lost: so many users have one copy each, on the machine of their number
  std::size_t machines_;
  std::vector<Kept> kept_;             ///< what belongs on each machine, one after the other
  std::vector<std::uint32_t> first_;   ///< by machine: where its part begins
  std::vector<std::uint32_t> copies_;  ///< by user
};

}  // namespace peerlab
