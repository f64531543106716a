#include "models/replication/address_manager.h"

#include <algorithm>

#include "models/base/check.h"

namespace peerlab {
namespace {

constexpr Duration too_old = hours(24 * 30);
constexpr Duration long_ago = hours(24 * 7);  // a success since then makes up for failures
constexpr std::uint16_t failures_without_success = 3;
constexpr std::uint16_t failures_after_success = 10;
constexpr Duration clock_error = minutes(10);
constexpr Duration just_now = seconds(60);
constexpr Duration retry_pause = minutes(10);
constexpr Duration fresh_success = hours(4);  // a holder that answered so recently keeps its place
constexpr Duration patience = minutes(40);    // for a test that nobody makes
constexpr std::size_t most_collisions = 10;   // that wait at a time
constexpr std::size_t share_per_cent = 23;

}  // namespace

// --- places ----------------------------------------------------------------------------------------------------------

std::uint32_t AddressManager::new_place(NetAddress address, NetAddress source) const {
  const std::uint64_t of_source = hash(group_of(address), std::uint64_t{group_of(source)} | 1ULL << 32);
  const std::uint64_t bucket =
      hash(group_of(source), (of_source % buckets_of_source) | 2ULL << 32) % options_.new_buckets;
  const std::uint64_t place = hash(address.value, bucket | 3ULL << 32) % options_.bucket_size;
  return static_cast<std::uint32_t>(bucket * options_.bucket_size + place);
}

std::uint32_t AddressManager::tried_place(NetAddress address) const {
  const std::uint64_t of_address = hash(address.value, 4ULL << 32);
  const std::uint64_t bucket =
      hash(group_of(address), (of_address % buckets_of_group) | 5ULL << 32) % options_.tried_buckets;
  const std::uint64_t place = hash(address.value, bucket | 6ULL << 32) % options_.bucket_size;
  return static_cast<std::uint32_t>(bucket * options_.bucket_size + place);
}

void AddressManager::Table::put(std::uint32_t place, std::uint32_t known) {
  index.set(place, static_cast<std::uint32_t>(places.size()));
  places.push_back({place, known});
}

void AddressManager::Table::clear(std::uint32_t place) {
  const std::uint32_t i = index.find(place);
  CHECK(i != FlatIndex::none);
  index.erase(place);
  if (i + 1 < places.size()) {
    places[i] = places.back();
    index.set(places[i].number, i);
  }
  places.pop_back();
}

// --- what is known ---------------------------------------------------------------------------------------------------

std::uint32_t AddressManager::enter(NetAddress address, NetAddress source) {
  std::uint32_t k;
  if (free_.empty()) {
    k = static_cast<std::uint32_t>(known_.size());
    known_.emplace_back();
  } else {
    k = free_.back();
    free_.pop_back();
  }
  known_[k] = {.address = address, .source = source, .order = static_cast<std::uint32_t>(order_.size())};
  order_.push_back(address);
  index_.set(address.value, k);
  return k;
}

void AddressManager::forget(std::uint32_t k) {
  const Known& gone = known_[k];
  CHECK(gone.refs == 0);
  CHECK(!gone.tried);
  index_.erase(gone.address.value);
  std::erase(collisions_, gone.address);
  if (gone.order + 1 < order_.size()) {
    order_[gone.order] = order_.back();
    known_[find(order_[gone.order])].order = gone.order;
  }
  order_.pop_back();
  free_.push_back(k);
}

void AddressManager::vacate_new(std::uint32_t place) {
  const std::uint32_t k = new_.at(place);
  if (k == FlatIndex::none) return;
  new_.clear(place);
  if (--known_[k].refs == 0) forget(k);
}

bool AddressManager::terrible(const Known& known, Time now) const {
  if (known.last_attempt > Time::zero() && now - known.last_attempt <= just_now) return false;
  if (known.seen > now + clock_error || now - known.seen > too_old) return true;
  if (known.success == Time::zero()) return known.attempts >= failures_without_success;
  return now - known.success > long_ago && known.attempts >= failures_after_success;
}

double AddressManager::chance_of(const Known& known, Time now) {
  double chance = known.last_attempt > Time::zero() && now - known.last_attempt < retry_pause ? 0.01 : 1.0;
  for (int i = std::min<int>(known.attempts, 8); i > 0; --i) chance *= 0.66;
  return chance;
}

// --- what comes in ---------------------------------------------------------------------------------------------------

bool AddressManager::add(NetAddress address, NetAddress source, Time seen, Time now, Stream& chance) {
  std::uint32_t k = find(address);
  if (k != FlatIndex::none) {
    Known& known = known_[k];
    const bool news = seen > known.seen;
    known.seen = std::max(known.seen, seen);
    if (!news || known.tried || known.refs == most_refs) return false;
    if (chance.below(std::uint64_t{1} << known.refs) != 0) return false;
  } else {
    k = enter(address, source);
    known_[k].seen = seen;
  }
  const std::uint32_t place = new_place(address, source);
  const std::uint32_t holder = new_.at(place);
  if (holder == k) return false;
  if (holder != FlatIndex::none) {
    const bool spare = known_[holder].refs > 1 && known_[k].refs == 0;
    if (!spare && !terrible(known_[holder], now)) {
      if (known_[k].refs == 0) forget(k);
      return false;
    }
    vacate_new(place);
  }
  ++known_[k].refs;
  new_.put(place, k);
  return true;
}

void AddressManager::make_tried(std::uint32_t k) {
  // All its places in `new` become free. It may have been told by any group: they are found among the taken ones.
  for (std::size_t i = 0; known_[k].refs > 0 && i < new_.places.size();) {
    if (new_.places[i].known != k) {
      ++i;
      continue;
    }
    new_.clear(new_.places[i].number);
    --known_[k].refs;
  }
  CHECK(known_[k].refs == 0);
  const std::uint32_t place = tried_place(known_[k].address);
  const std::uint32_t holder = tried_.at(place);
  if (holder != FlatIndex::none) {
    tried_.clear(place);
    known_[holder].tried = false;
    const std::uint32_t back = new_place(known_[holder].address, known_[holder].source);
    vacate_new(back);
    new_.put(back, holder);
    known_[holder].refs = 1;
  }
  tried_.put(place, k);
  known_[k].tried = true;
}

bool AddressManager::good_now(std::uint32_t k, bool test) {
  Known& known = known_[k];
  if (known.tried) return false;
  const std::uint32_t holder = tried_.at(tried_place(known.address));
  if (test && holder != FlatIndex::none) {
    const bool waits = std::find(collisions_.begin(), collisions_.end(), known.address) != collisions_.end();
    if (!waits && collisions_.size() < most_collisions) collisions_.push_back(known.address);
    return false;
  }
  make_tried(k);
  return true;
}

bool AddressManager::good(NetAddress address, Time now) {
  last_good_ = std::max(last_good_, now);
  const std::uint32_t k = find(address);
  if (k == FlatIndex::none) return false;
  Known& known = known_[k];
  known.success = std::max(now, Time{1});
  known.last_attempt = known.success;
  known.seen = std::max(known.seen, now);
  known.attempts = 0;
  return good_now(k, options_.test_before_evict);
}

void AddressManager::attempt(NetAddress address, Time now) {
  const std::uint32_t k = find(address);
  if (k == FlatIndex::none) return;
  Known& known = known_[k];
  known.last_attempt = std::max(now, Time{1});
  if (known.counted >= last_good_) return;
  known.counted = known.last_attempt;
  if (known.attempts < 0xffff) ++known.attempts;
}

void AddressManager::seen(NetAddress address, Time now) {
  const std::uint32_t k = find(address);
  if (k != FlatIndex::none) known_[k].seen = std::max(known_[k].seen, now);
}

// --- what goes out ---------------------------------------------------------------------------------------------------

NetAddress AddressManager::select(Time now, bool fresh, Stream& chance) const {
  if (new_.places.empty() && (fresh || tried_.places.empty())) return {};
  bool from_tried = false;
  if (!fresh && !tried_.places.empty()) from_tried = new_.places.empty() || chance.below(2) == 1;
  const Table& table = from_tried ? tried_ : new_;
  for (double factor = 1;; factor *= 1.2) {
    const auto at = static_cast<std::size_t>(chance.below(table.places.size()));
    const Known& known = known_[table.places[at].known];
    if (chance.chance(factor * chance_of(known, now))) return known.address;
  }
}

NetAddress AddressManager::to_test() const {
  for (const NetAddress waits : collisions_) {
    const std::uint32_t holder = tried_.at(tried_place(waits));
    if (holder != FlatIndex::none) return known_[holder].address;
  }
  return {};
}

void AddressManager::settle_collisions(Time now) {
  const std::vector<NetAddress> all = collisions_;
  for (const NetAddress waits : all) {
    const std::uint32_t k = find(waits);
    if (k == FlatIndex::none) continue;  // lost its place in `new` meanwhile, and was taken off the list
    const std::uint32_t holder = tried_.at(tried_place(waits));
    bool over = true;
    if (holder == FlatIndex::none || known_[k].tried) {
      (void)good_now(k, false);
    } else if (const Known& old = known_[holder]; old.success > Time::zero() && now - old.success < fresh_success) {
      // It answers: the newcomer stays where it is.
    } else if (old.last_attempt > Time::zero() && now - old.last_attempt < fresh_success) {
      over = now - old.last_attempt > just_now;
      if (over) (void)good_now(k, false);
    } else if (now - known_[k].success > patience) {
      (void)good_now(k, false);
    } else {
      over = false;
    }
    if (over) std::erase(collisions_, waits);
  }
}

std::vector<NetAddress> AddressManager::share(std::size_t most, Time now, Stream& chance) const {
  const std::size_t wanted = std::min(most, order_.size() * share_per_cent / 100 + (order_.empty() ? 0U : 1U));
  std::vector<NetAddress> row = order_;
  std::vector<NetAddress> told;
  for (std::size_t i = 0; i < row.size() && told.size() < wanted; ++i) {
    const auto j = i + static_cast<std::size_t>(chance.below(row.size() - i));
    std::swap(row[i], row[j]);
    if (!terrible(known_[find(row[i])], now)) told.push_back(row[i]);
  }
  return told;
}

}  // namespace peerlab
