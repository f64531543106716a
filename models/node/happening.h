// Something an observer may care about, as a value: what, about whom, and two numbers.
//
// The kind is a name hashed at compile time, so that a new kind touches no shared list. A measure that folds a kind
// says which numbers it expects; the kinds of honest nodes are named here with their meaning.
#pragma once

#include <cstdint>

#include "models/base/random.h"

namespace peerlab {

struct HappeningKind {
  std::uint32_t value = 0;
  friend constexpr auto operator<=>(HappeningKind, HappeningKind) = default;
};
constexpr HappeningKind happening(std::string_view name) { return {name_hash32(name)}; }

struct Happening {
  HappeningKind kind;
  std::uint32_t amount = 0;   ///< small number: height, depth, size in bytes, verdict
  std::uint64_t subject = 0;  ///< what it is about: low64 of a block id, number of an operation, a node
  std::uint64_t detail = 0;   ///< a second number: state digest, instant
};

namespace happened {
// A block. subject: low64 of its id; amount: height. `block mined` is told once per block, before anybody else tells of it,
// and gives measures the tree; its miner holds it from then on, whether or not it also tells `block held`.
inline constexpr HappeningKind block_mined = happening("block mined");  ///< detail: low64 of the id of its parent
inline constexpr HappeningKind block_held =
    happening("block held");  ///< body received and judged valid, first time on this node
inline constexpr HappeningKind block_refused = happening("block refused");  ///< detail: verdict
/// The node moved its tip, or found one on its disk in `start` after a restart: measures take a node whose machine comes up
/// to stand at the beginning until it says otherwise. subject: new tip; amount: height; detail: low 64 bits of the state digest after it.
inline constexpr HappeningKind tip_moved = happening("tip moved");
/// A service's log grew by an entry, told by the primary who wrote it before anybody else tells of it: what `block mined` is to a
/// ledger, the tree that measures walk. subject: name of the history that ends with the entry; amount: its place, from 1
/// on; detail: name of the history before it, 0 when there was none.
inline constexpr HappeningKind log_grew = happening("log grew");
/// The tip moved to another branch. subject: new tip; amount: blocks undone; detail: blocks applied.
inline constexpr HappeningKind reorganised = happening("reorganised");
/// An operation of the workload reached an instant on this node. subject: number of the operation.
/// In the access peer's mempool, or admitted by a server's queue; told by whoever let it in.
inline constexpr HappeningKind operation_accepted = happening("operation accepted");
inline constexpr HappeningKind operation_acked =
    happening("operation acked");  ///< the system's own rule; amount: depth
/// detail: verdict; 256 and above: why a service did not do it (models/protocols/refusal.h).
inline constexpr HappeningKind operation_refused = happening("operation refused");
/// An operation of this node's user lies deeper in the chain than ever before, up to the depth that the ack rule asks for: what it
/// would have taken to be acked under a laxer rule. amount: depth, 1 in the block at the tip.
inline constexpr HappeningKind operation_deepened = happening("operation deepened");
inline constexpr HappeningKind operation_undone =
    happening("operation undone");  ///< acked before, no longer in the chain
/// The chance that it is ever undone is at most the epsilon that the system states; amount: depth.
inline constexpr HappeningKind operation_final = happening("operation final");
/// On this node's disk, flushed, so that no crash loses it. amount: how many nodes must say so until the operation is final. Systems
/// whose operations are final by the number of copies tell this instead of `operation final`.
inline constexpr HappeningKind operation_flushed = happening("operation flushed");
/// Whoever reads at this node finds it from now on: it is in the chain or the mempool, or applied to the store. May be told again.
inline constexpr HappeningKind operation_shown = happening("operation shown");
/// The user's own machine was off when the operation was due: demand that no system could have met, counted apart.
inline constexpr HappeningKind operation_unasked = happening("operation unasked");
/// A read was answered, told by the reader when the answer is here. subject: number of the read; detail: the version he sees, as
/// the number of the last write in the answer, or `no_version` when it says that there is no such record; amount: 1 when
/// every signature and commitment in the answer is right, 0 when one is wrong or there is nothing that could be checked.
inline constexpr HappeningKind read_answered = happening("read answered");
inline constexpr std::uint64_t no_version = 0xffffffffffffffff;
/// The node holds the content of a record for the first time. subject: number of the publishing operation; amount: bytes.
inline constexpr HappeningKind record_held = happening("record held");
/// A peer broke the rules and was cut off. subject: the peer; detail: verdict or reason.
inline constexpr HappeningKind peer_banned = happening("peer banned");
/// A request was not answered in time and goes elsewhere. subject: the silent peer.
inline constexpr HappeningKind request_timed_out = happening("request timed out");
/// A compact block could not be completed from the mempool. subject: block; amount: transactions missing.
inline constexpr HappeningKind compact_incomplete = happening("compact incomplete");
/// A node that was behind has caught up with the best header it knows. amount: height.
inline constexpr HappeningKind caught_up = happening("caught up");
// Told by the world, once for each node of the machine, in this order: down first, wiped after it.
inline constexpr HappeningKind machine_down = happening("machine down");
inline constexpr HappeningKind machine_up = happening("machine up");
inline constexpr HappeningKind disk_wiped = happening("disk wiped");
/// A disturbance began or ended, told by nobody in particular. subject: its number in the timeline.
inline constexpr HappeningKind fault_began = happening("fault began");
inline constexpr HappeningKind fault_ended = happening("fault ended");
}  // namespace happened

}  // namespace peerlab
