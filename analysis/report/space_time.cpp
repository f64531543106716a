#include "analysis/report/space_time.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "analysis/report/space_time_window.h"
#include "analysis/report/words.h"

namespace peerlab {
namespace {

constexpr double lane_height = 46;
constexpr double top = chart_top + 30;
constexpr std::size_t signs = 7;  // shapes that can be told apart; the last one stands for all other kinds

std::string clock_text(double seconds) {
  const auto whole = static_cast<std::int64_t>(seconds);
  return fmt::format("{}:{:02}:{:06.3f}", whole / 3600, whole / 60 % 60, std::fmod(seconds, 60.0));
}

// 1, 2 or 5 times a power of ten, so that at most `most` of them fit; in the unit that makes it a whole number.
struct Step {
  double size = 1;
  double unit = 1;
  std::string_view name;
};
Step step_for(double span, double most) {
  constexpr std::array<std::pair<double, std::string_view>, 3> units = {{{1e-6, "us"}, {1e-3, "ms"}, {1, "s"}}};
  double size = 1e-6;
  for (int i = 0; size * most < span; ++i) size *= i % 3 == 1 ? 2.5 : 2;
  std::size_t unit = 0;
  while (unit + 1 < units.size() && size >= units[unit + 1].first * 0.999) ++unit;
  return {size, units[unit].first, units[unit].second};
}

class SpaceTime {
 public:
  SpaceTime(const RecordedRun& run, ChartHead head)
      : run_(run), window_(space_time_window(run)), head_(described(std::move(head))), svg_(begin_chart(head_)) {
    double label = 50;
    for (const RecordedRun::Node& node : run.nodes) label = std::max(label, text_width(name_of(node), 15));
    left_ = chart_margin + std::min(label, 170.0) + 14;
  }

  Picture draw() {
    faults();
    for (std::size_t lane = 0; lane < run_.nodes.size(); ++lane) node(lane);
    for (const RecordedRun::Message& m : run_.messages) {
      if (m.sent <= window_.to && m.ended >= window_.from) message(m);
    }
    for (const RecordedRun::Block& b : run_.blocks) {
      if (inside(b.made)) box(b.made, b.maker, std::to_string(b.height), block_words(b));
    }
    for (const RecordedRun::Mark& m : run_.marks) {
      if (m.kind == RecordedRun::Mark::Kind::reorganised && inside(m.at))
        box(m.at, m.node, "-" + std::to_string(m.number), "undoes " + in_words(m.number, "blocks"));
    }
    const double axis = time_axis();
    Picture picture;
    picture.id = head_.id;
    picture.title = head_.title;
    picture.table = std::move(table_);
    picture.svg = finish_chart(svg_, head_, legend(axis));
    return picture;
  }

 private:
  ChartHead described(ChartHead head) const {
    head.title += ": " + window_.what;
    head.about = fmt::format("{} of the first run, from {} on{}", in_words(window_.to - window_.from, "s"),
                             clock_text(std::max(0.0, window_.from)), head.about.empty() ? "" : "; " + head.about);
    head.description = head.about + ". A line per node; a slanted line is a message. All are in the table.";
    return head;
  }

  [[nodiscard]] static std::string name_of(const RecordedRun::Node& node) {
    return node.role + " " + std::to_string(node.number) + (node.region.empty() ? "" : ", " + node.region);
  }
  [[nodiscard]] std::string name_of(std::uint32_t number) const {
    const std::size_t lane = lane_of(number);
    return lane < run_.nodes.size() ? run_.nodes[lane].role + " " + std::to_string(number)
                                    : "node " + std::to_string(number);
  }
  [[nodiscard]] std::size_t lane_of(std::uint32_t number) const {
    const auto found = std::find_if(run_.nodes.begin(), run_.nodes.end(),
                                    [&](const RecordedRun::Node& node) { return node.number == number; });
    return static_cast<std::size_t>(found - run_.nodes.begin());
  }
  [[nodiscard]] double y(std::size_t lane) const { return top + lane_height * (static_cast<double>(lane) + 0.5); }
  [[nodiscard]] double bottom() const { return top + lane_height * static_cast<double>(run_.nodes.size()); }
  [[nodiscard]] double x(double at) const {
    const double share = (at - window_.from) / (window_.to - window_.from);
    return left_ + std::clamp(share, 0.0, 1.0) * (right_ - left_);
  }
  [[nodiscard]] bool inside(double at) const { return at >= window_.from && at <= window_.to; }

  void faults() {
    for (std::size_t i = 0; i < run_.marks.size(); ++i) {
      const RecordedRun::Mark& mark = run_.marks[i];
      if (mark.kind != RecordedRun::Mark::Kind::fault_began || mark.at > window_.to) continue;
      double until = run_.end;
      for (std::size_t k = i + 1; k < run_.marks.size() && until == run_.end; ++k) {
        if (run_.marks[k].kind == RecordedRun::Mark::Kind::fault_ended && run_.marks[k].number == mark.number)
          until = run_.marks[k].at;
      }
      if (until < window_.from) continue;
      svg_.box({x(mark.at), top}, std::max(x(until) - x(mark.at), 2.0), bottom() - top, "s1 band");
      const std::string name = mark.number < run_.faults.size() ? run_.faults[mark.number] : "fault";
      svg_.text({std::min(x(mark.at) + 4, right_ - text_width(name, 12)), top - 8}, Anchor::start, "small", name);
    }
  }

  // Its name, and its line while the machine is on.
  void node(std::size_t lane) {
    const RecordedRun::Node& node = run_.nodes[lane];
    svg_.text({left_ - 14, y(lane) + 5}, Anchor::end, "words", fitted(name_of(node), 15, 170));
    bool on = true;
    double since = window_.from;
    const auto part = [&](double until) {
      if (on && until > since) svg_.line({x(since), y(lane)}, {x(until), y(lane)}, "axis");
    };
    for (const RecordedRun::Power& power : run_.powers) {
      if (power.node != node.number || power.at > window_.to || power.on == on) continue;
      part(std::max(power.at, window_.from));
      on = power.on;
      since = std::max(power.at, window_.from);
    }
    part(window_.to);
  }

  // The kinds that occur have signs in the order in which the run first used them.
  std::size_t series_of(std::size_t kind) {
    auto at = std::find(shown_.begin(), shown_.end(), kind);
    if (at == shown_.end()) {
      shown_.push_back(kind);
      counts_.push_back(0);
      at = shown_.end() - 1;
    }
    const auto place = static_cast<std::size_t>(at - shown_.begin());
    ++counts_[place];
    return std::min(place, signs - 1);
  }

  void message(const RecordedRun::Message& m) {
    const std::size_t from = lane_of(m.from);
    const std::size_t to = lane_of(m.to);
    if (from == run_.nodes.size() || to == run_.nodes.size()) return;
    const std::size_t series = series_of(m.kind);
    const std::string took = in_words(m.ended - m.sent, "s");
    const std::string fate = m.arrived ? "after " + took : m.ended > m.sent ? "dropped after " + took : "dropped";
    table_.rows.push_back(
        {clock_text(m.sent), name_of(m.from), name_of(m.to), run_.kinds[m.kind], in_words(m.bytes, "B"), fate});
    const Point start = at(m.sent, m, from, to);
    const Point end = m.ended > m.sent ? at(m.ended, m, from, to) : stub(start, to);
    svg_.open_hint(fmt::format("{}, {}: {} to {} at {}, {}", run_.kinds[m.kind], in_words(m.bytes, "B"),
                               name_of(m.from), name_of(m.to), clock_text(m.sent), fate));
    svg_.line(start, end, "hit");
    svg_.line(start, end, series_class(series) + " line thin dashed");
    if (!m.arrived) {
      svg_.line({end.x - 5, end.y - 5}, {end.x + 5, end.y + 5}, "axis");
      svg_.line({end.x - 5, end.y + 5}, {end.x + 5, end.y - 5}, "axis");
    } else if (inside(m.ended)) {
      svg_.sign(series, end, 3.6);
    }
    svg_.close_hint();
  }

  // Where the message is at an instant: on the straight way between the two lines. What was dropped never gets all the way.
  [[nodiscard]] Point at(double instant, const RecordedRun::Message& m, std::size_t from, std::size_t to) const {
    const double seen = std::clamp(instant, window_.from, window_.to);
    const double way = m.arrived ? 1 : 0.7;
    const double share = m.ended > m.sent ? way * (seen - m.sent) / (m.ended - m.sent) : 0;
    return {x(seen), y(from) + (y(to) - y(from)) * share};
  }
  [[nodiscard]] Point stub(Point start, std::size_t to) const {
    return {start.x + 8, start.y + (y(to) > start.y ? 14.0 : -14.0)};
  }

  [[nodiscard]] std::string block_words(const RecordedRun::Block& b) const {
    return fmt::format("{} {} ({}) {} by {} at {}", b.entry ? "entry" : "block", b.height,
                       b.id.substr(b.id.size() - std::min<std::size_t>(4, b.id.size())), b.entry ? "written" : "found",
                       name_of(b.maker), clock_text(b.made));
  }

  void box(double when, std::uint32_t number, const std::string& words, const std::string& hint) {
    const std::size_t lane = lane_of(number);
    if (lane == run_.nodes.size()) return;
    const double width = text_width(words, 12) + 10;
    svg_.open_hint(hint);
    svg_.box({x(when) - width / 2, y(lane) - 9}, width, 18, "faint");
    svg_.text({x(when), y(lane) + 4.5}, Anchor::middle, "small ground", words);
    svg_.close_hint();
  }

  double time_axis() {
    const double y_axis = bottom() + 6;
    const Step step = step_for(window_.to - window_.from, 9);
    svg_.line({left_, y_axis}, {right_, y_axis}, "axis");
    for (auto k = static_cast<std::int64_t>(std::ceil((window_.from - window_.moment) / step.size));; ++k) {
      const double at = window_.moment + static_cast<double>(k) * step.size;
      if (at > window_.to) break;
      svg_.line({x(at), y_axis}, {x(at), y_axis + 6}, "axis");
      svg_.text({x(at), y_axis + 22}, Anchor::middle, "tick faint",
                fmt::format("{} {}", std::llround(static_cast<double>(k) * step.size / step.unit), step.name));
    }
    svg_.text({(left_ + right_) / 2, y_axis + 46}, Anchor::middle, "name",
              "time since " + clock_text(window_.moment) + ", when " + window_.what);
    return y_axis + 46;
  }

  double legend(double y_legend) {
    double x_next = chart_margin;
    double y_next = y_legend + 30;
    const std::size_t own = std::min(shown_.size(), shown_.size() > signs ? signs - 1 : signs);
    for (std::size_t i = 0; i < std::min(shown_.size(), signs); ++i) {
      std::size_t many = counts_[i];
      for (std::size_t k = i + 1; i == own && k < counts_.size(); ++k) many += counts_[k];
      const std::string words = fmt::format("{} ({})", i == own ? "other" : run_.kinds[shown_[i]], many);
      const double width = 48 + text_width(words, 15) + 20;
      if (x_next + width > chart_width - chart_margin && x_next > chart_margin) {
        x_next = chart_margin;
        y_next += 26;
      }
      svg_.line({x_next, y_next - 5}, {x_next + 40, y_next - 5}, series_class(i) + " line thin dashed");
      svg_.sign(i, {x_next + 40, y_next - 5}, 4.5);
      svg_.text({x_next + 52, y_next}, Anchor::start, "words", words);
      x_next += width + 8;
    }
    return y_next + 8;
  }

  const RecordedRun& run_;
  SpaceTimeWindow window_;
  ChartHead head_;
  Svg svg_;
  double left_ = 0;
  double right_ = chart_width - chart_margin - 20;
  std::vector<std::size_t> shown_;   // kinds
  std::vector<std::size_t> counts_;  // of their messages
  ChartTable table_{{"sent at", "from", "to", "message", "size", "arrived"}, {}};
};

}  // namespace

std::optional<Picture> space_time_picture(const RecordedRun& run, ChartHead head) {
  if (run.messages.empty() || run.nodes.empty() || run.nodes.size() > most_nodes_in_space_time) return std::nullopt;
  return SpaceTime(run, std::move(head)).draw();
}

}  // namespace peerlab
