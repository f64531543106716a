// Samples of every kind of message, and what must hold of any kind: as long as declared, the same after decoding in another pool, told
// apart by its content, and a decoder that nothing breaks.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "models/replication/envelope.h"
#include "models/replication/message_kinds.h"
#include "tests/models/replication/a_ledger.h"

namespace peerlab {

struct MessageSamples : testing::Test {
  ALedger ledger;
  Parcels parcels;
  std::vector<Message> all;  ///< to be filled by the derived fixture
  std::span<const MessageKindRow> rows;

  explicit MessageSamples(std::span<const MessageKindRow> of) : rows(of) {}
  ~MessageSamples() override {
    for (const Message& m : all) parcels.drop(m);
  }
  /// Payments and publications in the mempool, among them one of declared size.
  std::vector<TxRef> waiting(std::uint32_t count, std::uint32_t every) {
    std::vector<TxRef> list;
    for (std::uint32_t i = 0; i < count; ++i) {
      list.push_back(
          i % every == 0
              ? ledger.spend(i % 4, i, i == 6 ? declared_content(77, 5000) : stored_content(Bytes(40 + i, 7)))
              : ledger.spend(i % 4, i));
      EXPECT_TRUE(ledger.mempool->add(list.back(), ledger.tip).ok());
    }
    return list;
  }
  [[nodiscard]] const MessageKindRow& row(const Message& m) const { return *row_of(rows, m.kind); }
  Bytes bytes(const Message& m) { return row(m).encode(m, parcels, ledger.pool.get()); }

  void every_kind_is_there() {
    for (const MessageKindRow& r : rows) {
      EXPECT_TRUE(std::any_of(all.begin(), all.end(), [&](const Message& m) { return m.kind == r.kind; })) << r.name;
    }
  }
  void encodings_are_as_long_as_declared() {
    for (const Message& m : all) {
      EXPECT_EQ(bytes(m).size(), row(m).wire_size(m, parcels, ledger.pool.get())) << row(m).name;
    }
  }
  void another_pool_reads_the_same_content_and_writes_the_same_bytes() {
    const auto other = ledger.make();
    for (const Message& m : all) {
      const Bytes first = bytes(m);
      const auto read = row(m).decode(first, parcels, other.get());
      ASSERT_TRUE(read.has_value()) << row(m).name;
      EXPECT_EQ(read->kind, m.kind);
      EXPECT_EQ(read->extra, m.extra) << row(m).name;
      EXPECT_EQ(row(m).content(*read, parcels, other.get()), row(m).content(m, parcels, ledger.pool.get()))
          << row(m).name;
      EXPECT_EQ(row(m).wire_size(*read, parcels, other.get()), first.size()) << row(m).name;
      if (m.kind != garbage_kind) {
        EXPECT_EQ(row(m).encode(*read, parcels, other.get()), first) << row(m).name;
      }
      parcels.drop(*read);
    }
  }
  void contents_of_different_messages_differ() {
    for (std::size_t i = 0; i < all.size(); ++i) {
      for (std::size_t j = i + 1; j < all.size(); ++j) {
        EXPECT_NE(row(all[i]).content(all[i], parcels, ledger.pool.get()),
                  row(all[j]).content(all[j], parcels, ledger.pool.get()))
            << i << " " << row(all[i]).name << " and " << j << " " << row(all[j]).name;
      }
    }
  }
  void decoders_survive_mutated_bytes_and_accept_only_what_they_would_write(int rounds) {
    const auto other = ledger.make();
    Stream chance(4, purpose("fuzz"), 0);
    int accepted = 0;
    for (int round = 0; round < rounds; ++round) {
      const Message& m = all[chance.below(all.size())];
      if (m.kind == garbage_kind) continue;
      Bytes payload = bytes(m);
      const std::string_view command(reinterpret_cast<const char*>(payload.data()) + 4, 12);
      const std::string name(command.substr(0, command.find('\0')));
      payload.erase(payload.begin(), payload.begin() + envelope_size);
      for (std::uint64_t edits = 1 + chance.below(3); edits > 0 && !payload.empty(); --edits) {
        const std::size_t at = chance.below(std::min<std::size_t>(payload.size(), 400));
        switch (chance.below(4)) {
          case 0: payload[at] = static_cast<std::uint8_t>(chance.bits()); break;
          case 1: payload[at] ^= static_cast<std::uint8_t>(1U << chance.below(8)); break;
          case 2: payload.resize(at); break;
          default:
            payload.insert(payload.begin() + static_cast<std::ptrdiff_t>(at), static_cast<std::uint8_t>(chance.bits()));
        }
      }
      const Bytes sealed = enclose(name, payload);  // the checksum is right: the decoder itself is tried
      const auto read = row(m).decode(sealed, parcels, other.get());
      if (!read) continue;
      ++accepted;
      EXPECT_EQ(row(m).encode(*read, parcels, other.get()), sealed) << row(m).name;
      EXPECT_EQ(row(m).wire_size(*read, parcels, other.get()), sealed.size()) << row(m).name;
      parcels.drop(*read);
    }
    EXPECT_GT(accepted, 100);
  }
};

}  // namespace peerlab
