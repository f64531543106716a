// Stdout for results, stderr for everything else, and what kind of place they lead to.
#pragma once

#include <string>
#include <string_view>

namespace peerlab {

/// Writes to stdout. Returns 0, or exit_code::wrong_usage after saying why it could not be written (a full disk, a closed
/// pipe).
int print_out(std::string_view text);
/// `peerlab: ` and the sentence, on stderr.
void complain(std::string_view sentence);
/// The text as it is, on stderr.
void print_err(std::string_view text);

/// True when people read it, not a program.
bool stdout_is_terminal();
bool stderr_is_terminal();
/// Columns of the terminal; 80 when there is none.
std::size_t terminal_width();
/// Whether to colour stdout: it is a terminal, NO_COLOR is not set (no-color.org) and TERM is not `dumb`.
bool wants_colour();
/// Whether the locale can show more than ASCII.
bool wants_unicode();

/// Text as a JSON string, quotes included.
std::string json_string(std::string_view text);
/// An argument as a shell reads it back: quoted where it must be.
std::string shell_word(std::string_view text);

}  // namespace peerlab
