// What energy costs, as fields of the scenario: the `prices:` section. Reports state them beside every figure in joules.
#pragma once

#include <string>

#include "analysis/observation/cast.h"
#include "models/base/field.h"

namespace peerlab {

Fields price_fields();
EnergyPrices energy_prices(const Params& params);
/// `30 J per terahash, 15 J per CPU second, 0.06 kWh per GB sent`.
std::string prices_in_words(const EnergyPrices& prices);

}  // namespace peerlab
