#include "sim/world/profile.h"

#include <algorithm>

namespace peerlab {

Profile::Profile(HostClock host_time_of) : host_time(host_time_of) {
  rows[request].name = "request of a user";
  rows[won].name = "block won";
  rows[link_up].name = "link opened";
  rows[link_down].name = "link closed";
  for (std::size_t slot = 0; timer + slot < row_count; ++slot)
    rows[timer + slot].name = "timer " + std::to_string(slot);
}

void Profile::name(std::span<const MessageKindRow> kinds) {
  for (const MessageKindRow& kind : kinds) rows[kind.kind].name = kind.name;
}

void Profile::merge(const Profile& other) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].name.empty()) rows[i].name = other.rows[i].name;
    rows[i].count += other.rows[i].count;
    rows[i].handling_ns += other.rows[i].handling_ns;
    rows[i].outbox_ns += other.rows[i].outbox_ns;
    rows[i].simulated = rows[i].simulated + other.rows[i].simulated;
  }
  build_ns += other.build_ns;
  run_ns += other.run_ns;
  finish_ns += other.finish_ns;
  events += other.events;
  runs += other.runs;
}

std::vector<ProfileRow> Profile::table() const {
  std::vector<ProfileRow> out;
  for (const ProfileRow& row : rows) {
    if (row.count > 0) out.push_back(row);
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const ProfileRow& a, const ProfileRow& b) { return a.host_ns() > b.host_ns(); });
  return out;
}

std::int64_t Profile::elsewhere_ns() const {
  std::int64_t rest = run_ns;
  for (const ProfileRow& row : rows) rest -= row.host_ns();
  return std::max<std::int64_t>(rest, 0);
}

}  // namespace peerlab
