#include "analysis/measures/deeds.h"

namespace peerlab {

void Deeds::begin(const Cast& cast, std::span<const Request> requests) {
  cast_ = &cast;
  requests_ = requests;
  operations_.begin(cast, requests);
  records_.begin(cast, requests);
}

void Deeds::see(const Row& row) {
  if (row.kind == happened::attack_began) {
    ++attacks_;
    machines_ += row.amount;
  } else if (row.kind == happened::machine_taken) {
    const std::size_t machine = cast_->nodes[row.who.index()].machine.index();
    if (machine >= cast_->belongs.size()) return;
    const Affiliation& belongs = cast_->belongs[machine];
    owners_.insert(belongs.owner);
    hosts_.insert(belongs.host);
    versions_.insert(belongs.version);
  } else if (row.kind == happened::deed_tried) {
    const auto deed = static_cast<Deed>(row.amount);
    if (deed == Deed::refuse) {
      if (row.subject < requests_.size()) refused_.insert(row.subject);
    } else if (deed == Deed::roll_back) {
      put_back_.push_back(Time::zero() + Duration{static_cast<std::int64_t>(row.detail)});
      put_back_when_.push_back(row.at);
      rolled_back(put_back_.back(), row.at);
    } else if (deed == Deed::read) {
      for (const std::uint32_t write : records_.list(operations_.fates(), row.at, LiveRecords::Acked::stands)) {
        if (requests_[write].is_private) coveted_.emplace(requests_[write].record.packed(), false);
      }
    } else {
      forged_.emplace(row.subject, Forged{deed, row.detail, false});
      tampered_.emplace(row.detail, Tampered{deed, false, false});
    }
  } else if (row.kind == happened::deed_done) {
    const auto coveted = coveted_.find(row.detail);
    if (coveted != coveted_.end()) coveted->second = true;
  } else if (row.kind == happened::answer_forged) {
    false_answers_[row.subject].insert(row.amount);
    tampered_.emplace(row.detail, Tampered{});
  } else if (row.kind == happened::operation_shown) {
    const auto forged = forged_.find(row.subject);
    if (forged != forged_.end()) forged->second.shown = true;
  } else if (row.kind == happened::read_answered) {
    answered(row);
  } else if (row.kind == happened::audit_failed) {
    not_proven(row);
  } else {
    operations_.see(row);
  }
}

void Deeds::answered(const Row& row) {
  if (row.subject >= requests_.size()) return;
  if (refused_.contains(row.subject)) answered_.insert(row.subject);
  const auto tampered = tampered_.find(requests_[row.subject].record.packed());
  if (tampered == tampered_.end()) return;
  const auto false_answer = false_answers_.find(row.subject);
  const bool deceived = false_answer != false_answers_.end();
  if (tampered->second.deed == Deed::roll_back && !deceived) {
    ++reads_.all;
    // That there is no such record a reader has no means to check.
    if (row.detail == happened::no_version || row.detail < tampered->second.undone) ++reads_.believed;
    return;
  }
  const bool wrong = forged_.contains(row.detail) || (deceived && false_answer->second.contains(row.detail));
  const bool accepted = row.amount == 1;
  ++reads_.all;
  // Whoever has refused a false answer may have asked somebody else, and got the true one.
  if (wrong && accepted) ++reads_.believed;
  if (!accepted || (deceived && !wrong)) ++reads_.found_out;
  tampered->second.read = true;
  tampered->second.believed = tampered->second.believed || (wrong && accepted);
}

/// A reader threw an answer away because the service's log is not what he had seen.
void Deeds::not_proven(const Row& row) {
  if (row.subject >= requests_.size() || Operations::writes(requests_[row.subject])) return;
  const auto tampered = tampered_.find(requests_[row.subject].record.packed());
  if (tampered == tampered_.end()) return;
  ++reads_.all;
  ++reads_.found_out;
  tampered->second.read = true;
}

void Deeds::rolled_back(Time state, Time now) {
  for (std::uint32_t write = 0; write < requests_.size(); ++write) {
    const Time acked = operations_.fates()[write].acked;
    const bool of_a_record = Operations::writes(requests_[write]) && requests_[write].what != Asked::pay;
    if (!of_a_record || acked == Time::never() || acked < state || acked > now) continue;
    Tampered& record = tampered_.emplace(requests_[write].record.packed(), Tampered{Deed::roll_back}).first->second;
    record.undone = write;
  }
}

void Deeds::audited(const Audit& audit) {
  for (std::size_t i = 0; i < put_back_.size(); ++i) {
    for (std::uint32_t write = 0; write < requests_.size(); ++write) {
      const Time acked = operations_.fates()[write].acked;
      const bool published = requests_[write].what == Asked::publish;
      if (!published || acked == Time::never() || acked < put_back_[i] || acked > put_back_when_[i]) continue;
      ++rolled_back_.tried;
      if (!audit.copies[write].anywhere()) ++rolled_back_.done;
    }
  }
}

std::array<Deeds::Count, deed_count> Deeds::counts() const {
  std::array<Count, deed_count> counts;
  const auto of = [&](Deed deed) -> Count& { return counts[static_cast<std::size_t>(deed)]; };
  for (const auto& [record, read] : coveted_) {
    ++of(Deed::read).tried;
    if (read) ++of(Deed::read).done;
  }
  for (const auto& [record, tampered] : tampered_) {
    if (tampered.deed == Deed::erase || tampered.deed == Deed::roll_back || !tampered.read) continue;
    ++of(tampered.deed).tried;
    if (tampered.believed) ++of(tampered.deed).done;
  }
  for (const auto& [number, forged] : forged_) {
    if (forged.deed != Deed::erase) continue;
    ++of(Deed::erase).tried;
    if (forged.shown) ++of(Deed::erase).done;
  }
  for (const std::uint64_t number : refused_) {
    const bool write = Operations::writes(requests_[number]);
    const bool served = write ? operations_.fates()[number].acked != Time::never() : answered_.contains(number);
    ++of(Deed::refuse).tried;
    if (!served) ++of(Deed::refuse).done;
  }
  of(Deed::roll_back) = rolled_back_;
  return counts;
}

}  // namespace peerlab
