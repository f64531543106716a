#include "sim/scenario/flow.h"

#include <algorithm>
#include <string_view>

namespace peerlab {

std::string yaml_scalar(const std::string& text) {
  const auto plain_char = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view(" ._-/%+@()<>=!").find(c) != std::string_view::npos;
  };
  const bool plain = !text.empty() && std::all_of(text.begin(), text.end(), plain_char) && text.front() != ' ' &&
                     text.back() != ' ' && std::string_view("-@!%>=").find(text.front()) == std::string_view::npos &&
                     text != "null" && text != "Null" && text != "NULL" && text.rfind("...", 0) != 0;
  if (plain) return text;
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c == '\r') {
      out += "\\r";
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string yaml_flow(const Tree& tree) {
  std::string out;
  switch (tree.kind) {
    case Tree::Kind::nothing: return "~";
    case Tree::Kind::text: return yaml_scalar(tree.text);
    case Tree::Kind::list:
      for (const Tree& item : tree.items) out += (out.empty() ? "" : ", ") + yaml_flow(item);
      return "[" + out + "]";
    case Tree::Kind::map:
      for (const Tree::Member& m : tree.members)
        out += (out.empty() ? "" : ", ") + yaml_scalar(m.key) + ": " + yaml_flow(m.value);
      return "{" + out + "}";
  }
  return out;
}

}  // namespace peerlab
