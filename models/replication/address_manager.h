// The addresses that a node has heard of, in two tables that are hard to fill for one who has few networks.
//
//   new    addresses heard of and never reached; where one may stand depends on its group and on the group of who told it
//   tried  addresses that were reached; where one may stand depends on the address and its group
//
// A table has buckets of `bucket_size` places. A secret key says which bucket and which place in it: nobody outside can aim at a
// certain place. All that one source group tells lands in at most 64 of the new buckets, all tried addresses of one group in at most
// 8 of the tried ones, so that an attacker with few groups reaches few places however many addresses he has.
//
//   1. An address is known when it stands in at least one place; then it stands in the tried table, once, or in up to
//      `most_refs` places of the new one, never in both.
//   2. A place that is taken is given away in `new` when its holder is terrible (older than 30 days, or failed too often), or stands
//      elsewhere too while the newcomer stands nowhere.
//   3. In `tried` the newcomer pushes the holder back into `new`; with `test_before_evict` it waits until somebody has seen whether
//      the holder still answers, and gives way when it does.
//   4. Each further place in `new` for an address that has n of them is granted with probability 2^-n.
//
// Choosing: from either table with even chances, then a taken place at random, then the address with a chance that falls with
// each failed attempt (times 0.66) and within ten minutes of the last one (times 0.01).
//
// The rules are those of Bitcoin's address manager, with the countermeasures of Heilman, Kendler, Zohar and Goldberg, "Eclipse Attacks
// on Bitcoin's Peer-to-Peer Network", USENIX Security 2015. Tables are kept sparse: memory follows the addresses known, and every
// operation costs a few look-ups.
#pragma once

#include <cstdint>
#include <vector>

#include "models/base/random.h"
#include "models/base/time.h"
#include "models/replication/flat_index.h"
#include "models/replication/net_address.h"

namespace peerlab {

class AddressManager {
 public:
  struct Options {
    std::uint32_t new_buckets = 1024;
    std::uint32_t tried_buckets = 256;
    std::uint32_t bucket_size = 64;
    bool test_before_evict = true;
  };
  static constexpr std::uint32_t most_refs = 8;           ///< places of one address in `new`
  static constexpr std::uint32_t buckets_of_source = 64;  ///< in `new`, for all that one source group tells
  static constexpr std::uint32_t buckets_of_group = 8;    ///< in `tried`, for all addresses of one group

  AddressManager(const Options& options, std::uint64_t key) : options_(options), key_(key) {}

  /// `source` says that `address` was seen working at `seen`. True when it got a place.
  bool add(NetAddress address, NetAddress source, Time seen, Time now, Stream& chance);
  /// It was reached. True when it moved to `tried`; false also when it waits for its place.
  bool good(NetAddress address, Time now);
  /// A connection is being tried. Failures count only when something was reached since the last one counted: a node that
  /// is off line blames nobody.
  void attempt(NetAddress address, Time now);
  /// It was seen working.
  void seen(NetAddress address, Time now);
  /// One to connect to, or none. `fresh`: only from `new`.
  [[nodiscard]] NetAddress select(Time now, bool fresh, Stream& chance) const;
  /// The holder of a tried place for which another one waits: to be tested next. None: nobody waits.
  [[nodiscard]] NetAddress to_test() const;
  /// Settles the cases in which the holder was tested, or never will be.
  void settle_collisions(Time now);
  /// What it tells who asks: at most `most`, and 23 % of what it knows (but one at least), at random,
  /// nothing terrible.
  [[nodiscard]] std::vector<NetAddress> share(std::size_t most, Time now, Stream& chance) const;

  [[nodiscard]] bool knows(NetAddress address) const { return find(address) != FlatIndex::none; }
  [[nodiscard]] bool tried(NetAddress address) const {
    const std::uint32_t k = find(address);
    return k != FlatIndex::none && known_[k].tried;
  }
  [[nodiscard]] Time last_seen(NetAddress address) const {
    const std::uint32_t k = find(address);
    return k == FlatIndex::none ? Time::zero() : known_[k].seen;
  }
  /// Addresses, not places.
  [[nodiscard]] std::size_t new_count() const { return order_.size() - tried_.places.size(); }
  [[nodiscard]] std::size_t tried_count() const { return tried_.places.size(); }
  [[nodiscard]] std::size_t waiting() const { return collisions_.size(); }
  /// All that it knows, in an order that depends only on what it was told.
  [[nodiscard]] const std::vector<NetAddress>& all() const { return order_; }

  /// Where an address may stand: bucket times `bucket_size` plus the place in it.
  [[nodiscard]] std::uint32_t new_place(NetAddress address, NetAddress source) const;
  [[nodiscard]] std::uint32_t tried_place(NetAddress address) const;
  /// Who stands there; none when it is free.
  [[nodiscard]] NetAddress in_new(std::uint32_t place) const { return holder(new_, place); }
  [[nodiscard]] NetAddress in_tried(std::uint32_t place) const { return holder(tried_, place); }

 private:
  struct Known {
    NetAddress address;
    NetAddress source;  ///< who told it first
    Time seen{};
    Time success{};       ///< last one; zero: never
    Time last_attempt{};  ///< zero: never
    Time counted{};       ///< the last attempt that counts as a failure until it succeeds
    std::uint32_t order = 0;
    std::uint16_t attempts = 0;
    std::uint8_t refs = 0;
    bool tried = false;
  };
  /// A sparse table: the taken places in a row, to draw from, and where each of them is in it.
  struct Table {
    struct Place {
      std::uint32_t number;
      std::uint32_t known;
    };
    std::vector<Place> places;
    FlatIndex index;
    [[nodiscard]] std::uint32_t at(std::uint32_t place) const {
      const std::uint32_t i = index.find(place);
      return i == FlatIndex::none ? FlatIndex::none : places[i].known;
    }
    void put(std::uint32_t place, std::uint32_t known);
    void clear(std::uint32_t place);
  };

  [[nodiscard]] std::uint64_t hash(std::uint64_t a, std::uint64_t b) const { return mix64(mix64(key_ ^ a) + b); }
  [[nodiscard]] std::uint32_t find(NetAddress address) const { return index_.find(address.value); }
  [[nodiscard]] NetAddress holder(const Table& table, std::uint32_t place) const {
    const std::uint32_t k = table.at(place);
    return k == FlatIndex::none ? NetAddress{} : known_[k].address;
  }
  std::uint32_t enter(NetAddress address, NetAddress source);
  void forget(std::uint32_t k);
  void vacate_new(std::uint32_t place);
  void make_tried(std::uint32_t k);
  bool good_now(std::uint32_t k, bool test);
  [[nodiscard]] bool terrible(const Known& known, Time now) const;
  [[nodiscard]] static double chance_of(const Known& known, Time now);

  Options options_;
  std::uint64_t key_;
  std::vector<Known> known_;
  std::vector<std::uint32_t> free_;
  std::vector<NetAddress> order_;  ///< all known; the last one takes the place of one that is forgotten
  FlatIndex index_;                ///< address -> place in known_
  Table new_;
  Table tried_;
  std::vector<NetAddress> collisions_;  ///< in `new`, waiting for a tried place; in the order of arrival
  Time last_good_{1};
};

}  // namespace peerlab
