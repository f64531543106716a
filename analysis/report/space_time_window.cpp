#include "analysis/report/space_time_window.h"

#include <algorithm>

namespace peerlab {
namespace {

using Messages = std::vector<RecordedRun::Message>;

constexpr std::size_t enough = 70;  // messages from the beginning on
constexpr std::size_t most = 160;   // with all that others send meanwhile

struct Moment {
  double at = 0;
  double from = 0;         // where the picture begins at the latest
  std::size_t before = 0;  // so many messages are shown before it
  std::string what;
};

std::size_t place_of(const Messages& messages, double at) {
  const auto first = std::lower_bound(messages.begin(), messages.end(), at,
                                      [](const RecordedRun::Message& m, double t) { return m.sent < t; });
  return static_cast<std::size_t>(first - messages.begin());
}

// Two blocks of one height: the first pair in the order in which the second ones are found.
const RecordedRun::Block* rival_of(const RecordedRun& run, const RecordedRun::Block& block) {
  for (const RecordedRun::Block& other : run.blocks) {
    if (&other == &block) return nullptr;
    if (other.height == block.height && !other.entry) return &other;
  }
  return nullptr;
}

Moment moment_of(const RecordedRun& run) {
  const Messages& messages = run.messages;
  const double last = messages.back().sent;
  for (const RecordedRun::Block& block : run.blocks) {
    if (block.entry || block.made > last) continue;
    const RecordedRun::Block* rival = rival_of(run, block);
    if (rival == nullptr) continue;
    const bool near = place_of(messages, block.made) - place_of(messages, rival->made) < enough / 2;
    return {block.made, near ? rival->made : block.made, 0,
            "a second block is found at height " + std::to_string(block.height)};
  }
  for (const RecordedRun::Mark& mark : run.marks) {
    if (mark.kind != RecordedRun::Mark::Kind::fault_began || mark.at > last || mark.at <= 0) continue;
    const std::string name = mark.number < run.faults.size() ? run.faults[mark.number] : "a fault";
    return {mark.at, mark.at, 20, name + " begins"};
  }
  for (const bool entry : {false, true}) {
    for (const RecordedRun::Block& block : run.blocks) {
      if (block.entry != entry || block.made > last) continue;
      const std::string number = std::to_string(block.height);
      if (entry) return {block.made, block.made, 6, "entry " + number + " is written"};
      return {block.made, block.made, 0, "block " + number + " is found"};
    }
  }
  return {messages.front().sent, messages.front().sent, 0, "the first message is sent"};
}

// One past the last message of a burst that begins at `first`.
std::size_t end_of_burst(const Messages& messages, std::size_t first) {
  constexpr std::size_t few = 8;
  std::size_t end = first + 1;
  while (end < messages.size() && end - first < enough) {
    const double so_far = std::max(messages[end - 1].sent, messages[end - 1].ended) - messages[first].sent;
    if (end - first >= few && messages[end].sent - messages[end - 1].sent > 4 * so_far) break;
    ++end;
  }
  return end;
}

}  // namespace

SpaceTimeWindow space_time_window(const RecordedRun& run) {
  const Messages& messages = run.messages;
  const Moment moment = moment_of(run);
  const std::size_t at = std::min(place_of(messages, moment.from), messages.size() - 1);
  std::size_t first = at;
  const double reach = std::max(messages[end_of_burst(messages, at) - 1].ended - moment.at, 0.0);
  // What came long before says nothing of the moment.
  while (first > 0 && at - first < moment.before && moment.from - messages[first - 1].sent < reach) --first;
  const std::size_t end = end_of_burst(messages, at);

  SpaceTimeWindow window{std::min(moment.from, messages[first].sent), 0, moment.at, moment.what};
  std::vector<double> ends;
  for (std::size_t i = first; i < end; ++i) ends.push_back(messages[i].ended);
  std::stable_sort(ends.begin(), ends.end());
  // A straggler does not press all others together.
  const double usual = ends[(ends.size() - 1) * 9 / 10];
  for (const double one : ends) {
    if (one - window.from <= 2 * (usual - window.from)) window.to = std::max(window.to, one);
  }
  window.to = std::max({window.to, messages[end - 1].sent, moment.at});
  if (first + most < messages.size()) window.to = std::min(window.to, messages[first + most].sent);
  const double margin = std::max((window.to - window.from) * 0.03, 1e-6);
  window.from -= margin;
  window.to += margin;
  return window;
}

}  // namespace peerlab
