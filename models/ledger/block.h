// A block on the wire: header, count, transactions.
#pragma once

#include <optional>

#include "models/ledger/pool.h"

namespace peerlab {

/// A block as it lies in a pool.
struct Block {
  BlockRef header;
  BodyRef body;
  friend bool operator==(const Block&, const Block&) = default;
};

/// Count and transactions of a body, and a whole block.
void encode_body(const BlockPool& pool, BodyRef body, Writer& out, Form form = Form::full);
void encode_block(const BlockPool& pool, const Block& block, Writer& out);
/// Reads and interns. Nothing, and the reader fails, when the bytes are no block; whether header and body belong
/// together is for `pool.state.bind` to say. Refuses more transactions than a block may have bytes.
std::optional<BodyRef> decode_body(BlockPool& pool, Reader& in, Form form = Form::full);
std::optional<Block> decode_block(BlockPool& pool, Reader& in);

}  // namespace peerlab
