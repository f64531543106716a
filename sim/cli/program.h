// The program: from arguments to an exit code.
#pragma once

namespace peerlab {

int run_program(int argc, char** argv);

}  // namespace peerlab
