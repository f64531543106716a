#include "analysis/report/distribution_chart.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/report/axis.h"
#include "analysis/report/words.h"
#include "analysis/statistics/quantile.h"

namespace peerlab {
namespace {

constexpr double left = 104;
constexpr double top = chart_top + 14;
constexpr double bottom = top + 300;
constexpr double legend_line = 52;
constexpr double legend_width = 250;
constexpr double right = chart_width - chart_margin - legend_width - 30;

std::size_t finite_in(const ValuesOfSystem& d) { return d.seconds.size() - never_in(d.seconds); }

class DistributionChart {
 public:
  DistributionChart(const ChartHead& head, const std::string& what, const std::vector<ValuesOfSystem>& all)
      : head_(head), what_(what), all_(all), svg_(begin_chart(head)) {
    std::vector<double> ends;
    std::size_t fewest = std::numeric_limits<std::size_t>::max();
    for (const ValuesOfSystem& d : all) {
      if (finite_in(d) == 0) continue;
      fewest = std::min(fewest, finite_in(d));
      ends.insert(ends.end(), {d.seconds.front(), d.seconds[finite_in(d) - 1]});
    }
    time_ = axis_for(ends, "s", static_cast<std::size_t>((right - left) / 76));
    stretches_ = std::clamp<std::size_t>(static_cast<std::size_t>(std::sqrt(static_cast<double>(fewest))), 8, 40);
    std::vector<double> heights;
    for (const ValuesOfSystem& d : all) {
      const std::vector<double>& shares = shares_.emplace_back(shares_of(d));
      heights.insert(heights.end(), shares.begin(), shares.end());
    }
    share_ = axis_for(heights, "share", 7);
  }

  std::string draw() {
    grid();
    for (std::size_t i = 0; i < all_.size(); ++i) outline(i);
    const double listed = legend();
    return finish_chart(svg_, head_, std::max(bottom + 62, listed));
  }

 private:
  [[nodiscard]] double y(double share) const { return bottom - share_.position(share) * (bottom - top); }
  [[nodiscard]] double edge(std::size_t i) const {
    return left + (right - left) * static_cast<double>(i) / static_cast<double>(stretches_);
  }

  [[nodiscard]] std::vector<double> shares_of(const ValuesOfSystem& d) const {
    std::vector<double> shares(stretches_, 0);
    for (const double v : d.seconds) {
      if (std::isinf(v)) continue;
      const auto at = static_cast<std::size_t>(time_.position(v) * static_cast<double>(stretches_));
      shares[std::min(at, stretches_ - 1)] += 1;
    }
    for (double& share : shares) share /= static_cast<double>(std::max<std::size_t>(1, d.seconds.size()));
    return shares;
  }

  void grid() {
    for (const Tick& tick : time_.ticks) {
      const double x = left + time_.position(tick.value) * (right - left);
      svg_.line({x, top}, {x, bottom}, "grid");
      svg_.text({x, bottom + 28}, Anchor::middle, "tick faint", tick.label);
    }
    for (const Tick& tick : share_.ticks) {
      svg_.line({left, y(tick.value)}, {right, y(tick.value)}, "grid");
      svg_.text({left - 14, y(tick.value) + 5}, Anchor::end, "tick faint", tick.label);
    }
    svg_.line({left, bottom}, {right, bottom}, "axis");
    svg_.line({left, top}, {left, bottom}, "axis");
    svg_.text({(left + right) / 2, bottom + 56}, Anchor::middle, "name",
              head_.axis + (time_.logarithmic ? ", log scale" : ""));
    svg_.upright_text({chart_margin + 12, (top + bottom) / 2}, "name", "share of " + what_);
  }

  void outline(std::size_t i) {
    const ValuesOfSystem& d = all_[i];
    if (finite_in(d) == 0) return;
    std::string path = "M" + svg_number(left) + " " + svg_number(bottom);
    std::size_t highest = 0;
    for (std::size_t b = 0; b < stretches_; ++b) {
      path += "V" + svg_number(y(shares_[i][b])) + "H" + svg_number(edge(b + 1));
      if (shares_[i][b] > shares_[i][highest]) highest = b;
    }
    path += "V" + svg_number(bottom);
    const std::string series = series_class(d.series);
    svg_.path(path + "Z", series + " band");
    svg_.path(path, series + " line dashed");
    svg_.sign(d.series, {(edge(highest) + edge(highest + 1)) / 2, y(shares_[i][highest])}, 6);
  }

  double legend() {
    const double from = chart_width - chart_margin - legend_width;
    double at = top + 10;
    for (const ValuesOfSystem& d : all_) {
      svg_.line({from, at}, {from + 40, at}, series_class(d.series) + " line dashed");
      svg_.sign(d.series, {from + 20, at}, 6);
      svg_.text({from + legend_line, at + 5}, Anchor::start, "name", fitted(d.label, 16, legend_width - legend_line));
      const std::size_t never = never_in(d.seconds);
      std::vector<std::string> notes = {
          in_words(static_cast<double>(d.seconds.size()), what_),
          "median " + in_words(quantile_of_sorted(d.seconds, 0.5), "s"),
      };
      if (never > 0) notes.push_back("never, or after the end: " + std::to_string(never));
      for (const std::string& note : notes) {
        at += 22;
        svg_.text({from + legend_line, at + 4}, Anchor::start, "faint", note);
      }
      at += 32;
    }
    return at;
  }

  const ChartHead& head_;
  const std::string& what_;
  const std::vector<ValuesOfSystem>& all_;
  Svg svg_;
  Axis time_;
  Axis share_;
  std::size_t stretches_ = 8;
  std::vector<std::vector<double>> shares_;  // per distribution and stretch
};

}  // namespace

std::size_t never_in(const std::vector<double>& rising) {
  const auto first = std::lower_bound(rising.begin(), rising.end(), std::numeric_limits<double>::infinity());
  return static_cast<std::size_t>(rising.end() - first);
}

std::string distribution_chart(const ChartHead& head, const std::string& what, const std::vector<ValuesOfSystem>& all) {
  return DistributionChart(head, what, all).draw();
}

}  // namespace peerlab
