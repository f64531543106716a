#include "analysis/report/html_text.h"

#include <fmt/format.h>

#include <cstdint>

#include "analysis/report/svg.h"

namespace peerlab {

std::string html_prose(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t open = text.find('`');
    const std::size_t close = open == std::string_view::npos ? open : text.find('`', open + 1);
    if (close == std::string_view::npos) return out + svg_escaped(text);
    out +=
        svg_escaped(text.substr(0, open)) + "<code>" + svg_escaped(text.substr(open + 1, close - open - 1)) + "</code>";
    text.remove_prefix(close + 1);
  }
  return out;
}

std::string html_table(const ChartTable& table, std::string_view caption) {
  std::string out = "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"" + svg_escaped(caption) +
                    "\"><table>\n<caption class=\"unseen\">" + svg_escaped(caption) + "</caption>\n<thead><tr>";
  for (const std::string& name : table.head) out += "<th scope=\"col\">" + svg_escaped(name) + "</th>";
  out += "</tr></thead>\n<tbody>\n";
  for (const std::vector<std::string>& row : table.rows) {
    out += "<tr>";
    for (std::size_t i = 0; i < row.size(); ++i)
      out += (i == 0 ? "<th scope=\"row\">" : "<td>") + svg_escaped(row[i]) + (i == 0 ? "</th>" : "</td>");
    out += "</tr>\n";
  }
  return out + "</tbody></table></div>\n";
}

std::string html_json(std::string json) {
  for (std::size_t at = 0; (at = json.find('<', at)) != std::string::npos; at += 6) json.replace(at, 1, "\\u003c");
  // Marks that turn the direction of writing, U+202A to U+202E and U+2066 to U+2069: as svg_escaped() has it.
  for (std::size_t at = 0; (at = json.find('\xE2', at)) != std::string::npos; ++at) {
    if (at + 2 >= json.size()) break;
    const bool first = json[at + 1] == '\x80' && json[at + 2] >= '\xAA' && json[at + 2] <= '\xAE';
    const bool second = json[at + 1] == '\x81' && json[at + 2] >= '\xA6' && json[at + 2] <= '\xA9';
    if (first || second) json.replace(at, 3, "\\ufffd");
  }
  return json;
}

constexpr std::string_view base64_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string base64_of(std::string_view bytes) {
  constexpr std::string_view digits = base64_digits;
  std::string out;
  std::uint32_t bits = 0;
  int have = 0;
  for (const char c : bytes) {
    bits = bits << 8 | static_cast<unsigned char>(c);
    for (have += 8; have >= 6;) {
      have -= 6;
      out += digits[bits >> have & 0x3f];
    }
    bits &= 0x3f;  // what is left is shorter than a digit
  }
  if (have > 0) out += digits[bits << (6 - have) & 0x3f];
  while (out.size() % 4 != 0) out += '=';
  return out;
}

std::string bytes_of_base64(std::string_view text) {
  std::string bytes;
  std::uint32_t bits = 0;
  int have = 0;
  for (const char c : text) {
    const std::size_t digit = base64_digits.find(c);
    if (digit == std::string_view::npos) break;
    bits = (bits << 6 | static_cast<std::uint32_t>(digit)) & 0xffff;
    have += 6;
    if (have < 8) continue;
    have -= 8;
    bytes += static_cast<char>(bits >> have & 0xff);
  }
  return bytes;
}

std::string bytes_of_hex(std::string_view hex) {
  const auto value = [](char c) { return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10; };
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes += static_cast<char>(value(hex[i]) << 4 | value(hex[i + 1]));
  return bytes;
}

std::string html_id(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
    out += plain ? c : '-';
  }
  return out;
}

std::string html_sign(std::size_t series) {
  Svg svg("sign", 16, "", "");
  svg.sign(series, {8, 8}, 5.5);
  const std::string picture = svg.finish(16);
  const std::size_t from = picture.find("/>\n", picture.find("class=\"ground\"")) + 3;
  return "<svg class=\"peerlab sign\" viewBox=\"0 0 16 16\" width=\"16\" height=\"16\" aria-hidden=\"true\">" +
         picture.substr(from, picture.rfind("</svg>") - from) + "</svg>";
}

}  // namespace peerlab
