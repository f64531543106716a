#include "models/network/geography.h"

#include <string>

#include "models/base/check.h"

namespace peerlab {

namespace {

// The columns and rows of every table: North America, Europe, South America, Asia and Pacific, Japan, Australia.
constexpr std::array<Region, region_count> region_table = {{
    {"NA", "NORTH_AMERICA"},
    {"EU", "EUROPE"},
    {"SA", "SOUTH_AMERICA"},
    {"AS", "ASIA_PACIFIC"},
    {"JP", "JAPAN"},
    {"AU", "AUSTRALIA"},
}};

// Sources: 2015 Gervais et al. 2016 (latency) and the SimBlock simulator; 2019 SimBlock; 2021 the University of Pisa's
// SimBlock. The files in models/network/data say more; a test compares number by number.
// clang-format off
constexpr std::array<Geography, 3> geography_table = {{
    {2015,
     {{
         {35.5, 119.49, 254.79, 310.11, 154.36, 207.91},
         {119.49, 11.61, 221.08, 241.9, 266.45, 350.07},
         {254.79, 221.08, 137.09, 346.65, 255.95, 268.91},
         {310.11, 241.9, 346.65, 99.46, 172.24, 277.8},
         {154.36, 266.45, 255.95, 172.24, 8.76, 162.59},
         {207.91, 350.07, 268.91, 277.8, 162.59, 21.72},
     }},
     {25, 24, 6.5, 10, 17.5, 14},  // download
     {4.7, 8.1, 1.8, 5.3, 3.4, 5.2},  // upload
     {0.3869, 0.5159, 0.0113, 0.0574, 0.0119, 0.0166}},  // nodes
    {2019,
     {{
         {32, 124, 184, 198, 151, 189},
         {124, 11, 227, 237, 252, 294},
         {184, 227, 88, 325, 301, 322},
         {198, 237, 325, 85, 58, 198},
         {151, 252, 301, 58, 12, 126},
         {189, 294, 322, 198, 126, 16},
     }},
     {52, 40, 18, 22.8, 22.8, 29.9},  // download
     {19.2, 20.7, 5.8, 15.7, 10.2, 11.3},  // upload
     {0.3316, 0.4998, 0.009, 0.1177, 0.0224, 0.0195}},  // nodes
    {2021,
     {{
         {30, 86, 187, 230, 158, 152},
         {86, 12, 240, 236, 227, 253},
         {187, 240, 41, 327, 317, 327},
         {230, 236, 327, 87, 51, 151},
         {158, 227, 317, 51, 15, 113},
         {152, 253, 327, 151, 113, 14},
     }},
     {41, 39, 21, 20, 29, 46},  // download
     {13, 17, 6, 13, 18, 17},  // upload
     {0.188616, 0.597868, 0.0433491, 0.136794, 0.0158874, 0.0174855}},  // nodes
}};
// clang-format on

}  // namespace

std::span<const Region, region_count> regions() { return region_table; }

RegionId find_region(std::string_view code_or_name) {
  for (std::size_t i = 0; i < region_count; ++i) {
    if (region_table[i].code == code_or_name || region_table[i].name == code_or_name) return RegionId::of(i);
  }
  return {};
}

std::span<const Geography> geographies() { return geography_table; }

const Geography& geography(int year) {
  for (const Geography& table : geography_table) {
    if (table.year == year) return table;
  }
  CHECK_SAYING(false, "there is no geography of that year");
  return geography_table.front();
}

const Geography& geography_of(const Params& network) {
  for (const Geography& table : geography_table) {
    if (std::to_string(table.year) == network.text("geography")) return table;
  }
  CHECK_SAYING(false, "the field geography has a choice without a table");
  return geography_table.front();
}

}  // namespace peerlab
