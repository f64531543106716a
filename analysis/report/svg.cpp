#include "analysis/report/svg.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "analysis/report/layout.h"

namespace peerlab {
namespace {

// Okabe and Ito's colours, on white and on near black: those that would fade into the ground give way to their kin.
constexpr std::array<std::string_view, 7> on_light = {"#0072B2", "#D55E00", "#009E73", "#CC79A7",
                                                      "#000000", "#E69F00", "#56B4E9"};
constexpr std::array<std::string_view, 7> on_dark = {"#56B4E9", "#E69F00", "#2FC79A", "#CC79A7",
                                                     "#FFFFFF", "#E8703A", "#F0E442"};
constexpr std::array<std::string_view, 7> dashes = {"none", "10 5", "3 4", "12 4 3 4", "6 3", "2 6", "16 6"};
constexpr std::string_view replacement = "\xEF\xBF\xBD";

std::string ground_rules(std::string_view ground, std::string_view ink, std::string_view faint, std::string_view grid) {
  return fmt::format(
      ".peerlab .ground{{fill:{}}}.peerlab text{{fill:{}}}.peerlab .faint{{fill:{}}}.peerlab .grid{{stroke:{}}}"
      ".peerlab .axis{{stroke:{}}}",
      ground, ink, faint, grid, faint);
}

std::string series_rules(const std::array<std::string_view, 7>& colours) {
  std::string out;
  for (std::size_t i = 0; i < colours.size(); ++i) {
    const std::string_view c = colours[i];
    out += fmt::format(
        ".peerlab .s{0}.line,.peerlab .s{0}.hollow{{stroke:{1}}}.peerlab .s{0}.band,.peerlab .s{0}.bar,"
        ".peerlab .s{0}.mark{{fill:{1}}}",
        i, c);
  }
  return out;
}

}  // namespace

std::string svg_style() {
  std::string out =
      ".peerlab text{font-family:system-ui,-apple-system,'Segoe UI','DejaVu Sans',Arial,sans-serif;font-size:15px}"
      ".peerlab .title{font-size:24px;font-weight:bold}.peerlab .about{font-size:15px}.peerlab .name{font-size:16px}"
      ".peerlab .group{font-weight:bold}.peerlab .foot{font-size:12px}"
      ".peerlab .grid{stroke-width:1;fill:none}.peerlab .axis{stroke-width:1.5;fill:none}"
      ".peerlab .line{stroke-width:3;fill:none;stroke-linejoin:round}.peerlab .whisker{stroke-width:2.5;fill:none}"
      ".peerlab .band{fill-opacity:.18;stroke:none}.peerlab .bar{fill-opacity:.45;stroke:none}"
      ".peerlab .hollow{stroke-width:2.5}.peerlab .solid{stroke-dasharray:none}"
      ".peerlab .thin{stroke-width:1.8}.peerlab .hit{stroke:transparent;stroke-width:11;fill:none}"
      ".peerlab .hint:hover .line{stroke-width:4.5}.peerlab .small{font-size:12px}";
  for (std::size_t i = 0; i < 10; ++i)
    out += fmt::format(".peerlab .h{}{{fill-opacity:{:.2f}}}", i, 0.04 + 0.052 * static_cast<double>(i));
  for (std::size_t i = 1; i < dashes.size(); ++i)
    out += fmt::format(".peerlab .s{}.dashed{{stroke-dasharray:{}}}", i, dashes[i]);
  out += ground_rules("#FFFFFF", "#1A1A1A", "#555555", "#DDDDDD") + ".peerlab .hollow{fill:#FFFFFF}" +
         series_rules(on_light);
  // Paper stays white whatever the screen does.
  out += "@media screen and (prefers-color-scheme:dark){" + ground_rules("#16181D", "#F2F2F2", "#B5B8BF", "#3A3E47") +
         ".peerlab .hollow{fill:#16181D}" + series_rules(on_dark) + "}";
  return out;
}

namespace {

// The length of the UTF-8 sequence at the start of `text`; 0: none that XML may hold.
std::size_t sequence(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i])); };
  const std::uint32_t first = byte(0);
  if (first < 0x80) return first >= 0x20 && first != 0x7f ? 1 : 0;
  const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 0;
  if (length == 0 || first > 0xf4 || text.size() < length) return 0;
  std::uint32_t code = first & (0xffU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return 0;
    code = code << 6 | (byte(i) & 0x3f);
  }
  constexpr std::array<std::uint32_t, 5> least = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = code >= 0xd800 && code <= 0xdfff;
  // Marks that turn the direction of writing could make a name read as another text.
  const bool turning = (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
  const bool allowed = code >= least[length] && code <= 0x10ffff && !surrogate && code != 0xfffe && code != 0xffff;
  return allowed && !turning ? length : 0;
}

std::string joined_points(std::initializer_list<Point> points) {
  std::string out;
  for (const Point p : points) out += (out.empty() ? "M" : "L") + svg_number(p.x) + " " + svg_number(p.y);
  return out + "Z";
}

std::string at(Point p) { return fmt::format(R"(x="{}" y="{}")", svg_number(p.x), svg_number(p.y)); }

}  // namespace

std::string svg_escaped(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t length = sequence(text);
    switch (text.front()) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += length == 0 ? replacement : text.substr(0, length);
    }
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return out;
}

std::string svg_number(double value) {
  std::string text = fmt::format("{:.2f}", value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text == "-0" ? "0" : text;
}

double text_width(std::string_view text, double size) { return 0.6 * size * static_cast<double>(columns(text)); }

std::string fitted(std::string_view text, double size, double width) {
  if (text_width(text, size) <= width) return std::string(text);
  std::string out(text);
  while (!out.empty() && text_width(out, size) + size > width) {
    while (!out.empty() && (static_cast<unsigned char>(out.back()) & 0xc0) == 0x80) out.pop_back();
    if (!out.empty()) out.pop_back();
  }
  return out + "…";
}

std::string svg_within_page(std::string_view svg, std::string_view prefix) {
  constexpr std::string_view size_begins = " width=\"";
  constexpr std::string_view size_ends = " viewBox=";
  constexpr std::string_view style_ends = "</style>\n";
  svg.remove_prefix(std::min(svg.find("<svg"), svg.size()));
  std::string out(svg);
  const auto cut = [&out](std::size_t from, std::size_t to) {
    if (from < to && to <= out.size()) out.erase(from, to - from);
  };
  cut(out.find("<style>"), out.find(style_ends) + style_ends.size());
  cut(out.find(size_begins), out.find(size_ends));
  // Quotes are escaped in all that users wrote: what follows one is ours.
  for (const std::string_view begin : {"labelledby=\"", "<title id=\"", "<desc id=\""}) {
    const std::size_t at = out.find(begin);
    if (at != std::string::npos) out.insert(at + begin.size(), prefix);
    const std::size_t second = begin.front() == 'l' && at != std::string::npos ? out.find(' ', at) : std::string::npos;
    if (second != std::string::npos) out.insert(second + 1, prefix);
  }
  return out;
}

std::string series_class(std::size_t series) { return "s" + std::to_string(series % on_light.size()); }

Svg::Svg(std::string id, double width, std::string title, std::string description)
    : id_(std::move(id)), width_(width), title_(std::move(title)), description_(std::move(description)) {}

void Svg::line(Point from, Point to, std::string_view classes) {
  body_ += fmt::format("<line class=\"{}\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"/>\n", classes, svg_number(from.x),
                       svg_number(from.y), svg_number(to.x), svg_number(to.y));
}

void Svg::box(Point corner, double width, double height, std::string_view classes) {
  body_ += fmt::format("<rect class=\"{}\" {} width=\"{}\" height=\"{}\"/>\n", classes, at(corner), svg_number(width),
                       svg_number(height));
}

void Svg::path(const std::string& points, std::string_view classes) {
  body_ += fmt::format("<path class=\"{}\" d=\"{}\"/>\n", classes, points);
}

void Svg::text(Point where, Anchor anchor, std::string_view classes, std::string_view text) {
  const std::string_view side = anchor == Anchor::start    ? ""
                                : anchor == Anchor::middle ? R"( text-anchor="middle")"
                                                           : R"( text-anchor="end")";
  body_ += fmt::format("<text class=\"{}\" {}{}>{}</text>\n", classes, at(where), side, svg_escaped(text));
}

void Svg::upright_text(Point where, std::string_view classes, std::string_view text) {
  body_ +=
      fmt::format("<text class=\"{}\" text-anchor=\"middle\" transform=\"translate({} {}) rotate(-90)\">{}</text>\n",
                  classes, svg_number(where.x), svg_number(where.y), svg_escaped(text));
}

void Svg::sign(std::size_t series, Point p, double r, bool hollow) {
  const std::string classes = series_class(series) + (hollow ? " hollow" : " mark");
  const double s = 0.88 * r;
  switch (series % on_light.size()) {
    case 0:
      body_ += fmt::format("<circle class=\"{}\" cx=\"{}\" cy=\"{}\" r=\"{}\"/>\n", classes, svg_number(p.x),
                           svg_number(p.y), svg_number(r));
      return;
    case 1: return box({p.x - s, p.y - s}, 2 * s, 2 * s, classes);
    case 2:
      return path(joined_points({{p.x, p.y - r * 1.15}, {p.x + r, p.y + r * 0.8}, {p.x - r, p.y + r * 0.8}}), classes);
    case 3:
      return path(
          joined_points({{p.x, p.y - r * 1.2}, {p.x + r * 1.2, p.y}, {p.x, p.y + r * 1.2}, {p.x - r * 1.2, p.y}}),
          classes);
    case 4: {
      const double t = r * 0.38;
      return path(joined_points({{p.x - t, p.y - r},
                                 {p.x + t, p.y - r},
                                 {p.x + t, p.y - t},
                                 {p.x + r, p.y - t},
                                 {p.x + r, p.y + t},
                                 {p.x + t, p.y + t},
                                 {p.x + t, p.y + r},
                                 {p.x - t, p.y + r},
                                 {p.x - t, p.y + t},
                                 {p.x - r, p.y + t},
                                 {p.x - r, p.y - t},
                                 {p.x - t, p.y - t}}),
                  classes);
    }
    case 5:
      return path(joined_points({{p.x, p.y + r * 1.15}, {p.x + r, p.y - r * 0.8}, {p.x - r, p.y - r * 0.8}}), classes);
    default:
      return path(joined_points({{p.x - s, p.y - s}, {p.x + s, p.y - s}, {p.x - s, p.y + s}, {p.x + s, p.y + s}}),
                  classes);
  }
}

void Svg::arrow(Point tip, bool right, std::string_view classes) {
  const double back = right ? -11 : 11;
  path(joined_points({tip, {tip.x + back, tip.y - 7}, {tip.x + back, tip.y + 7}}), classes);
}

void Svg::open_hint(std::string_view words) {
  body_ += "<g class=\"hint\"><title>" + svg_escaped(words) + "</title>\n";
}

void Svg::close_hint() { body_ += "</g>\n"; }

std::string Svg::finish(double height) const {
  const std::string w = svg_number(width_);
  const std::string h = svg_number(height);
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  out += fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"peerlab\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} "
      "{1}\" "
      "role=\"img\" aria-labelledby=\"{2}-title {2}-desc\">\n",
      w, h, id_);
  out += fmt::format("<title id=\"{0}-title\">{1}</title>\n<desc id=\"{0}-desc\">{2}</desc>\n", id_,
                     svg_escaped(title_), svg_escaped(description_));
  out += "<style>" + svg_style() + "</style>\n";
  out += fmt::format("<rect class=\"ground\" width=\"{}\" height=\"{}\"/>\n", w, h);
  return out + body_ + "</svg>\n";
}

}  // namespace peerlab
