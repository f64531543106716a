#include "sim/cli/unfinished.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "analysis/report/kept_run.h"
#include "models/crypto/sha256.h"
#include "sim/cli/console.h"
#include "sim/cli/running.h"
#include "sim/cli/whole_file.h"

namespace peerlab {
namespace {

namespace fs = std::filesystem;

/// SHA-256 of this program, read in pieces: a run that another build began is not continued.
std::string program_hash() {
  std::ifstream in("/proc/self/exe", std::ios::binary);
  Sha256 hash;
  std::array<char, 1 << 16> piece;
  while (in.read(piece.data(), piece.size()), in.gcount() > 0) {
    hash.update(ByteView(reinterpret_cast<const std::uint8_t*>(piece.data()), static_cast<std::size_t>(in.gcount())));
  }
  return to_hex(hash.finish().view());
}

}  // namespace

Unfinished::Unfinished(const std::string& folder, const std::string& identity) {
  if (folder.empty()) return;
  key_ = sha256_text(identity + program_hash());
  std::error_code problem;
  fs::path path = fs::absolute(folder, problem).lexically_normal();
  if (!path.has_filename()) path = path.parent_path();
  folder_ = (path.parent_path() / ("." + path.filename().string() + ".unfinished-" + key_.substr(0, 8))).string();
}

Unfinished Unfinished::part(const std::string& folder, const std::string& identity) {
  return Unfinished(folder, sha256_text(identity), InPlace{});
}

// A cell's name may hold what no file's name may: its hash stands for it.
std::string Unfinished::file_of(const RunKey& key) const {
  const std::string cell = key.cell.empty() ? "" : "-" + sha256_text(key.cell).substr(0, 16);
  return (fs::path(folder_) / (key.system + cell + "-" + std::to_string(key.replication) + ".run")).string();
}

std::optional<RunRecord> Unfinished::recall(const RunKey& key) {
  if (folder_.empty()) return std::nullopt;
  const std::string file = file_of(key);
  const std::optional<std::string> text = read_file(file);
  if (!text) return std::nullopt;
  std::optional<RunRecord> run = read_kept_run(*text, key_, sha256_text);
  if (!run || run->system != key.system || run->cell != key.cell || run->replication != key.replication ||
      run->seed != key.seed) {
    const std::scoped_lock lock(mutex_);
    complain("The kept run " + file + " is damaged and is done again.");
    return std::nullopt;
  }
  ++recalled_;
  return run;
}

void Unfinished::keep(const RunRecord& run) {
  if (folder_.empty() || failed_) return;
  std::error_code problem;
  fs::create_directories(folder_, problem);
  if (problem) {
    say_once(problem.message());
    return;
  }
  const std::string file = file_of({run.cell, run.system, run.replication, run.seed});
  const std::string fresh = file + "." + std::to_string(::getpid());
  int error = write_file(fresh, kept_run_text(run, key_, sha256_text), Existing::replace);
  if (error == 0 && ::rename(fresh.c_str(), file.c_str()) != 0) error = errno;
  if (error == 0) return;
  ::unlink(fresh.c_str());
  say_once(std::strerror(error));
}

void Unfinished::say_once(const std::string& sentence) {
  if (failed_.exchange(true)) return;
  const std::scoped_lock lock(mutex_);
  complain("Finished runs cannot be kept in " + folder_ + " (" + sentence +
           "); after an interruption all would have to run again.");
}

void Unfinished::remove() {
  if (folder_.empty()) return;
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

}  // namespace peerlab
