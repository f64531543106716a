// Whose a machine is, where it stands, and which software it runs: what may fail, be bribed or be broken into at one stroke.
//
// Machines, owners, hosts and versions are different currencies: three servers of one operator at one provider are three
// machines, one owner and one host. The numbers mean the same in every system of a scenario: an owner below
// `operators_first` is the user of that number, the others are operators of services; a host below `homes_first` is a hosting
// provider, from the largest one on, the others are homes, each a host of its own; versions are numbered from the most widespread.
#pragma once

#include <cstdint>
#include <string>

namespace peerlab {

struct Affiliation {
  std::uint32_t owner = 0;
  std::uint32_t host = 0;
  std::uint32_t version = 0;
  friend bool operator==(const Affiliation&, const Affiliation&) = default;
};

inline constexpr std::uint32_t operators_first = 0x80000000;
inline constexpr std::uint32_t homes_first = 0x80000000;

/// `user-17`, `operator`, `operator-2`.
std::string owner_name(std::uint32_t owner);
/// `provider-1` for the largest, `home-17`.
std::string host_name(std::uint32_t host);
/// `v1` for the most widespread.
std::string version_name(std::uint32_t version);

}  // namespace peerlab
