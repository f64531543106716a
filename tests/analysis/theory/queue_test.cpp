// Queues against published tables and against the balance of flows, state by state.
#include "analysis/theory/queue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "tests/support/published.h"

namespace peerlab {
namespace {

/// Stationary law of a birth-death chain with `servers` at rate 1 each and room for `places`.
std::vector<double> balance(std::uint32_t servers, double load, std::uint32_t places) {
  std::vector<double> p{1};
  double sum = 1;
  for (std::uint32_t k = 1; k <= places; ++k) {
    p.push_back(p.back() * load / std::min(k, servers));
    sum += p.back();
  }
  for (double& x : p) x /= sum;
  return p;
}

TEST(Queues, WaitAsErlangSaysInThePublishedTable) {
  for (const auto& row : test::published("queue_mmc")) {
    const auto c = static_cast<std::uint32_t>(row.number("c"));
    const double load = row.number("rho") * c;
    EXPECT_NEAR(erlang_c(c, load), row.number("P_wait"), 1e-8) << row.text("c") << " " << row.text("rho");
    EXPECT_NEAR(mmc_wait(c, load, 1), row.number("Wq"), 1e-8);
  }
}

TEST(Queues, WaitAsTheBalanceOfFlowsSays) {
  for (const std::uint32_t servers : {1U, 4U, 9U}) {
    const double load = 0.7 * servers;
    const auto p = balance(servers, load, 3000);  // as good as unlimited: 0.7^3000
    double waits = 0;
    double waiting = 0;
    for (std::uint32_t k = servers; k < p.size(); ++k) {
      waits += p[k];
      waiting += (k - servers) * p[k];
    }
    EXPECT_NEAR(erlang_c(servers, load), waits, 1e-12);
    EXPECT_NEAR(mmc_wait(servers, load * 50, 0.02), waiting / (load * 50), 1e-12) << "Little's law, in seconds";
    EXPECT_NEAR(erlang_b(servers, load), balance(servers, load, servers).back(), 1e-14);
  }
}

TEST(Queues, WaitAsPollaczekAndKhinchineSayInThePublishedTable) {
  for (const auto& row : test::published("queue_mg1_pk")) {
    const double wait = mg1_wait(row.number("rho") / 2, 2, row.number("cs2"));
    EXPECT_NEAR(wait / 2, row.number("Wq"), 2e-6 * (1 + row.number("Wq"))) << row.text("service") << row.text("rho");
  }
  EXPECT_NEAR(mg1_wait(0.7, 1, 1), mmc_wait(1, 0.7, 1), 1e-14) << "exponential service: M/M/1";
}

TEST(Queues, LoseAsThePublishedTableSaysUnderAnyLoad) {
  for (const auto& row : test::published("queue_mm1k_loss")) {
    const auto places = static_cast<std::uint32_t>(row.number("K"));
    const double lost = row.number("P_block");
    EXPECT_NEAR(mm1k_loss(places, row.number("rho")), lost, 1e-8 * std::max(lost, 1e-12)) << places;
  }
  EXPECT_NEAR(mm1k_loss(5, 0.7), balance(1, 0.7, 5).back(), 1e-15);
  EXPECT_NEAR(mm1k_loss(9, 1), 0.1, 1e-15);
}

}  // namespace
}  // namespace peerlab
