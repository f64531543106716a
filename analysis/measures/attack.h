// What an attack by mining brought in, what it cost everybody, and how often it succeeded.
//
//   revenue          the attackers' blocks of the settled main chain, as a share and per hour, beside their share of the hash power
//   mpu              mining power utilisation (Eyal, Gencer, Sirer & van Renesse, Bitcoin-NG, NSDI 2016): main-chain blocks over blocks
//                    mined, of all miners (`mpu_node_overall`) and of the attackers (`mpu_node_adv`)
//   attack.success   attempts that an attacker reported, judged by the main chain that the honest stores settled on
//   censored         what became of the victims' operations
#pragma once

#include <memory>
#include <string_view>

#include "analysis/measures/measure.h"

namespace peerlab {

std::unique_ptr<Measure> make_revenue(std::string_view argument);
std::unique_ptr<Measure> make_mpu(std::string_view argument);
std::unique_ptr<Measure> make_attack_success(std::string_view argument);
std::unique_ptr<Measure> make_censored(std::string_view argument);

}  // namespace peerlab
