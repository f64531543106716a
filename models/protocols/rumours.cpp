#include "models/protocols/rumours.h"

#include <algorithm>

#include "models/base/quantity.h"

namespace peerlab {

std::optional<Interest> parse_interest(std::string_view text) {
  const std::size_t blank = text.find(' ');
  if (blank == std::string_view::npos) return std::nullopt;
  const std::string_view rule = text.substr(0, blank);
  const std::string_view value = text.substr(blank + 1);
  Interest out;
  if (rule == "after") {
    const auto time = parse_duration(value);
    if (!time || time.value->ns <= 0) return std::nullopt;
    out.rule = Interest::Rule::after;
    out.time = *time.value;
    return out;
  }
  const auto calls = parse_whole(value);
  if (!calls || *calls.value < 1 || *calls.value > 1'000'000) return std::nullopt;
  out.calls = static_cast<std::uint32_t>(*calls.value);
  if (rule == "feedback") return out;
  if (rule != "coin") return std::nullopt;
  out.rule = Interest::Rule::coin;
  return out;
}

void Rumours::hear(Time now, std::uint64_t record, std::uint64_t stamp) {
  heard_[record] = {stamp, now};
  const auto old = std::find_if(hot_.begin(), hot_.end(), [&](const Hot& h) { return h.record == record; });
  if (old != hot_.end()) hot_.erase(old);
  hot_.push_back({record, stamp, now, 0});
}

bool Rumours::knew(Time now, std::uint64_t record, std::uint64_t stamp) const {
  const auto at = heard_.find(record);
  if (at == heard_.end() || at->second.stamp < stamp) return false;
  return !rounds_ || at->second.at < round_of(now);
}

Time Rumours::next_call(Time now, Stream& chance) const {
  if (hot_.empty()) return Time::never();
  if (rounds_) return round_of(now) + every_;
  return now + Duration::from_seconds(chance.exponential() * every_.seconds());
}

std::vector<std::uint64_t> Rumours::call(Time now, Stream& chance) {
  std::erase_if(
      hot_, [&](const Hot& h) { return interest_.rule == Interest::Rule::after && now - h.heard > interest_.time; });
  std::vector<std::uint64_t> told;
  for (const Hot& h : hot_) {
    if (!rounds_ || h.heard < round_of(now)) told.push_back(h.record);
  }
  if (interest_.rule == Interest::Rule::coin) {
    std::erase_if(hot_, [&](const Hot& h) {
      const bool called = std::find(told.begin(), told.end(), h.record) != told.end();
      return called && chance.chance(1.0 / interest_.calls);
    });
  }
  return told;
}

void Rumours::answered(std::uint64_t stamp, bool knew) {
  if (!wants_feedback()) return;
  const auto at = std::find_if(hot_.begin(), hot_.end(), [&](const Hot& h) { return h.stamp == stamp; });
  if (at == hot_.end()) return;
  at->useless = knew ? at->useless + 1 : 0;
  if (at->useless >= interest_.calls) hot_.erase(at);
}

}  // namespace peerlab
