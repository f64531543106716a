#include "sim/scenario/find.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "models/base/decimal.h"
#include "models/base/quantity.h"

namespace peerlab {
namespace {

namespace fs = std::filesystem;

bool is_scenario(const fs::path& path) { return path.extension() == ".yaml" || path.extension() == ".yml"; }

std::vector<fs::path> files_below(const fs::path& folder, std::vector<fs::path>* folders) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::recursive_directory_iterator it(folder, fs::directory_options::skip_permission_denied, error), end;
       !error && it != end; it.increment(error)) {
    std::error_code ignored;
    if (it->is_directory(ignored)) {
      if (folders != nullptr) folders->push_back(it->path());
    } else if (it->is_regular_file(ignored) && is_scenario(it->path())) {
      files.push_back(it->path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<std::string> as_text(const std::vector<fs::path>& paths) {
  std::vector<std::string> out;
  for (const fs::path& p : paths) out.push_back(p.string());
  return out;
}

std::string first_root(const std::vector<std::string>& roots) {
  for (const std::string& root : roots) {
    std::error_code error;
    if (fs::is_directory(root, error)) return root;
  }
  return {};
}

}  // namespace

FoundScenarios all_scenarios(const std::vector<std::string>& roots) {
  const std::string root = first_root(roots);
  if (root.empty()) return {{}, {}, "There is no folder of scenarios; name a file instead."};
  return {as_text(files_below(root, nullptr)), root, {}};
}

FoundScenarios find_scenarios(const std::string& name, const std::vector<std::string>& roots) {
  if (name.find('\0') != std::string::npos || name.empty()) return {{}, {}, "A scenario's name is empty."};
  const fs::path path(name);
  std::error_code error;
  if (name.find('/') != std::string::npos || is_scenario(path)) {
    if (!fs::is_directory(path, error)) return {{name}, {}, {}};
    const std::vector<std::string> files = as_text(files_below(path, nullptr));
    return {files, name, files.empty() ? "There is no scenario in the folder " + backquoted(name) + "." : ""};
  }
  const std::string root = first_root(roots);
  if (root.empty())
    return {{}, {}, "There is no folder of scenarios to look for " + backquoted(name) + " in; name a file instead."};
  std::vector<fs::path> folders;
  const std::vector<fs::path> files = files_below(root, &folders);
  std::vector<fs::path> found;
  std::vector<std::string> names;
  for (const fs::path& file : files) {
    names.push_back(file.stem().string());
    if (file.stem() == name) found.push_back(file);
  }
  if (found.size() == 1) return {as_text(found), root, {}};
  if (found.size() > 1) {
    return {{},
            root,
            "Several scenarios are called " + backquoted(name) + ": " + found[0].string() + " and " +
                found[1].string() + ". Name the file."};
  }
  for (const fs::path& folder : folders) {
    names.push_back(folder.filename().string());
    if (folder.filename() != name) continue;
    const std::vector<std::string> inside = as_text(files_below(folder, nullptr));
    if (!inside.empty()) return {inside, root, {}};
  }
  std::string sentence = "There is no scenario " + backquoted(name) + ".";
  if (const auto meant = nearest_name(name, names)) {
    sentence += " Did you mean `" + *meant + "`?";
  } else {
    sentence += " `peerlab list` shows them all.";
  }
  return {{}, root, sentence};
}

}  // namespace peerlab
