// Which news a machine still passes on by calling others: rumours, which it loses interest in.
//
//   push      it calls at the times of a Poisson process of its own
//   rounds    everybody calls at the same instants, once a period; what is heard in a round is passed on from the next one on, and
//             whether somebody knew it already is judged by what he knew when the round began
//
// A call goes to one machine and tells it everything that is still of interest. Interest ends by one of three rules:
//
//   feedback k   after k calls in a row to machines that knew it already (a useful one begins the count anew)
//   coin k       after each call with chance 1/k, whatever the other knew
//   after t      so long after it was heard
//
// Demers et al., Epidemic algorithms for replicated database maintenance, PODC 1987, section 1.4.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "models/base/random.h"
#include "models/base/time.h"

namespace peerlab {

struct Interest {
  enum class Rule : std::uint8_t { feedback, coin, after };
  Rule rule = Rule::feedback;
  std::uint32_t calls = 3;  ///< feedback, coin
  Duration time{};          ///< after
};
/// `feedback 3`, `coin 3`, `after 25 s`; nothing when it is none of them.
std::optional<Interest> parse_interest(std::string_view text);

class Rumours {
 public:
  /// `rounds`: calls are made together, once a period `every`; otherwise each after an exponential time of that mean.
  Rumours(bool rounds, Duration every, const Interest& interest)
      : rounds_(rounds), every_(every), interest_(interest) {}

  /// Version `stamp` of the record has come.
  void hear(Time now, std::uint64_t record, std::uint64_t stamp);
  /// Whether this version counts as known to whoever calls now.
  [[nodiscard]] bool knew(Time now, std::uint64_t record, std::uint64_t stamp) const;
  /// When the next call is due; never when nothing is of interest.
  [[nodiscard]] Time next_call(Time now, Stream& chance) const;
  /// The records to tell in a call that is made now, in order. What the coin or the clock decides is decided here.
  std::vector<std::uint64_t> call(Time now, Stream& chance);
  /// Who was called said whether he knew this version.
  void answered(std::uint64_t stamp, bool knew);
  [[nodiscard]] bool wants_feedback() const { return interest_.rule == Interest::Rule::feedback; }
  [[nodiscard]] std::size_t hot() const { return hot_.size(); }

 private:
  struct Heard {
    std::uint64_t stamp = 0;
    Time at;
  };
  struct Hot {
    std::uint64_t record = 0;
    std::uint64_t stamp = 0;
    Time heard;
    std::uint32_t useless = 0;  ///< calls in a row
  };
  [[nodiscard]] Time round_of(Time now) const { return Time{now.ns - now.ns % every_.ns}; }

  bool rounds_;
  Duration every_;
  Interest interest_;
  std::map<std::uint64_t, Heard> heard_;  ///< by record: the version known last
  std::vector<Hot> hot_;                  ///< still of interest, as they were heard
};

}  // namespace peerlab
