#include "sim/cli/write_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>

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

}  // namespace peerlab
