#include "analysis/measures/break_in.h"

#include <algorithm>
#include <queue>
#include <utility>

namespace peerlab {

/// What a thief has in hand so far.
struct BreakIn::Hand {
  std::vector<bool> content;      ///< by record
  std::vector<bool> key;          ///< by user
  std::vector<bool> got;          ///< by record: what he is after
  std::vector<std::uint32_t> on;  ///< by record: the last look at a machine that counted it
  std::uint32_t looks = 0;
  bool unlocked = false;
};

BreakIn::BreakIn(const Audit& audit, std::span<const Record> records, bool open)
    : audit_(audit), records_(records), open_(open) {
  record_of_.assign(audit.copies.size(), never);
  of_owner_.resize(audit.keys.size());
  key_at_.assign(audit.keys.size(), never);
  for (std::uint32_t r = 0; r < records.size(); ++r) {
    record_of_[records[r].write] = r;
    if (records[r].owner.index() < of_owner_.size()) of_owner_[records[r].owner.index()].push_back(r);
  }
  of_bundle_.resize(audit.bundles.size());
  for (std::size_t b = 0; b < audit.bundles.size(); ++b) {
    for (const std::uint32_t write : audit.bundles[b]) {
      if (record_of_[write] != never) of_bundle_[b].push_back(record_of_[write]);
    }
  }
}

template <class F>
void BreakIn::each_record(const Audit::Holding& holding, F&& f) const {
  for (const std::uint32_t bundle : holding.bundles) {
    for (const std::uint32_t record : of_bundle_[bundle]) f(record);
  }
  for (const std::uint32_t write : holding.writes) {
    if (record_of_[write] != never) f(record_of_[write]);
  }
}

void BreakIn::fall(std::span<const MachineId> order, Fallen& fallen) {
  std::vector<std::uint32_t>& content_at = fallen.seen;  // first the content, then what follows from it
  content_at.assign(records_.size(), never);
  std::size_t missing = records_.size();
  for (std::uint32_t r = 0; r < records_.size() && open_; ++r) {
    if (!on_line(r)) continue;
    content_at[r] = 0;
    --missing;
  }
  std::vector<std::uint32_t> touched;
  std::vector<MachineId> locked;
  bool unlocked = false;
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    const Audit::Holding& holding = audit_.machines[order[i].index()];
    const auto empty_out = [&](const Audit::Holding& from) {
      if (missing == 0) return;
      each_record(from, [&](std::uint32_t r) {
        if (content_at[r] != never) return;
        content_at[r] = i + 1;
        --missing;
      });
    };
    for (const UserId user : holding.keys) {
      if (key_at_[user.index()] != never) continue;
      key_at_[user.index()] = i + 1;
      touched.push_back(user.value);
    }
    if (!unlocked && holding.store && holding.on) {
      unlocked = true;
      for (const MachineId before : locked) empty_out(audit_.machines[before.index()]);
    }
    if (holding.locked && !unlocked) {
      locked.push_back(order[i]);
    } else {
      empty_out(holding);
    }
  }
  fallen.read.assign(records_.size(), never);
  for (std::uint32_t r = 0; r < records_.size(); ++r) {
    const Record& record = records_[r];
    const Audit::Copies& copies = audit_.copies[record.write];
    const std::uint32_t as_owner =
        on_line(r) && record.owner.index() < key_at_.size() ? key_at_[record.owner.index()] : never;
    content_at[r] = std::min(content_at[r], as_owner);  // from here on: seen
    if (!copies.sealed) {
      fallen.read[r] = content_at[r];
    } else if (copies.opens_for.valid() && content_at[r] != never) {
      fallen.read[r] = std::max(content_at[r], key_at_[copies.opens_for.index()]);
    }
  }
  for (const std::uint32_t user : touched) key_at_[user] = never;
}

std::uint64_t BreakIn::gain(MachineId machine, Aim aim, Hand& hand) const {
  const Audit::Holding& holding = audit_.machines[machine.index()];
  ++hand.looks;
  std::uint64_t more = 0;
  const auto has_key = [&](UserId user) {
    return user.valid() && user.index() < hand.key.size() &&
           (hand.key[user.index()] || std::find(holding.keys.begin(), holding.keys.end(), user) != holding.keys.end());
  };
  const auto consider = [&](std::uint32_t r, bool content) {
    const Record& record = records_[r];
    if (hand.got[r] || hand.on[r] == hand.looks) return;
    if (aim == Aim::private_records && !record.is_private) return;
    const Audit::Copies& copies = audit_.copies[record.write];
    const bool reached = content || hand.content[r] || (on_line(r) && has_key(record.owner));
    const bool got = reached && (aim == Aim::metadata || !copies.sealed || has_key(copies.opens_for));
    if (!got) return;
    hand.on[r] = hand.looks;
    ++more;
  };
  if (!holding.locked || hand.unlocked) each_record(holding, [&](std::uint32_t r) { consider(r, true); });
  for (const UserId user : holding.keys) {
    for (const std::uint32_t r : of_owner_[user.index()]) consider(r, false);
  }
  return more;
}

std::vector<MachineId> BreakIn::greedy(Aim aim, std::size_t most) const {
  Hand hand;
  hand.content.assign(records_.size(), false);
  hand.key.assign(of_owner_.size(), false);
  hand.got.assign(records_.size(), false);
  hand.on.assign(records_.size(), 0);
  const auto settle = [&](std::uint32_t r) {
    const Audit::Copies& copies = audit_.copies[records_[r].write];
    const UserId owner = records_[r].owner;
    const bool reached = hand.content[r] || (on_line(r) && owner.index() < hand.key.size() && hand.key[owner.index()]);
    const bool opens = copies.opens_for.valid() && hand.key[copies.opens_for.index()];
    if (reached && (aim == Aim::metadata || !copies.sealed || opens)) hand.got[r] = true;
  };
  if (open_) {
    for (std::uint32_t r = 0; r < records_.size(); ++r) {
      hand.content[r] = on_line(r);
      settle(r);
    }
  }
  using Offer = std::pair<std::uint64_t, std::uint32_t>;  // gain, and the machine's number from above
  std::priority_queue<Offer> offers;
  for (std::uint32_t m = 0; m < audit_.machines.size(); ++m) offers.emplace(gain(MachineId(m), aim, hand), ~m);
  std::vector<MachineId> order;
  // Gains mostly shrink: an offer that was made before something fell is made again when it comes up.
  while (order.size() < most && !offers.empty()) {
    const Offer stale = offers.top();
    offers.pop();
    const MachineId machine(~stale.second);
    const Offer fresh{gain(machine, aim, hand), stale.second};
    if (!offers.empty() && fresh < offers.top()) {
      offers.push(fresh);
      continue;
    }
    if (fresh.first == 0) break;
    order.push_back(machine);
    const Audit::Holding& holding = audit_.machines[machine.index()];
    hand.unlocked = hand.unlocked || (holding.store && holding.on);
    for (const UserId user : holding.keys) hand.key[user.index()] = true;
    if (!holding.locked || hand.unlocked) each_record(holding, [&](std::uint32_t r) { hand.content[r] = true; });
    if (!holding.locked || hand.unlocked) each_record(holding, settle);
    for (const UserId user : holding.keys) {
      for (const std::uint32_t r : of_owner_[user.index()]) settle(r);
    }
  }
  return order;
}

}  // namespace peerlab
