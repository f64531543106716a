// Text in columns: how wide a text is, padding, wrapping, colour.
#pragma once

#include <string>
#include <string_view>

#include "analysis/report/terminal.h"

namespace peerlab {

/// Columns that a text takes: code points, which is right for everything that reports print.
std::size_t columns(std::string_view text);
/// With spaces up to `width` columns.
std::string padded(std::string text, std::size_t width);
/// Without spaces at the end.
std::string trimmed(std::string text);
/// In lines of at most `width` columns, broken at spaces; a longer word has a line of its own.
std::string wrapped(std::string_view text, std::size_t width);
/// Every line but the first moved right.
std::string indented(const std::string& text, std::size_t by);
/// With an ANSI code such as `1` (bold), if the style has colour.
std::string painted(const TerminalStyle& style, std::string_view code, const std::string& text);
/// The columns that a style gives, at least 40.
std::size_t width_of(const TerminalStyle& style);

}  // namespace peerlab
