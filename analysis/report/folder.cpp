#include "analysis/report/folder.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>
#include <system_error>

namespace peerlab {
namespace {

namespace fs = std::filesystem;

std::string read_text(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

struct Manifest {
  std::string scenario;
  std::string identity;
};

std::optional<Manifest> manifest_of(const fs::path& folder) {
  const nlohmann::json json = nlohmann::json::parse(read_text(folder / "manifest.json"), nullptr, false);
  if (!json.is_object() || !json.contains("identity") || !json["identity"].is_string()) return std::nullopt;
  const bool named = json.contains("scenario") && json["scenario"].is_string();
  return Manifest{named ? json["scenario"].get<std::string>() : "", json["identity"].get<std::string>()};
}

// Names that SHA256SUMS lists: 64 digits, two spaces, the name.
std::vector<std::string> listed_files(const fs::path& folder) {
  std::vector<std::string> names;
  std::istringstream sums(read_text(folder / "SHA256SUMS"));
  for (std::string line; std::getline(sums, line);) {
    if (line.size() > 66) names.push_back(line.substr(66));
  }
  return names;
}

// Files with the folders above them, as SHA256SUMS names them. A folder counts only if it is empty: what is in it speaks
// for it. Links are not followed: whatever is behind them is not ours.
std::vector<std::string> files_below(const fs::path& folder, std::error_code& problem) {
  std::vector<std::string> present;
  for (fs::recursive_directory_iterator at(folder, problem), end; !problem && at != end; at.increment(problem)) {
    const bool inner = at->symlink_status(problem).type() == fs::file_type::directory;
    const bool filled = !problem && inner && !fs::is_empty(at->path(), problem);
    if (problem) break;
    if (!filled) present.push_back(at->path().lexically_relative(folder).generic_string());
  }
  return present;
}

std::string write_file(const fs::path& path, std::string_view content) {
  errno = 0;
  std::FILE* file = std::fopen(path.c_str(), "wb");
  bool good = file != nullptr;
  if (good) good = std::fwrite(content.data(), 1, content.size(), file) == content.size();
  if (good) good = std::fflush(file) == 0;
  const int first_problem = good ? 0 : errno;
  if (file != nullptr && std::fclose(file) != 0) good = false;
  if (good) return "";
  return std::generic_category().message(first_problem != 0 ? first_problem : errno);
}

// A folder that is deleted with its content unless it was released.
class Scratch {
 public:
  explicit Scratch(fs::path path) : path_(std::move(path)) {}
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  void release() { path_.clear(); }

 private:
  fs::path path_;
};

// Makes a folder with a name of its own beside `folder`; several programs may try at once.
std::optional<fs::path> make_sibling(const fs::path& folder, std::error_code& problem) {
  for (int i = 1; i <= 100; ++i) {
    const fs::path path = folder.parent_path() / ("." + folder.filename().string() + ".partial-" + std::to_string(i));
    if (fs::create_directory(path, problem)) return path;
    if (problem) return std::nullopt;
  }
  problem = std::make_error_code(std::errc::file_exists);
  return std::nullopt;
}

fs::path real_place(const std::string& folder) {
  std::error_code problem;
  const fs::path absolute = fs::absolute(folder, problem);
  fs::path path = fs::weakly_canonical(absolute, problem);
  if (problem) path = absolute.lexically_normal();
  return path.has_filename() ? path : path.parent_path();
}

}  // namespace

std::string folder_refusal(const std::string& folder, std::string_view identity) {
  std::error_code problem;
  const fs::path path = real_place(folder);
  const fs::file_status status = fs::status(path, problem);
  if (status.type() == fs::file_type::not_found) return "";
  if (problem) return "The folder " + folder + " cannot be read: " + problem.message() + ".";
  if (status.type() != fs::file_type::directory) return folder + " is a file, not a folder.";
  const bool empty = fs::is_empty(path, problem);
  if (problem) return "The folder " + folder + " cannot be read: " + problem.message() + ".";
  if (empty) return "";
  const std::optional<Manifest> manifest = manifest_of(path);
  if (!manifest) return "The folder " + folder + " holds files that are no result of peerlab; name another one.";
  if (manifest->identity != identity) {
    return "The folder " + folder + " holds the result of another scenario or of other values (`" + manifest->scenario +
           "`); name another one.";
  }
  std::vector<std::string> present = files_below(path, problem);
  if (problem) return "The folder " + folder + " cannot be read: " + problem.message() + ".";
  std::sort(present.begin(), present.end());
  std::vector<std::string> ours = listed_files(path);
  ours.insert(ours.end(), {"SHA256SUMS", "manifest.json"});
  for (const std::string& name : present) {
    if (std::find(ours.begin(), ours.end(), name) != ours.end()) continue;
    return "The folder " + folder + " holds " + name +
           ", which peerlab did not write; move it away or name another folder.";
  }
  return "";
}

std::string write_result_folder(const std::string& folder, const std::vector<ResultFile>& files,
                                std::string_view identity) {
  std::string refusal = folder_refusal(folder, identity);
  if (!refusal.empty()) return refusal;
  std::error_code problem;
  const fs::path path = real_place(folder);
  fs::create_directories(path.parent_path(), problem);
  if (problem) return "The folder " + path.parent_path().string() + " cannot be made: " + problem.message() + ".";
  const std::optional<fs::path> fresh = make_sibling(path, problem);
  if (!fresh) return "Nothing can be written into " + path.parent_path().string() + ": " + problem.message() + ".";
  Scratch on_failure(*fresh);
  for (const ResultFile& file : files) {
    fs::create_directories((*fresh / file.name).parent_path(), problem);
    const std::string why = problem ? problem.message() : write_file(*fresh / file.name, file.content);
    if (!why.empty()) return "The file " + file.name + " could not be written into " + folder + ": " + why + ".";
  }
  if (!fs::exists(path, problem)) {
    fs::rename(*fresh, path, problem);
    if (problem) return "The folder " + folder + " could not be put in place: " + problem.message() + ".";
    on_failure.release();
    return "";
  }
  const std::optional<fs::path> old = make_sibling(path, problem);
  if (!old) return "Nothing can be written into " + path.parent_path().string() + ": " + problem.message() + ".";
  Scratch old_result(*old);
  fs::rename(path, *old, problem);
  if (problem) return "The folder " + folder + " could not be replaced: " + problem.message() + ".";
  fs::rename(*fresh, path, problem);
  if (problem) {
    std::error_code back;
    fs::rename(*old, path, back);
    if (back) {
      old_result.release();
      return "The folder " + folder + " could not be replaced: " + problem.message() + ". What it held is in " +
             old->string() + ".";
    }
    return "The folder " + folder + " could not be replaced: " + problem.message() + ".";
  }
  on_failure.release();
  return "";
}

std::string replace_file(const std::string& file, std::string_view content) {
  const fs::path path(file);
  const fs::path fresh = path.parent_path() / ("." + path.filename().string() + ".partial");
  std::string why = write_file(fresh, content);
  std::error_code problem;
  if (why.empty()) fs::rename(fresh, path, problem);
  if (problem) why = problem.message();
  if (why.empty()) return "";
  std::error_code ignored;
  fs::remove(fresh, ignored);
  return "The file " + file + " could not be written: " + why + ".";
}

std::string list_file(const std::string& folder, std::string_view name, std::string_view hash) {
  const fs::path sums = fs::path(folder) / "SHA256SUMS";
  const std::string line = std::string(hash) + "  " + std::string(name) + "\n";
  std::string text;
  bool known = false;
  std::istringstream old(read_text(sums));
  for (std::string one; std::getline(old, one);) {
    const bool it = one.size() > 66 && std::string_view(one).substr(66) == name;
    text += it ? line : one + "\n";
    known = known || it;
  }
  return replace_file(sums.string(), known ? text : text + line);
}

bool holds_result(const std::string& folder, std::string_view identity) {
  const fs::path path = real_place(folder);
  const std::optional<Manifest> manifest = manifest_of(path);
  if (!manifest || manifest->identity != identity) return false;
  const std::vector<std::string> names = listed_files(path);
  return !names.empty() && std::all_of(names.begin(), names.end(), [&](const std::string& name) {
    std::error_code ignored;
    return fs::is_regular_file(path / name, ignored);
  });
}

}  // namespace peerlab
