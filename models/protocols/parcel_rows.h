// Rows of the table of message kinds for messages that are a parcel, or the number of a write and nothing else: how they are sized,
// told apart, and put into an envelope of their own command.
//
// The command on the wire is a function, since a row's functions take no closure.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "models/base/bytes.h"
#include "models/base/check.h"
#include "models/node/message_kind_row.h"
#include "models/node/parcels.h"
#include "models/replication/content.h"
#include "models/replication/envelope.h"

namespace peerlab {

/// A parcel whose payload has that many bytes.
template <class P>
std::unique_ptr<P> sized_parcel(std::size_t payload) {
  auto parcel = std::make_unique<P>();
  CHECK(payload <= payload_limit);
  parcel->wire_size = envelope_size + static_cast<std::uint32_t>(payload);
  return parcel;
}

/// `put` writes the payload of a parcel P, `take` reads it and says nothing when the bytes are none.
template <class P, void (*put)(const P&, Writer&), std::optional<Message> (*take)(Reader&, Parcels&),
          std::string_view (*command)()>
MessageKindRow parcel_row(MessageKind which, std::string_view name, bool bulk) {
  return {which,
          name,
          bulk,
          [](const Message& m, const Parcels& parcels, const BlockPool*) { return parcels.at(m).wire_size; },
          [](const Message& m, const Parcels& parcels, const BlockPool*) { return parcels.at(m).content; },
          [](const Message& m, const Parcels& parcels, const BlockPool*) {
            Bytes payload;
            Writer w(payload);
            put(parcels.as<P>(m), w);
            return enclose(command(), payload);
          },
          [](ByteView bytes, Parcels& parcels, BlockPool*) -> std::optional<Message> {
            const auto payload = payload_of(command(), bytes);
            if (!payload) return std::nullopt;
            Reader in(*payload);
            return take(in, parcels);
          }};
}

template <Message (*make)(std::uint32_t), std::string_view (*command)()>
MessageKindRow number_row(MessageKind which, std::string_view name) {
  return {which,
          name,
          false,
          [](const Message&, const Parcels&, const BlockPool*) { return envelope_size + 4; },
          [](const Message& m, const Parcels&, const BlockPool*) { return content_of(m.kind, m.ref, 0); },
          [](const Message& m, const Parcels&, const BlockPool*) {
            Bytes payload;
            Writer w(payload);
            w.u32(m.ref);
            return enclose(command(), payload);
          },
          [](ByteView bytes, Parcels&, BlockPool*) -> std::optional<Message> {
            const auto payload = payload_of(command(), bytes);
            if (!payload) return std::nullopt;
            Reader in(*payload);
            const std::uint32_t number = in.u32();
            if (!in.finished()) return std::nullopt;
            return make(number);
          }};
}

}  // namespace peerlab
