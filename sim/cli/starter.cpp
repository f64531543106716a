#include "sim/cli/starter.h"

namespace peerlab {

std::string starter_scenario(const std::string& name) {
  return "# " + name + ": say here in one sentence what happens, and what to look at.\n" + R"(#
# peerlab validate FILE         every mistake at once, with its place
# peerlab run FILE --quick      a short try
# peerlab explain NAME          what a key, a metric or a protocol means, with its range and default
schema: 1
name: )" +
         name + R"(
question: Do all peers agree again soon after a cut?   # what this file asks, in one sentence
seed: 1                        # the same seed gives the same run
replications: 5                # runs with different seeds; intervals need at least two

duration: 6 h                  # simulated, not waited for; every quantity carries its unit
settle: 30 min                 # no new requests in this last part; what is unfinished then has failed

network:
  preset: internet-2019        # where people live, how far apart they are, how fast their lines are
  users: 100

systems:                       # what is compared: same users, links, workload, faults and chance for each
  p2p: {protocol: nakamoto, block_interval: 1 min}
  central: {protocol: central-server, servers: 1, region: NA}

workload:                      # who asks for what: a rate is `in total` or `per user`
  - {kind: publish, rate: 2 per min in total}

timeline:                      # what befalls machines and links (`peerlab list` shows what there is)
  - {at: 2 h, for: 1 h, partition: [region=EU, rest], name: cut}

# measure: [propagation, stale]  # left out: all the usual ones

expect:                        # judged on the 95 % interval: held, failed or inconclusive
  - agreed.after(cut)@p2p < 30 min
  - cost.bytes_sent@central < cost.bytes_sent@p2p

quick: {replications: 2, network: {users: 30}}   # what --quick changes
)";
}

}  // namespace peerlab
