// What attackers on machines tell those who measure: ground truth that no honest node could know.
//
// A deed is something done to a user's record, or kept from him, without his consent. It is tried when the attacker does what he can for
// it; whether it took effect is told by whoever it took effect on (`operation shown` of a forged operation, `read
// answered`), or by the attacker where he alone knows (a plaintext in his hands).
#pragma once

#include "models/node/happening.h"

namespace peerlab {

/// The acts against an owner's will that are told apart.
enum class Deed : std::uint8_t { read, alter, give_away, erase, refuse, roll_back };
inline constexpr std::size_t deed_count = 6;

namespace happened {
/// An attack on machines began. subject: its line among the attacks; amount: machines taken.
inline constexpr HappeningKind attack_began = happening("attack began");
inline constexpr HappeningKind attack_ended = happening("attack ended");
/// The attacker holds the machine of this node from now on. subject: line of the attack.
inline constexpr HappeningKind machine_taken = happening("machine taken");
/// Something was tried against an owner's will. amount: the Deed. subject: number of the forged, or refused,
/// operation; detail: the record, packed. Of a theft and a roll-back once for all: subject is the line of the attack, detail of a
/// roll-back the instant of the state that is put back.
inline constexpr HappeningKind deed_tried = happening("deed tried");
/// It took effect, as far as the attacker alone can know. amount: the Deed; subject: number of the write whose content is stolen;
/// detail: the record, packed.
inline constexpr HappeningKind deed_done = happening("deed done");
/// The answer to a read that leaves this attacker's machine is not what is stored. subject: number of the read; amount: the
/// version that it names; detail: the record, packed.
inline constexpr HappeningKind answer_forged = happening("answer forged");
}  // namespace happened

}  // namespace peerlab
