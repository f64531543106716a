#include "models/disturbances/selector.h"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "models/base/quantity.h"

namespace peerlab {

namespace {

using Term = Selector::Term;

std::string list_of(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) {
    if (!name.empty()) list += (list.empty() ? "`" : ", `") + name + "`";
  }
  return list;
}

/// "There is no role `pear` in this system. Did you mean `peer`?", or the names there are.
std::string unknown(const std::string& what, const std::string& name, const std::vector<std::string>& names) {
  std::string sentence = "There is no " + what + " `" + name + "` in this system.";
  std::vector<std::string> named = names;
  std::erase(named, "");  // machines in no group
  if (const auto meant = nearest_name(name, named)) return sentence + " Did you mean `" + *meant + "`?";
  const std::string known = list_of(named);
  return known.empty() ? sentence : sentence + " There is " + known + ".";
}

/// What a machine has of a property that is a number with a name.
std::uint32_t number_of(Term::What what, const Affiliation& belongs) {
  return what == Term::What::owner ? belongs.owner : what == Term::What::host ? belongs.host : belongs.version;
}
std::string name_of(Term::What what, std::uint32_t number) {
  return what == Term::What::owner  ? owner_name(number)
         : what == Term::What::host ? host_name(number)
                                    : version_name(number);
}

/// Keeps the machines of that owner, host or version; `host=home` is every home.
std::string narrow_by_affiliation(const Term& term, const Population& population, std::vector<bool>& in) {
  const auto machines = population.machines();
  const bool homes = term.what == Term::What::host && term.name == "home";
  std::vector<std::string> names;  // what else there is, few enough to tell
  bool known = false;
  std::vector<bool> meant(machines.size(), false);
  for (std::size_t m = 0; m < machines.size(); ++m) {
    if (machines[m].roles == 0) continue;
    const std::uint32_t number = number_of(term.what, machines[m].belongs);
    const bool home = term.what == Term::What::host && number >= homes_first;
    const std::string name = name_of(term.what, number);
    meant[m] = homes ? home : name == term.name;
    known = known || meant[m];
    const bool person = term.what == Term::What::owner && number < operators_first;
    if (!person && !home && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  if (!known) {
    if (term.what == Term::What::owner) names.push_back("user-0");
    if (term.what == Term::What::host) names.push_back("home");
    std::sort(names.begin(), names.end());
    return unknown(term.what == Term::What::owner  ? "owner"
                   : term.what == Term::What::host ? "host"
                                                   : "version",
                   term.name, names);
  }
  for (std::size_t m = 0; m < machines.size(); ++m) in[m] = in[m] && meant[m];
  return "";
}

/// Takes away from `in` the machines that do not meet the term. Returns the sentence of a failure.
std::string narrow(const Term& term, const Population& population, std::vector<bool>& in) {
  const auto machines = population.machines();
  const auto keep = [&](auto&& meets) {
    for (std::size_t m = 0; m < machines.size(); ++m) in[m] = in[m] && meets(machines[m]);
  };
  switch (term.what) {
    case Term::What::all: return "";
    case Term::What::role: {
      const auto& names = population.role_names();
      const auto it = std::find(names.begin(), names.end(), term.name);
      if (it == names.end()) return unknown("role", term.name, names);
      const auto bit = static_cast<unsigned>(it - names.begin());
      keep([&](const Population::Machine& machine) { return (machine.roles >> bit & 1) != 0; });
      return "";
    }
    case Term::What::region: {
      const auto& names = population.region_names();
      const std::string code = region_code(term.name);
      std::vector<bool> meant(names.size(), false);
      for (std::size_t r = 0; r < names.size(); ++r) meant[r] = region_code(names[r]) == code;
      if (std::find(meant.begin(), meant.end(), true) == meant.end()) return unknown("region", term.name, names);
      keep([&](const Population::Machine& machine) { return machine.region.valid() && meant[machine.region.index()]; });
      return "";
    }
    case Term::What::group: {
      const auto& names = population.group_names();
      const auto it = std::find(names.begin(), names.end(), term.name);
      if (it == names.end()) return unknown("group", term.name, names);
      const auto group = static_cast<std::uint32_t>(it - names.begin());
      keep([&](const Population::Machine& machine) { return machine.group == group; });
      return "";
    }
    case Term::What::owner:
    case Term::What::host:
    case Term::What::version: return narrow_by_affiliation(term, population, in);
    case Term::What::nodes: {
      if (term.last >= population.node_count()) {
        return "There is no node " + std::to_string(term.last) + "; this system has nodes 0 to " +
               std::to_string(population.node_count() - 1) + ".";
      }
      std::vector<bool> meant(machines.size(), false);
      for (std::uint32_t n = term.first; n <= term.last; ++n) meant[population.machine_of(NodeId(n)).index()] = true;
      for (std::size_t m = 0; m < machines.size(); ++m) in[m] = in[m] && meant[m];
      return "";
    }
  }
  return "";
}

/// The machines that meet all terms, before any choice among them.
Selected candidates(const Selector& selector, const Population& population) {
  const auto machines = population.machines();
  std::vector<bool> in(machines.size());
  for (std::size_t m = 0; m < machines.size(); ++m) in[m] = machines[m].roles != 0;  // where no node runs is nobody
  for (const Term& term : selector.terms) {
    std::string error = narrow(term, population, in);
    if (!error.empty()) return {{}, std::move(error), term.offset, 0};
  }
  Selected found;
  for (std::size_t m = 0; m < machines.size(); ++m) {
    if (in[m]) found.machines.push_back(MachineId::of(m));
  }
  if (found.machines.empty()) found.error = "`" + selector.text + "` matches no machine of this system.";
  return found;
}

/// How many of `among` machines a selector takes; the sentence of a failure otherwise.
std::string amount(const Selector& selector, std::size_t among, std::size_t& wanted) {
  wanted = selector.pick == Selector::Pick::largest ? among : selector.count;  // all whom it leaves
  if (selector.is_share) {
    wanted = static_cast<std::size_t>(selector.share * static_cast<double>(among) + 0.5);
    if (wanted == 0) {
      return "`" + selector.text + "` is nobody: " + write_share(selector.share) + " of " + std::to_string(among) +
             " machines rounds to none.";
    }
  }
  if (wanted > among) {
    return "`" + selector.text + "` asks for " + std::to_string(wanted) + " machines, but only " +
           std::to_string(among) + " are there to choose from.";
  }
  return "";
}

/// Those of `from` whose owner, host or version has most of them; among equals the smaller number.
std::vector<MachineId> largest(Term::What by, const Population& population, std::vector<MachineId> from) {
  const auto of = [&](MachineId m) { return number_of(by, population.machines()[m.index()].belongs); };
  std::vector<std::uint32_t> numbers;
  for (const MachineId machine : from) numbers.push_back(of(machine));
  std::sort(numbers.begin(), numbers.end());
  std::uint32_t best = 0;
  std::size_t most = 0;
  for (std::size_t i = 0, same = 0; i < numbers.size(); ++i) {
    same = i > 0 && numbers[i] == numbers[i - 1] ? same + 1 : 1;
    if (same <= most) continue;
    most = same;
    best = numbers[i];
  }
  std::erase_if(from, [&](MachineId machine) { return of(machine) != best; });
  return from;
}

/// The `wanted` first of `from` by lot, degree or load, in rising order.
std::vector<MachineId> pick(const Selector& selector, const Population& population, const Lots& lots,
                            std::vector<MachineId> from, std::size_t wanted) {
  if (selector.pick == Selector::Pick::largest) return largest(selector.by, population, std::move(from));
  struct Ranked {
    std::uint64_t rank;
    MachineId machine;
  };
  std::vector<Ranked> order;
  order.reserve(from.size());
  Stream random(lots.seed, lots.what, lots.number);
  for (const MachineId machine : from) {
    std::uint64_t rank = 0;
    if (selector.pick == Selector::Pick::random) {
      random.seek(std::uint64_t{lots.occurrence} << 32 | machine.value);
      rank = random.bits();
    } else if (selector.pick == Selector::Pick::highest_degree) {
      rank = ~std::uint64_t{population.machines()[machine.index()].degree};
    } else if (!lots.bytes_moved.empty()) {
      rank = ~lots.bytes_moved[machine.index()];
    }
    order.push_back({rank, machine});
  }
  std::sort(order.begin(), order.end(),
            [](const Ranked& a, const Ranked& b) { return std::tie(a.rank, a.machine) < std::tie(b.rank, b.machine); });
  from.clear();
  for (std::size_t i = 0; i < wanted; ++i) from.push_back(order[i].machine);
  std::sort(from.begin(), from.end());
  return from;
}

/// Lots for the i-th selector of a list: two random choices of one entry must not fall on the same machines.
Lots lots_of_selector(Lots lots, std::size_t i) {
  lots.what.value ^= static_cast<std::uint32_t>(mix64(i));  // the first keeps the lots of a single selector
  return lots;
}

bool chooses(const Selector& selector) {
  return selector.pick != Selector::Pick::everyone && selector.pick != Selector::Pick::rest;
}

}  // namespace

Selected select(const Selector& selector, const Population& population, const Lots& lots) {
  if (selector.pick == Selector::Pick::rest) {
    return {{}, "`rest` has a meaning only among the sides of a partition.", 0, 0};
  }
  Selected found = candidates(selector, population);
  if (!found.error.empty() || !chooses(selector)) return found;
  std::size_t wanted = 0;
  found.error = amount(selector, found.machines.size(), wanted);
  if (!found.error.empty()) return found;
  found.machines = pick(selector, population, lots, std::move(found.machines), wanted);
  return found;
}

Selected select_any(std::span<const Selector> selectors, const Population& population, const Lots& lots) {
  Selected all;
  for (std::size_t i = 0; i < selectors.size(); ++i) {
    Selected found = select(selectors[i], population, lots_of_selector(lots, i));
    if (!found.error.empty()) {
      found.selector = i;
      return found;
    }
    std::vector<MachineId> both;
    std::set_union(all.machines.begin(), all.machines.end(), found.machines.begin(), found.machines.end(),
                   std::back_inserter(both));
    all.machines = std::move(both);
  }
  if (all.machines.empty()) all.error = "Nobody is chosen.";
  return all;
}

Sides select_sides(std::span<const Selector> selectors, const Population& population, const Lots& lots) {
  Sides sides;
  sides.side_of_machine.assign(population.machines().size(), 0);
  const auto failed = [&](std::size_t selector, std::string error, std::size_t offset) {
    sides.error = std::move(error);
    sides.offset = offset;
    sides.selector = selector;
    return sides;
  };
  if (selectors.size() < 2) return failed(0, "A partition needs at least two sides, as in `[region=EU, rest]`.", 0);
  if (selectors.size() > 255) return failed(255, "A partition has at most 255 sides.", 0);

  // First the sides that are what they are, then those that choose, in the order written; `rest` last.
  const auto phase_of = [](const Selector& selector) {
    return selector.pick == Selector::Pick::everyone ? 0 : chooses(selector) ? 1 : 2;
  };
  for (int phase = 0; phase < 3; ++phase) {
    std::size_t rests = 0;
    for (std::size_t i = 0; i < selectors.size(); ++i) {
      const Selector& selector = selectors[i];
      if (phase_of(selector) != phase) continue;
      if (phase == 2 && ++rests > 1) return failed(i, "Only one side can be the `rest`.", 0);
      Selected found = candidates(selector, population);
      if (!found.error.empty()) return failed(i, std::move(found.error), found.offset);
      const std::size_t among = found.machines.size();
      if (phase == 0) {
        for (const MachineId machine : found.machines) {
          const std::size_t other = sides.side_of_machine[machine.index()];
          if (other == 0) continue;
          return failed(i,
                        "Machine " + std::to_string(machine.value) + " is in two sides: `" + selectors[other - 1].text +
                            "` and `" + selector.text + "`.",
                        0);
        }
      } else {
        std::erase_if(found.machines, [&](MachineId machine) { return sides.side_of_machine[machine.index()] != 0; });
        if (found.machines.empty()) return failed(i, "Nobody is left for `" + selector.text + "`.", 0);
      }
      if (phase == 1) {
        std::size_t wanted = 0;
        const bool largest_left = selector.pick == Selector::Pick::largest;
        std::string error = amount(selector, largest_left ? found.machines.size() : among, wanted);
        if (!error.empty()) return failed(i, std::move(error), 0);
        if (wanted > found.machines.size()) {
          return failed(i,
                        "Only " + std::to_string(found.machines.size()) + " machines are left for `" + selector.text +
                            "`: the others are in another side.",
                        0);
        }
        const Lots own = lots_of_selector(lots, i);
        found.machines = pick(selector, population, own, std::move(found.machines), wanted);
      }
      for (const MachineId machine : found.machines) {
        sides.side_of_machine[machine.index()] = static_cast<std::uint8_t>(i + 1);
      }
    }
  }
  return sides;
}

}  // namespace peerlab
