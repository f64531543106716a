// A tree as YAML in one line, which reads back as the same tree.
#pragma once

#include <string>

#include "sim/scenario/tree.h"

namespace peerlab {

/// A text as a YAML scalar that reads back as the same text: plain where that is safe, else in double quotes.
std::string yaml_scalar(const std::string& text);
/// Lists as `[a, b]`, maps as `{key: value}`.
std::string yaml_flow(const Tree& tree);

}  // namespace peerlab
