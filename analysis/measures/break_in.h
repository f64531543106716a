// What falls into a thief's hands as machines fall one after the other, found from one audit.
//
// He reads a record's content
//   - that is in the clear, as soon as a machine that holds it is his;
//   - that is sealed, when besides that the key which really opened it is his;
//   - of a user whose key he has, as long as a store that is on holds it: he joins, or logs in, and asks as that user would.
// A machine whose disk is encrypted gives nothing until a store that is on is his as well, in whose memory the key is. Where joining
// is open, he has all contents that a store which is on holds, from the beginning. Metadata (owner, size, time) lies beside
// every content, sealed or not. Backups are left out.
//
// Cost of an order of k machines: what these hold until nothing is missing, and a step for each record.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/observation/audit.h"

namespace peerlab {

class BreakIn {
 public:
  /// A live record at the time of the audit.
  struct Record {
    std::uint32_t write = 0;  ///< where its content is found
    UserId owner;
    bool is_private = false;
  };
  /// `audit` and `records` outlive this. `open`: whoever joins is sent a full copy.
  BreakIn(const Audit& audit, std::span<const Record> records, bool open);

  static constexpr std::uint32_t never = 0xffffffff;
  /// For every record: how many machines of an order must fall until it is read; 0: none, `never`: the whole order is not enough.
  struct Fallen {
    std::vector<std::uint32_t> read;
    std::vector<std::uint32_t> seen;  ///< its metadata
  };
  void fall(std::span<const MachineId> order, Fallen& fallen);

  /// What somebody is after.
  enum class Aim : std::uint8_t { private_records, all_records, metadata };
  /// The machines in the order in which somebody takes them who each time takes one that gives him most more of what he is after, of
  /// equals the smaller number. At most `most`, fewer when nothing more can be had.
  [[nodiscard]] std::vector<MachineId> greedy(Aim aim, std::size_t most) const;

 private:
  struct Hand;
  [[nodiscard]] bool on_line(std::uint32_t record) const { return audit_.copies[records_[record].write].on_line > 0; }
  template <class F>
  void each_record(const Audit::Holding& holding, F&& f) const;
  [[nodiscard]] std::uint64_t gain(MachineId machine, Aim aim, Hand& hand) const;

  const Audit& audit_;
  std::span<const Record> records_;
  bool open_;
  std::vector<std::uint32_t> record_of_;               ///< by write: place in records_, or never
  std::vector<std::vector<std::uint32_t>> of_bundle_;  ///< by bundle: the records in it
  std::vector<std::vector<std::uint32_t>> of_owner_;   ///< by user: his records
  std::vector<std::uint32_t> key_at_;                  ///< by user, between falls `never`
};

}  // namespace peerlab
