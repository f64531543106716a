#include "sim/cli/whole_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <fstream>
#include <sstream>

namespace peerlab {

int write_file(const std::string& file, std::string_view text, Existing existing) {
  const bool replace = existing == Existing::replace;
  const int to = ::open(file.c_str(), O_WRONLY | O_CREAT | (replace ? O_TRUNC : O_EXCL) | O_CLOEXEC, 0666);
  if (to < 0) return errno;
  int error = 0;
  while (!text.empty() && error == 0) {
    const ssize_t n = ::write(to, text.data(), text.size());
    if (n >= 0) {
      text.remove_prefix(static_cast<std::size_t>(n));
    } else if (errno != EINTR) {
      error = errno;
    }
  }
  if (replace && error == 0 && ::fsync(to) != 0) error = errno;
  if (::close(to) != 0 && error == 0) error = errno;
  if (!replace && error != 0) ::unlink(file.c_str());
  return error;
}

bool write_in_place(const std::filesystem::path& file, std::string_view text) {
  const std::filesystem::path fresh = file.string() + ".new";
  if (write_file(fresh.string(), text, Existing::replace) != 0) return false;
  std::error_code problem;
  std::filesystem::rename(fresh, file, problem);
  return !problem;
}

std::optional<std::string> read_file(const std::filesystem::path& file) {
  std::error_code problem;
  if (!std::filesystem::is_regular_file(file, problem)) return std::nullopt;
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace peerlab
