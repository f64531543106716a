// The table of measures: one row each. `explain` prints it, scenarios are checked against it.

#include "analysis/measures/ack_rules.h"
#include "analysis/measures/acts.h"
#include "analysis/measures/agreed_after.h"
#include "analysis/measures/agreement.h"
#include "analysis/measures/attack.h"
#include "analysis/measures/blocks.h"
#include "analysis/measures/copies.h"
#include "analysis/measures/cost.h"
#include "analysis/measures/download.h"
#include "analysis/measures/eclipse.h"
#include "analysis/measures/exposed.h"
#include "analysis/measures/load.h"
#include "analysis/measures/lost.h"
#include "analysis/measures/measure.h"
#include "analysis/measures/peers.h"
#include "analysis/measures/propagation.h"
#include "analysis/measures/reads.h"
#include "analysis/measures/replicated.h"
#include "analysis/measures/takes.h"
#include "analysis/measures/writes.h"

namespace peerlab {
namespace {

constexpr std::string_view peerlab_definition = "peerlab's own definition";

std::vector<MeasureRow> make_table() {
  const std::vector<DeclaredStat> quantiles = {{"p50", "s"}, {"p90", "s"}, {"p99", "s"}};
  const auto cost = [](std::string_view unit, std::string_view per_byte) {
    return std::vector<DeclaredStat>{{"total", unit}, {"per_useful_byte", per_byte}};
  };
  const std::vector<DeclaredStat> prices = {{"machines", "machines"}, {"owners", "owners"}, {"hosts", "hosts"},
                                            {"exploits", "exploits"}, {"k50", "machines"},  {"k95", "machines"}};
  return {
      {.name = "propagation",
       .sentence = "How long a new block takes to reach a given share of the nodes; the median over blocks.",
       .numerator = "for each block, time from its mining until 10 / 50 / 90 / 99 % of the eligible nodes held it",
       .denominator = "eligible: honest stores on line without a break from the mining until that instant",
       .sampling = "blocks mined in [warmup, end - settle]",
       .censoring = "a share that is never reached counts as +infinity",
       .source = "Decker & Wattenhofer 2013, P2P; quantiles by Hyndman & Fan 1996, type 1",
       .moved_by = "latency, bandwidth, block size, number of links, compact blocks, CPU prices",
       .metrics = {{"propagation", {{"p50", "s"}, {"p90", "s"}, {"p99", "s"}, {"p10", "s"}}}},
       .make = make_propagation},
      {.name = "replicated",
       .sentence = "How long a new record takes until a given share of the machines holds it; quantiles over records.",
       .numerator = "time from the issue until the share x of the eligible machines holds the content; "
                    "`replicated.never`: eligible "
                    "machines that do not hold it at the end; `replicated.last`: time until it came to a machine for "
                    "the last time",
       .denominator =
           "eligible: honest stores on line without a break from the issue until that instant; of all records together",
       .sampling = "publishing operations of the cohort, issued in [warmup, end - settle]",
       .censoring = "never counts as +infinity",
       .source = peerlab_definition,
       .moved_by = "how transactions are announced and batched, latency, cuts, machines that go off",
       .metrics = {{"replicated", {{"p50", "s"}, {"p90", "s"}, {"p99", "s"}, {"mean", "s"}}, Argument::per_cent, "90"},
                   {"replicated.never", {{"value", "share"}}},
                   {"replicated.last", {{"mean", "s"}}}},
       .make = make_replicated},
      {.name = "agreement",
       .sentence =
           "The share of pairs of machines that agree z steps below the tip, over time. A step is a block of a ledger "
           "or an entry of a service's log.",
       .numerator =
           "pairs of honest on-line stores that agree: for z = 0 their states are equal; for z > 0 the state z "
           "steps below the higher of their two tips is in both their histories",
       .denominator = "all pairs of honest on-line stores",
       .sampling = "time-weighted over [warmup, end]",
       .censoring = "instants with fewer than two stores on line have no weight; one store is `one copy`",
       .source = "the common prefix of Garay, Kiayias & Leonardos 2015, EUROCRYPT, between each two stores",
       .moved_by = "block interval or rate of writes against propagation time, partitions, attacks on the chain",
       .metrics = {{"agreement", {{"mean", "share"}, {"end", "share"}}, Argument::depth, "0"}},
       .make = make_agreement},
      {.name = "agreed.after",
       .sentence = "How long after the end of a fault the machines agree again.",
       .numerator =
           "time from the heal until 99 % (`most`) or 100 % (`all`) of the honest on-line stores share a state "
           "and keep it for one block interval or one minute, whichever is shorter. Shared: in the histories of "
           "that many, and where they stand, or no lower than the highest stood at the heal. Kept: still there, "
           "whatever was built on top",
       .denominator = "each end of the fault; the slowest counts",
       .sampling = "every fault of the timeline",
       .censoring = "not reached before the end prints `> x`; a fault that did not occur prints `not challenged`",
       .source = peerlab_definition,
       .moved_by = "length of the fault, block interval, catch-up, failover, sizes of the sides",
       .metrics = {{"agreed.after", {{"most", "s"}, {"all", "s"}}, Argument::fault}},
       .make = make_agreed_after},
      {.name = "stale",
       .sentence = "The share of mined blocks that did not end up in the main chain.",
       .numerator =
           "blocks not in the settled main chain; `stale.forked`: heights at which more than one block was mined",
       .denominator = "blocks mined; heights at which a block was mined",
       .sampling = "blocks mined until end - settle",
       .censoring = "blocks of the last `settle` are left out of both counts",
       .source = "Decker & Wattenhofer 2013; the main chain is where most honest on-line stores stand at the end",
       .moved_by = "propagation time against block interval, partitions, withheld blocks",
       .metrics = {{"stale.per_mined", {{"value", "share"}}},
                   {"stale.blocks", {{"count", "blocks"}}},
                   {"stale.forked", {{"value", "share"}}}},
       .make = make_stale},
      {.name = "reorg",
       .sentence = "How deep and how often a machine moved to another branch.",
       .numerator = "blocks undone by one change of branch; changes",
       .denominator = "changes; hours on line of all stores",
       .sampling = "[warmup, end], on honest stores",
       .censoring = "none",
       .source = peerlab_definition,
       .moved_by = "block interval, partitions, attacks on the chain",
       .metrics = {{"reorg.depth", {{"max", "blocks"}, {"mean", "blocks"}}},
                   {"reorg.count", {{"count", "reorganisations"}, {"per_node_hour", "1/h"}}}},
       .make = make_reorg},
      {.name = "reverted",
       .sentence = "The share of acked operations that were undone later.",
       .numerator = "acked operations that were ever undone; `reverted.lost`: that are still undone at the end",
       .denominator = "acked operations",
       .sampling = "operations of the cohort, looked at when the run ends",
       .censoring = "without a reorganisation or a fault it prints `not challenged`",
       .source = peerlab_definition,
       .moved_by = "the ack rule (depth), partitions, attacks on the chain",
       .metrics = {{"reverted", {{"value", "share"}}}, {"reverted.lost", {{"value", "share"}}}},
       .make = make_reverted},
      {.name = "latency",
       .sentence =
           "How long a write takes until the system has accepted it, acked it, shows it to others, and can hardly "
           "undo it.",
       .numerator =
           "time from issue. visible: until the place where another user, drawn for each write, reads (his own copy, "
           "or "
           "the first of the peers or servers that he may ask) shows it, the way of his read not included. final: "
           "until "
           "the chance of reversal is at most the system's `reversal` (0.1 %) against its `adversary` (10 % of the "
           "hash "
           "power) by the exact law of the double-spend race; for servers under an honest operator: acked, and flushed "
           "by a majority of them",
       .denominator = "writes issued by users whose own machine was on; visible: of these the writes of records whose "
                      "probe's own machine stayed on until he saw it",
       .sampling = "operations of the cohort, issued in [warmup, end - settle]",
       .censoring = "unfinished counts as +infinity, never dropped",
       .source = "peerlab's own definition; the race: Rosenfeld 2014, Grunspan & Perez-Marco 2018",
       .moved_by = "block interval, ack rule, adversary, block space, fees, CPU prices, distance to the server",
       .metrics = {{"latency.accepted", quantiles},
                   {"latency.acked", quantiles},
                   {"latency.visible", quantiles},
                   {"latency.final", quantiles}},
       .make = make_latency},
      {.name = "available",
       .sentence = "The share of writes that were acked within a deadline.",
       .numerator = "acked within the deadline",
       .denominator = "writes issued by users whose own machine was on; the others are counted in `available.off_line`",
       .sampling = "operations of the cohort, the same at every deadline: a D that the run's end cut short for some is "
                   "left out",
       .censoring = "unfinished is a failure",
       .source = peerlab_definition,
       .moved_by = "the deadline itself: look at the whole curve; faults, load, the ack rule",
       .metrics = {{"available.writes", {{"value", "share"}}},
                   {"available.writes", {{"value", "share"}}, Argument::deadline},
                   {"available.off_line", {{"count", "operations"}}}},
       .make = make_available},
      {.name = "available.rules",
       .sentence = "The share of writes that would have been done within a deadline under another ack rule than the "
                   "system's own: accepted, or 1, 2, 3 or 6 blocks deep.",
       .numerator = "accepted, or so many blocks deep for the first time, within the deadline",
       .denominator = "writes issued by users whose own machine was on",
       .sampling = "operations of the cohort, the same at every deadline: a D that the run's end cut short for some is "
                   "left out",
       .censoring =
           "unfinished is a failure; a rule deeper than the system's own has no figure, nor has depth on a service",
       .source = "depth as a rule: Nakamoto 2008, section 11",
       .moved_by = "the deadline and the rule themselves: look at all the curves; block interval, block space, fees",
       .metrics = {{"available.accepted", {{"value", "share"}}, Argument::deadline, "10 min"},
                   {"available.depth_1", {{"value", "share"}}, Argument::deadline, "10 min"},
                   {"available.depth_2", {{"value", "share"}}, Argument::deadline, "10 min"},
                   {"available.depth_3", {{"value", "share"}}, Argument::deadline, "10 min"},
                   {"available.depth_6", {{"value", "share"}}, Argument::deadline, "10 min"}},
       .make = make_ack_rules},
      {.name = "latency.read",
       .sentence = "How long a read takes until the reader has an answer that he can believe.",
       .numerator = "time from issue until the authentic answer: every signature and commitment in it is right",
       .denominator = "reads issued by users whose own machine was on",
       .sampling = "reads of the cohort, issued in [warmup, end - settle]",
       .censoring = "no authentic answer counts as +infinity; `there is no such record` is none",
       .source = peerlab_definition,
       .moved_by = "whether the record is at hand or has to be asked for, distance to the server, queues, CPU prices",
       .metrics = {{"latency.read", {{"p50", "s"}, {"p90", "s"}, {"p99", "s"}, {"mean", "s"}}}},
       .make = make_latency_read},
      {.name = "available.reads",
       .sentence = "The share of reads that got an authentic answer within a deadline.",
       .numerator = "authentic answers within the deadline, whatever their age",
       .denominator =
           "reads issued by users whose own machine was on; the others are counted in `available.reads.off_line`",
       .sampling =
           "reads of the cohort, the same at every deadline: a D that the run's end cut short for some is left out",
       .censoring = "unanswered, forged or `there is no such record` is a failure",
       .source = peerlab_definition,
       .moved_by = "the deadline itself: look at the whole curve; faults, load, records asked for before they arrived",
       .metrics = {{"available.reads.any", {{"value", "share"}}},
                   {"available.reads.any", {{"value", "share"}}, Argument::deadline},
                   {"available.reads.off_line", {{"count", "operations"}}}},
       .make = make_available_reads},
      {.name = "available.fresh",
       .sentence = "The share of reads that got an authentic answer in time that misses nothing acked more than F ago.",
       .numerator =
           "authentic answers within the read's own deadline that miss no write acked more than F before the issue",
       .denominator = "reads issued by users whose own machine was on",
       .sampling = "reads of the cohort, issued in [warmup, end - settle]",
       .censoring = "unanswered, forged or `there is no such record` is a failure",
       .source = peerlab_definition,
       .moved_by = "the age F itself: look at the whole curve; the ack rule, reads from standbys, partitions",
       .metrics = {{"available.reads.fresh", {{"value", "share"}}, Argument::age, "1 min"}},
       .make = make_fresh_reads},
      {.name = "staleness",
       .sentence = "How old the oldest acked write is that the answer to a read misses.",
       .numerator =
           "time from the ack of the oldest missing write until the issue of the read, 0 when none is missing; "
           "`staleness.reads`: answers that miss a write",
       .denominator = "reads that were answered, authentically or with `there is no such record`",
       .sampling = "each read of the cohort, issued in [warmup, end - settle]",
       .censoring = "unanswered reads have no staleness: `available.reads.any` counts them",
       .source = "peerlab's own definition, after t-visibility in Bailis et al. 2012, VLDB (PBS)",
       .moved_by = "how soon the system acks, reads from standbys or from a copy behind a cut, lost and undone writes",
       .metrics = {{"staleness", {{"p50", "s"}, {"p90", "s"}, {"p99", "s"}, {"max", "s"}}},
                   {"staleness.reads", {{"value", "share"}}}},
       .make = make_staleness},
      {.name = "copies",
       .sentence = "On how many machines a record really lies.",
       .numerator =
           "stores whose disk or memory holds content that matches the commitment, on the branch the store stands "
           "on or waiting for a block; a machine that is off still has its disk and counts, `copies.on_line` leaves "
           "it out; `copies.backups` counts backups, which are in neither",
       .denominator = "live records: the last acked content of each, unless its owner had it deleted",
       .sampling = "audits: every hour from warmup on, and at the end; all (audit, record) pooled",
       .censoring = "none; headers without their blocks, damaged bytes and attackers' machines are no copies",
       .source = peerlab_definition,
       .moved_by = "number of stores, what each of them keeps, machines that join or lose their disks, replication lag",
       .metrics = {{"copies", {{"mean", "copies"}, {"p50", "copies"}, {"min", "copies"}}},
                   {"copies.on_line", {{"mean", "copies"}, {"min", "copies"}}},
                   {"copies.backups", {{"mean", "copies"}}}},
       .make = make_copies},
      {.name = "completeness.top",
       .sentence = "The largest share of all live records that lies on one machine.",
       .numerator =
           "live records whose content lies on the machine that holds most of them, on line or off; no backups",
       .denominator = "live records: the last acked content of each, unless its owner had it deleted",
       .sampling = "audits: every hour from warmup on, and at the end; mean over them, and the last",
       .censoring = "audits at which no record is acked yet are left out",
       .source = peerlab_definition,
       .moved_by = "whether every machine keeps everything; for the last records, how soon they reach it",
       .metrics = {{"completeness.top", {{"mean", "share"}, {"end", "share"}}}},
       .make = make_completeness},
      {.name = "lost",
       .sentence = "The share of acked records that are gone for good at the end, though nobody deleted them.",
       .numerator =
           "`lost.copy`: no disk, memory or backup of any honest machine has the content, machines that are off "
           "included, for their disks can be had again; `lost.key`: the content is there and sealed, and no disk "
           "has its owner's key any more; `lost`: either",
       .denominator = "records with an acked content whose owner did not ask to have them deleted",
       .sampling = "contents of the cohort, issued in [warmup, end - settle], looked for at the end",
       .censoring =
           "without a fault, a machine off, an acked operation undone or an attacker it prints `not challenged`",
       .source = peerlab_definition,
       .moved_by = "wiped disks, number of copies, age of the last backup, replication lag, `protection.key_copies`",
       .metrics = {{"lost", {{"value", "share"}}},
                   {"lost.copy", {{"value", "share"}}},
                   {"lost.key", {{"value", "share"}}}},
       .make = make_lost},
      {.name = "rpo",
       .sentence = "How far back the acked writes reach that a fault destroyed.",
       .numerator =
           "time from the ack of the oldest destroyed write to the beginning of the fault, 0 s when it destroyed "
           "none or only later ones; `rpo(...).writes`: how many",
       .denominator = "each beginning of the fault; the worst counts",
       .sampling =
           "acked contents that nobody deleted and no audit finds at the end; a fault is blamed for those that were "
           "there in the audit just before it, or acked after it, and in no audit since",
       .censoring = "a fault that did not occur prints `not challenged`",
       .source = "recovery point: NIST SP 800-34 rev. 1 (2010)",
       .moved_by = "age of the last backup, asynchronous replication, number of copies",
       .metrics = {{"rpo", {{"value", "s"}, {"writes", "writes"}}, Argument::fault}},
       .make = make_rpo},
      {.name = "rto",
       .sentence = "How long after the beginning of a fault the system acks writes again.",
       .numerator =
           "time from the beginning of the fault to the first ack of a write that was issued after it; the usual "
           "wait for an ack is part of it",
       .denominator = "each beginning of the fault; the slowest counts",
       .sampling = "writes of users whose own machine was on",
       .censoring = "no ack before the end prints `> x`; a fault that did not occur prints `not challenged`",
       .source = "recovery time: NIST SP 800-34 rev. 1 (2010)",
       .moved_by = "failover, restore and retry times; block interval and ack rule; how many machines the fault hits",
       .metrics = {{"rto", {{"value", "s"}}, Argument::fault}},
       .make = make_rto},
      {.name = "caught_up",
       .sentence = "How long a machine that joins or comes back takes until it has caught up.",
       .numerator = "time from the start until it has caught up with the best header that it knows",
       .denominator = "honest stores that joined or came back and stayed on line",
       .sampling = "returns until end - settle",
       .censoring = "not caught up at the end counts as +infinity; nobody came back prints `not challenged`",
       .source = peerlab_definition,
       .moved_by = "length of the chain, bandwidth, CPU prices, number of peers asked",
       .metrics = {{"caught_up", {{"p50", "s"}, {"p90", "s"}, {"max", "s"}}}},
       .make = make_caught_up},
      {.name = "peers",
       .sentence = "How often peers were cut off for breaking the rules.",
       .numerator = "bans; peers banned at least once; bans that hit an honest peer",
       .denominator = "none: counts",
       .sampling = "the whole run",
       .censoring = "none",
       .source = peerlab_definition,
       .moved_by = "attackers among the peers, garbage on the links",
       .metrics = {{"peers.banned", {{"count", "bans"}, {"distinct", "peers"}, {"honest", "bans"}}}},
       .make = make_peers},
      {.name = "eclipse",
       .sentence = "How much of a victim's outbound connections the attacker holds.",
       .numerator = "`eclipse.taken`: outbound slots that the attacker's nodes hold; `eclipse.all`: victims of whom "
                    "they hold all "
                    "slots, at the end, at some instant, and over time",
       .denominator =
           "the victims' outbound slots, free ones included; the victims: whom an attack names, otherwise every "
           "honest node that chooses its neighbours",
       .sampling = "means are time-weighted over [warmup, end]; `end` and `ever` look at the whole run",
       .censoring = "without an attacker it prints `not challenged`; on a fixed graph nobody has slots",
       .source = "Heilman, Kendler, Zohar & Goldberg 2015, USENIX Security",
       .moved_by = "share of the identities, tables of addresses and what poisons them, number of slots, restarts, "
                   "anchors, feelers",
       .metrics = {{"eclipse.taken", {{"mean", "share"}, {"end", "share"}}},
                   {"eclipse.all", {{"end", "share"}, {"ever", "share"}, {"mean", "share"}}}},
       .make = make_eclipse},
      {.name = "blocks",
       .sentence = "How many blocks were mined and how fast the main chain grew.",
       .numerator = "blocks mined, in the main chain, refused; time between the first and the last main-chain block",
       .denominator = "for the interval: main-chain blocks less one",
       .sampling = "the whole run",
       .censoring = "none",
       .source = peerlab_definition,
       .moved_by = "block interval, length of the run, retarget",
       .metrics = {{"blocks.mined", {{"count", "blocks"}}},
                   {"blocks.main_chain", {{"count", "blocks"}}},
                   {"blocks.interval", {{"mean", "s"}}},
                   {"blocks.refused", {{"count", "refusals"}}}},
       .make = make_blocks},
      {.name = "mined",
       .sentence = "What the machines with the most hash power mine: in how few hands it is, and whether it is fair.",
       .numerator =
           "`mined.share(k)`: blocks in the settled main chain that the k strongest machines found; `mined.stale(k)`: "
           "blocks of theirs outside of it",
       .denominator = "all blocks in the settled main chain; the blocks of theirs in it",
       .sampling = "blocks mined in [warmup, end - settle]",
       .censoring = "blocks of the last `settle` are left out of both counts",
       .source = "Gencer et al. 2018, FC (shares of the largest miners); Poinsot 2026 (stale blocks by miner)",
       .moved_by = "hash shares, propagation time against block interval: who has much hears of its own blocks at once",
       .metrics = {{"mined.share", {{"value", "share"}}, Argument::machines, "1"},
                   {"mined.stale", {{"value", "share"}}, Argument::machines, "1"}},
       .make = make_mined},
      {.name = "revenue",
       .sentence = "What attackers earn by mining: their part of the main chain, and blocks per hour.",
       .numerator = "the attackers' blocks in the settled main chain; `revenue.hash_share`: their share of the hash "
                    "power, which is "
                    "what honest mining would earn",
       .denominator =
           "all blocks in the settled main chain; `revenue.per_hour`: hours, also before and after the first "
           "change of the difficulty",
       .sampling = "blocks mined in [warmup, end - settle]",
       .censoring = "without an attacker who mines it prints `not challenged`",
       .source = "Eyal & Sirer 2014, FC, section 4.3; per hour: Grunspan & Perez-Marco 2018 (arXiv:1805.08281)",
       .moved_by =
           "the attackers' hash power, who hears of their blocks first (gamma), the tie rule; per hour: whether the "
           "difficulty has adjusted",
       .metrics = {{"revenue.share", {{"value", "share"}}},
                   {"revenue.hash_share", {{"value", "share"}}},
                   {"revenue.per_hour", {{"mean", "1/h"}, {"before", "1/h"}, {"after", "1/h"}}}},
       .make = make_revenue},
      {.name = "mpu",
       .sentence = "Mining power utilisation: how much of the mining ended up in the main chain.",
       .numerator =
           "blocks in the settled main chain: of all miners (`mpu_node_overall`), of attackers (`mpu_node_adv`)",
       .denominator = "blocks mined, published or not: by all miners, by attackers",
       .sampling = "blocks mined in [warmup, end - settle]",
       .censoring = "`mpu_node_adv` prints `not challenged` without an attacker who mines",
       .source = "Eyal, Gencer, Sirer & van Renesse 2016, NSDI (Bitcoin-NG), with equal work per block",
       .moved_by = "propagation against the block interval, withheld blocks, branches given up",
       .metrics = {{"mpu_node_overall", {{"value", "share"}}}, {"mpu_node_adv", {{"value", "share"}}}},
       .make = make_mpu},
      {.name = "attack.success",
       .sentence = "The share of an attacker's attempts that succeeded, judged by what the honest peers settled on.",
       .numerator = "attempts whose published branch is in the settled main chain; `attack.duration`: of those that "
                    "came to an end",
       .denominator = "attempts begun: the payment sent, the rewriting begun, the unwanted block seen",
       .sampling = "attempts begun in [warmup, end - settle]",
       .censoring = "an attempt still under way at the end has failed; without an attempt it prints `not challenged`",
       .source = "Rosenfeld 2014 (arXiv:1402.2009) for double spends",
       .moved_by = "hash power, confirmations, head start, when the attacker gives up, propagation delay",
       .metrics = {{"attack.success", {{"value", "share"}}},
                   {"attack.attempts", {{"count", "attempts"}}},
                   {"attack.duration", {{"p50", "s"}, {"max", "s"}}}},
       .make = make_attack_success},
      {.name = "censored",
       .sentence = "What becomes of the writes of those whom an attack is meant for.",
       .numerator = "victims' valid writes never acked until the end; `censored.gone`: these, and what was acked and "
                    "undone and does "
                    "not stand at the end; `censored.delay`: time from issue until the ack of the "
                    "victims' valid writes, which are told in the calm twin too, so that the difference pairs by run",
       .denominator = "writes issued by victims whose own machine was on",
       .sampling = "operations of the cohort, issued in [warmup, end - settle]",
       .censoring =
           "not valid: refused for breaking a rule of the ledger; never acked counts as +infinity in the delay; a "
           "system that is not attacked prints `not challenged` for the share",
       .source = peerlab_definition,
       .moved_by =
           "the censors' hash power, whether they build on blocks with such writes, ack rule, length of the run",
       .metrics = {{"censored", {{"value", "share"}}},
                   {"censored.gone", {{"value", "share"}}},
                   {"censored.delay", {{"p50", "s"}, {"p90", "s"}}},
                   {"censored.delay_others", {{"p50", "s"}, {"p90", "s"}}}},
       .make = make_censored},
      {.name = "exposed",
       .sentence = "What somebody can read who has broken into k machines; k = 0 is joining and listening.",
       .numerator =
           "private records (`.all`: all records; `.metadata`: owner, size and time of all) that can be read with what "
           "lies on k machines, the keys among it, and what joining or logging in with those keys gives. What is "
           "sealed counts when the owner's key really opens it and is found. `best`: machines taken one by one, each "
           "time one that gives most more; `random`: mean over 1,000 random choices, nested in k",
       .denominator = "private live records (all live records): acked, standing, not erased by their owner",
       .sampling = "mean over audits, hourly after `warmup` and at the end; an audit looks and nobody is attacked",
       .censoring = "none; without a private record there is no figure",
       .source = peerlab_definition,
       .moved_by = "who keeps copies, whether joining is open, encryption, where keys lie, disks encrypted at rest",
       .metrics = {{"exposed", {{"best", "share"}, {"random", "share"}}, Argument::machines, "1"},
                   {"exposed.all", {{"best", "share"}, {"random", "share"}}, Argument::machines, "1"},
                   {"exposed.metadata", {{"best", "share"}, {"random", "share"}}, Argument::machines, "1"}},
       .make = make_exposed},
      {.name = "altered",
       .sentence = "What readers got of records that somebody tampered with, and whether they noticed.",
       .numerator =
           "reads answered with wrong content, or after a roll-back without the last write acked before it, that the "
           "reader accepted (`.unnoticed`); whose answer he rejected because a signature, a commitment or a "
           "proof of the service's audit log is wrong (`.noticed`)",
       .denominator = "reads, answered or rejected from then on, of records of which an attacker forged a write or an "
                      "answer, or rolled back an acked write",
       .sampling = "the whole run, from the attack on",
       .censoring = "without an attack on machines it prints `not challenged`; a reader who gets no answer is not "
                    "deceived, only refused",
       .source = peerlab_definition,
       .moved_by =
           "whether owners sign and readers check, whether clients check the service's log, who holds the machine "
           "that answers, who reads from his own copy",
       .metrics = {{"altered.unnoticed", {{"value", "share"}}}, {"altered.noticed", {{"value", "share"}}}},
       .make = make_altered},
      {.name = "acts",
       .sentence = "What took effect without the owner: read, alter, give away, erase, refuse, roll back.",
       .numerator =
           "`acts`: all of them. Read: private records whose plaintext a thief has. Alter, give away: records of which "
           "some reader accepted "
           "a forged content or write. Erase: forged erasures that a store carried out. Refuse: operations kept back "
           "that were never served. Roll back: publications that nobody holds at the end. `acts.machines`: machines "
           "taken",
       .denominator =
           "read: private records live when the attack began. Alter, give away: forged and read afterwards. Erase: "
           "tried. Refuse: operations that an attacker did not let pass. Roll back: publications acked since the state "
           "that was put back",
       .sampling = "the attacks of the run",
       .censoring = "what nobody tried prints `not challenged`",
       .source = peerlab_definition,
       .moved_by = "the attack and its budget, signatures, encryption, copies",
       .metrics = {{"acts", {{"value", "share"}}},
                   {"acts.read", {{"value", "share"}}},
                   {"acts.alter", {{"value", "share"}}},
                   {"acts.give_away", {{"value", "share"}}},
                   {"acts.erase", {{"value", "share"}}},
                   {"acts.refuse", {{"value", "share"}}},
                   {"acts.roll_back", {{"value", "share"}}},
                   {"acts.machines", {{"mean", "machines"}}}},
       .make = make_acts},
      {.name = "takes",
       .sentence = "What it takes to read half of the private data, lose a record, alter one, refuse a user, stop "
                   "writes, stop reads.",
       .numerator =
           "the smallest number of machines, owners, hosts or exploits (versions of the software) that is enough for "
           "whoever chooses them best; `k50`, `k95`: how many machines must fall in random order until half, or 95 %, "
           "of 1,000 such orders have got there. Read, lose: found from what lies on the machines; a record is lost "
           "with all copies and the backups that can be reached from them. The others: from the system's own rules. "
           "Inf: no number is enough",
       .denominator = "none: counts of one currency each, never added up",
       .sampling = "the last audit; orders are the same for every goal, and nested",
       .censoring = "a system that does not say what it takes has no figure",
       .source = peerlab_definition,
       .moved_by =
           "who keeps copies and keys, encryption, signatures, majority, shares of hash power, off-line backups",
       .metrics = {{"takes.read_half", prices},
                   {"takes.lose", prices},
                   {"takes.alter", prices},
                   {"takes.refuse", prices},
                   {"takes.stop_writes", prices},
                   {"takes.stop_reads", prices}},
       .make = make_takes},
      {.name = "control",
       .sentence = "Whether there is a controlling party: how few owners can stop, censor or rewrite.",
       .numerator = "the smallest number of owners (hosts) whose machines together can stop all writes, keep a user's "
                    "operations out, or rewrite what was acked, by the system's own rules",
       .denominator = "none: a count",
       .sampling = "once a run, with the shares of hash power of that run",
       .censoring = "a system that does not say has no figure; inf: all owners together cannot",
       .source = "the Nakamoto coefficient, Srinivasan and Lee 2017, in owners and in hosts",
       .moved_by = "how many operators a service has, how hash power is spread, whether owners sign",
       .metrics = {{"control.stop", {{"owners", "owners"}, {"hosts", "hosts"}}},
                   {"control.censor", {{"owners", "owners"}, {"hosts", "hosts"}}},
                   {"control.rewrite", {{"owners", "owners"}, {"hosts", "hosts"}}}},
       .make = make_control},
      {.name = "load",
       .sentence = "How much of the work lies on the busiest machine.",
       .numerator =
           "`load.top.requests`: requests let in by the machine that let in most, a read from the own copy by the "
           "reader's; `load.top.bytes`: bytes sent or received by the machine that moved most",
       .denominator = "all requests that some machine let in; all bytes sent",
       .sampling = "the whole run, all machines",
       .censoring = "what nobody let in is on no machine",
       .source = peerlab_definition,
       .moved_by =
           "who answers whom: one server has all of it, n equal peers 1/n each; hubs among the peers, light users",
       .metrics = {{"load.top.requests", {{"value", "share"}}}, {"load.top.bytes", {{"value", "share"}}}},
       .make = make_load},
      {.name = "download",
       .sentence = "How much a user's own machine receives: what it costs him to take part.",
       .numerator = "bytes received, envelopes included; quantiles over machines",
       .denominator = "the machines of users, attackers and services left out",
       .sampling = "the whole run",
       .censoring = "none",
       .source = peerlab_definition,
       .moved_by = "whether he keeps a copy or asks; number of links, relay rules, workload, length of the run",
       .metrics = {{"download", {{"p50", "B"}, {"p90", "B"}, {"max", "B"}}}},
       .make = make_download},
      {.name = "messages",
       .sentence = "How many messages were sent, of which kind, and how many were lost.",
       .numerator = "messages sent; lost by links, cuts and machines that were off; bytes by kind",
       .denominator = "none: counts",
       .sampling = "the whole run",
       .censoring = "none",
       .source = peerlab_definition,
       .moved_by = "number of links, relay and announcement rules, workload, blocks",
       .metrics = {{"messages", {{"count", "messages"}, {"lost", "messages"}}},
                   {"messages", {{"count", "messages"}, {"bytes", "B"}}, Argument::message}},
       .make = make_messages},
      {.name = "cost",
       .sentence = "What the whole run costs, in total and per useful byte.",
       .numerator =
           "bytes sent, bytes stored at the end, CPU seconds at the prices of `cpu`, modelled hashes, joules at the "
           "prices of `prices`: all hashes, CPU seconds and bytes sent",
       .denominator =
           "useful bytes: distinct content that was acked and stands at the end, of each record that its owner has "
           "not erased the last version",
       .sampling = "the whole run, all machines, mining and standbys included",
       .censoring = "without acked content there is no figure per useful byte",
       .source = "energy unless the scenario says otherwise: 30 J/TH by data sheets of 2020-22; 0.06 kWh/GB, Aslan et "
                 "al. 2018, "
                 "J. Ind. Ecol. 22; 15 J a CPU second, assumed",
       .moved_by = "number of nodes and links, hash power, content sizes, relay rules",
       .metrics = {{"cost.bytes_sent", cost("B", "1")},
                   {"cost.bytes_stored", cost("B", "1")},
                   {"cost.cpu", cost("s", "s/B")},
                   {"cost.hashes", cost("hashes", "hashes/B")},
                   {"cost.joules", cost("J", "J/B")}},
       .make = make_cost},
  };
}

}  // namespace

std::span<const MeasureRow> measures() {
  static const std::vector<MeasureRow> table = make_table();
  return table;
}

}  // namespace peerlab
