// Who owns the users' machines, where they stand and what they run: the `machines:` section of a scenario.
//
// Every user owns the machine at which he sits. A share of these machines stands at hosting providers of unequal size, the others
// at home. Each runs one version of the software, drawn from given shares. All three are pure functions of (seed, user), drawn from
// a stream of their own: the same persons share a provider or a flaw in every system, and adding users moves nobody.
// Machines of services are affiliated by the system that needs them, with the same providers and versions.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/base/affiliation.h"
#include "models/base/field.h"
#include "models/base/ids.h"

namespace peerlab {

Fields affiliation_fields();

/// What is wrong with the values together: the field and a sentence, both empty when all is well.
std::pair<std::string, std::string> check_affiliations(const Params& machines);

class Affiliations {
 public:
  /// `machines`: values of affiliation_fields() that pass the check.
  Affiliations(const Params& machines, std::uint64_t seed);
  /// Of the machine of that user.
  [[nodiscard]] Affiliation of(UserId user) const;
  /// Of a service's machine: its operator counted from 0, at the `host`-th largest provider, with the `version`-th most
  /// widespread version; both begin again at 0 where there are not so many.
  [[nodiscard]] Affiliation of_service(std::uint32_t owner, std::uint32_t host, std::uint32_t version) const;

 private:
  std::uint64_t seed_;
  double hosted_;
  std::vector<double> providers_;  ///< share of the hosted machines up to and including each
  std::vector<double> versions_;   ///< the same for versions
};

}  // namespace peerlab
