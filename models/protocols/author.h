// A user's pen: how a person's wishes become signed operations, the same in every system whose users write operations.
//
// Content follows from the record and the seed, so that the same person publishes the same photo everywhere; private content is
// sealed to its owner where the scenario asks for it, with an entropy that follows from his key: a repeated wish is the same operation.
#pragma once

#include <optional>

#include "models/protocols/central_operation.h"
#include "models/protocols/key_book.h"

namespace peerlab {

class Author {
 public:
  /// `signs`: operations bear his signature. `seals`: private content is sealed to its owner. `book` outlives him.
  Author(UserId user, KeyBook& book, bool signs, bool seals) : user_(user), book_(book), signs_(signs), seals_(seals) {}

  const KeyPair& key();
  /// What `request` asks for, with the content that it brings of itself: publications and updates bring some.
  OperationPtr write(const Request& request, Work& work);
  /// The same with that content, or none.
  OperationPtr write(const Request& request, std::optional<Content> content, bool sealed, Work& work);
  /// A transfer of a record whose content is `stored`: sealed again to the receiver where it was sealed. Null when it cannot be
  /// opened with this key.
  OperationPtr hand_over(const Request& request, const Operation& stored, Work& work);

 private:
  [[nodiscard]] Hash256 entropy(std::uint32_t number);

  UserId user_;
  KeyBook& book_;
  bool signs_;
  bool seals_;
  std::optional<KeyPair> key_;
};

}  // namespace peerlab
