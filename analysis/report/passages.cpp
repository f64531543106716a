#include "analysis/report/passages.h"

#include <algorithm>

#include "analysis/observation/message_rows.h"
#include "models/base/lookup.h"

namespace peerlab {

std::vector<MessagePassage> message_passages(const std::vector<Row>& rows) {
  std::vector<MessagePassage> all;
  std::vector<bool> over;
  Lookup<std::uint64_t, std::uint32_t> under_way;  // number of the message -> place in `all`
  for (const Row& row : rows) {
    const bool sent = row.kind == happened::message_sent;
    const bool dropped = row.kind == happened::message_dropped;
    if (!sent && !dropped && row.kind != happened::message_received) continue;
    if (sent || row.subject == no_message) {
      if (sent) under_way.insert(row.subject, static_cast<std::uint32_t>(all.size()));
      all.push_back({row.at, row.at, row.who, other_end_of(row), row.amount, message_kind_of(row), false});
      over.push_back(dropped);
    } else if (const std::uint32_t* place = under_way.find(row.subject)) {
      all[*place].ended = row.at;
      all[*place].arrived = !dropped;
      over[*place] = true;
    }
  }
  std::vector<MessagePassage> whole;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (over[i]) whole.push_back(all[i]);
  }
  return whole;
}

std::vector<MessagePassage> passages_around(std::vector<MessagePassage> all, const std::vector<Time>& instants,
                                            std::size_t most) {
  if (all.size() <= most) return all;
  constexpr Duration before = seconds(2);
  std::vector<bool> wanted(all.size(), false);
  std::size_t room = most;
  const auto take = [&](std::size_t from, std::size_t many) {
    for (std::size_t i = from; i < all.size() && many > 0 && room > 0; ++i, --many) {
      if (!wanted[i]) --room;
      wanted[i] = true;
    }
  };
  for (const Time instant : instants) {
    const auto first = std::lower_bound(all.begin(), all.end(), instant,
                                        [&](const MessagePassage& m, Time t) { return m.sent + before < t; });
    take(static_cast<std::size_t>(first - all.begin()), most / instants.size());
  }
  take(0, all.size());
  std::size_t kept = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (wanted[i]) all[kept++] = all[i];
  }
  all.resize(kept);
  return all;
}

}  // namespace peerlab
