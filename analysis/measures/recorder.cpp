#include "analysis/measures/recorder.h"

#include <algorithm>

#include "models/node/attack_happening.h"
#include "models/node/attempt.h"

namespace peerlab {

void Recorder::begin(const Cast& cast) {
  service_.resize(cast.nodes.size());
  for (std::size_t i = 0; i < cast.nodes.size(); ++i) service_[i] = !cast.nodes[i].user.valid();
}

std::span<const HappeningKind> Recorder::kinds() const {
  static constexpr HappeningKind all[] = {happened::block_mined,   happened::log_grew,     happened::block_held,
                                          happened::tip_moved,     happened::reorganised,  happened::machine_up,
                                          happened::machine_down,  happened::fault_began,  happened::fault_ended,
                                          happened::attack_began,  happened::attack_ended, happened::machine_taken,
                                          happened::attempt_began, happened::attempt_ended};
  return all;
}

void Recorder::see(const Row& row) {
  if (row.kind == happened::block_mined || row.kind == happened::log_grew) {
    made(row);
  } else if (row.kind == happened::block_held) {
    if (!shows(row.who.value)) return;  // before the search: most rows are of this kind
    if (const std::uint32_t* place = places_.find(row.subject)) add(row.at, row.who.value, *place, What::held);
  } else if (row.kind == happened::tip_moved) {
    moved(row);
  } else if (row.kind == happened::machine_up || row.kind == happened::machine_down) {
    add(row.at, row.who.value, none, row.kind == happened::machine_up ? What::on : What::off);
  } else {
    mark(row);
  }
}

void Recorder::mark(const Row& row) {
  Mark found{row.at, Mark::Kind::reorganised, static_cast<std::uint32_t>(row.subject), row.who.value};
  if (row.kind == happened::reorganised) {
    if (!moved_to_.insert(row.subject, true).second) return;  // the others follow
    found.number = row.amount;
  } else if (row.kind == happened::fault_began || row.kind == happened::fault_ended) {
    found.kind = row.kind == happened::fault_began ? Mark::Kind::fault_began : Mark::Kind::fault_ended;
  } else if (row.kind == happened::attack_began || row.kind == happened::attack_ended) {
    found.kind = row.kind == happened::attack_began ? Mark::Kind::attack_began : Mark::Kind::attack_ended;
  } else if (row.kind == happened::machine_taken) {
    found.kind = Mark::Kind::taken;
  } else if (row.kind == happened::attempt_began) {
    found.kind = Mark::Kind::attempt_began;
  } else {
    found.kind = Mark::Kind::attempt_ended;
    found.number = row.amount;
  }
  std::size_t& so_far = marked_[static_cast<std::size_t>(found.kind)];
  if (so_far == most_marks) {
    ++marks_left_out_;
    return;
  }
  ++so_far;
  marks_.push_back(found);
}

void Recorder::made(const Row& row) {
  if (steps_.size() == most_steps) {
    ++steps_left_out_;
    return;
  }
  const auto place = static_cast<std::uint32_t>(steps_.size());
  if (!places_.insert(row.subject, place).second) return;
  const std::uint32_t* parent = places_.find(row.detail);
  const bool entry = row.kind == happened::log_grew;
  steps_.push_back(
      {row.subject, row.detail, parent == nullptr ? none : *parent, row.amount, row.who.value, row.at, entry});
  if (!entry) add(row.at, row.who.value, place, What::held);
}

// Who moves over several entries of a log at once holds them all: that is told by the last of them.
void Recorder::moved(const Row& row) {
  if (!shows(row.who.value)) return;
  const std::uint32_t* place = places_.find(row.subject);
  if (place == nullptr) return;
  // Mostly the tip moves to the block that was found valid just now: then one event says both.
  if (!events_.empty()) {
    Event& last = events_.back();
    if (last.what == What::held && last.at == row.at && last.node == row.who.value && last.step == *place) {
      last.what = What::tip;
      return;
    }
  }
  add(row.at, row.who.value, *place, What::tip);
}

std::vector<Time> Recorder::moments() const {
  std::vector<Time> all;
  for (const Mark& mark : marks_) {
    if (mark.kind != Mark::Kind::attempt_began && mark.kind != Mark::Kind::attempt_ended) all.push_back(mark.at);
  }
  Lookup<std::uint64_t, bool> heights;
  for (const Step& step : steps_) {
    if (!step.entry && !heights.insert(step.height, true).second) all.push_back(step.made);
  }
  std::stable_sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

void Recorder::weigh(std::uint64_t id, std::uint32_t bytes, std::uint32_t transactions) {
  const std::uint32_t* place = places_.find(id);
  if (place == nullptr) return;
  steps_[*place].bytes = bytes;
  steps_[*place].transactions = transactions;
}

void Recorder::add(Time at, std::uint32_t node, std::uint32_t step, What what) {
  if (!shows(node)) return;
  events_.push_back({at, node, step, what});
  if (events_.size() > most_events && thins_) thin_out();
}

void Recorder::thin_out() {
  const std::size_t before = events_.size();
  every_ *= 2;
  std::erase_if(events_, [this](const Event& e) { return !shows(e.node); });
  thins_ = events_.size() < before;
}

}  // namespace peerlab
