#include "sim/scenario/source.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "models/base/check.h"
#include "models/base/quantity.h"

namespace peerlab {
namespace {

/// How many bytes the UTF-8 character at `at` has; 0 when it is none (RFC 3629: no overlong forms, no surrogates).
std::size_t utf8_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) -> unsigned {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
  };
  const unsigned lead = byte(at);
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xc2 && lead <= 0xdf   ? 2
                             : lead >= 0xe0 && lead <= 0xef ? 3
                             : lead >= 0xf0 && lead <= 0xf4 ? 4
                                                            : 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xc0) != 0x80) return 0;
  }
  const unsigned second = byte(at + 1);
  const bool bad = (lead == 0xe0 && second < 0xa0) || (lead == 0xed && second > 0x9f) ||
                   (lead == 0xf0 && second < 0x90) || (lead == 0xf4 && second > 0x8f);
  return bad ? 0 : length;
}

Problem about_file(const std::string& path, std::string sentence) { return {path, 0, 0, std::move(sentence), {}, 0}; }

}  // namespace

std::string text_refusal(std::string_view text, std::string_view name) {
  const std::string it(name);
  if (text.size() > scenario_most_bytes) {
    return it + " has more than " + write_size(scenario_most_bytes) + ": that is no scenario file.";
  }
  bool blank = true;
  for (std::size_t at = 0; at < text.size();) {
    const auto c = static_cast<unsigned char>(text[at]);
    const std::size_t length = utf8_length(text, at);
    if (length == 0 || (c < 0x20 && c != '\n' && c != '\r' && c != '\t') || c == 0x7f) {
      return it + " is not a text file in UTF-8: byte " + std::to_string(at) + " is no part of a text.";
    }
    if (c > ' ') blank = false;
    at += length;
  }
  if (blank) return it + " is empty. `peerlab list` shows scenarios to start from.";
  return {};
}

std::uint32_t Sources::add(std::string name, std::string text) {
  std::vector<std::size_t> starts{0};
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') starts.push_back(i + 1);
  }
  texts_.push_back({std::move(name), std::move(text), std::move(starts)});
  return static_cast<std::uint32_t>(texts_.size() - 1);
}

std::uint32_t Sources::add_file(const std::string& path, Problems& problems) {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) {
    add_problem(problems, about_file(path, "There is no such file."));
    return none;
  }
  if (status.type() == fs::file_type::directory) {
    add_problem(problems, about_file(path, "This is a folder, not a scenario file."));
    return none;
  }
  if (error || status.type() != fs::file_type::regular) {
    add_problem(problems, about_file(path, error ? "This file cannot be looked at: " + error.message() + "."
                                                 : "This is no regular file."));
    return none;
  }
  const std::uintmax_t size = fs::file_size(path, error);
  if (!error && size > scenario_most_bytes) {
    add_problem(problems, about_file(path, "The file has " + write_size(static_cast<std::int64_t>(size)) +
                                               ", which is more than a scenario may have (" +
                                               write_size(scenario_most_bytes) + ")."));
    return none;
  }
  std::ifstream in(path, std::ios::binary);
  std::string text;
  if (in) {
    text.resize(static_cast<std::size_t>(scenario_most_bytes) + 1);  // one more than may be: the file may have grown
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
  }
  if (!in.eof() && in.fail()) {
    add_problem(problems, about_file(path, "This file cannot be read; is it allowed to be?"));
    return none;
  }
  if (std::string refusal = text_refusal(text, "The file"); !refusal.empty()) {
    add_problem(problems, about_file(path, std::move(refusal)));
    return none;
  }
  return add(path, std::move(text));
}

std::string_view Sources::line(const Spot& spot) const {
  if (spot.source >= texts_.size()) return {};
  const Text& t = texts_[spot.source];
  if (spot.line == 0 || spot.line > t.line_starts.size()) return {};
  const std::size_t from = t.line_starts[spot.line - 1];
  std::size_t to = std::min(t.text.find('\n', from), t.text.size());
  if (to > from && t.text[to - 1] == '\r') --to;
  return std::string_view(t.text).substr(from, to - from);
}

std::string_view Sources::from(const Spot& spot) const {
  if (spot.source >= texts_.size()) return {};
  const Text& t = texts_[spot.source];
  if (spot.line == 0 || spot.line > t.line_starts.size() || spot.column == 0) return {};
  const std::size_t at = t.line_starts[spot.line - 1] + spot.column - 1;
  return at < t.text.size() ? std::string_view(t.text).substr(at) : std::string_view();
}

Problem Sources::problem(const Spot& spot, std::string sentence) const {
  CHECK(spot.source < texts_.size());
  std::size_t caret = spot.column == 0 ? 0 : spot.column - 1;
  std::string excerpt = excerpt_of(line(spot), caret);
  return {texts_[spot.source].name, spot.line,          spot.column,
          std::move(sentence),      std::move(excerpt), static_cast<std::uint32_t>(caret)};
}

}  // namespace peerlab
