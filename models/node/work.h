// Work that a handler really did, counted in units that a cost table turns into CPU time.
#pragma once

#include <cstdint>

namespace peerlab {

struct Work {
  std::uint32_t signatures = 0;   ///< signatures checked
  std::uint32_t signed_ = 0;      ///< signatures made
  std::uint32_t headers = 0;      ///< 80-byte headers hashed and judged
  std::uint32_t state_steps = 0;  ///< outputs looked up, created or spent
  std::uint64_t bytes_hashed = 0;
  std::uint64_t bytes_coded = 0;    ///< bytes encoded, decoded, sealed or opened
  std::uint64_t bytes_read = 0;     ///< from disk
  std::uint64_t bytes_written = 0;  ///< to disk
  std::uint32_t syncs = 0;          ///< waits until the disk has really kept what was written

  Work& operator+=(const Work& o) {
    signatures += o.signatures;
    signed_ += o.signed_;
    headers += o.headers;
    state_steps += o.state_steps;
    bytes_hashed += o.bytes_hashed;
    bytes_coded += o.bytes_coded;
    bytes_read += o.bytes_read;
    bytes_written += o.bytes_written;
    syncs += o.syncs;
    return *this;
  }
  friend bool operator==(const Work&, const Work&) = default;
};

}  // namespace peerlab
