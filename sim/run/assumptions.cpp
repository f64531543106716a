#include "sim/run/assumptions.h"

#include <fmt/format.h>

#include "analysis/measures/prices.h"

namespace peerlab {
namespace {

std::string attacker(const AttackEntry& attack) {
  std::string who;
  for (const Selector& one : attack.who) who += (who.empty() ? "" : ", ") + one.text;
  std::string text = fmt::format("`{}` by {}", attack.row->name, who);
  if (attack.row->direct != nullptr) {
    const std::int64_t machines = attack.params.whole("machines");
    text = fmt::format("`{}` of {} machine{} of {}, chosen by {}, after {}", attack.row->name, machines,
                       machines == 1 ? "" : "s", who, attack.params.text("choose"),
                       write_duration(attack.params.duration("at")));
  }
  if (attack.row->mines)
    text += fmt::format(" with {} of the hash power", write_share(attack.params.share("hash_share")));
  std::string victim;
  for (const Selector& one : attack.victim) victim += (victim.empty() ? " against " : ", ") + one.text;
  std::string where;
  for (const std::string& system : attack.systems) where += (where.empty() ? " in `" : "`, `") + system;
  return text + victim + (where.empty() ? "" : where + "`");
}

}  // namespace

std::vector<std::string> assumptions_of(const Scenario& scenario) {
  std::vector<std::string> all;
  all.push_back("Energy is priced at " + prices_in_words(energy_prices(scenario.prices)) + ".");
  if (scenario.cpu.text("price") == "free") {
    all.emplace_back("CPU time costs nothing and no machine is ever busy.");
  } else {
    all.push_back(fmt::format("CPU time is that of the reference machine at {:.3g} times its speed.",
                              scenario.cpu.real("speed")));
  }
  for (const SystemEntry& system : scenario.systems) {
    if (!system.params.has("adversary") || !system.params.has("reversal")) continue;
    all.push_back(fmt::format(
        "A write of `{}` is final when an adversary with {} of the hash power undoes it with a "
        "chance of at most {}.",
        system.name, write_share(system.params.share("adversary")), write_share(system.params.share("reversal"))));
  }
  std::string attacks;
  for (const AttackEntry& attack : scenario.attacks) attacks += (attacks.empty() ? "" : "; ") + attacker(attack);
  all.push_back(attacks.empty() ? "Everybody in the runs keeps to the rules; there is no attacker."
                                : "Attackers in the runs: " + attacks + ".");
  return all;
}

}  // namespace peerlab
