// Everything that a user can set about `central-server`, and what all its nodes share.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "models/base/distribution.h"
#include "models/base/field.h"
#include "models/base/ids.h"
#include "models/base/time.h"

namespace peerlab {

/// What must be written before the service says that an operation is done.
enum class CentralReplication : std::uint8_t {
  none,          ///< the server's own log
  asynchronous,  ///< the primary's log; the backups get it afterwards
  synchronous,   ///< the logs of all backups that keep up, never fewer than a majority
  quorum,        ///< the logs of a majority
};

struct CentralOptions {
  std::uint32_t servers = 1;
  CentralReplication replication = CentralReplication::none;
  RegionId region{0};                     ///< of the first server
  bool spread = false;                    ///< each further server stands in the next region
  std::string access = "data-centre";     ///< their access link
  std::uint32_t workers = 4;              ///< requests in hand at once
  std::uint32_t queue_limit = 10'000;     ///< requests that may wait
  std::uint32_t rate_limit = 0;           ///< requests that a client may make in a second; zero: no limit
  std::uint32_t sessions = 0;             ///< that a server keeps at once, half-open ones included; zero: no limit
  std::optional<Distribution> service;    ///< nanoseconds a request is in hand; nothing: the CPU price of its work
  Duration timeout = seconds(5);          ///< of one attempt of a client; zero: it waits for ever
  std::uint32_t retries = 10;             ///< attempts after the first one
  Duration backoff = seconds(1);          ///< before the first retry; doubles with each
  Duration backoff_limit = minutes(1);    ///< no pause is longer
  Duration failover = seconds(15);        ///< silence after which a primary is taken for dead
  Duration ship_every{};                  ///< between shipments of the log; zero: at once
  Duration flush_every{};                 ///< between flushes of the log; zero: before every answer
  Duration backup_every{};                ///< between backups; zero: none
  std::uint32_t compact_every = 10'000;   ///< entries after which the log is folded into a snapshot; zero: never
  Duration restore = minutes(30);         ///< until a backup is back in place
  bool backup_offline = false;            ///< nobody who has the machine can reach its backup
  std::uint32_t hosts = 1;                ///< hosting providers among which the servers are dealt
  std::uint32_t versions = 1;             ///< versions of the software among which they are dealt
  bool password = false;                  ///< sessions begin with a password instead of a signature
  bool owner_signatures = true;           ///< writes are signed by the owner and readers check it
  bool audit_log = false;                 ///< every write is a leaf of a Merkle tree; clients check proofs
  bool read_anywhere = false;             ///< backups answer reads too
  bool encrypted_at_rest = false;         ///< disks hold ciphertext under a key in the server's memory
  bool encrypt_private = false;           ///< private records are sealed to their owner by his client
  std::uint64_t balance = 1'000'000'000;  ///< coins of each account at the start

  static CentralOptions from(const Params& params, const Params& protection);
  /// Servers that make a majority.
  [[nodiscard]] std::uint32_t majority() const { return servers / 2 + 1; }
};

Fields central_fields();
/// What is wrong with the values together, as a sentence; empty when nothing is.
std::string check_central(const Params& params);

}  // namespace peerlab
