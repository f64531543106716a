#include <algorithm>

#include "models/replication/content.h"
#include "models/replication/message_rows.h"
#include "models/replication/messages.h"

namespace peerlab {
namespace {

std::uint32_t list_wire_size(const Message& m, const Parcels& parcels, const BlockPool*) {
  return m.parcel != 0 ? parcels.at(m).wire_size : one_entry_message;
}
std::uint64_t list_content(const Message& m, const Parcels& parcels, const BlockPool* pool) {
  if (m.parcel != 0) return parcels.at(m).content;
  return content_of(m.kind, content_of(m.kind, 0, 0), pool->transactions.name(TxRef(m.ref)));
}
Bytes encode_list(const Message& m, const Parcels& parcels, const BlockPool* pool) {
  Bytes payload;
  Writer w(payload);
  const auto put = [&](const Hash256& id) {
    w.u32(type_transaction);
    w.hash(id);
  };
  if (m.parcel == 0) {
    w.compact_size(1);
    put(pool->transactions.id(TxRef(m.ref)));
  } else {
    const auto& p = parcels.as<ListParcel>(m);
    w.compact_size(p.list.size());
    for (std::size_t i = 0; i < p.list.size(); ++i) put(pool->transactions.id(p.list[i]));
  }
  return enclose(m.kind == kind::transaction_inventory ? "inv" : "getdata", payload);
}
std::optional<Message> decode_list(MessageKind which, std::string_view command, ByteView bytes, Parcels& parcels,
                                   BlockPool& pool) {
  const auto payload = payload_of(command, bytes);
  if (!payload) return std::nullopt;
  Reader in(*payload);
  const std::uint64_t count = in.compact_size();
  if (!in.ok() || count == 0 || count > most_inventory || in.left() != count * entry_size) return std::nullopt;
  std::vector<Hash256> ids;
  for (std::uint64_t i = 0; i < count; ++i) {
    if (in.u32() != type_transaction) return std::nullopt;
    ids.push_back(in.hash());
  }
  std::vector<TxRef> list;
  for (const Hash256& id : ids) list.push_back(pool.transactions.refer(id));
  return transaction_list(which, parcels, pool, std::move(list));
}
std::optional<Message> decode_inventory_list(ByteView bytes, Parcels& parcels, BlockPool* pool) {
  return decode_list(kind::transaction_inventory, "inv", bytes, parcels, *pool);
}
std::optional<Message> decode_request_list(ByteView bytes, Parcels& parcels, BlockPool* pool) {
  return decode_list(kind::transaction_request, "getdata", bytes, parcels, *pool);
}

std::uint32_t transaction_wire_size(const Message& m, const Parcels&, const BlockPool* pool) {
  return envelope_size + pool->transactions.wire_size(TxRef(m.ref));
}
std::uint64_t transaction_content(const Message& m, const Parcels&, const BlockPool* pool) {
  return content_of(m.kind, pool->transactions.name(TxRef(m.ref)), 0);
}
Bytes encode_transaction(const Message& m, const Parcels&, const BlockPool* pool) {
  Bytes payload;
  Writer w(payload);
  encode(pool->transactions.transaction(TxRef(m.ref)), w);
  return enclose("tx", payload);
}
std::optional<Message> decode_transaction_message(ByteView bytes, Parcels&, BlockPool* pool) {
  const auto payload = payload_of("tx", bytes);
  if (!payload) return std::nullopt;
  Reader in(*payload);
  auto tx = decode_transaction(in);
  if (!tx || !in.finished()) return std::nullopt;
  return transaction(pool->transactions.intern(std::move(*tx)));
}

Bytes encode_bundle(const Message& m, const Parcels& parcels, const BlockPool* pool) {
  Bytes payload;
  Writer w(payload);
  const std::vector<TxRef>& list = parcels.as<BundleParcel>(m).list;
  w.compact_size(list.size());
  for (const TxRef tx : list) encode(pool->transactions.transaction(tx), w);
  return enclose("txs", payload);
}
std::optional<Message> decode_bundle(ByteView bytes, Parcels& parcels, BlockPool* pool) {
  const auto payload = payload_of("txs", bytes);
  if (!payload) return std::nullopt;
  Reader in(*payload);
  const std::uint64_t count = in.compact_size();
  if (!in.ok() || count == 0 || count > most_inventory) return std::nullopt;
  std::vector<Transaction> read;
  for (std::uint64_t i = 0; i < count; ++i) {
    auto tx = decode_transaction(in);
    if (!tx) return std::nullopt;
    read.push_back(std::move(*tx));
  }
  if (!in.finished()) return std::nullopt;
  std::vector<TxRef> list;
  for (Transaction& tx : read) {
    const TxRef one = pool->transactions.intern(std::move(tx));
    if (std::find(list.begin(), list.end(), one) != list.end()) return std::nullopt;
    list.push_back(one);
  }
  return transaction_bundle(parcels, *pool, std::move(list));
}

constexpr MessageKindRow bundle_rows[] = {
    {kind::transaction_bundle, "transaction bundle", false, parcel_wire_size, parcel_content, encode_bundle,
     decode_bundle},
};

constexpr MessageKindRow rows[] = {
    {kind::transaction_inventory, "transaction inventory", false, list_wire_size, list_content, encode_list,
     decode_inventory_list},
    {kind::transaction_request, "transaction request", false, list_wire_size, list_content, encode_list,
     decode_request_list},
    {kind::transaction, "transaction", false, transaction_wire_size, transaction_content, encode_transaction,
     decode_transaction_message},
};

}  // namespace

std::span<const MessageKindRow> transaction_message_rows() { return rows; }
std::span<const MessageKindRow> bundle_message_rows() { return bundle_rows; }

}  // namespace peerlab
