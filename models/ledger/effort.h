// What a judgement really cost, in units that a cost table turns into CPU time.
//
// A verdict is computed once and remembered; every node that asks is charged the same counts.
#pragma once

#include <cstdint>

namespace peerlab {

struct Effort {
  std::uint32_t headers = 0;       ///< 80-byte headers hashed and judged
  std::uint32_t signatures = 0;    ///< signatures checked
  std::uint32_t state_steps = 0;   ///< outputs looked up, created or spent
  std::uint64_t bytes_hashed = 0;  ///< bytes of transactions, contents and merkle nodes

  Effort& operator+=(const Effort& o) {
    headers += o.headers;
    signatures += o.signatures;
    state_steps += o.state_steps;
    bytes_hashed += o.bytes_hashed;
    return *this;
  }
  /// Takes away a part of this.
  Effort& operator-=(const Effort& o) {
    headers -= o.headers;
    signatures -= o.signatures;
    state_steps -= o.state_steps;
    bytes_hashed -= o.bytes_hashed;
    return *this;
  }
  friend Effort operator+(Effort a, const Effort& b) { return a += b; }
  friend bool operator==(const Effort&, const Effort&) = default;
};

}  // namespace peerlab
