// How likely a victim talks to nobody but the attacker.
//
// A victim picks k neighbours out of the addresses it knows, of which the share s belongs to the attacker. With many addresses
// every choice is the attacker's with probability s^k; among few, the choices are without repetition. Each restart of the
// victim is one more try. Heilman, Kendler, Zohar & Goldberg, Eclipse attacks on Bitcoin's peer-to-peer network, USENIX
// Security 2015.
#pragma once

#include <cstdint>

#include "analysis/theory/row.h"

namespace peerlab {

/// s^k; `s` in [0, 1], CHECKed.
double eclipse(double s, std::uint32_t k);
/// The same when `k` different ones of `known` addresses are chosen and `hostile` of these are the attacker's:
/// C(hostile, k) / C(known, k). k <= known and hostile <= known (CHECKed).
double eclipse_of(std::uint64_t hostile, std::uint64_t known, std::uint32_t k);
/// Probability of at least one success in `tries`, each with probability `once`.
double eclipse_after(double once, std::uint64_t tries);

TheoryRow eclipse_row();

}  // namespace peerlab
