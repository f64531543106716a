// Pieces of a page: text that is safe between tags, tables, and what a content-security policy asks for.
//
// Everything that a user may have written (names, labels, questions, notes) goes through svg_escaped(), which page and pictures
// share. Data for the script stands in a block that is no script; its `<` is escaped, so that it cannot end the block.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analysis/report/plots.h"

namespace peerlab {

/// Escaped, with `words` in backquotes as <code>.
std::string html_prose(std::string_view text);
/// A table with a header row and row headers. `caption` is for those who listen.
std::string html_table(const ChartTable& table, std::string_view caption);
/// JSON that may stand in a script block.
std::string html_json(std::string json);
/// RFC 4648, with padding: as a policy names the hash of a script, and as numbers stand in JSON.
std::string base64_of(std::string_view bytes);
/// What base64_of() was made of; digits that it does not use end it.
std::string bytes_of_base64(std::string_view text);
/// The bytes that two hexadecimal digits each spell.
std::string bytes_of_hex(std::string_view hex);
/// Letters, digits and hyphens, for ids.
std::string html_id(std::string_view text);
/// The sign that stands for a series beside its name: the same colour and shape as in the pictures.
std::string html_sign(std::size_t series);

}  // namespace peerlab
