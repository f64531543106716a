// How large a content is.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "models/base/distribution.h"
#include "models/base/field.h"
#include "models/base/random.h"
#include "models/workloads/workload.h"

namespace peerlab {

/// The field `size` of a row that makes content.
Field size_field();

/// {field, sentence} when most contents of a line with a `size` would be cut off; both empty otherwise.
std::pair<std::string, std::string> check_size(const Params& params, const WorkloadContext& context);

/// Sizes of one line: whole bytes, at least 1 and at most what every system can store in one piece.
class ContentSize {
 public:
  ContentSize(const Params& params, const WorkloadContext& context)
      : law_(params.law("size")), most_(context.size_most) {}
  std::uint32_t draw(Stream& random) const;

 private:
  Distribution law_;
  std::uint32_t most_;
};

}  // namespace peerlab
