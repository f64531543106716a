// What a thief carries home: contents in the form in which they lay there, and secret keys.
//
// Of a content that is found twice one is kept. Nothing is assumed about what is sealed: `plaintexts` opens it with a real key or
// fails to.
#pragma once

#include <map>
#include <span>
#include <vector>

#include "models/attacks/gathering.h"
#include "models/ledger/content.h"
#include "models/node/request.h"
#include "models/protocols/key_book.h"

namespace peerlab {

class Loot final : public Gathering {
 public:
  void held(const HeldWrite& write) override;

  [[nodiscard]] std::size_t contents() const { return contents_.size(); }
  /// The writes whose contents he can read, in rising order. `book` only makes the secret keys that were found.
  [[nodiscard]] std::vector<std::uint32_t> plaintexts(std::span<const Request> requests, const KeyBook& book) const;

 private:
  struct Found {
    bool sealed = false;
    bool plain = false;  ///< there is nothing to open
    Content content;
  };
  std::map<std::uint32_t, Found> contents_;  ///< by number of the write
};

}  // namespace peerlab
