// One picture as SVG text, the same bytes on every machine.
//
// Coordinates are written with at most two decimals and without a locale. All text is escaped, because names of scenarios
// and systems are the user's: markup becomes characters, and what XML forbids (control characters, broken UTF-8) becomes
// U+FFFD. Title and description come first, for those who listen. Colours are those of Okabe and Ito (2008), which people with
// any common colour vision tell apart; shape and dash say the same once more. A dark screen gets light ink on a dark
// ground; paper is always white. Nothing is loaded from elsewhere, and no script runs.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace peerlab {

/// Text as it may stand between tags and in attributes.
std::string svg_escaped(std::string_view text);
/// `12`, `12.5`, `-0.25`: at most two decimals.
std::string svg_number(double value);
/// The most that text of that size (font height in pixels) is wide: generous, since readers bring their own fonts.
double text_width(std::string_view text, double size);
/// Cut to `width` pixels, with an ellipsis.
std::string fitted(std::string_view text, double size, double width);

struct Point {
  double x = 0;
  double y = 0;
};

enum class Anchor : unsigned char { start, middle, end };

class Svg {
 public:
  /// `id` is unique among the pictures of a page: letters, digits and hyphens.
  Svg(std::string id, double width, std::string title, std::string description);

  /// Classes are those of the style sheet: `grid`, `axis`, `s0`..`s6` with `line`, `band`, `bar`, `mark`, `hollow`;
  /// `thin` lines, `hit`: seen by the pointer alone, `small` text,
  /// `h0` to `h9`: how strong a field is coloured.
  void line(Point from, Point to, std::string_view classes);
  void box(Point corner, double width, double height, std::string_view classes);
  /// Through all points; `path` is written with lines from point to point, closed for an area.
  void path(const std::string& points, std::string_view classes);
  void text(Point at, Anchor anchor, std::string_view classes, std::string_view text);
  /// Upwards, for the name of a vertical axis.
  void upright_text(Point at, std::string_view classes, std::string_view text);
  /// The sign of a series: circle, square, triangle, diamond, cross, triangle upside down, hourglass.
  void sign(std::size_t series, Point at, double radius, bool hollow = false);
  /// A head that points right (or left): it goes on beyond the axis.
  void arrow(Point tip, bool right, std::string_view classes);
  /// What is drawn until close_hint() says `words` under the pointer, and its lines grow.
  void open_hint(std::string_view words);
  void close_hint();
  [[nodiscard]] double width() const { return width_; }
  [[nodiscard]] std::string finish(double height) const;

 private:
  std::string id_;
  double width_;
  std::string title_;
  std::string description_;
  std::string body_;
};

/// The style sheet of all pictures, which stands in each of them, or once in a page that holds several.
std::string svg_style();
/// A picture as part of a page: without prolog and style, as wide as its place, with `prefix` before its ids.
std::string svg_within_page(std::string_view svg, std::string_view prefix);

/// `s3`: the class that colours and dashes a series.
std::string series_class(std::size_t series);

}  // namespace peerlab
