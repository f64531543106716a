#include "analysis/report/layout.h"

#include <algorithm>

namespace peerlab {

std::size_t columns(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

std::string padded(std::string text, std::size_t width) {
  const std::size_t has = columns(text);
  if (has < width) text.append(width - has, ' ');
  return text;
}

std::string wrapped(std::string_view text, std::size_t width) {
  std::string out;
  std::size_t at = 0;
  std::size_t used = 0;
  while (at < text.size()) {
    const std::size_t space = std::min(text.find_first_of(" \n", at), text.size());
    const std::string_view word = text.substr(at, space - at);
    at = space + 1;
    if (word.empty()) continue;
    if (used > 0 && used + 1 + columns(word) > width) {
      out += '\n';
      used = 0;
    } else if (used > 0) {
      out += ' ';
      ++used;
    }
    out += word;
    used += columns(word);
  }
  return out;
}

std::string trimmed(std::string text) {
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

std::string indented(const std::string& text, std::size_t by) {
  std::string out;
  for (const char c : text) {
    out += c;
    if (c == '\n') out.append(by, ' ');
  }
  return out;
}

std::string painted(const TerminalStyle& style, std::string_view code, const std::string& text) {
  return style.colour ? "\033[" + std::string(code) + "m" + text + "\033[0m" : text;
}

std::size_t width_of(const TerminalStyle& style) { return std::max<std::size_t>(style.width, 40); }

}  // namespace peerlab
