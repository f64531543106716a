// The bodies of large messages: immutable, shared by all who carry them, freed when the last carrier is done.
//
// Ownership: `add` returns a parcel with one reference, which belongs to the outbox entry it is put into; the host takes
// one more for every copy it sends and drops each when that copy was handled or lost. A node that wants to keep a parcel
// beyond its handler calls `keep` and later `drop`. Inside one world only, hence no atomics.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "models/base/check.h"
#include "models/node/message.h"

namespace peerlab {

/// What every parcel knows about itself. Derive from it and keep the members const in spirit: nobody edits a parcel.
struct Parcel {
  Parcel() = default;
  Parcel(const Parcel&) = delete;
  Parcel& operator=(const Parcel&) = delete;
  virtual ~Parcel() = default;

  std::uint32_t wire_size = 0;  ///< bytes on the wire, envelope included
  std::uint64_t content = 0;    ///< hash of the content, the same on every machine; folded into digests
};

class Parcels {
 public:
  /// Stores a parcel with one reference and returns the message of `kind` that carries it.
  Message add(MessageKind kind, std::unique_ptr<Parcel> parcel, std::uint16_t extra = 0) {
    std::uint32_t slot;
    if (free_.empty()) {
      slot = static_cast<std::uint32_t>(slots_.size());
      slots_.emplace_back();
    } else {
      slot = free_.back();
      free_.pop_back();
    }
    slots_[slot].parcel = std::move(parcel);
    slots_[slot].references = 1;
    return {kind, 1, extra, slot};
  }
  [[nodiscard]] const Parcel& at(const Message& message) const {
    CHECK(message.parcel == 1);
    CHECK(message.ref < slots_.size());
    CHECK(slots_[message.ref].parcel != nullptr);
    return *slots_[message.ref].parcel;
  }
  /// The parcel as its own type; the kind of the message must belong to T.
  template <class T>
  [[nodiscard]] const T& as(const Message& message) const {
    return static_cast<const T&>(at(message));
  }

  /// One more (or `times` more) references. Does nothing for an inline message.
  void keep(const Message& message, std::uint32_t times = 1) {
    if (message.parcel == 0) return;
    slots_[message.ref].references += times;
  }
  /// One reference fewer; the last one frees the parcel. Does nothing for an inline message.
  void drop(const Message& message) {
    if (message.parcel == 0) return;
    Slot& slot = slots_[message.ref];
    CHECK(slot.references > 0);
    if (--slot.references == 0) {
      slot.parcel.reset();
      free_.push_back(message.ref);
    }
  }
  /// Parcels alive now.
  [[nodiscard]] std::size_t alive() const { return slots_.size() - free_.size(); }

 private:
  struct Slot {
    std::unique_ptr<Parcel> parcel;
    std::uint32_t references = 0;
  };
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> free_;
};

}  // namespace peerlab
