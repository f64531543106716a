// Who wants to know, and the switchboard that tells them.
//
// An observer names the kinds it folds once, before the run. The Audience keeps them in a small flat table by the kind's
// value, so that a fact that nobody subscribed to costs one load and one branch. Observers are told in the order in
// which they were added. Kinds are hashes of names: two names with the same hash would be told to each other's
// observers; the suite checks that the names in use differ.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "analysis/observation/row.h"
#include "models/base/check.h"

namespace peerlab {

class Observer {
 public:
  virtual ~Observer() = default;
  /// The kinds it wants to see; asked once. The span must stay valid.
  [[nodiscard]] virtual std::span<const HappeningKind> kinds() const = 0;
  /// One row of a subscribed kind. Rows come in rising time.
  virtual void see(const Row& row) = 0;
};

class Audience {
 public:
  /// Subscribes `observer`, which must outlive the audience, to everything it names.
  void add(Observer& observer) {
    for (const HappeningKind kind : observer.kinds()) entry(kind).push_back(&observer);
  }
  /// Whether anybody wants this kind: the branch to take before a row is even made.
  [[nodiscard]] bool wants(HappeningKind kind) const { return find(kind) != none; }
  /// Tells everybody who wants rows of this kind.
  void tell(const Row& row) const {
    const std::uint8_t at = find(row.kind);
    if (at == none) [[likely]]
      return;
    for (Observer* observer : listeners_[at]) observer->see(row);
  }
  /// Makes and tells the row of what a node reported, if anybody wants it.
  void tell(Time at, NodeId who, const Happening& what) const {
    if (wants(what.kind)) tell(row_of(at, who, what));
  }

 private:
  static constexpr std::size_t slots = 256;  // 2 KiB; at most half full, so that a probe is short
  static constexpr std::uint8_t none = 0xff;
  struct Slot {
    std::uint32_t kind = 0;
    std::uint8_t at = none;
  };
  [[nodiscard]] std::uint8_t find(HappeningKind kind) const {
    for (std::size_t i = kind.value % slots;; i = (i + 1) % slots) {
      if (table_[i].at == none || table_[i].kind == kind.value) return table_[i].at;
    }
  }
  std::vector<Observer*>& entry(HappeningKind kind) {
    std::size_t i = kind.value % slots;
    while (table_[i].at != none && table_[i].kind != kind.value) i = (i + 1) % slots;
    if (table_[i].at == none) {
      CHECK(listeners_.size() < slots / 2);
      table_[i] = {kind.value, static_cast<std::uint8_t>(listeners_.size())};
      listeners_.emplace_back();
    }
    return listeners_[table_[i].at];
  }
  std::array<Slot, slots> table_{};
  std::vector<std::vector<Observer*>> listeners_;
};

}  // namespace peerlab
