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
  return {seed, purpose("disturbance"), static_cast<std::uint32_t>(entry), occurrence};
}

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
  } else if (row.at_once) {
    if (entry.for_.ns != 0) problem("for", "`" + row.name + "` happens at once and takes no `for`.");
  } else if (entry.every.ns != 0 && entry.for_.ns == 0) {
    problem("every", "This repeats without ever ending: give `for` as well.");
  } else if (entry.every.ns != 0 && entry.every < entry.for_) {
    problem("every", "This begins again before it is over: `every` must be at least `for`.");
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
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const TimelineEntry& entry = entries[i];
    const auto problem = [&](const auto& found) {
      problems.push_back({i, entry.row->name, found.selector, found.offset, found.error});
    };
    if (!entry.row->has_sides) {
      const Selected found = select_any(entry.selectors, population, lots_of(seed, i, 0));
      if (!found.error.empty()) problem(found);
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
      const Time begin = entry.at + entry.every * static_cast<std::int64_t>(k);
      acts.push_back({begin, number, occurrence, Act::What::begin});
      if (entry.for_.ns > 0 && entry.for_ <= end - begin) {
        acts.push_back({begin + entry.for_, number, occurrence, Act::What::end});
      }
    }
  }
  std::sort(acts.begin(), acts.end(), [](const Act& a, const Act& b) {
    const bool a_begins = a.what == Act::What::begin;
    const bool b_begins = b.what == Act::What::begin;
    return std::tie(a.at, a_begins, a.entry, a.occurrence) < std::tie(b.at, b_begins, b.entry, b.occurrence);
  });
  return acts;
}

Timeline::Timeline(std::span<const TimelineEntry> entries, const Population& population, std::uint64_t seed,
                   Machines& machines)
    : entries_(entries),
      population_(population),
      seed_(seed),
      afflictions_(machines, population.machines().size()),
      active_(entries.size()) {}

Timeline::~Timeline() = default;

void Timeline::perform(const Act& act) {
  CHECK(act.entry < entries_.size());
  const TimelineEntry& entry = entries_[act.entry];
  std::unique_ptr<Disturbance>& active = active_[act.entry];
  if (act.what == Act::What::end) {
    CHECK(active != nullptr);
    active->end(afflictions_);
    active.reset();
    return;
  }
  CHECK_SAYING(active == nullptr || entry.row->at_once, "occurrences of one entry do not overlap");
  const Lots lots = lots_of(seed_, act.entry, act.occurrence);
  if (entry.row->has_sides) {
    const Sides sides = select_sides(entry.selectors, population_, lots);
    CHECK(sides.error.empty());
    active = entry.row->make({entry.params, act.entry, {}, sides.side_of_machine});
  } else {
    const Selected chosen = select_any(entry.selectors, population_, lots);
    CHECK(chosen.error.empty());
    active = entry.row->make({entry.params, act.entry, chosen.machines, {}});
  }
  active->begin(afflictions_);
}

}  // namespace peerlab
