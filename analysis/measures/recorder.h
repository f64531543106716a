// Who stood where when, in one run: what the block tree "as seen from a node" and the replay of a report are drawn from.
//
// Steps are the blocks of a ledger or the entries of a service's log. A node holds a step from when it judged the body valid, or mined
// it; it moves its tip, goes off and comes back; faults begin and end. Kept are at most `most_events` events: when there are
// more, every second user's node is left out, all its events with it, as often as it takes. Machines of a service always stay. At
// most `most_steps` steps are kept, the first ones. What was left out is told, so that a reader can be.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "analysis/observation/cast.h"
#include "analysis/observation/observer.h"
#include "models/base/lookup.h"

namespace peerlab {

class Recorder : public Observer {
 public:
  static constexpr std::size_t most_events = 500'000;
  static constexpr std::size_t most_steps = 20'000;
  static constexpr std::size_t most_marks = 300;  ///< of each kind
  static constexpr std::uint32_t none = 0xffffffff;

  struct Step {
    std::uint64_t id = 0;
    std::uint64_t parent_id = 0;
    std::uint32_t parent = none;  ///< place among the steps
    std::uint32_t height = 0;
    std::uint32_t maker = 0;  ///< node
    Time made;
    bool entry = false;              ///< of a log
    std::uint32_t bytes = 0;         ///< of the block on the wire, and
    std::uint32_t transactions = 0;  ///< in it: 0 until `weigh` says so
  };
  enum class What : std::uint8_t { held, tip, off, on };
  struct Event {
    Time at;
    std::uint32_t node = 0;
    std::uint32_t step = none;
    What what = What::held;
  };
  /// Something a viewer may want to jump to.
  struct Mark {
    enum class Kind : std::uint8_t {
      fault_began,
      fault_ended,
      reorganised,  ///< the first node that moved to that tip
      attack_began,
      attack_ended,
      taken,  ///< a machine
      attempt_began,
      attempt_ended,
    };
    static constexpr std::size_t kinds = 8;
    Time at;
    Kind kind = Kind::fault_began;
    /// Of the fault in the timeline, or of the line among the attacks; how many blocks were undone; of an attempt, which one on its
    /// node, and at its end 1 if its branch was published.
    std::uint32_t number = 0;
    std::uint32_t node = none;
  };

  void begin(const Cast& cast);
  [[nodiscard]] std::span<const HappeningKind> kinds() const override;
  void see(const Row& row) override;
  /// How large a block is, which rows do not tell: said by whoever keeps the bodies.
  void weigh(std::uint64_t id, std::uint32_t bytes, std::uint32_t transactions);

  [[nodiscard]] const std::vector<Step>& steps() const { return steps_; }
  [[nodiscard]] const std::vector<Event>& events() const { return events_; }  ///< in rising time
  [[nodiscard]] const std::vector<Mark>& marks() const { return marks_; }
  /// When something began that a viewer may want to see closely: faults, attacks, and blocks of a height that another has, rising.
  [[nodiscard]] std::vector<Time> moments() const;
  /// Whether this node's events are kept.
  [[nodiscard]] bool shows(std::uint32_t node) const {
    return node % every_ == 0 || (node < service_.size() && service_[node]);
  }
  [[nodiscard]] std::uint32_t every() const { return every_; }  ///< one user's node in so many is kept
  [[nodiscard]] std::uint64_t steps_left_out() const { return steps_left_out_; }
  [[nodiscard]] std::uint64_t marks_left_out() const { return marks_left_out_; }

 private:
  void add(Time at, std::uint32_t node, std::uint32_t step, What what);
  void thin_out();
  void made(const Row& row);
  void moved(const Row& row);

  std::vector<bool> service_;  // by node
  std::uint32_t every_ = 1;
  bool thins_ = true;  // it still helps
  std::vector<Step> steps_;
  Lookup<std::uint64_t, std::uint32_t> places_;
  std::vector<Event> events_;
  void mark(const Row& row);
  std::vector<Mark> marks_;
  std::array<std::size_t, Mark::kinds> marked_{};  // by kind
  Lookup<std::uint64_t, bool> moved_to_;           // tips of reorganisations
  std::uint64_t steps_left_out_ = 0;
  std::uint64_t marks_left_out_ = 0;
};

}  // namespace peerlab
