#include "models/attacks/mining_fields.h"

#include <algorithm>
#include <string>

namespace peerlab {

Fields mining_attack_fields(std::string_view share) {
  Field power;
  power.name = "hash_share";
  power.kind = Kind::share;
  power.fallback = share;
  power.sentence =
      "Share of all hash power that the attacking machines have together; the other miners share the rest as they "
      "would "
      "anyway.";
  power.example = "40 %";
  power.least = "0 %";
  power.most = "99 %";
  Field from;
  from.name = "from";
  from.kind = Kind::duration;
  from.fallback = "0 s";
  from.sentence = "When the attack begins; until then its machines mine honestly, with the same hash power.";
  from.example = "2 h";
  from.least = "0 s";
  from.most = "10000 d";
  return {power, from};
}

std::string check_mining_attack(const Params& params, Duration run) {
  if (params.share("hash_share") <= 0) return "hash_share: without hash power nobody can attack by mining.";
  if (params.duration("from") >= run) {
    return "from: the attack would begin when the run is over (" + write_duration(run) + ").";
  }
  return {};
}

std::string hopeless_depth(std::string_view name, std::int64_t blocks, std::string_view needs, const Params& params,
                           const Params& system, Duration run) {
  if (!system.has("block_interval")) return {};
  const Duration interval = system.duration("block_interval");
  const std::int64_t expected = (run - params.duration("from")).ns / std::max<std::int64_t>(interval.ns, 1);
  if (blocks <= 2 * expected) return {};
  return std::string(name) + ": " + std::string(needs) + " " + std::to_string(blocks) + " blocks, but at one in " +
         write_duration(interval) + " only about " + std::to_string(expected) + " are found before the run ends (" +
         write_duration(run) + "): the attack can never succeed. Write a smaller number or a longer `duration`.";
}

}  // namespace peerlab
