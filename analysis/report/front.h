// The interactive part of the report, as text: built from analysis/report/front and kept there as front/dist, put into the program when
// it is compiled.
#pragma once

#include <string>

namespace peerlab {

std::string front_script();
std::string front_style();

}  // namespace peerlab
