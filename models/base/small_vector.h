// A vector whose first few elements lie inside it: for lists that are nearly always short and that many objects have, where another
// cache line, or another allocation, would cost more than the elements.
#pragma once

#include <boost/container/small_vector.hpp>
#include <cstddef>

namespace peerlab {

/// As std::vector; the first N elements need no allocation.
template <class T, std::size_t N>
using SmallVector = boost::container::small_vector<T, N>;

}  // namespace peerlab
