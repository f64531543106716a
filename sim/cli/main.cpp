#include "sim/cli/program.h"

int main(int argc, char** argv) { return peerlab::run_program(argc, argv); }
