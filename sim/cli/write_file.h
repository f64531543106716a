// Writes a file whole, or says why not.
#pragma once

#include <string>
#include <string_view>

namespace peerlab {

/// What may stand there already.
enum class Existing { refuse, replace };

/// The error number, or 0. `refuse`: nothing that exists is opened for writing, and what could not be finished is taken away;
/// `replace`: the bytes are on the disk before it returns.
int write_file(const std::string& file, std::string_view text, Existing existing);

}  // namespace peerlab
