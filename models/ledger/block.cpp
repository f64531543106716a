#include "models/ledger/block.h"

namespace peerlab {

void encode_body(const BlockPool& pool, BodyRef body, Writer& out, Form form) {
  const std::span<const TxRef> list = pool.bodies.list(body);
  out.compact_size(list.size());
  for (const TxRef tx : list) encode(pool.transactions.transaction(tx), out, form);
}

void encode_block(const BlockPool& pool, const Block& block, Writer& out) {
  encode(pool.headers.header(block.header), out);
  encode_body(pool, block.body, out);
}

std::optional<BodyRef> decode_body(BlockPool& pool, Reader& in, Form form) {
  constexpr std::size_t least = 1 + 8 + 1 + 1 + 1;  // bytes of the smallest transaction
  const std::uint64_t count = in.compact_size();
  if (count > in.left() / least) in.fail();
  std::vector<Transaction> values;  // nothing is interned unless all of it decodes
  for (std::uint64_t i = 0; i < count && in.ok(); ++i) {
    std::optional<Transaction> tx = decode_transaction(in, form);
    if (tx) values.push_back(std::move(*tx));
  }
  if (!in.ok()) return std::nullopt;
  std::vector<TxRef> list;
  list.reserve(values.size());
  for (Transaction& tx : values) list.push_back(pool.transactions.intern(std::move(tx)));
  return pool.bodies.intern(list);
}

std::optional<Block> decode_block(BlockPool& pool, Reader& in) {
  const Header header = decode_header(in);
  const std::optional<BodyRef> body = decode_body(pool, in);
  if (!body) return std::nullopt;
  return Block{pool.headers.intern(header), *body};
}

}  // namespace peerlab
