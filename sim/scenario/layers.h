// How a scenario's tree comes together: the file, what it extends beneath it, `quick:` and the command line above it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/read.h"
#include "sim/scenario/tree.h"

namespace peerlab {

/// Parses source `top` and lays it on what its `extends` names, and so on down. A base is a path relative to the file that
/// names it, may not lie outside `root`, and may not lead back to itself. A base's name is not inherited.
std::optional<Tree> load_layers(Sources& sources, std::uint32_t top, const std::string& root, Problems& problems);

/// The folder that nothing named in the file at `path` may lie outside of: `root` if the file is in it, else its own folder.
std::string home_of(const std::string& path, const std::string& root);
/// Whether `path` leads into `folder`, links followed. Neither has to exist.
bool leads_into(const std::string& path, const std::string& folder);

/// Applies the section `quick:` or `full:` of the tree: nested, or by path (`network.users: 50`).
void apply_quick(Tree& tree, const Sources& sources, Problems& problems);
void apply_full(Tree& tree, const Sources& sources, Problems& problems);

/// The names that a path is made of: `network.users` is two.
std::vector<std::string> split_path(std::string_view path);
/// Puts `value` where `path` leads, making maps on the way; `spot` is where the path was written. A sentence when it leads
/// nowhere.
std::string set_at(Tree& tree, std::string_view path, const Spot& spot, const Tree& value);

/// Applies PATH=VALUES of `--axis`: an axis of `sweep.grid`, in place of one of the same path. VALUES are parted by commas,
/// or YAML when they begin with `[` or `{`.
void apply_axis(Tree& tree, const Override& given, Sources& sources, Problems& problems);

/// Applies PATH=VALUE of the command line. A value that begins with `[` or `{` is read as YAML, any other is text.
void apply_override(Tree& tree, const Override& given, Sources& sources, Problems& problems);

}  // namespace peerlab
