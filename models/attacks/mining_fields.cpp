#include "models/attacks/mining_fields.h"

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

}  // namespace peerlab
