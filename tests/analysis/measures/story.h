// Tells a measure a story by hand: who plays, what happens at which second, how it ends.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "analysis/measures/measure.h"

namespace peerlab {

inline Time at_second(double s) { return Time::zero() + Duration::from_seconds(s); }

class Story {
 public:
  /// `nodes` stores, one a machine, node i being user i's.
  explicit Story(std::uint32_t nodes) {
    cast.roles = {"peer"};
    cast.machines = nodes;
    cast.users = nodes;
    for (std::uint32_t i = 0; i < nodes; ++i) {
      CastNode node;
      node.machine = MachineId(i);
      node.user = UserId(i);
      cast.nodes.push_back(node);
    }
    totals.machines.resize(nodes);
  }
  /// A request of user `user` at second `s`.
  void request(Asked what, std::uint32_t user, double s, std::uint32_t size = 100, double deadline = 60) {
    Request r;
    r.number = static_cast<std::uint32_t>(requests.size());
    r.what = what;
    r.user = UserId(user);
    r.issued = at_second(s);
    r.size = size;
    r.deadline = Duration::from_seconds(deadline);
    requests.push_back(r);
  }
  void tell(double s, std::uint32_t who, HappeningKind kind, std::uint64_t subject = 0, std::uint32_t amount = 0,
            std::uint64_t detail = 0) {
    rows.push_back({at_second(s), NodeId(who), kind, amount, subject, detail});
  }
  /// Node `who` mines `block` on `parent`, and stands on it.
  void mines(double s, std::uint32_t who, std::uint64_t block, std::uint64_t parent, std::uint32_t height = 1) {
    tell(s, who, happened::block_mined, block, height, parent);
    moves(s, who, block, height);
  }
  void holds(double s, std::uint32_t who, std::uint64_t block) { tell(s, who, happened::block_held, block); }
  /// The state digest after block b is taken to be b + 1000.
  void moves(double s, std::uint32_t who, std::uint64_t block, std::uint32_t height = 1) {
    tell(s, who, happened::tip_moved, block, height, block + 1000);
  }
  void down(double s, std::uint32_t who) { tell(s, who, happened::machine_down); }
  void up(double s, std::uint32_t who) { tell(s, who, happened::machine_up); }

  /// An auditor comes, after everything that happens at that instant and after all requests of the story are told. The pairs are (write, where its content lies).
  Audit& audit(double s, Audit::Why why, const std::vector<std::pair<std::uint32_t, Audit::Copies>>& found = {}) {
    Audit& a = audits.emplace_back();
    a.at = at_second(s);
    a.why = why;
    a.copies.resize(requests.size());
    for (const auto& [write, copies] : found) a.copies[write] = copies;
    a.machines.resize(cast.machines);
    a.backups.resize(cast.machines);
    a.keys.assign(cast.users, 1);
    return a;
  }

  /// The measure after the whole story.
  [[nodiscard]] std::unique_ptr<Measure> fold(std::string_view row, double end, std::string_view argument = "") const {
    std::unique_ptr<Measure> measure = find_measure(row)->make(argument);
    measure->begin(cast, requests);
    Audience audience;
    audience.add(*measure);
    std::size_t next = 0;
    const auto audit_before = [&](Time t) {
      for (; next < audits.size() && audits[next].at < t; ++next) {
        if (measure->audits() != Measure::Audits::none) measure->audited(audits[next]);
      }
    };
    for (const Row& r : rows) {
      audit_before(r.at);
      audience.tell(r);
    }
    audit_before(Time::never());
    measure->finish(at_second(end), totals);
    return measure;
  }
  [[nodiscard]] MetricList told(std::string_view row, double end, std::string_view argument = "") const {
    MetricList list;
    fold(row, end, argument)->metrics(list);
    return list;
  }

  Cast cast;
  Totals totals;
  std::vector<Request> requests;
  std::vector<Row> rows;
  std::vector<Audit> audits;  ///< in rising time
};

}  // namespace peerlab
