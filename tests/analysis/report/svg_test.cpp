#include "analysis/report/svg.h"

#include <gtest/gtest.h>

namespace peerlab {
namespace {

TEST(Svg, TextOfUsersIsTextAndNothingElse) {
  EXPECT_EQ(svg_escaped("<script>alert('x')</script> & \"y\""),
            "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;y&quot;");
  EXPECT_EQ(svg_escaped("Zürich 北京 🙂"), "Zürich 北京 🙂");
}

TEST(Svg, WhatXmlForbidsIsReplaced) {
  const std::string bad = "\xEF\xBF\xBD";
  EXPECT_EQ(svg_escaped(std::string("a\0b\x1B", 4)), "a" + bad + "b" + bad);
  EXPECT_EQ(svg_escaped("cut \xE5\x8C"), "cut " + bad + bad);         // half a character
  EXPECT_EQ(svg_escaped("\xC0\xBC"), bad + bad);                      // `<` the long way
  EXPECT_EQ(svg_escaped("\xED\xA0\x80"), bad + bad + bad);            // a surrogate
  EXPECT_EQ(svg_escaped("\xF5\x80\x80\x80"), bad + bad + bad + bad);  // beyond Unicode
  EXPECT_EQ(svg_escaped("1\xE2\x80\xAE"
                        "2"),
            "1" + bad + bad + bad + "2");  // turns the direction of writing
}

TEST(Svg, NumbersAreShortAndHaveAPoint) {
  EXPECT_EQ(svg_number(12), "12");
  EXPECT_EQ(svg_number(100), "100");
  EXPECT_EQ(svg_number(12.5), "12.5");
  EXPECT_EQ(svg_number(-0.001), "0");
  EXPECT_EQ(svg_number(2.0 / 3), "0.67");
}

TEST(Svg, LongNamesAreCutBetweenCharacters) {
  EXPECT_EQ(fitted("short", 16, 200), "short");
  const std::string cut = fitted("ööööööööööööööööööööööööö", 16, 100);
  EXPECT_TRUE(cut.starts_with("öö") && cut.ends_with("ö…")) << cut;
  EXPECT_LE(text_width(cut, 16), 100);
}

TEST(Svg, NamesItselfForThoseWhoListenAndLoadsNothing) {
  Svg svg("plot-x", 100, "A <title>", "What & how");
  svg.text({1, 2}, Anchor::end, "name", "]]></style><image href='http://x'/>");
  const std::string text = svg.finish(50);
  EXPECT_NE(text.find("role=\"img\" aria-labelledby=\"plot-x-title plot-x-desc\""), std::string::npos);
  EXPECT_NE(text.find("<title id=\"plot-x-title\">A &lt;title&gt;</title>"), std::string::npos);
  EXPECT_NE(text.find("<desc id=\"plot-x-desc\">What &amp; how</desc>"), std::string::npos);
  EXPECT_NE(text.find("prefers-color-scheme:dark"), std::string::npos);
  for (const char* loading : {"href=", "url(", "@import", "<image", "<script"}) {
    const std::size_t at = text.find(loading);
    // The hostile text holds `href=` as characters, which load nothing.
    EXPECT_TRUE(at == std::string::npos || text.find("&lt;image href=") < at) << loading;
  }
}

TEST(Svg, EverySeriesOfSevenHasASignOfItsOwn) {
  std::vector<std::string> seen;
  for (std::size_t series = 0; series < 7; ++series) {
    Svg svg("x", 10, "", "");
    const std::string before = svg.finish(10);
    svg.sign(series, {5, 5}, 4);
    std::string shape = svg.finish(10).substr(before.size() - std::string("</svg>\n").size());
    shape.erase(0, shape.find('"', shape.find('"') + 1));  // not its colour
    for (const std::string& other : seen) EXPECT_NE(shape, other);
    seen.push_back(shape);
  }
}

}  // namespace
}  // namespace peerlab
