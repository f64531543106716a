// A protocol knows nothing of geography, so that it repeats the names of regions and access links: they must be the same.
#include <gtest/gtest.h>

#include "models/network/access.h"
#include "models/network/geography.h"
#include "models/registry/registry.h"

namespace peerlab {
namespace {

const Field& field_of(const Fields& fields, std::string_view name) {
  for (const Field& field : fields) {
    if (field.name == name) return field;
  }
  static const Field none;
  return none;
}

TEST(CentralServerRow, NamesTheRegionsOfTheGeography) {
  const ProtocolRow* row = find_protocol("central-server");
  ASSERT_NE(row, nullptr);
  const Fields fields = row->fields();
  const std::vector<std::string>& codes = field_of(fields, "region").choices;
  ASSERT_EQ(codes.size(), region_count);
  for (std::size_t i = 0; i < codes.size(); ++i) {
    EXPECT_EQ(codes[i], regions()[i].code);
    SystemSetup setup;
    setup.users = 1;
    setup.regions = region_count;
    setup.params = Params::defaults(fields);
    setup.protection = Params::defaults(protection_fields());
    ASSERT_EQ(setup.params.set("region", codes[i]), "");
    EXPECT_EQ(row->make(setup)->layout().services[0].region, find_region(codes[i]));
  }
}

TEST(CentralServerRow, NamesAccessLinksThatExist) {
  const Fields fields = find_protocol("central-server")->fields();
  for (const std::string& access : field_of(fields, "access").choices) {
    EXPECT_GE(find_access(access), 0) << access;
  }
}

}  // namespace
}  // namespace peerlab
