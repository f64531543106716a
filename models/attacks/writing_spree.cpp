#include "models/attacks/writing_spree.h"

namespace peerlab {

WritingSpree::WritingSpree(const DirectorSetup& setup, By by) : targets_(setup), writes_(setup.params), by_(by) {}

void WritingSpree::prepare(Reach& reach) {
  prepared_ = true;
  const std::vector<MachineId> taken = targets_.take(reach);
  nodes_ = nodes_on(reach.layout(), taken);
  std::vector<UserId> users;
  for (const NodeId node : nodes_) {
    const UserId user = reach.layout().members[node.index()].user;
    if (user.valid()) users.push_back(user);
  }
  const bool as_owners = by_ == By::owners;
  if (as_owners && users.empty()) return;  // nobody's key lies there
  // Numbers of several lines do not meet: a line has a million.
  const std::uint32_t first = first_forged + targets_.line() * 1'000'000;
  const std::vector<Request> all = writes_.plan(reach, taken, as_owners ? users : std::vector<UserId>{},
                                                as_owners ? std::vector<UserId>{} : users, first);
  left_.assign(all.begin(), all.end());
}

void WritingSpree::wake(Time now, Reach& reach) {
  if (!prepared_) prepare(reach);
  if (left_.empty()) return;
  const Request request = left_.front();
  left_.pop_front();
  reach.report(nobody, {happened::deed_tried, static_cast<std::uint32_t>(writes_.deed), request.number,
                        request.record.packed()});
  for (const NodeId node : nodes_) {
    const Member& member = reach.layout().members[node.index()];
    if (by_ == By::owners && member.user != request.user) continue;
    reach.submit(node, request);
  }
  if (!left_.empty()) reach.arm(now + seconds(1));
}

}  // namespace peerlab
