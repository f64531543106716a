#include "models/attacks/eclipse.h"

#include <algorithm>

#include "models/attacks/sybil.h"
#include "models/protocols/peer_discovery.h"
#include "models/replication/messages.h"
#include "tests/support/tabletop.h"

namespace peerlab {
namespace {

constexpr std::uint32_t honest_nodes = 12;
constexpr std::uint32_t all_nodes = 24;  // half of them are the attacker's

using Settings = std::vector<std::pair<std::string, std::string>>;

struct Eclipsing {
  std::vector<NodeId> attackers;
  std::vector<NodeId> victims{NodeId(0)};
  Params params = Params::defaults(eclipse_row_of_attacks().fields());
  std::unique_ptr<Table> table;

  explicit Eclipsing(const Settings& system, const Settings& attack = {}) {
    Table::Options o;
    o.nodes = all_nodes;
    o.no_links = true;
    o.start = false;
    o.set = {{"peer_selection", "address-manager"}, {"outbound", "4"}};
    o.set.insert(o.set.end(), system.begin(), system.end());
    table = std::make_unique<Table>(o);
    for (const auto& [name, text] : attack) EXPECT_EQ(params.set(name, text), "");
    for (std::uint32_t n = honest_nodes; n < all_nodes; ++n) attackers.emplace_back(n);
    for (const NodeId attacker : attackers) {
      table->wrap(attacker.value, [&](std::unique_ptr<Node> honest, const Home& home) {
        return eclipse_row_of_attacks().wrap(std::move(honest), {home, params, attackers, victims});
      });
    }
    table->start();
  }
  [[nodiscard]] const PeerDiscovery& victim() const { return dynamic_cast<const PeerDiscovery&>(table->node(0)); }
  [[nodiscard]] std::size_t trash_known() const {
    const std::vector<NetAddress>& all = victim().addresses_known().all();
    return static_cast<std::size_t>(
        std::count_if(all.begin(), all.end(), [&](NetAddress a) { return !victim().book().at(a).valid(); }));
  }
};

TEST(Eclipse, EveryNodeOfTheAttackerIsLinkedToItsVictim) {
  const Eclipsing e(Settings{});
  e.table->run(minutes(5));
  for (const NodeId attacker : e.attackers) EXPECT_NE(e.table->place(NodeId(0), attacker), Links::no_place);
}

TEST(Eclipse, PoisonsTheTablesOfWhoListensToAnybodyAndHardlyThoseOfWhoCounts) {
  const Eclipsing open(Settings{{"address_rate", "0"}});
  open.table->run(minutes(10));
  const Eclipsing counting(Settings{{"address_rate", "0.1"}});
  counting.table->run(minutes(10));
  EXPECT_GT(open.trash_known(), 1000U);
  EXPECT_LT(counting.trash_known() * 2, open.trash_known()) << "only whom it asked may tell it a thousand";
}

TEST(Eclipse, AVictimAmongAttackersOnlyHearsNothing) {
  Eclipsing e(Settings{});
  e.table->run(minutes(2));
  for (std::uint32_t n = 1; n < honest_nodes; ++n) e.table->cut(0, n);
  // Whoever is honest is cut off at once, whoever asked.
  e.table->after_handler = [&](NodeId who) {
    if (who != NodeId(0)) return;
    for (std::uint32_t n = 1; n < honest_nodes; ++n) {
      if (e.table->place(NodeId(0), NodeId(n)) != Links::no_place) e.table->cut(0, n);
    }
  };
  e.table->win(1);
  e.table->run(minutes(3));
  for (std::uint32_t n = 1; n < honest_nodes; ++n) {
    EXPECT_EQ(e.table->height(n), 1U) << "the attackers are honest towards others";
  }
  EXPECT_EQ(e.table->height(0), 0U);
}

TEST(Eclipse, WithoutMutenessTheVictimHears) {
  Eclipsing e(Settings{}, Settings{{"mute", "no"}, {"tell", "0"}});
  e.table->run(minutes(2));
  e.table->win(1);
  e.table->run(minutes(1));
  EXPECT_EQ(e.table->height(0), 1U);
  EXPECT_EQ(e.trash_known(), 0U);
}

TEST(Eclipse, DoesNotFitASystemWhoseLinksAreFixed) {
  Params system = Params::defaults(nakamoto_fields());
  EXPECT_NE(eclipse_row_of_attacks().fits(system), "");
  ASSERT_EQ(system.set("peer_selection", "uniform"), "");
  EXPECT_EQ(eclipse_row_of_attacks().fits(system), "");
  EXPECT_NE(sybil_row().fits(Params::defaults({})), "");
}

TEST(Sybil, AMuteIdentityPassesNothingOn) {
  for (const bool mute : {false, true}) {
    Table::Options o;
    o.nodes = 3;
    o.start = false;
    o.links = {{0, 1}, {1, 2}};
    o.set = {{"peer_selection", "fixed"}};
    Table t(o);
    Params params = Params::defaults(sybil_row().fields());
    ASSERT_EQ(params.set("mute", mute ? "yes" : "no"), "");
    t.wrap(1, [&](std::unique_ptr<Node> honest, const Home& home) {
      return sybil_row().wrap(std::move(honest), {home, params, {}, {}});
    });
    t.start();
    t.win(0);
    t.run(minutes(1));
    EXPECT_EQ(t.height(2), mute ? 0U : 1U);
    EXPECT_EQ(t.parcels().alive(), 0U);
  }
  EXPECT_EQ(std::string(sybil_row().name), "sybil");
  EXPECT_EQ(std::string(eclipse_row_of_attacks().name), "eclipse");
}

}  // namespace
}  // namespace peerlab
