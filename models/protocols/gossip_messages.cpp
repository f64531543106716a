#include "models/protocols/gossip_messages.h"

#include "models/base/check.h"
#include "models/protocols/parcel_rows.h"
#include "models/protocols/version_pieces.h"
#include "models/replication/content.h"
#include "models/replication/envelope.h"
#include "models/replication/message_kinds.h"

namespace peerlab {
namespace {

using Decoded = std::optional<Message>;

void put(const GossipOfferParcel& p, Writer& w) { put_list(p.offers, w); }
Decoded take_offer(Reader& in, Parcels& parcels) {
  auto offers = take_list(in);
  if (!offers) return std::nullopt;
  return gossip_offer(parcels, std::move(*offers));
}

void put(const GossipWantParcel& p, Writer& w) {
  w.compact_size(p.records.size());
  for (const std::uint64_t record : p.records) w.u64(record);
}
Decoded take_want(Reader& in, Parcels& parcels) {
  const std::uint64_t count = in.compact_size();
  if (!in.ok() || count > in.left() / 8) return std::nullopt;
  std::vector<std::uint64_t> records;
  for (std::uint64_t i = 0; i < count; ++i) records.push_back(in.u64());
  if (!in.finished()) return std::nullopt;
  return gossip_want(parcels, std::move(records));
}

void put(const GossipRecordParcel& p, Writer& w) { encode(p.state, w); }
Decoded take_record(Reader& in, Parcels& parcels) {
  std::optional<Answer> state = decode_answer(in);
  if (!state || !state->found() || !in.finished()) return std::nullopt;
  return gossip_record(parcels, std::move(*state));
}

void put(const GossipSummaryParcel& p, Writer& w) {
  for (const std::uint64_t sum : p.sums) w.u64(sum);
}
Decoded take_summary(Reader& in, Parcels& parcels) {
  Summary16 sums;
  for (std::uint64_t& sum : sums) sum = in.u64();
  if (!in.finished()) return std::nullopt;
  return gossip_summary(parcels, sums);
}

std::string_view offer_command() { return "goffer"; }
std::string_view want_command() { return "gwant"; }
std::string_view record_command() { return "grecord"; }
std::string_view have_command() { return "ghave"; }
std::string_view summary_command() { return "gsummary"; }
std::string_view knew_command() { return "gknew"; }

}  // namespace

Message gossip_offer(Parcels& parcels, std::vector<Offered> offers) {
  auto p = sized_parcel<GossipOfferParcel>(encoded_size(offers));
  p->content = content_of_list(kind::gossip_offer, offers);
  p->offers = std::move(offers);
  return parcels.add(kind::gossip_offer, std::move(p));
}

Message gossip_want(Parcels& parcels, std::vector<std::uint64_t> records) {
  auto p = sized_parcel<GossipWantParcel>(compact_size_length(records.size()) + 8 * records.size());
  p->content = content_of(kind::gossip_want, records.size(), 0);
  for (const std::uint64_t record : records) p->content = content_of(kind::gossip_want, p->content, record);
  p->records = std::move(records);
  return parcels.add(kind::gossip_want, std::move(p));
}

Message gossip_record(Parcels& parcels, Answer state) {
  auto p = sized_parcel<GossipRecordParcel>(encoded_size(state));
  p->content = fold_version(kind::gossip_record, content_of(kind::gossip_record, state.custody.size(), 0), state);
  p->state = std::move(state);
  return parcels.add(kind::gossip_record, std::move(p));
}

Message gossip_have(std::uint32_t number) { return {kind::gossip_have, 0, 0, number}; }
Message gossip_knew(std::uint32_t number) { return {kind::gossip_knew, 0, 0, number}; }

Message gossip_summary(Parcels& parcels, const Summary16& sums) {
  auto p = sized_parcel<GossipSummaryParcel>(8 * sums.size());
  p->content = content_of(kind::gossip_summary, 0, 0);
  for (const std::uint64_t sum : sums) p->content = content_of(kind::gossip_summary, p->content, sum);
  p->sums = sums;
  return parcels.add(kind::gossip_summary, std::move(p));
}

std::span<const MessageKindRow> gossip_message_kinds() {
  static const std::vector<MessageKindRow> rows = [] {
    std::vector<MessageKindRow> all = {
        parcel_row<GossipOfferParcel, put, take_offer, offer_command>(kind::gossip_offer, "gossip offer", false),
        parcel_row<GossipWantParcel, put, take_want, want_command>(kind::gossip_want, "gossip want", false),
        parcel_row<GossipRecordParcel, put, take_record, record_command>(kind::gossip_record, "gossip record", true),
        number_row<gossip_have, have_command>(kind::gossip_have, "gossip have"),
        parcel_row<GossipSummaryParcel, put, take_summary, summary_command>(kind::gossip_summary, "gossip summary",
                                                                            false),
        number_row<gossip_knew, knew_command>(kind::gossip_knew, "gossip knew"),
    };
    const MessageKindRow* noise = row_of(replication_message_kinds(), garbage_kind);
    CHECK(noise != nullptr);
    all.push_back(*noise);
    return all;
  }();
  return rows;
}

}  // namespace peerlab
