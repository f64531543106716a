#pragma once
// Reads a source as text and says where it leaves the picture of rules.h. No compiler is asked, so that the check
// takes a moment, and a wrong line is named in words.

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "tests/layering/rules.h"

namespace peerlab::layering {

// A file of the tree: its path from the root, with '/', and its bytes.
struct Source {
  std::string path;
  std::string text;
};

inline bool starts_with_folder(const std::string& path, const std::string& place) {
  return path == place || path.starts_with(place + "/");
}

inline bool within(const std::string& path, const std::vector<std::string>& places) {
  return std::any_of(places.begin(), places.end(), [&](const auto& place) { return starts_with_folder(path, place); });
}

inline std::string folder_of(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash);
}

inline std::string joined(const std::vector<std::string>& words) {
  std::string all;
  for (const auto& word : words) all += (all.empty() ? "" : ", ") + word;
  return all.empty() ? "nothing else" : all;
}

// --- reading ---------------------------------------------------------------------------------------------------------

inline bool in_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// The text with comments, and if asked the insides of literals, turned into blanks; lines keep their numbers.
inline std::string blanked(const std::string& text, bool literals_too) {
  std::string out = text;
  const auto blank = [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to && i < out.size(); ++i) {
      if (out[i] != '\n') out[i] = ' ';
    }
  };
  std::size_t i = 0;
  while (i < text.size()) {
    const char c = text[i];
    if (text.compare(i, 2, "//") == 0) {
      const std::size_t end = std::min(text.find('\n', i), text.size());
      blank(i, end);
      i = end;
    } else if (text.compare(i, 2, "/*") == 0) {
      const std::size_t close = text.find("*/", i + 2);
      const std::size_t end = close == std::string::npos ? text.size() : close + 2;
      blank(i, end);
      i = end;
    } else if (c == '"' && i > 0 && text[i - 1] == 'R') {  // R"mark( ... )mark"
      const std::size_t open = std::min(text.find('(', i), text.size());
      const std::string close = ")" + text.substr(i + 1, open - i - 1) + "\"";
      const std::size_t at = text.find(close, open);
      const std::size_t end = at == std::string::npos ? text.size() : at + close.size();
      if (literals_too) blank(i + 1, end - 1);
      i = end;
    } else if (c == '"' || (c == '\'' && (i == 0 || !in_word(text[i - 1])))) {  // 1'000 is a number
      std::size_t end = i + 1;
      while (end < text.size() && text[end] != c && text[end] != '\n') end += text[end] == '\\' ? 2 : 1;
      if (literals_too) blank(i + 1, end);
      i = end + 1;
    } else {
      ++i;
    }
  }
  return out;
}

struct Include {
  int line;
  bool own;  // "..." and not <...>
  std::string header;
};

inline std::vector<Include> includes_of(const Source& source) {
  std::vector<Include> found;
  std::istringstream kept(blanked(source.text, false));
  std::istringstream code(blanked(source.text, true));  // tells a directive from the inside of a raw string
  std::string line, bare;
  for (int number = 1; std::getline(kept, line) && std::getline(code, bare); ++number) {
    const auto hash = bare.find_first_not_of(" \t");
    if (hash == std::string::npos || bare[hash] != '#') continue;
    const auto word = line.find_first_not_of(" \t", hash + 1);
    if (word == std::string::npos || line.compare(word, 7, "include") != 0) continue;
    const auto open = line.find_first_of("<\"", word);
    if (open == std::string::npos) continue;
    const auto close = line.find(line[open] == '<' ? '>' : '"', open + 1);
    found.push_back({number, line[open] == '"', line.substr(open + 1, close - open - 1)});
  }
  return found;
}

struct Token {
  int line;
  std::string text;
};

// Words, and signs of which only :: and -> are longer than one character. Directives are left out.
inline std::vector<Token> tokens_of(const Source& source) {
  std::vector<Token> tokens;
  std::istringstream code(blanked(source.text, true));
  std::string line;
  for (int number = 1; std::getline(code, line); ++number) {
    const auto first = line.find_first_not_of(" \t");
    if (first == std::string::npos || line.compare(first, 8, "#include") == 0) continue;
    for (std::size_t i = first; i < line.size();) {
      std::size_t end = i + 1;
      if (in_word(line[i])) {
        while (end < line.size() && in_word(line[end])) ++end;
      } else if (line.compare(i, 2, "::") == 0 || line.compare(i, 2, "->") == 0) {
        end = i + 2;
      }
      if (line[i] != ' ' && line[i] != '\t') tokens.push_back({number, line.substr(i, end - i)});
      i = end;
    }
  }
  return tokens;
}

// --- judging ---------------------------------------------------------------------------------------------------------

inline bool fits(const std::string& name, const std::string& pattern) {
  if (pattern.starts_with("*")) return name.ends_with(pattern.substr(1));
  if (pattern.ends_with("*")) return name.starts_with(pattern.substr(0, pattern.size() - 1));
  return name == pattern;
}

inline bool fits_any(const std::string& name, const std::vector<std::string>& patterns) {
  return std::any_of(patterns.begin(), patterns.end(), [&](const auto& pattern) { return fits(name, pattern); });
}

// Everything a module may include: its row, and what the modules of its row may.
inline std::set<std::string> reachable(const std::string& folder) {
  std::set<std::string> all = {folder};
  for (const auto& module : modules()) {
    if (module.folder != folder) continue;
    for (const auto& next : module.includes) all.merge(reachable(next));
  }
  return all;
}

inline bool is_standard_header(const std::string& header) {  // <vector>, <cmath>: no folder, no ending
  return header.find_first_of("/.") == std::string::npos;
}

inline bool recognised(const std::vector<Token>& tokens, std::size_t i, const Ban& ban) {
  const auto at = [&](std::size_t back) -> const std::string& {
    static const std::string none;
    return i >= back ? tokens[i - back].text : none;
  };
  if (!fits_any(tokens[i].text, ban.names)) return false;
  switch (ban.shape) {
    case Shape::word: return true;
    case Shape::header: return false;
    case Shape::standard:
      return at(1) == "::" &&
             (at(2) == "std" || (at(3) == "::" && at(4) == "std") || (at(2) == "chrono" && at(3) != "::"));
    case Shape::call: {
      const auto after = [&](std::size_t ahead) { return i + ahead < tokens.size() ? tokens[i + ahead].text : ""; };
      if (after(1) != "(") return false;
      if (tokens[i].text == "time") {  // the C library's takes a null or an address; our members take other things
        static const std::set<std::string> arguments = {"nullptr", "NULL", "0", "&"};
        if (!arguments.contains(after(2))) return false;
      }
      const std::string& before = at(1);
      if (before == "." || before == "->" || before == "~") return false;                      // a member
      if ((before == "*" || before == "&" || before == ">") && after(2) == ")") return false;  // const Log& log() const
      if (before == "::") return at(2) != "std" && (at(2).empty() || !in_word(at(2)[0]));      // ::time(0)
      static const std::set<std::string> statements = {"return", "else",      "throw",   "case",
                                                       "do",     "co_return", "co_yield"};
      if (!before.empty() && in_word(before[0])) {
        return statements.contains(before) || tokens[i].text == "main";  // otherwise `double log(` declares
      }
      return true;
    }
  }
  return false;
}

// Every line of a source that leaves the picture, as a sentence with file and line.
inline std::vector<std::string> offences(const Source& source) {
  std::vector<std::string> found;
  const auto complain = [&](int line, const std::string& what) {
    found.push_back(source.path + ":" + std::to_string(line) + ": " + what);
  };
  const std::string folder = folder_of(source.path);
  const auto includes = includes_of(source);
  const auto tokens = tokens_of(source);

  if (source.path.ends_with(".h")) {
    const std::string code = blanked(source.text, true);
    if (code.find("#pragma once") == std::string::npos) complain(1, "a header begins with #pragma once");
  }

  if (within(source.path, {"models", "analysis", "sim"})) {
    const bool known =
        std::any_of(modules().begin(), modules().end(), [&](const auto& m) { return m.folder == folder; });
    if (!known) complain(1, folder + " is no module: give it a row in tests/layering/rules.h and in CMakeLists.txt");

    const std::set<std::string> allowed = reachable(folder);
    for (const auto& include : includes) {
      if (include.own && !within(include.header, {"models", "analysis", "sim"})) {
        complain(include.line, "write \"" + include.header + "\" with its path from the root, such as \"" + folder +
                                   "/...\", and third-party headers in < >");
      } else if (include.own) {
        if (!allowed.contains(folder_of(include.header))) {
          complain(include.line, folder + " may not include " + include.header + "; it may include " +
                                     joined({allowed.begin(), allowed.end()}));
        }
      } else if (!is_standard_header(include.header) && include.header != "math.h") {
        for (const auto& fence : fences()) {
          if (!include.header.starts_with(fence.header_begins)) continue;
          if (!within(source.path, fence.places)) {
            complain(include.line, "<" + include.header + "> belongs to " + fence.package + ", which is used only in " +
                                       joined(fence.places));
          }
          break;
        }
      }
    }
  }

  for (const auto& ban : bans()) {
    if (!within(source.path, ban.within) || within(source.path, ban.except)) continue;
    if (ban.shape == Shape::header) {
      for (const auto& include : includes) {
        if (fits_any(include.header, ban.names)) complain(include.line, "<" + include.header + ">: " + ban.instead);
      }
    }
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (recognised(tokens, i, ban)) {
        const bool standard = ban.shape == Shape::standard;
        complain(tokens[i].line, (standard ? "std::" : "") + tokens[i].text + ": " + ban.instead);
      }
    }
  }
  return found;
}

// --- the tree --------------------------------------------------------------------------------------------------------

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Files below a folder of the tree with one of these endings, in order of their paths.
inline std::vector<Source> sources_below(const std::filesystem::path& root, const std::string& folder,
                                         const std::vector<std::string>& endings) {
  std::vector<Source> all;
  if (!std::filesystem::exists(root / folder)) return all;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
    const std::string ending = entry.path().extension().string();
    if (!entry.is_regular_file() || std::find(endings.begin(), endings.end(), ending) == endings.end()) continue;
    all.push_back({std::filesystem::relative(entry.path(), root).generic_string(), read_file(entry.path())});
  }
  std::sort(all.begin(), all.end(), [](const Source& a, const Source& b) { return a.path < b.path; });
  return all;
}

// --- plug-ins --------------------------------------------------------------------------------------------------------

// What a scenario can ask for by name. Each is defined as a row in its own file,
//
//   WorkloadRow publish_workload() { return {.name = "publish", ...}; }
//
// whose first literal is the name, and is called once by the table it stands in.
struct PlugIn {
  std::string path;
  std::string function;
  std::string name;
};

inline std::vector<PlugIn> plug_ins_of(const Source& source) {
  std::vector<PlugIn> found;
  const std::string text = blanked(source.text, false);  // offsets are those of the source; so are those below
  const std::string code = blanked(source.text, true);
  for (std::size_t at = code.find("Row "); at != std::string::npos; at = code.find("Row ", at + 1)) {
    const std::size_t from = at + 4;
    std::size_t to = from;
    while (to < code.size() && in_word(code[to])) ++to;
    const bool defined = code.compare(to, 4, "() {") == 0;
    const bool typed = at > 0 && in_word(code[at - 1]);  // WorkloadRow, not Row
    const std::size_t open = defined ? code.find('"', to) : std::string::npos;
    if (to == from || !defined || !typed || open == std::string::npos) continue;
    const std::size_t close = code.find('"', open + 1);
    found.push_back({source.path, code.substr(from, to - from), text.substr(open + 1, close - open - 1)});
  }
  return found;
}

// Is the plug-in's row called in this file, other than where it is defined?
inline bool calls(const Source& source, const PlugIn& plug_in) {
  const auto tokens = tokens_of(source);
  for (std::size_t i = 0; i + 3 < tokens.size(); ++i) {
    if (tokens[i].text == plug_in.function && tokens[i + 1].text == "(" && tokens[i + 2].text == ")" &&
        tokens[i + 3].text != "{" && tokens[i + 3].text != ";") {
      return true;
    }
  }
  return false;
}

// A YAML file without its comments.
inline std::string without_yaml_comments(const std::string& text) {
  std::string out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    const auto hash = line.starts_with("#") ? 0 : line.find(" #");
    out += line.substr(0, hash) + "\n";
  }
  return out;
}

// Does the name stand in the text as a whole word? Words here may hold hyphens, as names in YAML do.
inline bool mentions(const std::string& text, const std::string& name) {
  const auto part = [](char c) { return in_word(c) || c == '-'; };
  for (auto at = text.find(name); at != std::string::npos; at = text.find(name, at + 1)) {
    const bool before = at == 0 || !part(text[at - 1]);
    const bool after = at + name.size() >= text.size() || !part(text[at + name.size()]);
    if (before && after) return true;
  }
  return false;
}

}  // namespace peerlab::layering
