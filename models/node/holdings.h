// What an auditor or a thief finds: in a node's memory (Node::show), on a disk or in a backup (System::show_disk).
//
// Contents are told by the write that brought them, because that is their version: a publication, an update, or a transfer
// that sealed a record again. A thing that many machines hold alike, such as a block, is told as a bundle under a name
// that is the same on every machine; whoever knows the bundle already is spared its writes. So an audit of a thousand
// peers costs as many steps as they hold blocks, not records.
//
// Writes and bundles come in no particular order: a sink must not let their order be seen.
#pragma once

#include <cstdint>

#include "models/base/bytes.h"

namespace peerlab {

struct Content;  // models/ledger

/// A write whose content lies there.
struct HeldWrite {
  std::uint64_t record = 0;  ///< name of the record, packed
  std::uint64_t number = 0;  ///< of the operation that brought the content, as the write itself says
  std::uint64_t bytes = 0;   ///< of the content
  bool sealed = false;       ///< only its owner's key opens it
  bool intact = false;       ///< the bytes are what the commitment says, and the signatures of the write are right
  /// The content itself, for whoever wants to open it; valid during the call. Null: nobody can.
  const Content* content = nullptr;
};

class HoldingsSink {
 public:
  virtual ~HoldingsSink() = default;
  /// The digest of the node's state: equal digests mean equal copies.
  virtual void state_digest(const Hash256& digest) = 0;
  /// The chain the node stands on: height and id of its tip.
  virtual void tip(std::uint32_t height, const Hash256& id) = 0;
  /// A secret key that lies on this machine, by its owner.
  virtual void key(std::uint32_t user) = 0;
  /// A bundle lies here. True: what is in it is wanted; tell every write of it and then end_bundle().
  virtual bool begin_bundle(std::uint64_t name) = 0;
  virtual void end_bundle() = 0;
  /// A write lies here: in the bundle that was begun, or by itself.
  virtual void held(const HeldWrite& write) = 0;
};

}  // namespace peerlab
