#include "analysis/measures/operations.h"

#include <bit>

#include "models/base/check.h"

namespace peerlab {

void Operations::begin(const Cast& cast, std::span<const Request> requests) {
  requests_ = requests;
  fates_.assign(requests.size(), {});
  presence_.begin(cast);
  homes_.assign(cast.users, NodeId());
  for (std::uint32_t i = 0; i < cast.nodes.size(); ++i) {
    const UserId user = cast.nodes[i].user;
    if (user.valid() && user.index() < homes_.size() && !homes_[user.index()].valid()) homes_[user.index()] = NodeId(i);
  }
  for (std::size_t i = 1; i < requests.size(); ++i) CHECK(requests[i - 1].issued <= requests[i].issued);
}

// Machines change before users ask at the same instant, hence "before" and not "until".
void Operations::issue_before(Time at) {
  for (; issued_ < requests_.size() && requests_[issued_].issued < at; ++issued_) {
    const UserId user = requests_[issued_].user;
    if (!user.valid() || user.index() >= homes_.size()) continue;
    const NodeId home = homes_[user.index()];
    fates_[issued_].home_off = home.valid() && !presence_.up(home);
  }
}

void Operations::see(const Row& row) {
  if (Presence::speaks_of(row.kind)) {
    issue_before(row.at);
    presence_.see(row);
    return;
  }
  if (row.subject >= fates_.size()) return;
  Fate& fate = fates_[row.subject];
  if (row.kind == happened::operation_accepted) {
    if (fate.accepted == Time::never()) fate.accepted = row.at;
  } else if (row.kind == happened::operation_acked) {
    if (fate.acked == Time::never()) fate.acked = row.at;
    fate.stands = true;
  } else if (row.kind == happened::operation_final) {
    if (fate.safe == Time::never()) fate.safe = row.at;
  } else if (row.kind == happened::operation_flushed) {
    fate.flushed |= std::uint64_t{1} << (row.who.value & 63);
    const auto copies = static_cast<std::uint32_t>(std::popcount(fate.flushed));
    if (fate.safe == Time::never() && copies >= row.amount) fate.safe = row.at;
  } else if (row.kind == happened::operation_undone && fate.acked != Time::never()) {
    fate.undone = true;
    fate.stands = false;
  }
}

void Operations::finish(Time end) { issue_before(end + Duration{1}); }

}  // namespace peerlab
