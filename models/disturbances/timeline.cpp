#include "models/disturbances/timeline.h"

#include <algorithm>
#include <tuple>

#include "models/base/check.h"

namespace peerlab {

namespace {

/// How often an entry begins up to and including `end`.
std::uint64_t occurrences(const TimelineEntry& entry, Time end) {
  if (entry.at > end) return 0;
  if (entry.every.ns <= 0 || entry.row->until_at) return 1;
  return 1 + static_cast<std::uint64_t>((end - entry.at).ns / entry.every.ns);
}

Lots lots_of(std::uint64_t seed, std::size_t entry, std::uint32_t occurrence) {
  return {seed, purpose("disturbance"), static_cast<std::uint32_t>(entry), occurrence, {}};
}

Time begin_of(const TimelineEntry& entry, std::uint64_t occurrence) {
  return entry.at + entry.every * static_cast<std::int64_t>(occurrence);
}

/// When an occurrence is over, or the end of the run.
Time end_of(const TimelineEntry& entry, Time begin, Time end) {
  if (entry.row->until_at) return std::min(entry.at, end);
  return entry.for_.ns > 0 && entry.for_ <= end - begin ? begin + entry.for_ : end;
}

void sort_acts(std::vector<Act>& acts) {
  std::sort(acts.begin(), acts.end(), [](const Act& a, const Act& b) {
    return std::tie(a.at, a.what, a.entry, a.occurrence, a.moment) <
           std::tie(b.at, b.what, b.entry, b.occurrence, b.moment);
  });
}

bool picks_busiest(const Selector& selector) { return selector.pick == Selector::Pick::busiest; }

void check_entry(const TimelineEntry& entry, std::size_t index, Time end, std::vector<TimelineProblem>& problems) {
  const DisturbanceRow& row = *entry.row;
  const auto problem = [&](std::string field, std::string sentence) {
    problems.push_back({index, std::move(field), 0, 0, std::move(sentence)});
  };
  if (entry.at.ns < 0) problem("at", "`at` lies before the start of the run.");
  if (entry.at >= end) problem("at", "`at` lies at or beyond the end of the run: this would never happen.");
  if (row.until_at) {
    if (entry.at.ns == 0) problem("at", "`" + row.name + "` at 0 s: the machines would never have been absent.");
    if (entry.for_.ns != 0) problem("for", "`" + row.name + "` lasts from the start until `at` and takes no `for`.");
    if (entry.every.ns != 0) problem("every", "`" + row.name + "` happens once and takes no `every`.");
  } else if (row.for_good) {
    if (entry.for_.ns != 0) problem("for", "Nothing undoes `" + row.name + "`: it takes no `for`.");
    if (entry.every.ns != 0)
      problem("every", "Nothing undoes `" + row.name + "`: it happens once and takes no `every`.");
  } else if (row.at_once) {
    if (entry.for_.ns != 0) problem("for", "`" + row.name + "` happens at once and takes no `for`.");
  } else if (entry.every.ns != 0 && entry.for_.ns == 0) {
    problem("every", "This repeats without ever ending: give `for` as well.");
  } else if (entry.every.ns != 0 && entry.every < entry.for_) {
    problem("every", "This begins again before it is over: `every` must be at least `for`.");
  }
  if (row.moments != nullptr && std::any_of(entry.selectors.begin(), entry.selectors.end(), picks_busiest)) {
    problem(row.name,
            "Comings and goings are drawn before the run, when nobody is busy yet: choose by `random`, "
            "`highest-degree`, `role=` or `region=`.");
  }
  if (row.check != nullptr) {
    auto [field, sentence] = row.check(entry.params);
    if (!sentence.empty()) problem(std::move(field), std::move(sentence));
  }
}

}  // namespace

std::vector<TimelineProblem> check_schedule(std::span<const TimelineEntry> entries, Time end) {
  std::vector<TimelineProblem> problems;
  std::uint64_t acts = 0;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    check_entry(entries[i], i, end, problems);
    const bool few_before = acts <= most_acts;
    acts += std::min<std::uint64_t>(2 * occurrences(entries[i], end), 2 * most_acts);
    if (few_before && acts > most_acts) {
      problems.push_back({i, "every", 0, 0, "That makes more than a million acts in one run: repeat less often."});
    }
  }
  return problems;
}

std::vector<TimelineProblem> check_selectors(std::span<const TimelineEntry> entries, const Population& population,
                                             std::uint64_t seed, Time end) {
  std::vector<TimelineProblem> problems;
  double moments = 0;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const TimelineEntry& entry = entries[i];
    const auto problem = [&](const auto& found) {
      problems.push_back({i, entry.row->name, found.selector, found.offset, found.error});
    };
    if (!entry.row->has_sides) {
      const Selected found = select_any(entry.selectors, population, lots_of(seed, i, 0));
      if (!found.error.empty()) {
        problem(found);
      } else if (found.machines.size() < entry.row->fewest) {
        problems.push_back({i, entry.row->name, 0, 0,
                            "`" + entry.row->name + "` needs at least " + std::to_string(entry.row->fewest) +
                                " machines; " + std::to_string(found.machines.size()) + " are chosen."});
      }
      if (entry.row->expected_moments != nullptr) {
        const Duration lasts = end_of(entry, entry.at, end) - entry.at;
        const double before = moments;
        moments += static_cast<double>(found.machines.size() * occurrences(entry, end)) *
                   entry.row->expected_moments(entry.params, lasts);
        if (before <= most_acts && moments > most_acts) {
          problems.push_back({i, entry.row->name, 0, 0,
                              "That makes more than a million comings and goings in one run: choose fewer machines or "
                              "longer times."});
        }
      }
      continue;  // how many are found does not depend on the lots
    }
    // With two random sides, what the second finds left depends on the lots of the first: try every occurrence.
    const auto random = std::count_if(entry.selectors.begin(), entry.selectors.end(),
                                      [](const Selector& selector) { return selector.pick == Selector::Pick::random; });
    const std::uint64_t tries = random > 0 ? occurrences(entry, end) : 1;
    for (std::uint64_t k = 0; k < std::max<std::uint64_t>(tries, 1); ++k) {
      const Sides found = select_sides(entry.selectors, population, lots_of(seed, i, static_cast<std::uint32_t>(k)));
      if (found.error.empty()) continue;
      problem(found);
      break;
    }
  }
  return problems;
}

std::vector<Act> schedule(std::span<const TimelineEntry> entries, Time end) {
  std::vector<Act> acts;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const TimelineEntry& entry = entries[i];
    const auto number = static_cast<std::uint32_t>(i);
    if (entry.row->until_at) {
      acts.push_back({Time::zero(), number, 0, Act::What::begin});
      if (entry.at <= end) acts.push_back({entry.at, number, 0, Act::What::end});
      continue;
    }
    const std::uint64_t times = occurrences(entry, end);
    for (std::uint64_t k = 0; k < times; ++k) {
      const auto occurrence = static_cast<std::uint32_t>(k);
      const Time begin = begin_of(entry, k);
      acts.push_back({begin, number, occurrence, Act::What::begin});
      if (entry.for_.ns > 0 && entry.for_ <= end - begin) {
        acts.push_back({begin + entry.for_, number, occurrence, Act::What::end});
      }
    }
  }
  sort_acts(acts);
  return acts;
}

Timeline::Timeline(std::span<const TimelineEntry> entries, const Population& population, std::uint64_t seed,
                   Machines& machines, Time end)
    : entries_(entries),
      population_(population),
      seed_(seed),
      machines_(machines),
      end_(end),
      afflictions_(machines, population.machines().size()),
      active_(entries.size()) {}

Timeline::~Timeline() = default;

std::vector<std::uint64_t> Timeline::bytes_moved() const {
  std::vector<std::uint64_t> bytes;
  for (std::size_t m = 0; m < population_.machines().size(); ++m) {
    bytes.push_back(machines_.bytes_moved(MachineId::of(m)));
  }
  return bytes;
}

Timeline::Chosen Timeline::choose(std::uint32_t number, std::uint32_t occurrence,
                                  std::span<const std::uint64_t> bytes_moved) const {
  const TimelineEntry& entry = entries_[number];
  Lots lots = lots_of(seed_, number, occurrence);
  lots.bytes_moved = bytes_moved;
  Chosen chosen;
  chosen.begin = entry.row->until_at ? Time::zero() : begin_of(entry, occurrence);
  chosen.end = end_of(entry, chosen.begin, end_);
  if (entry.row->has_sides) {
    Sides sides = select_sides(entry.selectors, population_, lots);
    CHECK(sides.error.empty());
    chosen.sides = std::move(sides.side_of_machine);
  } else {
    Selected selected = select_any(entry.selectors, population_, lots);
    CHECK(selected.error.empty());
    chosen.machines = std::move(selected.machines);
  }
  return chosen;
}

DisturbanceContext Timeline::context_of(std::uint32_t entry, std::uint32_t occurrence, const Chosen& chosen) const {
  return {.params = entries_[entry].params,
          .number = entry,
          .machines = chosen.machines,
          .sides = chosen.sides,
          .seed = seed_,
          .occurrence = occurrence,
          .begin = chosen.begin,
          .end = chosen.end};
}

std::vector<Act> Timeline::plan() const {
  std::vector<Act> acts = schedule(entries_, end_);
  const std::size_t frame = acts.size();
  for (std::size_t i = 0; i < frame; ++i) {
    const Act act = acts[i];
    const DisturbanceRow& row = *entries_[act.entry].row;
    if (act.what != Act::What::begin || row.moments == nullptr) continue;
    const Chosen chosen = choose(act.entry, act.occurrence, {});
    std::uint32_t k = 0;
    for (const Time at : row.moments(context_of(act.entry, act.occurrence, chosen))) {
      acts.push_back({at, act.entry, act.occurrence, Act::What::between, k++});
    }
  }
  sort_acts(acts);
  return acts;
}

void Timeline::perform(const Act& act) {
  CHECK(act.entry < entries_.size());
  const TimelineEntry& entry = entries_[act.entry];
  std::unique_ptr<Disturbance>& active = active_[act.entry];
  if (act.what == Act::What::between) {
    CHECK(active != nullptr);
    active->act(afflictions_, act.moment);
    return;
  }
  if (act.what == Act::What::end) {
    CHECK(active != nullptr);
    active->end(afflictions_);
    active.reset();
    return;
  }
  CHECK_SAYING(active == nullptr || entry.row->at_once, "occurrences of one entry do not overlap");
  std::vector<std::uint64_t> bytes;
  if (std::any_of(entry.selectors.begin(), entry.selectors.end(), picks_busiest)) bytes = bytes_moved();
  const Chosen chosen = choose(act.entry, act.occurrence, bytes);
  active = entry.row->make(context_of(act.entry, act.occurrence, chosen));
  active->begin(afflictions_);
}

}  // namespace peerlab
