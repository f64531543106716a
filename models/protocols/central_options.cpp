#include "models/protocols/central_options.h"

#include <algorithm>
#include <array>

#include "models/base/check.h"
#include "models/protocols/sealing.h"

namespace peerlab {
namespace {

/// Codes of the geography's regions in the order of RegionId; a test of the registry compares.
constexpr std::array<std::string_view, 6> region_codes = {"NA", "EU", "SA", "AS", "JP", "AU"};

CentralReplication replication_of(const std::string& text) {
  if (text == "asynchronous") return CentralReplication::asynchronous;
  if (text == "synchronous") return CentralReplication::synchronous;
  if (text == "quorum") return CentralReplication::quorum;
  return CentralReplication::none;
}

}  // namespace

Fields central_fields() {
  return {
      field("servers", Kind::whole, "1", "Servers: one primary that answers, the others its backups.", "3", "1", "15"),
      field("region", Kind::choice, "NA", "Region of the data centre where the first server stands.", "EU", "", "",
            {region_codes.begin(), region_codes.end()}),
      field("placement", Kind::choice, "together",
            "Where the other servers stand: together = in the same region, spread = each in the next one.", "spread",
            "", "", {"together", "spread"}),
      field("access", Kind::choice, "data-centre", "Access link of the servers.", "cable", "", "",
            {"data-centre", "cable", "home"}),
      field("replication", Kind::choice, "none",
            "What an answer waits for: none = the server's own log; asynchronous = the primary's log, shipped "
            "afterwards; synchronous = the logs of all backups that keep up; quorum = the logs of a majority.",
            "synchronous", "", "", {"none", "asynchronous", "synchronous", "quorum"}),
      field("failover", Kind::duration, "15 s",
            "A primary that was silent for so long is replaced: a majority elects the server with the longest log.",
            "15 s", "100 ms", "1 h"),
      field("ship_every", Kind::duration, "0 s", "Time between shipments of the log to backups; 0 s: at once.", "1 s",
            "0 s", "1 h"),
      field("flush_every", Kind::duration, "0 s",
            "Time between flushes of the log to disk; 0 s: before every answer, so that a power cut loses nothing.",
            "1 s", "0 s", "1 h"),
      field("compact_every", Kind::whole, "10000",
            "Entries after which the log is folded into a snapshot of the store, once a majority of the servers holds "
            "them and, where the last snapshot has more than 1 MB, they are half as large as it; what they occupied is "
            "free again, and a restart reads the snapshot. 0: never.",
            "1000", "0", "1000000000"),
      field("backup_every", Kind::duration, "0 s",
            "Time between backups to other hardware, which survive a wipe; 0 s: no backups.", "1 h", "0 s", "30 d"),
      field("restore", Kind::duration, "30 min", "Time until a wiped server has its backup in place.", "30 min", "0 s",
            "30 d"),
      field("backup", Kind::choice, "online",
            "Where backups lie: online = whoever takes the machine over can destroy its backups as well, offline = "
            "nobody "
            "can from there.",
            "offline", "", "", {"online", "offline"}),
      field("hosts", Kind::whole, "1",
            "Hosting providers among which the servers are dealt out in turn, the largest first. All servers have one "
            "operator.",
            "3", "1", "15"),
      field("versions", Kind::whole, "1",
            "Versions of the software among which the servers are dealt out in turn, the most widespread first.", "2",
            "1", "15"),
      field("workers", Kind::whole, "4",
            "Requests that a server has in hand at once; those that finish together share one flush of the log.", "4",
            "1", "1000"),
      field("queue_limit", Kind::whole, "10000", "Requests that may wait for a worker; more are turned away.", "100",
            "0", "1000000000"),
      field(
          "rate_limit", Kind::whole, "0",
          "Requests that a client may make in a second; more are turned away before they reach the queue. 0: no limit.",
          "20", "0", "1000000"),
      field(
          "sessions", Kind::whole, "0",
          "Sessions that a server keeps at once; one that began and has not logged in counts for 10 s. More are turned "
          "away, and with a rate_limit a login counts as a request. 0: no limit.",
          "1000", "0", "1000000000"),
      field("service", Kind::text, "priced",
            "How long a request is in hand: priced = the CPU time of its work, or a law such as exponential 1 s.",
            "exponential 10 ms"),
      field("timeout", Kind::duration, "5 s", "A client that has no answer by then tries again; 0 s: it waits.", "2 s",
            "0 s", "1 d"),
      field("retries", Kind::whole, "10", "Attempts of a client after the first one; it also stops at the deadline.",
            "3", "0", "1000"),
      field("backoff", Kind::duration, "1 s",
            "Mean pause of a client before its first retry; it doubles with each, and each is drawn from half to "
            "three halves of that.",
            "500 ms", "1 ms", "1 h"),
      field("backoff_limit", Kind::duration, "1 min", "The pause stops growing here.", "30 s", "1 ms", "1 d"),
      field("login", Kind::choice, "key",
            "How a session begins: key = the user signs a challenge of the server, password = he sends his password.",
            "password", "", "", {"key", "password"}),
      field("signatures", Kind::choice, "owner",
            "Who vouches for a write: owner = his signature is kept with it and every reader checks it, none = "
            "readers take the server's word.",
            "none", "", "", {"owner", "none"}),
      field("audit_log", Kind::choice, "none",
            "Whether clients can check what the service did: clients-check = every write is a leaf of an append-only "
            "Merkle tree (RFC 6962), every answer brings the operator's signed head and proofs that its writes are in "
            "the log and that nothing seen before was altered or taken back; none = they take its word.",
            "clients-check", "", "", {"none", "clients-check"}),
      field("reads", Kind::choice, "primary",
            "Who answers reads: primary, or any = backups as well, which may be behind.", "any", "", "",
            {"primary", "any"}),
      field("at_rest", Kind::choice, "none",
            "Encryption of the servers' disks: none, or server-key = under a key that a running server has in memory.",
            "server-key", "", "", {"none", "server-key"}),
      encryption_field(),
      field("balance", Kind::whole, "1000000000", "Coins in each user's account at the start, in smallest units.",
            "1000000000", "0", "1000000000000"),
  };
}

std::string check_central(const Params& params) {
  const std::string& service = params.text("service");
  if (service != "priced") {
    const auto law = parse_law(service, Kind::duration);
    if (!law) return "service: write `priced` or a law such as `exponential 1 s`. " + law.error;
    if (!(law.value->mean() > 0)) return "service: the mean time must be positive.";
    if (law.value->lowest() < 0) return "service: this law can be negative; take one that cannot.";
  }
  const std::int64_t servers = params.whole("servers");
  const std::string& replication = params.text("replication");
  if (servers > 1 && replication == "none") {
    return "replication: " + std::to_string(servers) +
           " servers need one of asynchronous, synchronous and quorum; without it the others would hold nothing.";
  }
  if (servers == 1 && replication != "none") {
    return "replication: one server has nobody to replicate to; write `servers: 3` or `replication: none`.";
  }
  if (servers == 2 && replication == "quorum") {
    return "replication: a majority of two servers is both of them, so that either failure stops all writes; write "
           "`servers: 3`, or `replication: synchronous` for a pair.";
  }
  if (servers == 1 && params.text("placement") == "spread") return "placement: one server cannot be spread.";
  if (servers == 1 && params.text("reads") == "any") return "reads: one server has no backups that could answer.";
  if (replication == "none" && params.duration("ship_every").ns > 0) {
    return "ship_every: nothing is shipped with `replication: none`.";
  }
  if (params.duration("ship_every").ns > 0 && replication != "asynchronous") {
    return "ship_every: answers wait for the backups with `replication: " + replication +
           "`, so that the log must be shipped at once; write `ship_every: 0 s`.";
  }
  for (const char* kinds : {"hosts", "versions"}) {
    if (params.whole(kinds) <= servers) continue;
    return std::string(kinds) + ": " + std::to_string(servers) + (servers == 1 ? " server has" : " servers have") +
           " at most " + std::to_string(servers) + " of them.";
  }
  if (params.duration("backoff") > params.duration("backoff_limit")) {
    return "backoff: the first pause is longer than backoff_limit.";
  }
  return {};
}

CentralOptions CentralOptions::from(const Params& params, const Params& protection) {
  CHECK(check_central(params).empty());
  CentralOptions o;
  o.servers = static_cast<std::uint32_t>(params.whole("servers"));
  o.replication = replication_of(params.text("replication"));
  const auto code = std::find(region_codes.begin(), region_codes.end(), params.text("region"));
  o.region = RegionId::of(code - region_codes.begin());
  o.spread = params.text("placement") == "spread";
  o.access = params.text("access");
  o.workers = static_cast<std::uint32_t>(params.whole("workers"));
  o.queue_limit = static_cast<std::uint32_t>(params.whole("queue_limit"));
  o.rate_limit = static_cast<std::uint32_t>(params.whole("rate_limit"));
  o.sessions = static_cast<std::uint32_t>(params.whole("sessions"));
  if (params.text("service") != "priced") o.service = *parse_law(params.text("service"), Kind::duration).value;
  o.timeout = params.duration("timeout");
  o.retries = static_cast<std::uint32_t>(params.whole("retries"));
  o.backoff = params.duration("backoff");
  o.backoff_limit = params.duration("backoff_limit");
  o.failover = params.duration("failover");
  o.ship_every = params.duration("ship_every");
  o.flush_every = params.duration("flush_every");
  o.compact_every = static_cast<std::uint32_t>(params.whole("compact_every"));
  o.backup_every = params.duration("backup_every");
  o.restore = params.duration("restore");
  o.backup_offline = params.text("backup") == "offline";
  o.hosts = static_cast<std::uint32_t>(params.whole("hosts"));
  o.versions = static_cast<std::uint32_t>(params.whole("versions"));
  o.password = params.text("login") == "password";
  o.owner_signatures = params.text("signatures") == "owner";
  o.audit_log = params.text("audit_log") == "clients-check";
  o.read_anywhere = params.text("reads") == "any";
  o.encrypted_at_rest = params.text("at_rest") == "server-key";
  o.encrypt_private = seals_private(params, protection);
  o.balance = static_cast<std::uint64_t>(params.whole("balance"));
  return o;
}

}  // namespace peerlab
