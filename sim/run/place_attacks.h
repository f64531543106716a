// Who of one world's nodes attacks, against whom, and with how much hash power.
//
// `who` and `victim` are chosen by lots that depend on the replication and the attack's place in the list alone: the same
// persons in every system. Victims are marked in the cast of every system, so that the one without the attack is its calm twin.
#pragma once

#include <cstdint>

#include "sim/run/build.h"

namespace peerlab {

/// Fills the plan's attacks, by node and then in the order of lines, marks attackers and victims in the cast, and deals out hash power,
/// total unchanged. Problems: two lines on one machine that decide the same thing there, a victim who attacks, several machines where
/// one is wanted, an attacker who cannot mine, an attack that can never succeed.
void place_attacks(const Scenario& scenario, const SystemEntry& entry, std::uint64_t seed, Built& built,
                   Problems& problems);

}  // namespace peerlab
