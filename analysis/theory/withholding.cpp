#include "analysis/theory/withholding.h"

#include <Eigen/SparseLU>
#include <algorithm>
#include <array>

#include "analysis/theory/selfish_mining.h"
#include "analysis/theory/withholding_process.h"
#include "models/base/check.h"

namespace peerlab {
namespace {

constexpr std::array actions = {Withholding::adopt, Withholding::override_public, Withholding::match,
                                Withholding::wait};

/// The rates of final blocks per block mined, and the relative value of every state in both kinds of blocks.
struct Evaluation {
  double attacker = 0;
  double honest = 0;
  Eigen::MatrixXd value;  ///< states x {attacker, honest}; 0 in the state of reference
};

/// Solves v(s) + g = reward(s) + sum P(s, t) v(t) with v(reference) = 0: the column of the reference holds g instead.
Evaluation evaluate(const WithholdingProcess& process, const std::vector<Withholding>& policy) {
  const auto n = static_cast<Eigen::Index>(process.states());
  const auto reference = static_cast<Eigen::Index>(process.index(1, 0, WithholdingProcess::irrelevant));
  std::vector<Eigen::Triplet<double>> entries;
  Eigen::MatrixXd reward = Eigen::MatrixXd::Zero(n, 2);
  for (std::uint32_t s = 0; s < process.states(); ++s) {
    const auto row = static_cast<Eigen::Index>(s);
    if (row != reference) entries.emplace_back(row, row, 1);
    entries.emplace_back(row, reference, 1);
    for (const WithholdingStep& step : process.steps(s, policy[s])) {
      reward(row, 0) += step.chance * step.attacker;
      reward(row, 1) += step.chance * step.honest;
      const auto to = static_cast<Eigen::Index>(step.to);
      if (to != reference) entries.emplace_back(row, to, -step.chance);
    }
  }
  Eigen::SparseMatrix<double> system(n, n);
  system.setFromTriplets(entries.begin(), entries.end());
  Eigen::SparseLU<Eigen::SparseMatrix<double>> solver;
  solver.compute(system);
  CHECK_SAYING(solver.info() == Eigen::Success, "the equations of a policy have one solution");
  Evaluation out;
  out.value = solver.solve(reward);
  out.attacker = out.value(reference, 0);
  out.honest = out.value(reference, 1);
  out.value.row(reference).setZero();
  return out;
}

/// Takes the best action of every state at the price `ratio`; true when one is better than what was done.
bool improve(const WithholdingProcess& process, const Evaluation& now, double ratio, std::vector<Withholding>& policy) {
  constexpr double better = 1e-10;  // a tie keeps what is done, or rounding would turn in circles
  const auto worth = [&](double attacker, double honest) { return (1 - ratio) * attacker - ratio * honest; };
  bool changed = false;
  for (std::uint32_t s = 0; s < process.states(); ++s) {
    const auto value = [&](Withholding action) {
      double sum = 0;
      for (const WithholdingStep& step : process.steps(s, action)) {
        const auto to = static_cast<Eigen::Index>(step.to);
        sum += step.chance * worth(step.attacker + now.value(to, 0), step.honest + now.value(to, 1));
      }
      return sum;
    };
    double best = value(policy[s]) + better;
    for (const Withholding action : actions) {
      if (!process.allows(s, action)) continue;
      const double v = value(action);
      if (v <= best) continue;
      best = v;
      policy[s] = action;
      changed = true;
    }
  }
  return changed;
}

}  // namespace

WithholdingPolicy optimal_withholding(double alpha, double gamma, std::uint32_t longest) {
  CHECK(alpha >= 0 && alpha < 0.5);
  CHECK(gamma >= 0 && gamma <= 1);
  CHECK(longest >= 2);
  const WithholdingProcess process{alpha, gamma, longest};
  WithholdingPolicy out;
  out.longest = longest;
  // Honest mining to begin with: publish what leads, give up otherwise.
  out.action.assign(process.states(), Withholding::adopt);
  for (std::uint32_t s = 0; s < process.states(); ++s) {
    if (process.allows(s, Withholding::override_public)) out.action[s] = Withholding::override_public;
  }
  constexpr std::uint32_t most_rounds = 200;
  for (; out.rounds < most_rounds; ++out.rounds) {
    const Evaluation now = evaluate(process, out.action);
    out.growth = now.attacker + now.honest;
    out.revenue = now.attacker / out.growth;
    if (!improve(process, now, out.revenue, out.action)) return out;
  }
  CHECK_SAYING(false, "policy iteration did not come to an end");
}

double withholding_revenue(double alpha, double gamma, std::uint32_t longest, const std::vector<Withholding>& action) {
  CHECK(alpha >= 0 && alpha < 0.5);
  CHECK(gamma >= 0 && gamma <= 1);
  const WithholdingProcess process{alpha, gamma, longest};
  CHECK(action.size() == process.states());
  const Evaluation found = evaluate(process, action);
  return found.attacker / (found.attacker + found.honest);
}

std::string policy_table(const WithholdingPolicy& policy, std::uint32_t most) {
  const WithholdingProcess process{0, 0, policy.longest};
  const std::uint32_t last = std::min(most, policy.longest);
  std::string out;
  for (std::uint32_t a = 0; a <= last; ++a) {
    if (a > 0) out += " /\n";
    for (std::uint32_t h = 0; h <= last; ++h) {
      if (h > 0) out += ' ';
      for (const auto fork :
           {WithholdingProcess::irrelevant, WithholdingProcess::relevant, WithholdingProcess::active}) {
        const bool reached = fork == WithholdingProcess::irrelevant ? a > 0
                             : fork == WithholdingProcess::relevant ? h > 0
                                                                    : h > 0 && a >= h;
        out += reached ? "aomw"[static_cast<std::size_t>(policy.action[process.index(a, h, fork)])] : '*';
      }
    }
  }
  return out;
}

TheoryRow withholding_row() {
  return {
      .name = "optimal-withholding",
      .sentence =
          "What a miner with the share alpha of the hash power earns at most by withholding blocks, whatever his "
          "strategy.",
      .formula =
          "the Markov decision process over (private length, public length, state of the fork) with the actions "
          "adopt, override, match and wait, solved by policy iteration for the largest ratio of his blocks to all "
          "blocks of the main chain.",
      .range =
          "alpha below 50 %, one attacker against honest miners, propagation in no time. Branches are cut at "
          "`longest`: a lower bound, good to five digits at 75 up to alpha = 37.5 %, to 0.2 % of itself up to 45 %, "
          "loose close to 50 %.",
      .source =
          "Sapirshtein, Sompolinsky & Zohar, Optimal selfish mining strategies in Bitcoin, FC 2016 "
          "(arXiv:1507.06183)",
      .fields = {{.name = "alpha",
                  .kind = Kind::share,
                  .fallback = "40 %",
                  .sentence = "The attacker's share of the hash power.",
                  .example = "35 %",
                  .least = "0 %",
                  .most = "49.9 %"},
                 {.name = "gamma",
                  .kind = Kind::share,
                  .fallback = "0 %",
                  .sentence = "The share of the others that mines on his branch when he matches.",
                  .example = "50 %",
                  .least = "0 %",
                  .most = "100 %"},
                 {.name = "longest",
                  .kind = Kind::whole,
                  .fallback = "60",
                  .sentence = "Length at which branches are cut.",
                  .example = "20",
                  .least = "2",
                  .most = "80"}},
      .gives = {{"revenue", "share", "the attacker's share of the main chain at best"},
                {"growth", "share", "main-chain blocks per block mined under this policy"},
                {"sm1", "share", "what the strategy of Eyal and Sirer earns"},
                {"honest", "share", "what honest mining earns"}},
      .answer = [](const Params& in) -> TheoryAnswer {
        const double alpha = in.share("alpha");
        const double gamma = in.share("gamma");
        const WithholdingPolicy best =
            optimal_withholding(alpha, gamma, static_cast<std::uint32_t>(in.whole("longest")));
        constexpr std::uint32_t printed = 12;
        return {.values = {best.revenue, best.growth, selfish_mining(alpha, gamma).revenue, alpha},
                .table = policy_table(best, printed)};
      },
  };
}

}  // namespace peerlab
