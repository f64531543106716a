#include "models/disturbances/falling.h"

#include <algorithm>
#include <tuple>

#include "models/base/check.h"

namespace peerlab {

namespace {

constexpr double longest_ns = 9e18;

}  // namespace

Field within_field(std::string_view sentence) {
  return {.name = "within",
          .kind = Kind::law,
          .fallback = "0 s",
          .sentence = std::string(sentence),
          .example = "exponential 10 min",
          .least = "0 s",
          .of = Kind::duration};
}

std::vector<Fall> falls(const DisturbanceContext& context, Purpose what) {
  const Distribution within = context.params.law("within");
  what.value ^= static_cast<std::uint32_t>(mix64(std::uint64_t{context.number} << 32 | context.occurrence));
  std::vector<Fall> all;
  for (const MachineId machine : context.machines) {
    Stream random(context.seed, what, machine.value);
    const Duration after{static_cast<std::int64_t>(std::clamp(within.sample(random), 0.0, longest_ns))};
    if (after < context.end - context.begin) all.push_back({context.begin + after, machine});
  }
  std::sort(all.begin(), all.end(),
            [](const Fall& a, const Fall& b) { return std::tie(a.at, a.machine) < std::tie(b.at, b.machine); });
  return all;
}

std::vector<Time> later_falls(const DisturbanceContext& context, Purpose what) {
  std::vector<Time> instants;
  for (const Fall& fall : falls(context, what)) {
    if (fall.at > context.begin) instants.push_back(fall.at);
  }
  return instants;
}

double one_moment(const Params&, Duration) { return 1; }

Falling::Falling(const DisturbanceContext& context, Purpose what)
    : number_(context.number), falls_(falls(context, what)) {
  while (at_once_ < falls_.size() && falls_[at_once_].at == context.begin) ++at_once_;
}

void Falling::begin(Afflictions& on) {
  for (std::size_t i = 0; i < at_once_; ++i) strike(on, falls_[i].machine);
}

void Falling::act(Afflictions& on, std::uint32_t k) {
  CHECK(at_once_ + k < falls_.size());
  strike(on, falls_[at_once_ + k].machine);
}

void Falling::end(Afflictions& on) {
  for (const Fall& fall : falls_) on.let_go(fall.machine, number_);
}

}  // namespace peerlab
