// Files that are read and written whole, or not at all.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace peerlab {

/// What may stand there already.
enum class Existing { refuse, replace };

/// The error number, or 0. `refuse`: nothing that exists is opened for writing, and what could not be finished is taken away;
/// `replace`: the bytes are on the disk before it returns.
int write_file(const std::string& file, std::string_view text, Existing existing);
/// The same by way of a neighbour that is renamed: whoever reads finds the old text or the new. False when it could not be.
bool write_in_place(const std::filesystem::path& file, std::string_view text);
/// Nothing when there is no such file.
std::optional<std::string> read_file(const std::filesystem::path& file);

}  // namespace peerlab
