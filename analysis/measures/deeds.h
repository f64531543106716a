// What attackers did against owners' wills, put together from what they tell and what readers and stores tell.
//
//   alter, give away   tried: each forged write. Took effect: a reader was given it, or content that a machine had altered on
//                      its way out, and accepted it. Judged among those records that somebody read afterwards.
//   erase              tried: each forged write. Took effect: a store carried it out.
//   refuse             tried: each operation that an attacker did not let pass. Took effect: it was never acked, a read never
//                      answered.
//   read               tried: the private records that were live when the attack began. Took effect: the thief has the plaintext.
//   roll back          tried: what was acked since the state that was put back. Took effect: no store holds it at the end.
#pragma once

#include <array>
#include <map>
#include <set>
#include <span>
#include <vector>

#include "analysis/measures/live_records.h"
#include "models/node/attack_happening.h"
#include "models/node/audit_happening.h"

namespace peerlab {

class Deeds {
 public:
  static constexpr HappeningKind kinds[] = {
      happened::operation_accepted, happened::operation_acked, happened::operation_undone, happened::machine_down,
      happened::machine_up,         happened::operation_shown, happened::read_answered,    happened::attack_began,
      happened::deed_tried,         happened::deed_done,       happened::answer_forged,    happened::audit_failed,
      happened::machine_taken};

  void begin(const Cast& cast, std::span<const Request> requests);
  void see(const Row& row);
  /// The last audit.
  void audited(const Audit& audit);

  struct Count {
    std::uint64_t tried = 0;
    std::uint64_t done = 0;
  };
  /// After the last audit and the last row.
  [[nodiscard]] std::array<Count, deed_count> counts() const;

  /// Reads of records that somebody had tampered with before, or rolled back to before their last acked write: all, those that returned
  /// wrong content (or said that there is none) and were believed, those whose reader found out.
  struct Reads {
    std::uint64_t all = 0;
    std::uint64_t believed = 0;
    std::uint64_t found_out = 0;
  };
  [[nodiscard]] const Reads& reads() const { return reads_; }
  /// Machines that attacks took.
  [[nodiscard]] std::uint64_t machines() const { return machines_; }
  /// Whose they are, where they stand, and what they run: how many owners, hosts and versions are among them.
  [[nodiscard]] std::uint64_t owners() const { return owners_.size(); }
  [[nodiscard]] std::uint64_t hosts() const { return hosts_.size(); }
  [[nodiscard]] std::uint64_t versions() const { return versions_.size(); }
  [[nodiscard]] bool attacked() const { return attacks_ > 0; }

 private:
  struct Forged {
    Deed deed = Deed::alter;
    std::uint64_t record = 0;
    bool shown = false;
  };
  struct Tampered {
    Deed deed = Deed::alter;
    bool read = false;
    bool believed = false;
    /// Rolled back: number of the last write that was acked before and undone; an answer without it is wrong.
    std::uint32_t undone = 0;
  };
  void answered(const Row& row);
  void not_proven(const Row& row);
  void rolled_back(Time state, Time now);

  std::span<const Request> requests_;
  Operations operations_;
  LiveRecords records_;
  std::uint64_t attacks_ = 0;
  std::uint64_t machines_ = 0;
  const Cast* cast_ = nullptr;
  std::set<std::uint32_t> owners_;
  std::set<std::uint32_t> hosts_;
  std::set<std::uint32_t> versions_;
  std::map<std::uint64_t, Forged> forged_;      ///< by number of the forged write
  std::map<std::uint64_t, Tampered> tampered_;  ///< by record
  std::map<std::uint64_t, std::set<std::uint64_t>>
      false_answers_;                 ///< by read: the versions that answers named which were forged on their way out
  std::set<std::uint64_t> refused_;   ///< operations
  std::set<std::uint64_t> answered_;  ///< reads, of those refused
  std::map<std::uint64_t, bool> coveted_;  ///< live private records when an attack began, and whether they were read
  std::vector<Time> put_back_;             ///< ages of the states that were put back
  std::vector<Time> put_back_when_;
  Count rolled_back_;
  Reads reads_;
};

}  // namespace peerlab
