#include "models/protocols/sharded_messages.h"

#include "models/base/check.h"
#include "models/protocols/parcel_rows.h"
#include "models/protocols/version_pieces.h"
#include "models/replication/content.h"
#include "models/replication/message_kinds.h"

namespace peerlab {
namespace {

using Decoded = std::optional<Message>;

void put(const ShardFetchParcel& p, Writer& w) {
  w.u64(p.record);
  w.u32(p.number);
}
Decoded take_fetch(Reader& in, Parcels& parcels) {
  const std::uint64_t record = in.u64();
  const std::uint32_t number = in.u32();
  if (!in.finished()) return std::nullopt;
  return shard_fetch(parcels, record, number);
}

void put(const ShardFoundParcel& p, Writer& w) {
  w.u32(p.number);
  encode(p.state, w);
}
Decoded take_found(Reader& in, Parcels& parcels) {
  const std::uint32_t number = in.u32();
  std::optional<Answer> state = decode_answer(in);
  if (!state || !in.finished()) return std::nullopt;
  return shard_found(parcels, number, std::move(*state));
}

void put(const ShardStoreParcel& p, Writer& w) { encode(p.state, w); }
Decoded take_store(Reader& in, Parcels& parcels) {
  std::optional<Answer> state = decode_answer(in);
  if (!state || !state->found() || !in.finished()) return std::nullopt;
  return shard_store(parcels, std::move(*state));
}

void put(const ShardSumParcel& p, Writer& w) { w.u64(p.sum); }
Decoded take_sum(Reader& in, Parcels& parcels) {
  const std::uint64_t sum = in.u64();
  if (!in.finished()) return std::nullopt;
  return shard_sum(parcels, sum);
}

void put(const ShardNamesParcel& p, Writer& w) { put_list(p.names, w); }
Decoded take_names(Reader& in, Parcels& parcels) {
  auto names = take_list(in);
  if (!names) return std::nullopt;
  return shard_names(parcels, std::move(*names));
}

std::string_view fetch_command() { return "sfetch"; }
std::string_view found_command() { return "sfound"; }
std::string_view store_command() { return "sstore"; }
std::string_view stored_command() { return "sstored"; }
std::string_view sum_command() { return "ssum"; }
std::string_view names_command() { return "snames"; }

}  // namespace

Message shard_fetch(Parcels& parcels, std::uint64_t record, std::uint32_t number) {
  auto p = sized_parcel<ShardFetchParcel>(12);
  p->content = content_of(kind::shard_fetch, record, number);
  p->record = record;
  p->number = number;
  return parcels.add(kind::shard_fetch, std::move(p));
}

Message shard_found(Parcels& parcels, std::uint32_t number, Answer state) {
  auto p = sized_parcel<ShardFoundParcel>(4 + encoded_size(state));
  p->content = fold_version(kind::shard_found, content_of(kind::shard_found, number, state.custody.size()), state);
  p->number = number;
  p->state = std::move(state);
  return parcels.add(kind::shard_found, std::move(p));
}

Message shard_store(Parcels& parcels, Answer state) {
  auto p = sized_parcel<ShardStoreParcel>(encoded_size(state));
  p->content = fold_version(kind::shard_store, content_of(kind::shard_store, state.custody.size(), 0), state);
  p->state = std::move(state);
  return parcels.add(kind::shard_store, std::move(p));
}

Message shard_stored(std::uint32_t number) { return {kind::shard_stored, 0, 0, number}; }

Message shard_sum(Parcels& parcels, std::uint64_t sum) {
  auto p = sized_parcel<ShardSumParcel>(8);
  p->content = content_of(kind::shard_sum, sum, 0);
  p->sum = sum;
  return parcels.add(kind::shard_sum, std::move(p));
}

Message shard_names(Parcels& parcels, std::vector<Offered> names) {
  auto p = sized_parcel<ShardNamesParcel>(encoded_size(names));
  p->content = content_of_list(kind::shard_names, names);
  p->names = std::move(names);
  return parcels.add(kind::shard_names, std::move(p));
}

std::span<const MessageKindRow> sharded_message_kinds() {
  static const std::vector<MessageKindRow> rows = [] {
    std::vector<MessageKindRow> all = {
        parcel_row<ShardFetchParcel, put, take_fetch, fetch_command>(kind::shard_fetch, "shard fetch", false),
        parcel_row<ShardFoundParcel, put, take_found, found_command>(kind::shard_found, "shard found", true),
        parcel_row<ShardStoreParcel, put, take_store, store_command>(kind::shard_store, "shard store", true),
        number_row<shard_stored, stored_command>(kind::shard_stored, "shard stored"),
        parcel_row<ShardSumParcel, put, take_sum, sum_command>(kind::shard_sum, "shard sum", false),
        parcel_row<ShardNamesParcel, put, take_names, names_command>(kind::shard_names, "shard names", false),
    };
    const MessageKindRow* noise = row_of(replication_message_kinds(), garbage_kind);
    CHECK(noise != nullptr);
    all.push_back(*noise);
    return all;
  }();
  return rows;
}

}  // namespace peerlab
