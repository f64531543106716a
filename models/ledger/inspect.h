// Reading headers and transaction ids from files: what `peerlab inspect` prints. Text and bytes in, a value out; no
// file is opened here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "models/base/bytes.h"
#include "models/ledger/header_chain.h"

namespace peerlab {

/// The first header that broke a rule.
struct Violation {
  std::uint32_t height = 0;
  Verdict verdict = Verdict::ok;
};

struct HeadersInspected {
  std::string error;  ///< a user's mistake (not empty: nothing else is set): a truncated or empty file, with numbers
  std::uint64_t in_file = 0;     ///< headers in the file
  std::uint64_t count = 0;       ///< headers accepted, before the violation
  std::uint32_t tip_height = 0;  ///< of the last accepted one
  Hash256 tip;                   ///< its id; print with display_hex
  U256 work;                     ///< of the headers in the file; print with hex()
  HeaderChain::Checks checks;
  std::optional<Violation> violation;
};

/// Judges concatenated 80-byte headers, by Bitcoin's mainnet rules unless told otherwise. Above height 0 the first
/// header's place is taken on trust (its own proof of work is not), median time is judged from the twelfth header, a
/// retarget when its whole period is here.
HeadersInspected inspect_headers(ByteView bytes, std::uint32_t start_height,
                                 const Rules& rules = Rules::bitcoin_mainnet());

struct MerkleInspected {
  std::string error;        ///< a user's mistake, with the line number
  std::uint64_t count = 0;  ///< transaction ids read
  Hash256 root;             ///< print with display_hex
  bool mutated = false;     ///< the list repeats its tail (CVE-2012-2459)
};

/// The merkle root of one transaction id per line, in display order; empty lines, lines with # and a heading `txid`
/// are skipped.
MerkleInspected inspect_merkle(std::string_view text);

}  // namespace peerlab
