// What became of every read of the workload: when it was answered, with which version, and what that version missed.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "analysis/measures/operations.h"

namespace peerlab {

class Answers {
 public:
  struct Answer {
    Time at = Time::never();  ///< the first
    std::uint64_t version = happened::no_version;
    bool genuine = false;
    /// It may be believed, or says that there is no such record; anything else the reader throws away.
    [[nodiscard]] bool says() const { return at != Time::never() && (genuine || version == happened::no_version); }
  };
  static constexpr HappeningKind kinds[] = {happened::read_answered, happened::operation_acked, happened::machine_down,
                                            happened::machine_up};

  void begin(const Cast& cast, std::span<const Request> requests);
  void see(const Row& row);
  void finish(Time end);

  [[nodiscard]] const Operations& operations() const { return operations_; }
  [[nodiscard]] std::span<const Answer> answers() const { return answers_; }
  /// For how long, when read i was issued, the oldest write that its answer misses had been acked; nothing: none is missing.
  /// After finish, for a read whose answer says something.
  [[nodiscard]] std::optional<Duration> missing_for(std::size_t i) const;

 private:
  /// An acked write; they are sorted by record, ack and number.
  struct Write {
    std::uint64_t record = 0;
    Time acked;
    std::uint32_t number = 0;
    friend auto operator<=>(const Write&, const Write&) = default;
  };
  Operations operations_;
  std::vector<Answer> answers_;  ///< by operation
  std::vector<Write> writes_;
};

}  // namespace peerlab
