#include "analysis/measures/prices.h"

#include <array>
#include <cstdio>

namespace peerlab {
namespace {

constexpr double hashes_per_terahash = 1e12;
constexpr double joules_per_kilowatt_hour = 3.6e6;
constexpr double bytes_per_gigabyte = 1e9;

Field price(std::string_view name, std::string_view fallback, std::string_view sentence, std::string_view example) {
  return field(name, Kind::real, fallback, sentence, example, "0", "1000000");
}

}  // namespace

Fields price_fields() {
  return {
      price("joules_per_terahash", "30",
            "Energy of 1e12 hashes of mining: 30 J by the data sheets of hardware sold in 2020 to 2022.", "17.5"),
      price("joules_per_cpu_second", "15", "Energy of one busy core for a second: 15 J, an assumption.", "5"),
      price("kwh_per_gigabyte", "0.06",
            "Energy of moving 1e9 bytes: 0.06 kWh over fixed lines in 2015 (Aslan et al. 2018, J. Ind. Ecol. 22), "
            "halved about every two years.",
            "0.01"),
  };
}

EnergyPrices energy_prices(const Params& params) {
  EnergyPrices prices;
  prices.joules_per_hash = params.real("joules_per_terahash") / hashes_per_terahash;
  prices.joules_per_cpu_second = params.real("joules_per_cpu_second");
  prices.joules_per_byte = params.real("kwh_per_gigabyte") * joules_per_kilowatt_hour / bytes_per_gigabyte;
  return prices;
}

std::string prices_in_words(const EnergyPrices& prices) {
  std::array<char, 120> text{};
  std::snprintf(text.data(), text.size(), "%.3g J per terahash, %.3g J per CPU second, %.3g kWh per GB sent",
                prices.joules_per_hash * hashes_per_terahash, prices.joules_per_cpu_second,
                prices.joules_per_byte * bytes_per_gigabyte / joules_per_kilowatt_hour);
  return text.data();
}

}  // namespace peerlab
