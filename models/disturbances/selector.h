// Which machines a disturbance or an attack chooses, as a scenario writes it.
//
//   all                              role=peer          region=EU        group=x
//   owner=operator                   host=provider-1    host=home        version=v1
//   node 17                          nodes 3..9         region=EU and role=store
//   random 5 % of role=peer          random 1 of role=store              random 3
//   highest-degree 1 %               highest-degree 10 of region=NA and role=peer
//   busiest 3                        busiest 1 of role=store
//   largest owner of role=store      largest host       largest version of role=store
//   rest                             (in a list of sides: whoever is in no other side)
//
// `random`, `highest-degree`, `busiest` and `largest` come first and choose among what follows `of`, which without `of` is
// everybody. `largest owner` means those machines that belong to the owner who has most of them: the operator of a service, or
// any one of a thousand peers; `largest host` and `largest version` those at one provider or with one version of the software.
// A share means the nearest whole number of machines. `busiest` counts the bytes that a machine has sent and received
// since the start of the run. Among equals the smaller machine number goes first. Every machine has the roles of its
// nodes; besides, `role=store` is whoever keeps others' records and `role=user` whoever has a person sitting at it, so that
// one timeline means the same machines in every system.
//
// A random choice gives each machine a lot drawn by its number from the stream of (disturbance, occurrence) and takes the
// smallest lots: so the same people are hit in every system, and one more machine shifts nobody's lot.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/base/ids.h"
#include "models/base/random.h"
#include "models/disturbances/population.h"

namespace peerlab {

struct Selector {
  /// One condition; a machine must meet all of them.
  struct Term {
    enum class What : std::uint8_t { all, role, region, group, owner, host, version, nodes };
    What what = What::all;
    std::string name;         ///< role, region, group, owner, host, version
    std::uint32_t first = 0;  ///< nodes: from
    std::uint32_t last = 0;   ///< nodes: to, inclusive
    std::size_t offset = 0;   ///< where it stands in the text
  };
  enum class Pick : std::uint8_t { everyone, random, highest_degree, busiest, largest, rest };

  Pick pick = Pick::everyone;
  Term::What by = Term::What::owner;  ///< largest: owner, host or version
  bool is_share = false;              ///< how the number below is meant
  double share = 0;                   ///< 0 .. 1
  std::uint32_t count = 0;
  std::vector<Term> terms;
  std::string text;  ///< as it was written
};

/// A selector, or a sentence and where in the text it went wrong (for a caret).
struct ParsedSelector {
  std::optional<Selector> value;
  std::string error;
  std::size_t offset = 0;
  explicit operator bool() const { return value.has_value(); }
};
ParsedSelector parse_selector(std::string_view text);

/// The stream from which the random choices of occurrence `occurrence` of disturbance (or attack) `number` come.
struct Lots {
  std::uint64_t seed = 0;
  Purpose what = purpose("disturbance");
  std::uint32_t number = 0;
  std::uint32_t occurrence = 0;
  std::span<const std::uint64_t> bytes_moved{};  ///< per machine so far, for `busiest`; empty: nobody has moved any
};

/// The chosen machines in rising order, or a sentence. Nobody at all is an error, never a calm run.
struct Selected {
  std::vector<MachineId> machines;
  std::string error;
  std::size_t offset = 0;    ///< into the selector's text
  std::size_t selector = 0;  ///< for several selectors: which one
};

/// Evaluates one selector. `rest` is an error here.
Selected select(const Selector& selector, const Population& population, const Lots& lots);

/// Evaluates several selectors together: whoever any of them chooses. `rest` is an error here.
Selected select_any(std::span<const Selector> selectors, const Population& population, const Lots& lots);

/// The sides of a partition: for each machine the number of its side from 1, or 0 for none. Sides without a random choice
/// are settled first and must not overlap; those that choose do so among who is left; `rest` takes the others.
struct Sides {
  std::vector<std::uint8_t> side_of_machine;
  std::string error;
  std::size_t offset = 0;
  std::size_t selector = 0;
};
Sides select_sides(std::span<const Selector> selectors, const Population& population, const Lots& lots);

}  // namespace peerlab
