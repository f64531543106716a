#include "analysis/measures/answers.h"

#include <algorithm>

namespace peerlab {
namespace {

bool writes_a_record(const Request& request) { return Operations::writes(request) && request.what != Asked::pay; }

}  // namespace

void Answers::begin(const Cast& cast, std::span<const Request> requests) {
  operations_.begin(cast, requests);
  answers_.assign(requests.size(), {});
}

void Answers::see(const Row& row) {
  if (row.kind != happened::read_answered) return operations_.see(row);
  if (row.subject >= answers_.size() || Operations::writes(operations_.requests()[row.subject])) return;
  Answer& answer = answers_[row.subject];
  if (answer.at == Time::never()) answer = {row.at, row.detail, row.amount == 1};
}

void Answers::finish(Time end) {
  operations_.finish(end);
  const std::span<const Request> requests = operations_.requests();
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const Time acked = operations_.fates()[i].acked;
    if (acked == Time::never() || !writes_a_record(requests[i])) continue;
    writes_.push_back({requests[i].record.packed(), acked, static_cast<std::uint32_t>(i)});
  }
  std::sort(writes_.begin(), writes_.end());  // numbers differ: no ties
}

std::optional<Duration> Answers::missing_for(std::size_t i) const {
  const std::span<const Request> requests = operations_.requests();
  const Request& read = requests[i];
  const std::uint64_t record = read.record.packed();
  const std::uint64_t version = answers_[i].version;
  // A version that no write to this record made is like none.
  const bool known =
      version < requests.size() && writes_a_record(requests[version]) && requests[version].record == read.record;
  const Time seen = known ? operations_.fates()[version].acked : Time::never();
  const Time from = seen == Time::never() ? Time::zero() : seen;
  auto write = std::lower_bound(writes_.begin(), writes_.end(), Write{record, from, 0});
  for (; write != writes_.end() && write->record == record && write->acked <= read.issued; ++write) {
    if (!known || write->number > version) return read.issued - write->acked;
  }
  return std::nullopt;
}

}  // namespace peerlab
