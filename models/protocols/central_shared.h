// What all nodes of a client-server system share: options, accounts, and the bytes that stand on disks.
#pragma once

#include "models/protocols/audit_log.h"
#include "models/protocols/central_log.h"
#include "models/protocols/central_operation.h"
#include "models/protocols/central_options.h"
#include "models/protocols/key_book.h"

namespace peerlab {

struct CentralShared {
  CentralShared(const CentralOptions& its_options, std::uint64_t seed, std::uint32_t its_users)
      : options(its_options), users(its_users), book(seed), signatures(its_users), heads(seed) {}

  CentralOptions options;
  std::uint32_t users;
  KeyBook book;
  SignatureMemo signatures;
  HeadSignatures heads;  ///< of the audit log
  Journal journal;

  /// Clients are the nodes 0 .. users-1, servers follow.
  [[nodiscard]] NodeId server(std::uint32_t i) const { return NodeId(users + i); }
  [[nodiscard]] bool is_server(NodeId id) const { return id.value >= users && id.value < users + options.servers; }
};

}  // namespace peerlab
