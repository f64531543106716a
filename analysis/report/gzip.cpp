#include <zlib.h>

#include <algorithm>

#include "analysis/report/files.h"
#include "models/base/check.h"

namespace peerlab {

std::string gzip(std::string_view text) {
  z_stream stream{};
  constexpr int gzip_window = 15 + 16;  // the largest window, in a gzip wrapper
  CHECK(deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, gzip_window, 9, Z_DEFAULT_STRATEGY) == Z_OK);
  gz_header header{};
  header.time = 0;
  header.os = 255;  // unknown
  CHECK(deflateSetHeader(&stream, &header) == Z_OK);
  std::string out;
  std::string buffer(std::size_t{1} << 16, '\0');
  std::size_t taken = 0;
  int status = Z_OK;
  while (status != Z_STREAM_END) {
    // zlib counts its input in 32 bits.
    const std::size_t piece = std::min(text.size() - taken, std::size_t{1} << 30);
    if (stream.avail_in == 0) {
      stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data() + taken));
      stream.avail_in = static_cast<uInt>(piece);
      taken += piece;
    }
    stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
    stream.avail_out = static_cast<uInt>(buffer.size());
    status = deflate(&stream, taken == text.size() ? Z_FINISH : Z_NO_FLUSH);
    CHECK(status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR);
    out.append(buffer.data(), buffer.size() - stream.avail_out);
  }
  deflateEnd(&stream);
  return out;
}

std::optional<std::string> gunzip(std::string_view stream_text) {
  z_stream stream{};
  constexpr int gzip_window = 15 + 16;
  CHECK(inflateInit2(&stream, gzip_window) == Z_OK);
  std::string out;
  std::string buffer(std::size_t{1} << 16, '\0');
  int status = Z_OK;
  while (status == Z_OK) {
    if (stream.avail_in == 0 && !stream_text.empty()) {
      const std::size_t piece = std::min(stream_text.size(), std::size_t{1} << 30);
      stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(stream_text.data()));
      stream.avail_in = static_cast<uInt>(piece);
      stream_text.remove_prefix(piece);
    }
    stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
    stream.avail_out = static_cast<uInt>(buffer.size());
    status = inflate(&stream, Z_NO_FLUSH);  // without input it says Z_BUF_ERROR: the stream was cut short
    out.append(buffer.data(), buffer.size() - stream.avail_out);
  }
  inflateEnd(&stream);
  if (status != Z_STREAM_END) return std::nullopt;
  return out;
}

}  // namespace peerlab
