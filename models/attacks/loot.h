// What a thief carries home: contents in the form in which they lay there, and secret keys.
//
// Of a content that is found twice one is kept. Nothing is assumed about what is sealed: `plaintexts` opens it with a real key or
// fails to.
#pragma once

#include <map>
#include <set>
#include <span>
#include <vector>

#include "models/ledger/content.h"
#include "models/node/holdings.h"
#include "models/node/request.h"
#include "models/protocols/key_book.h"

namespace peerlab {

class Loot final : public HoldingsSink {
 public:
  void state_digest(const Hash256&) override {}
  void tip(std::uint32_t, const Hash256&) override {}
  void key(std::uint32_t user) override { keys_.insert(user); }
  bool begin_bundle(std::uint64_t) override { return true; }
  void end_bundle() override {}
  void held(const HeldWrite& write) override;

  [[nodiscard]] std::size_t contents() const { return contents_.size(); }
  [[nodiscard]] const std::set<std::uint32_t>& keys() const { return keys_; }
  /// The writes whose contents he can read, in rising order. `book` only makes the secret keys that were found.
  [[nodiscard]] std::vector<std::uint32_t> plaintexts(std::span<const Request> requests, const KeyBook& book) const;

 private:
  struct Found {
    bool sealed = false;
    bool plain = false;  ///< there is nothing to open
    Content content;
  };
  std::map<std::uint32_t, Found> contents_;  ///< by number of the write
  std::set<std::uint32_t> keys_;
};

}  // namespace peerlab
