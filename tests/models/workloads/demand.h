// Lines of a workload written in a test as in a scenario.
#pragma once

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "models/workloads/rows.h"
#include "models/workloads/workload.h"

namespace peerlab::test {

using Settings = std::initializer_list<std::pair<const char*, const char*>>;

inline WorkloadSpec line(const char* kind, Settings settings = {}) {
  const WorkloadRow* row = find_workload(kind);
  EXPECT_NE(row, nullptr) << kind;
  WorkloadSpec spec{row, Params::defaults(row->fields())};
  for (const auto& [name, value] : settings) EXPECT_EQ(spec.params.set(name, value), "") << name << ": " << value;
  return spec;
}

inline WorkloadContext day(std::uint32_t users, std::uint64_t seed = 7) {
  return {.seed = seed, .users = users, .end = Time::zero() + hours(24), .settle = hours(1), .size_most = 1000000};
}

/// Requests of one kind.
inline std::vector<Request> of_kind(const std::vector<Request>& all, Asked what) {
  std::vector<Request> some;
  for (const Request& request : all) {
    if (request.what == what) some.push_back(request);
  }
  return some;
}

/// Everything about a request but its place in the whole workload.
inline auto demand(const Request& r) {
  return std::tuple(r.what, r.is_private, r.user, r.other, r.record, r.size, r.amount, r.issued, r.deadline);
}

}  // namespace peerlab::test
