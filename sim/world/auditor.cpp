#include "sim/world/auditor.h"

#include <algorithm>

#include "models/base/check.h"
#include "models/ledger/content.h"

namespace peerlab {

Auditor::Auditor(std::span<const Request> requests)
    : requests_(requests), bundle_of_(requests.size(), none), last_place_(requests.size(), 0) {}

void Auditor::begin(Time at, Audit::Why why, std::size_t machines, std::size_t users) {
  audit_.at = at;
  audit_.why = why;
  audit_.copies.resize(requests_.size());
  for (Audit::Copies& copies : audit_.copies) copies = {.sealed = copies.sealed, .opens_for = copies.opens_for};
  audit_.machines.assign(machines, {});
  audit_.backups.assign(machines, {});
  audit_.keys.assign(users, 0);
  for (Bundle& bundle : bundles_) bundle.copies = {};
}

void Auditor::open(MachineId machine, Place place, const Audit::Holding& about) {
  close();
  holding_ = &(place == Place::machine ? audit_.machines : audit_.backups)[machine.index()];
  *holding_ = about;
  kind_ = place;
  ++place_;
  first_source_ = true;
}

void Auditor::close() {
  if (holding_ == nullptr) return;
  CHECK(open_bundle_ == none);
  // What lay by itself may have been found in a bundle later.
  std::erase_if(holding_->writes, [this](std::uint32_t number) { return covered(number); });
  std::sort(holding_->writes.begin(), holding_->writes.end());  // each is there once
  if (!holding_->hostile) {
    for (const std::uint32_t bundle : holding_->bundles) count(bundles_[bundle].copies);
    for (const std::uint32_t number : holding_->writes) count(audit_.copies[number]);
  }
  holding_ = nullptr;
}

void Auditor::count(Audit::Copies& copies) const {
  if (kind_ == Place::backup) {
    ++copies.backups;
  } else if (!holding_->store) {
    ++copies.elsewhere;
  } else {
    ++(holding_->on ? copies.on_line : copies.off_line);
  }
}

const Audit& Auditor::finish() {
  close();
  for (std::size_t i = 0; i < bundles_.size(); ++i) {
    const Audit::Copies& theirs = bundles_[i].copies;
    if (!theirs.anywhere()) continue;
    for (const std::uint32_t number : audit_.bundles[i]) {
      Audit::Copies& copies = audit_.copies[number];
      copies.on_line += theirs.on_line;
      copies.off_line += theirs.off_line;
      copies.elsewhere += theirs.elsewhere;
      copies.backups += theirs.backups;
    }
  }
  return audit_;
}

void Auditor::state_digest(const Hash256& digest) {
  holding_->answers = true;
  holding_->state = digest.low64();
}

void Auditor::tip(std::uint32_t height, const Hash256& id) {
  holding_->answers = true;
  holding_->height = height;
  holding_->tip = id.low64();
}

void Auditor::key(std::uint32_t user) {
  if (user >= audit_.keys.size()) return;
  const auto known = std::find(holding_->keys.begin(), holding_->keys.end(), UserId(user));
  if (known != holding_->keys.end()) return;
  holding_->keys.push_back(UserId(user));
  ++audit_.keys[user];
}

bool Auditor::begin_bundle(std::uint64_t name) {
  CHECK(open_bundle_ == none);
  const auto [place, fresh] = known_.insert(name, static_cast<std::uint32_t>(bundles_.size()));
  if (!fresh) {
    found(*place);
    return false;
  }
  open_bundle_ = *place;
  bundles_.emplace_back();
  audit_.bundles.emplace_back();
  return true;
}

void Auditor::end_bundle() {
  CHECK(open_bundle_ != none);
  const std::uint32_t bundle = open_bundle_;
  open_bundle_ = none;
  std::vector<std::uint32_t>& writes = audit_.bundles[bundle];
  std::sort(writes.begin(), writes.end());
  writes.erase(std::unique(writes.begin(), writes.end()), writes.end());
  for (const std::uint32_t number : writes) {
    if (bundle_of_[number] == none) {
      bundle_of_[number] = bundle;
    } else {
      more_bundles_[number].push_back(bundle);
    }
  }
  found(bundle);
}

void Auditor::found(std::uint32_t bundle) {
  if (bundles_[bundle].last_place == place_) return;
  holding_->damaged += bundles_[bundle].damaged;
  if (!first_source_) {
    // A node may stand on another branch than its disk for a moment: then a write can lie in two bundles.
    const std::vector<std::uint32_t>& writes = audit_.bundles[bundle];
    if (std::any_of(writes.begin(), writes.end(), [this](std::uint32_t number) { return covered(number); })) {
      for (const std::uint32_t number : writes) add(number);
      return;
    }
  }
  bundles_[bundle].last_place = place_;
  holding_->bundles.push_back(bundle);
}

bool Auditor::covered(std::uint32_t number) const {
  const std::uint32_t first = bundle_of_[number];
  if (first == none) return false;
  if (bundles_[first].last_place == place_) return true;
  const std::vector<std::uint32_t>* more = more_bundles_.find(number);
  return more != nullptr && std::any_of(more->begin(), more->end(),
                                        [this](std::uint32_t bundle) { return bundles_[bundle].last_place == place_; });
}

void Auditor::add(std::uint32_t number) {
  if (last_place_[number] == place_) return;
  last_place_[number] = place_;
  if (!covered(number)) holding_->writes.push_back(number);
}

void Auditor::held(const HeldWrite& write) {
  if (write.number >= requests_.size()) return;
  const auto number = static_cast<std::uint32_t>(write.number);
  const Request& request = requests_[number];
  const bool brings =
      request.what == Asked::publish || request.what == Asked::update || request.what == Asked::transfer;
  if (!brings || request.record.packed() != write.record) return;
  if (!write.intact) {
    ++(open_bundle_ == none ? holding_->damaged : bundles_[open_bundle_].damaged);
    return;
  }
  audit_.copies[number].sealed = write.sealed;
  if (book_ && write.sealed) try_key(write, request);
  if (open_bundle_ == none) {
    add(number);
  } else {
    audit_.bundles[open_bundle_].push_back(number);
  }
}

void Auditor::try_key(const HeldWrite& write, const Request& request) {
  UserId& opens_for = audit_.copies[request.number].opens_for;
  if (opens_for.valid() || write.content == nullptr) return;
  const UserId owner = request.what == Asked::transfer ? request.other : request.user;
  if (open_content(*write.content, book_->key_pair(owner))) opens_for = owner;
}

}  // namespace peerlab
