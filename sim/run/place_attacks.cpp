#include "sim/run/place_attacks.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "models/attacks/targets.h"

namespace peerlab {
namespace {

/// The machines of one line of `attacks:`.
struct Line {
  std::vector<NodeId> attackers;
  std::vector<NodeId> victims;
};

class Placing {
 public:
  Placing(const Scenario& scenario, const SystemEntry& entry, std::uint64_t seed, Built& built, Problems& problems)
      : scenario_(scenario), entry_(entry), seed_(seed), built_(built), problems_(problems) {
    participants_ = built.plan.layout.members.size();
  }

  void place(std::uint32_t i) {
    const AttackEntry& attack = scenario_.attacks[i];
    const bool strikes = attack.strikes(entry_.name);
    Line line;
    // A system that is spared may have nobody whom the line could choose, a server say: then it has no such victims.
    line.victims = chosen(attack.victim, i, ".victim", purpose("victim"), strikes);
    for (const NodeId id : line.victims) built_.cast.nodes[id.index()].victim = true;
    if (!strikes || !fits(attack, i)) return;
    if (attack.row->direct != nullptr) return place_director(i, attack, std::move(line.victims));
    line.attackers = chosen(attack.who, i, ".who", purpose("attack"), true);
    if (line.attackers.empty() || !may_act(attack, i, line) || !has_merchant(attack, i, line)) return;
    if (attack.row->identities != nullptr && !add_identities(attack, i, line)) return;
    for (const NodeId id : line.attackers) {
      lines_on_[id.value].push_back(i);
      built_.cast.nodes[id.index()].attacker = true;
      built_.plan.attacks.push_back({id, attack.row, attack.params, line.attackers, line.victims});
    }
    if (attack.row->mines) give_power(i, attack.params.share("hash_share"), line.attackers);
  }

  /// A node's attackers side by side, in the order of their lines.
  void sort() {
    std::stable_sort(built_.plan.attacks.begin(), built_.plan.attacks.end(),
                     [](const AttackOn& a, const AttackOn& b) { return a.node < b.node; });
  }

  /// What the attackers do not have is shared by the others in their own proportions.
  void share_the_rest() {
    if (given_.empty()) return;
    std::vector<Member>& members = built_.plan.layout.members;
    double total = 0;
    double others = 0;
    double left = 1;
    for (const Member& member : members) total += member.hash_power;
    for (const Given& g : given_) left -= g.share;
    for (const Member& member : members) others += member.hash_power;
    for (const Given& g : given_) {
      for (const NodeId id : g.nodes) others -= members[id.index()].hash_power;
    }
    std::vector<double> power(members.size());
    for (std::size_t n = 0; n < members.size(); ++n) {
      power[n] = others > 0 ? members[n].hash_power / others * left * total : 0;
    }
    for (const Given& g : given_) {
      for (const NodeId id : g.nodes) power[id.index()] = g.share * total / static_cast<double>(g.nodes.size());
    }
    for (std::size_t n = 0; n < members.size(); ++n) {
      members[n].hash_power = power[n];
      built_.cast.nodes[n].hash_power = power[n];
    }
  }

 private:
  struct Given {
    double share = 0;
    std::vector<NodeId> nodes;
  };

  void say(std::uint32_t i, const std::string& field, std::string sentence) {
    problems_.push_back(problem_of(scenario_, "attacks." + std::to_string(i) + field, std::move(sentence)));
  }

  std::vector<NodeId> chosen(const std::vector<Selector>& selectors, std::uint32_t i, const std::string& field,
                             Purpose what, bool needed) {
    if (selectors.empty()) return {};
    const Lots lots{.seed = seed_, .what = what, .number = i, .occurrence = 0, .bytes_moved = {}};
    const Selected selected = select_any(selectors, built_.population, lots);
    if (selected.error.empty()) {
      std::vector<NodeId> nodes = built_.population.nodes_on(selected.machines);
      // A line means machines with who sits at them, and not the further names that another line gives them.
      std::erase_if(nodes, [&](NodeId id) { return id.index() >= participants_; });
      return nodes;
    }
    if (needed) say(i, field, selected.error);
    return {};
  }

  bool fits(const AttackEntry& attack, std::uint32_t i) {
    const std::string why = attack.row->fits == nullptr ? "" : attack.row->fits(entry_.params);
    if (why.empty()) {
      if (attack.row->hopeless == nullptr) return true;
      const std::string hopeless = attack.row->hopeless(attack.params, entry_.params, scenario_.duration);
      if (!hopeless.empty()) say(i, "." + hopeless.substr(0, hopeless.find(':')), hopeless);
      return hopeless.empty();
    }
    say(i, ".kind",
        "`" + std::string(attack.row->name) + "` cannot attack `" + entry_.name + "`: " + why +
            " `system: NAME` says which of the systems is attacked.");
    return false;
  }

  bool may_act(const AttackEntry& attack, std::uint32_t i, const Line& line) {
    for (const NodeId id : line.attackers) {
      if (const std::string clash = clash_on(id, *attack.row); !clash.empty()) {
        say(i, ".who", clash);
        return false;
      }
      if (std::binary_search(line.victims.begin(), line.victims.end(), id)) {
        say(i, ".victim",
            "Node " + std::to_string(id.value) +
                " would be attacker and victim of the same attack: choose `who` and `victim` apart.");
        return false;
      }
      if ((attack.row->mines || attack.row->full_peer) && built_.plan.layout.members[id.index()].hash_power <= 0) {
        say(i, ".who",
            "Node " + std::to_string(id.value) + " of `" + entry_.name + "` is no full peer of a ledger, which `" +
                std::string(attack.row->name) + "` needs.");
        return false;
      }
    }
    if (attack.row->one_machine && line.attackers.size() > 1) {
      say(i, ".who",
          "`" + std::string(attack.row->name) + "` is one pool with one private branch, but `who` chooses " +
              std::to_string(line.attackers.size()) + " machines; write `random 1 of role=peer` or a node.");
      return false;
    }
    return true;
  }

  /// Why `row` cannot act on this node beside the lines that do; empty when it can.
  std::string clash_on(NodeId id, const AttackRow& row) {
    const auto known = lines_on_.find(id.value);
    if (known == lines_on_.end()) return {};
    for (const std::uint32_t line : known->second) {
      const AttackRow& other = *scenario_.attacks[line].row;
      const std::string both = "Node " + std::to_string(id.value) + " of `" + entry_.name + "`: line " +
                               std::to_string(line + 1) + " (`" + std::string(other.name) + "`) ";
      const std::string apart = " Choose `who` of the two lines apart.";
      if ((other.direct != nullptr) != (row.direct != nullptr)) {
        return both + "and `" + std::string(row.name) + "` would break into a machine that is an attacker's own." +
               apart;
      }
      if (other.name == row.name) return both + "does the same there already." + apart;
      if (!decided_by(row).empty() && decided_by(row) == decided_by(other)) {
        return both + "and `" + std::string(row.name) + "` both decide " + std::string(decided_by(row)) + "." + apart;
      }
    }
    if (known->second.size() < most_wrappers) return {};
    return "Node " + std::to_string(id.value) + " of `" + entry_.name + "` is part of " +
           std::to_string(most_wrappers) + " attacks already, and one machine takes no more.";
  }

  /// A payment that is taken back needs somebody who is paid.
  bool has_merchant(const AttackEntry& attack, std::uint32_t i, Line& line) {
    if (!attack.row->pays_victim) return true;
    const auto& members = built_.plan.layout.members;
    if (attack.victim.empty()) {
      for (std::uint32_t step = 1; step < participants_ && line.victims.empty(); ++step) {
        const NodeId next((line.attackers.front().value + step) % static_cast<std::uint32_t>(participants_));
        if (members[next.index()].hash_power > 0 && !lines_on_.contains(next.value)) line.victims.push_back(next);
      }
    }
    if (line.victims.size() == 1 && members[line.victims.front().index()].hash_power > 0) return true;
    say(i, attack.victim.empty() ? "" : ".victim",
        line.victims.size() > 1 ? "`" + std::string(attack.row->name) + "` pays one merchant, but `victim` chooses " +
                                      std::to_string(line.victims.size()) + "; write `random 1 of role=peer` or a node."
                                : "The merchant of `" + std::string(attack.row->name) +
                                      "` must be a full peer of the ledger, who knows what his chain is; in `" +
                                      entry_.name + "` this one is not. Write `random 1 of role=peer`.");
    return false;
  }

  /// An attack on machines: which of them it takes is decided when it begins.
  void place_director(std::uint32_t i, const AttackEntry& attack, std::vector<NodeId> victims) {
    const Lots lots{.seed = seed_, .what = purpose("attack"), .number = i, .occurrence = 0, .bytes_moved = {}};
    Selected among = select_any(attack.who, built_.population, lots);
    if (!among.error.empty()) return say(i, ".who", among.error);
    if (attack.row->on_users) {
      const auto nobody_sits = [&](MachineId m) {
        const std::vector<NodeId> nodes = built_.population.nodes_on(std::span(&m, 1));
        return std::none_of(nodes.begin(), nodes.end(),
                            [&](NodeId id) { return built_.cast.nodes[id.index()].user.valid(); });
      };
      std::erase_if(among.machines, nobody_sits);
      if (among.machines.empty()) {
        return say(i, ".who",
                   "No user sits at the machines of `" + entry_.name + "` that `who` chooses, so that `" +
                       std::string(attack.row->name) + "` could do nothing: write `role=user`.");
      }
    }
    const auto budget = static_cast<std::size_t>(attack.params.whole("machines"));
    const std::string& currency = attack.params.text("counted_in");
    const std::size_t there = units_of(currency, among.machines, built_.cast.belongs).size();
    if (budget > there) {
      const std::string what = currency == "exploits" ? "versions" : currency;
      return say(i, ".machines",
                 "`who` chooses " + std::to_string(there) + " " +
                     (there == 1 ? what.substr(0, what.size() - 1) : what) + " of `" + entry_.name +
                     "`: too few to break into " + std::to_string(budget) + ".");
    }
    if (!spares_victims(i, attack, among.machines, victims)) return;
    for (const NodeId id : built_.population.nodes_on(among.machines)) {
      if (const std::string clash = clash_on(id, *attack.row); !clash.empty()) return say(i, ".who", clash);
    }
    for (const NodeId id : built_.population.nodes_on(among.machines)) lines_on_[id.value].push_back(i);
    built_.plan.directed.push_back(
        {attack.row, {attack.params, std::move(among.machines), built_.cast.belongs, std::move(victims), i}});
  }

  /// Whoever is refused or flooded cannot be who does it: with this budget some machine of a victim's would fall for certain.
  bool spares_victims(std::uint32_t i, const AttackEntry& attack, const std::vector<MachineId>& among,
                      const std::vector<NodeId>& victims) {
    std::vector<MachineId> others = among;
    std::erase_if(others, [&](MachineId m) {
      return std::any_of(victims.begin(), victims.end(),
                         [&](NodeId v) { return built_.plan.layout.members[v.index()].machine == m; });
    });
    const std::string& currency = attack.params.text("counted_in");
    const std::size_t left = units_of(currency, others, built_.cast.belongs).size();
    if (static_cast<std::size_t>(attack.params.whole("machines")) <= left) return true;
    say(i, ".victim",
        "`who` leaves " + std::to_string(left) + " " + currency + " of `" + entry_.name +
            "` that are no victim's: with this budget a victim would attack himself. Choose `who` and `victim` apart.");
    return false;
  }

  /// More nodes on the attackers' machines, each an attacker as well.
  bool add_identities(const AttackEntry& attack, std::uint32_t i, Line& line) {
    std::vector<MachineId> machines;
    for (const NodeId id : line.attackers) {
      const MachineId machine = built_.plan.layout.members[id.index()].machine;
      machines.insert(machines.end(), attack.row->identities(attack.params), machine);
    }
    if (machines.empty()) return true;
    const std::vector<Member> added = built_.system->add_identities(machines);
    if (added.empty()) {
      say(i, "",
          "Nobody can have more than one identity in `" + entry_.name +
              "`: its members are known. Write `system: NAME` "
              "to attack another one.");
      return false;
    }
    for (const Member& member : added) {
      const NodeId id = NodeId::of(built_.plan.layout.members.size());
      built_.plan.layout.members.push_back(member);
      built_.population.add_node(member.machine, member.role, member.store);
      const NodeId first = line.attackers.front();
      CastNode node = built_.cast.nodes[first.index()];
      for (const NodeId owner : line.attackers) {
        if (built_.cast.nodes[owner.index()].machine == member.machine) node = built_.cast.nodes[owner.index()];
      }
      node.user = member.user;
      node.hash_power = member.hash_power;
      node.asks.clear();
      built_.cast.nodes.push_back(std::move(node));
      line.attackers.push_back(id);
    }
    return true;
  }

  void give_power(std::uint32_t i, double share, const std::vector<NodeId>& nodes) {
    given_.push_back({share, nodes});
    double sum = 0;
    for (const Given& g : given_) sum += g.share;
    std::size_t miners = 0;
    std::size_t attackers = 0;
    for (const Member& member : built_.plan.layout.members) miners += member.hash_power > 0 ? 1 : 0;
    for (const Given& g : given_) attackers += g.nodes.size();
    if (sum > 0.999999) {
      say(i, ".hash_share",
          "The attackers of `" + entry_.name + "` would have " + write_share(sum) +
              " of the hash power together; something below 100 % must be left for the others.");
    } else if (attackers >= miners) {
      say(i, ".who",
          "Every miner of `" + entry_.name + "` would be an attacker: nobody is left for the remaining " +
              write_share(1 - sum) + " of the hash power.");
    }
  }

  const Scenario& scenario_;
  const SystemEntry& entry_;
  std::uint64_t seed_;
  Built& built_;
  Problems& problems_;
  std::size_t participants_ = 0;  ///< nodes without further names of attackers, which stand behind them
  std::map<std::uint32_t, std::vector<std::uint32_t>> lines_on_;  ///< by node: which lines act there
  std::vector<Given> given_;
};

}  // namespace

void place_attacks(const Scenario& scenario, const SystemEntry& entry, std::uint64_t seed, Built& built,
                   Problems& problems) {
  Placing placing(scenario, entry, seed, built, problems);
  const std::size_t before = problems.size();
  for (std::uint32_t i = 0; i < scenario.attacks.size(); ++i) placing.place(i);
  placing.sort();
  if (problems.size() == before) placing.share_the_rest();
}

}  // namespace peerlab
