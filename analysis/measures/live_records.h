// Which content of every record ought to be there: the one that its last acked write brought, unless the owner had the record
// deleted.
//
// Content comes with a publication, an update, and with a transfer that seals a private record to its new owner. A transfer of an
// open record brings none: what came before is still the record's content.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/measures/operations.h"

namespace peerlab {

class LiveRecords {
 public:
  /// `requests` outlives this.
  void begin(const Cast& cast, std::span<const Request> requests);

  enum class Acked : std::uint8_t {
    stands,  ///< acked and not undone since
    ever,    ///< acked, whatever became of it
  };
  /// The writes that brought the live contents, one a record, in rising order. Cost: a step for each request.
  [[nodiscard]] std::vector<std::uint32_t> list(std::span<const Operations::Fate> fates, Acked rule) const;
  /// Whose key opens what write `i` brought, if it is sealed.
  [[nodiscard]] UserId owner(std::uint32_t i) const {
    return requests_[i].what == Asked::transfer ? requests_[i].other : requests_[i].user;
  }

 private:
  static constexpr std::uint32_t none = 0xffffffff;
  std::span<const Request> requests_;
  std::vector<std::uint32_t> record_of_;  ///< by request: number of the record that it changes, or none
  std::uint32_t records_ = 0;
  bool seals_private_ = false;
};

}  // namespace peerlab
