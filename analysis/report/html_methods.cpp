// methods.md as part of a page: its paragraphs and its command. Its table of figures stands above already.
#include "analysis/report/files.h"
#include "analysis/report/html_sections.h"
#include "analysis/report/html_text.h"
#include "analysis/report/svg.h"

namespace peerlab {
namespace {

std::string block(std::string_view text) {
  if (text.empty() || text.starts_with("#") || text.starts_with("|")) return "";
  if (text.starts_with("```")) {
    text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
    return "<pre class=\"command\" tabindex=\"0\"><code>" + svg_escaped(text.substr(0, text.rfind("\n```"))) +
           "</code></pre>\n";
  }
  std::string line(text);
  for (char& c : line) c = c == '\n' ? ' ' : c;
  return "<p>" + html_prose(line) + "</p>\n";
}

}  // namespace

std::string html_methods(const PagePart& part) {
  const std::string text = methods_md(*part.result);
  std::string out = part.label.empty() ? "" : "<h3>" + svg_escaped(part.label) + "</h3>\n";
  for (std::string_view left = text; !left.empty();) {
    const std::size_t end = std::min(left.find("\n\n"), left.size());
    out += block(left.substr(0, end));
    left.remove_prefix(std::min(end + 2, left.size()));
  }
  for (const std::string& sentence : part.result->look) out += "<p>Look at: " + html_prose(sentence) + "</p>\n";
  return out;
}

}  // namespace peerlab
