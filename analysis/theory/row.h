// One closed form of the literature as the command line sees it: its words, what goes in, what comes out.
//
// Each topic is a file of plain functions, to be called from C++ with numbers, and one row beside them that says the same in
// words. `peerlab explain` and `peerlab theory` read nothing but the row, so that no formula can be reached without its
// range and its source. A plain function CHECKs its range; a row turns the same range into bounds of its fields or, where
// two inputs decide together, into a sentence.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "models/base/field.h"

namespace peerlab {

/// One figure that a closed form gives.
struct TheoryOutput {
  std::string_view name{};
  std::string_view unit{};  ///< "share", "s", "blocks", ...; "1" for a plain number
  std::string_view sentence{};
};

/// One value per output of the row, or the sentence that says why there is none.
struct TheoryAnswer {
  std::vector<double> values{};
  std::string error{};
  std::string table{};  ///< what figures cannot say, several lines for people and scenario files; empty mostly
};

struct TheoryRow {
  std::string_view name{};
  std::string_view sentence{};
  std::string_view formula{};  ///< in words and symbols; the symbols are the names of the fields
  std::string_view range{};    ///< what it assumes, and where it stops being true
  std::string_view source{};
  Fields fields{};
  std::vector<TheoryOutput> gives{};
  TheoryAnswer (*answer)(const Params&) = nullptr;
};

}  // namespace peerlab
