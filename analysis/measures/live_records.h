// Which content of every record ought to be there: the one that its last acked write brought, unless the owner had the record
// deleted. Of several writes the last is the one that was acked last; of equals the one that was asked for last.
//
// A system may do a write and its owner never hear of it. So a record whose owner asked for a deletion is not looked for once it
// is gone, and the content of a later write, acked or not, may stand in for that of the last acked one.
//
// Content comes with a publication, an update, and with a transfer that seals a private record to its new owner. A transfer of an
// open record brings none: what came before is still the record's content.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/measures/operations.h"
#include "analysis/observation/audit.h"

namespace peerlab {

class LiveRecords {
 public:
  /// `requests` outlives this.
  void begin(const Cast& cast, std::span<const Request> requests);

  enum class Acked : std::uint8_t {
    stands,  ///< acked and not undone since
    ever,    ///< acked, whatever became of it; a deletion counts when it was asked for
  };
  /// The writes that brought the live contents at `now`, one a record, in rising order. Cost: a step for each write.
  [[nodiscard]] std::vector<std::uint32_t> list(std::span<const Operations::Fate> fates, Time now, Acked rule) const;
  /// The write in whose place to look for the record of the live content `i`: itself, or a later one when only that is there.
  [[nodiscard]] std::uint32_t found_as(std::uint32_t i, const Audit& audit) const;
  /// Whose key opens what write `i` brought, if it is sealed.
  [[nodiscard]] UserId owner(std::uint32_t i) const {
    return requests_[i].what == Asked::transfer ? requests_[i].other : requests_[i].user;
  }

 private:
  static constexpr std::uint32_t none = 0xffffffff;
  std::span<const Request> requests_;
  [[nodiscard]] bool brings_content(std::uint32_t i) const;
  // Most requests are reads, which change no record and take no place here.
  std::vector<std::uint32_t> writes_;     ///< requests that change a record, in rising order
  std::vector<std::uint32_t> record_of_;  ///< by place in writes_: number of the record that it changes
  std::vector<std::uint32_t>
      next_;  ///< by place in writes_: place of the next one that brings content to the same record, or none
  std::uint32_t records_ = 0;
  bool seals_private_ = false;
};

}  // namespace peerlab
