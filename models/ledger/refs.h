// Dense names of what a BlockPool keeps: 32-bit indices in strong types.
//
// They depend on the order of arrival, so nothing visible may be ordered by them: inventories, selection, eviction and
// digests sort by (fee rate, txid) or by id.
#pragma once

#include "models/base/ids.h"

namespace peerlab {

using BlockRef = Id<struct BlockTag>;    ///< a header (its body may be unknown)
using TxRef = Id<struct TxTag>;          ///< a transaction
using BodyRef = Id<struct BodyTag>;      ///< a list of transactions that may be the body of a block
using OutputRef = Id<struct OutputTag>;  ///< an output of an interned transaction

}  // namespace peerlab
