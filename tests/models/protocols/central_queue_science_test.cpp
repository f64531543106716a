// The server's queue behaves as theory says: a server node driven by hand with 200,000 arrivals, no network and no CPU.
//
// Waiting times come from Little's law (Little 1961): the time-average number waiting over the rate of admission. Theory: Erlang 1917
// for M/M/c, Pollaczek 1930 and Khinchine 1932 for M/D/1, and the finite M/M/1/K; all as in Gross, Shortle, Thompson and
// Harris, Fundamentals of Queueing Theory, chapters 2 and 5.
#include <gtest/gtest.h>

#include "analysis/theory/queue.h"
#include "models/protocols/central_system.h"

namespace peerlab {
namespace {

struct Seen {
  double mean_wait = 0;  ///< seconds, of those admitted
  double lost = 0;       ///< share of the arrivals
};

/// Links of nobody: the test plays both sides.
struct NoLinks final : Links {
  std::span<const NodeId> of(NodeId) const override { return {}; }
};

/// Poisson arrivals at `rate` per second.
Seen drive(const std::string& service, std::uint32_t workers, const std::string& queue_limit, double rate) {
  SystemSetup setup;
  setup.users = 1;
  setup.regions = 6;
  setup.params = Params::defaults(central_fields());
  setup.protection = Params::defaults(protection_fields());
  EXPECT_EQ(setup.params.set("service", service), "");
  EXPECT_EQ(setup.params.set("workers", std::to_string(workers)), "");
  EXPECT_EQ(setup.params.set("queue_limit", queue_limit), "");
  EXPECT_EQ(setup.params.set("login", "password"), "");
  CentralSystem system(setup);
  Parcels parcels;
  NoLinks links;
  Home home{NodeId(1), MachineId(1), Stream(5, purpose("node"), 1), nullptr, &parcels, &links};
  const std::unique_ptr<Node> made = system.make_node(home);
  auto& server = dynamic_cast<CentralServer&>(*made);

  Time now = Time::zero();
  Time ring = Time::never();
  std::uint64_t token = 0;
  std::uint32_t answered = 0;
  std::uint32_t refusals = 0;
  Outbox out;
  const auto carry_out = [&] {
    for (const Wish& w : out.wishes()) {
      if (w.kind == Wish::Kind::arm && w.slot == CentralServer::queue_slot) ring = w.at;
      if (w.kind != Wish::Kind::send) continue;
      if (w.message.kind == kind::welcome) token = parcels.as<WelcomeParcel>(w.message).token;
      answered += w.message.kind == kind::answer;
      refusals += w.message.kind == kind::refused;
      parcels.drop(w.message);
    }
    out.clear();
  };
  const auto hand_over = [&](const Message& m) {
    server.receive(now, NodeId(0), m, out);
    parcels.drop(m);
    carry_out();
  };
  server.start(now, Disk{}, out);
  carry_out();
  hand_over(proof(parcels, UserId(0), password_of(setup.seed, UserId(0))));

  constexpr std::uint32_t arrivals = 200'000;
  Stream chance(11, purpose("arrivals"));
  double waiting_seconds = 0;
  Time due = now;
  for (std::uint32_t i = 0; i < arrivals;) {
    const bool rings = ring <= due;
    const Time next = rings ? ring : due;
    waiting_seconds += static_cast<double>(server.queue().waiting()) * (next - now).seconds();
    now = next;
    if (rings) {
      ring = Time::never();
      server.wake(now, CentralServer::queue_slot, out);
      carry_out();
      continue;
    }
    hand_over(read_request(parcels, token, i++, {UserId(0), 0}));
    due = now + Duration::from_seconds(chance.exponential() / rate);
  }
  EXPECT_EQ(answered + refusals + server.queue().waiting() + server.queue().in_hand(), arrivals);
  EXPECT_EQ(parcels.alive(), 0U);
  return {waiting_seconds / (arrivals - refusals), static_cast<double>(refusals) / arrivals};
}

constexpr double tolerance = 0.04;
constexpr const char* unlimited = "1000000000";

TEST(CentralQueue, WaitsAsInMM1) {
  const double theory = mmc_wait(1, 0.7, 1);
  EXPECT_NEAR(drive("exponential 1 s", 1, unlimited, 0.7).mean_wait / theory, 1, tolerance);
}

TEST(CentralQueue, WaitsAsInMM4) {
  const double theory = mmc_wait(4, 2.8, 1);
  EXPECT_NEAR(drive("exponential 1 s", 4, unlimited, 2.8).mean_wait / theory, 1, tolerance);
}

TEST(CentralQueue, WaitsAsInMD1) {
  const double theory = mg1_wait(0.7, 1, 0);
  EXPECT_NEAR(drive("constant 1 s", 1, unlimited, 0.7).mean_wait / theory, 1, tolerance);
}

TEST(CentralQueue, LosesAsInMM1K) {
  const double theory = mm1k_loss(5, 0.7);  // one in service, four waiting
  EXPECT_NEAR(drive("exponential 1 s", 1, "4", 0.7).lost / theory, 1, tolerance);
}

TEST(CentralQueue, LosesAsErlangSaysWhereNobodyMayWait) {
  // M/G/c/c depends on the mean alone (Sevastyanov 1957): a constant service does as well. Erlang B at c = 4, a = 2.8.
  EXPECT_NEAR(drive("constant 1 s", 4, "0", 2.8).lost / erlang_b(4, 2.8), 1, tolerance);
}

}  // namespace
}  // namespace peerlab
