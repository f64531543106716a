// What a power cut destroys: losing data when many machines fail at once.
//
// Data are lost when all R machines of some copyset (a set of machines that together hold every copy of something) are among
// the F that fail together. Random placement makes as many copysets as it can, copyset placement as few as the scatter width
// S (the machines that share data with one machine, which set the speed of repair) allows. Cidon et al., Copysets: Reducing the
// frequency of data loss in cloud storage, USENIX ATC 2013.
#pragma once

#include <cstdint>

#include "analysis/theory/row.h"

namespace peerlab {

/// Copysets of random placement among `scatter` neighbours of each of `machines`: machines * C(scatter, copies - 1), at most all
/// C(machines, copies). 1 <= copies <= scatter + 1 <= machines (CHECKed).
double random_copysets(std::uint32_t machines, std::uint32_t copies, std::uint32_t scatter);
/// Copysets of copyset placement: machines * scatter / (copies (copies - 1)); copies >= 2.
double fewest_copysets(std::uint32_t machines, std::uint32_t copies, std::uint32_t scatter);
/// Probability that at least one of `copysets` lies within `failed` machines: 1 - (1 - C(failed, copies) / C(machines, copies))^copysets.
double copyset_loss(double copysets, std::uint32_t machines, std::uint32_t copies, std::uint32_t failed);

TheoryRow copysets_row();

}  // namespace peerlab
