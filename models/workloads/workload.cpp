#include "models/workloads/workload.h"

#include <algorithm>
#include <tuple>

#include "models/workloads/arrivals.h"
#include "models/workloads/content.h"

namespace peerlab {

namespace {

constexpr std::uint32_t most_lines_of_a_kind = 255;

/// For each line, how many lines of its kind come before it.
std::vector<std::uint32_t> count_by_kind(std::span<const WorkloadSpec> specs) {
  std::vector<std::uint32_t> nth(specs.size(), 0);
  for (std::size_t i = 0; i < specs.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) nth[i] += specs[j].row == specs[i].row;
  }
  return nth;
}

void check_window(const WorkloadSpec& spec, const WorkloadContext& context, std::size_t line,
                  std::vector<WorkloadProblem>& problems) {
  const Window window = window_of(spec.params, context);
  if (window.from < window.until) return;
  const Duration until = spec.params.duration("until");
  if (until.ns != 0 && Time::zero() + until <= window.from) {
    problems.push_back({line, "until", "This line stops before it begins: `until` must be later than `from`."});
  } else {
    problems.push_back(
        {line, "from", "This line never begins: `from` lies in the last `settle` of the run or beyond it."});
  }
}

}  // namespace

std::vector<WorkloadProblem> check_workload(std::span<const WorkloadSpec> specs, const WorkloadContext& context) {
  std::vector<WorkloadProblem> problems;
  const std::vector<std::uint32_t> nth = count_by_kind(specs);
  const bool publishes = std::any_of(specs.begin(), specs.end(), [](const WorkloadSpec& spec) {
    return !spec.row->needs_records && spec.row->name == "publish";
  });
  double expected = 0;
  for (std::size_t i = 0; i < specs.size(); ++i) {
    const WorkloadRow& row = *specs[i].row;
    check_window(specs[i], context, i, problems);
    if (nth[i] >= most_lines_of_a_kind) {
      problems.push_back({i, "", "There are more than 255 lines of kind `" + row.name + "`."});
    }
    if (row.needs_records && !publishes) {
      problems.push_back({i, "", "`" + row.name + "` is about records, but no line of the workload publishes any."});
    }
    if (row.needs_two_users && context.users < 2) {
      problems.push_back({i, "", "`" + row.name + "` needs a second user, but there is only one."});
    }
    if (row.check != nullptr) {
      auto [field, sentence] = row.check(specs[i].params);
      if (!sentence.empty()) problems.push_back({i, std::move(field), std::move(sentence)});
    }
    if (specs[i].params.has("users") && specs[i].params.share("users") == 0) {
      problems.push_back({i, "users", "0 % of the users is nobody: write the share that asks, or leave `users` out."});
    }
    if (auto [field, sentence] = check_size(specs[i].params, context); !sentence.empty()) {
      problems.push_back({i, std::move(field), std::move(sentence)});
    }
    if (auto [field, sentence] = check_rates(specs[i].params, context); !sentence.empty()) {
      problems.push_back({i, std::move(field), std::move(sentence)});
      continue;  // what comes of a burst that cannot be read is not known
    }
    const double before = expected;
    expected += expected_arrivals(specs[i].params, context);
    if (before <= most_requests && expected > most_requests) {
      problems.push_back(
          {i, "rate", "That makes more than 16 million requests in one run: lower the rate or shorten the run."});
    }
  }
  return problems;
}

std::vector<Request> draw_workload(std::span<const WorkloadSpec> specs, const WorkloadContext& context) {
  const std::vector<std::uint32_t> nth = count_by_kind(specs);
  std::vector<std::unique_ptr<Asker>> askers;
  std::vector<Duration> deadlines;
  std::vector<Arrival> arrivals;
  for (std::size_t i = 0; i < specs.size(); ++i) {
    askers.push_back(specs[i].row->make(specs[i].params, context, nth[i]));
    deadlines.push_back(specs[i].params.duration("deadline"));
    const std::vector<Arrival> of_line = draw_arrivals(specs[i], context, static_cast<std::uint32_t>(i), nth[i]);
    arrivals.insert(arrivals.end(), of_line.begin(), of_line.end());
  }
  // No two arrivals have the same key: within a line, a user and a part the count differs.
  std::sort(arrivals.begin(), arrivals.end(), [](const Arrival& a, const Arrival& b) {
    return std::tie(a.issued, a.line, a.user, a.part, a.count) < std::tie(b.issued, b.line, b.user, b.part, b.count);
  });

  History history;
  std::vector<Request> requests;
  requests.reserve(arrivals.size());
  for (const Arrival& arrival : arrivals) {
    Stream random = details_of(specs[arrival.line], nth[arrival.line], context, arrival);
    Request request;
    request.number = static_cast<std::uint32_t>(requests.size());
    request.issued = arrival.issued;
    request.user = arrival.user;
    request.deadline = deadlines[arrival.line];
    if (askers[arrival.line]->ask(random, history, request)) requests.push_back(request);
  }
  return requests;
}

}  // namespace peerlab
