#include "models/replication/block_relay.h"

#include <algorithm>

#include "models/replication/message_kinds.h"

namespace peerlab {
namespace {

constexpr Wanted wanted(BlockRef b) { return {Wanted::Class::block, b.value}; }

}  // namespace

bool BlockRelay::announced(Time now, NodeId from, const Message& m, Outbox& out) {
  const Wanted thing{Wanted::Class::block, m.ref};
  const NodeId peer = r_.tracker.announced(thing, from, now);
  if (peer.valid()) ask(thing, peer, out);
  return peer.valid();
}

void BlockRelay::ask(Wanted thing, NodeId peer, Outbox& out) {
  const bool compact =
      !whole_ && (options_.compact == CompactMode::real || (options_.compact == CompactMode::modelled && own_.compact));
  out.send(peer, block_request(BlockRef(thing.ref), compact));
}

bool BlockRelay::serves(BlockRef block) const {
  return r_.tree.have_header(block) && r_.tree.have_body(block) && !r_.tree.invalid(block);
}

Message BlockRelay::served(BlockRef block, bool compact_will_do) {
  const std::uint32_t tip = r_.pool.headers.height(r_.tree.tip());
  const bool recent = r_.pool.headers.height(block) + compact_depth > tip;
  if (compact_will_do && recent && options_.compact == CompactMode::real) {
    return compact_block(*r_.home.parcels, r_.pool, cache_.table(r_.pool, block).compact());
  }
  if (compact_will_do && recent && options_.compact == CompactMode::modelled && own_.compact) {
    return {kind::modelled_compact, 0, options_.compact_size, block.value};
  }
  return block_body(*r_.home.parcels, r_.pool, {block, r_.pool.state.body(block)});
}

Verdict BlockRelay::asked(NodeId from, const Message& m, Outbox& out) {
  Message answer;
  if (m.kind == kind::missing_request) {
    const auto& p = r_.home.parcels->as<MissingParcel>(m);
    if (!serves(p.block)) return Verdict::ok;
    const auto list = r_.pool.bodies.list(r_.pool.state.body(p.block));
    std::vector<TxRef> rest;
    for (const std::uint32_t place : p.places) {
      if (place >= list.size()) return Verdict::malformed;
      rest.push_back(list[place]);
    }
    answer = missing_transactions(*r_.home.parcels, r_.pool, p.block, std::move(rest));
  } else {
    const BlockRef block(m.ref);
    if (!serves(block)) return Verdict::ok;
    answer = m.kind == kind::modelled_missing ? Message{kind::modelled_rest, 0, m.extra, m.ref}
                                              : served(block, m.extra == 1);
  }
  out.work.bytes_coded +=
      row_of(replication_message_kinds(), answer.kind)->wire_size(answer, *r_.home.parcels, &r_.pool);
  out.send(from, answer);
  return Verdict::ok;
}

BlockRelay::Arrival BlockRelay::received(NodeId from, const Message& m, Stream& chance, Outbox& out) {
  out.work.bytes_coded += row_of(replication_message_kinds(), m.kind)->wire_size(m, *r_.home.parcels, &r_.pool);
  if (m.kind == kind::compact_block) return compact(from, m, out);
  if (m.kind == kind::missing_transactions) return rest(from, m, out);
  if (m.kind == kind::modelled_compact || m.kind == kind::modelled_rest) return modelled(from, m, chance, out);
  Arrival arrival;
  if (m.parcel != 0) {
    arrival.block = r_.home.parcels->as<BlockParcel>(m).block;
  } else {
    arrival.block = {BlockRef(m.ref), r_.pool.state.body(BlockRef(m.ref))};
  }
  return arrival;
}

BlockRelay::Arrival BlockRelay::compact(NodeId from, const Message& m, Outbox& out) {
  Arrival arrival;
  const CompactBlock& c = *r_.home.parcels->as<CompactParcel>(m).compact;
  if (r_.came(c.block)) return arrival;
  const Judged header = r_.pool.headers.judge_alone(c.block);
  charge(out.work, header.effort);
  if (!header.ok()) {
    arrival.fault = header.verdict;
    return arrival;
  }
  ShortIdTable* table = cache_.table_of(c);
  Rebuilt rebuilt =
      table != nullptr ? table->rebuild(r_.pool, r_.mempool.set()) : rebuild(r_.pool, c, r_.mempool.set());
  out.work.bytes_hashed += 32 * r_.mempool.size();
  arrival.rebuilt = true;
  if (rebuilt.missing.empty()) {
    arrival.block = {c.block, r_.pool.bodies.intern(rebuilt.list)};
    return arrival;
  }
  out.report({happened::compact_incomplete, static_cast<std::uint32_t>(rebuilt.missing.size()),
              r_.pool.headers.name(c.block), 0});
  out.send(from, missing_request(*r_.home.parcels, r_.pool, c.block, rebuilt.missing));
  erase_if(partial_, [&](const Partial& p) { return p.block == c.block && p.from == from; });
  partial_.push_back({c.block, from, std::move(rebuilt.list), std::move(rebuilt.missing)});
  return arrival;
}

BlockRelay::Arrival BlockRelay::rest(NodeId from, const Message& m, Outbox& out) {
  Arrival arrival;
  const auto& p = r_.home.parcels->as<TransactionsParcel>(m);
  const auto partial = std::find_if(partial_.begin(), partial_.end(),
                                    [&](const Partial& q) { return q.block == p.block && q.from == from; });
  if (partial == partial_.end()) return arrival;
  if (p.list.size() != partial->missing.size()) {
    partial_.erase(partial);
    ask_whole(p.block, from, out);
    return arrival;
  }
  for (std::size_t i = 0; i < p.list.size(); ++i) partial->list[partial->missing[i]] = p.list[i];
  arrival.block = {p.block, r_.pool.bodies.intern(partial->list)};
  arrival.rebuilt = true;
  partial_.erase(partial);
  return arrival;
}

BlockRelay::Arrival BlockRelay::modelled(NodeId from, const Message& m, Stream& chance, Outbox& out) {
  Arrival arrival;
  const BlockRef block(m.ref);
  if (r_.came(block)) return arrival;
  if (m.kind == kind::modelled_compact) {
    const std::uint16_t missing = draw_missing(chance, own_.churn);
    if (missing != 0) {
      out.report({happened::compact_incomplete, 1, r_.pool.headers.name(block), missing});
      out.send(from, {kind::modelled_missing, 0, missing, block.value});
      return arrival;
    }
  }
  arrival.block = {block, r_.pool.state.body(block)};
  return arrival;
}

void BlockRelay::announce(BlockRef block, std::span<const NodeId> know, Outbox& out) {
  if (options_.push && know.size() <= 1) {
    out.flood(served(block, true), know.empty() ? nobody : know[0]);
    return;
  }
  if (options_.push) {
    for (const NodeId peer : r_.neighbours()) {
      if (!peer.valid() || std::find(know.begin(), know.end(), peer) != know.end()) continue;
      out.send(peer, served(block, true));
    }
    return;
  }
  const Message inventory = block_inventory(block);
  if (options_.announce_to_all || know.empty()) {
    out.flood(inventory);
  } else if (know.size() == 1) {
    out.flood(inventory, know[0]);
  } else {
    for (const NodeId peer : r_.neighbours()) {
      if (peer.valid() && std::find(know.begin(), know.end(), peer) == know.end()) out.send(peer, inventory);
    }
  }
}

void BlockRelay::forget(BlockRef block) {
  r_.tracker.settled(wanted(block));
  if (!partial_.empty()) {
    erase_if(partial_, [&](const Partial& p) { return p.block == block; });
  }
}

void BlockRelay::gone(NodeId peer) {
  erase_if(partial_, [&](const Partial& p) { return p.from == peer; });
}

}  // namespace peerlab
