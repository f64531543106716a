// One observation: when, where, what. The single currency between the world and whoever measures it.
//
// Nodes report a Happening, the world adds when and where, measures fold the rows in the order of the run's events. Rows
// of one run come in rising time. A row is a plain value, so that a saved trace is folded by the same code as a live run.
#pragma once

#include <cstdint>

#include "models/base/ids.h"
#include "models/base/time.h"
#include "models/node/happening.h"

namespace peerlab {

struct Row {
  Time at;             ///< when
  NodeId who;          ///< the node it happened on; nobody for facts of the whole world (a fault began)
  HappeningKind kind;  ///< what; its numbers are explained in models/node/happening.h
  std::uint32_t amount = 0;
  std::uint64_t subject = 0;
  std::uint64_t detail = 0;

  friend bool operator==(const Row&, const Row&) = default;
};
static_assert(sizeof(Row) == 40);

/// The row of what a node reported.
constexpr Row row_of(Time at, NodeId who, const Happening& what) {
  return {at, who, what.kind, what.amount, what.subject, what.detail};
}

}  // namespace peerlab
