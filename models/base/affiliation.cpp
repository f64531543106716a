#include "models/base/affiliation.h"

namespace peerlab {

std::string owner_name(std::uint32_t owner) {
  if (owner < operators_first) return "user-" + std::to_string(owner);
  const std::uint32_t number = owner - operators_first + 1;
  return number == 1 ? "operator" : "operator-" + std::to_string(number);
}

std::string host_name(std::uint32_t host) {
  return host < homes_first ? "provider-" + std::to_string(host + 1) : "home-" + std::to_string(host - homes_first);
}

std::string version_name(std::uint32_t version) { return "v" + std::to_string(version + 1); }

}  // namespace peerlab
