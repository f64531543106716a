#include "models/ledger/inspect.h"

#include <utility>
#include <vector>

#include "models/ledger/merkle.h"

namespace peerlab {

namespace {

std::string_view trimmed(std::string_view line) {
  constexpr std::string_view space = " \t\r\n";
  const std::size_t first = line.find_first_not_of(space);
  if (first == std::string_view::npos) return {};
  return line.substr(first, line.find_last_not_of(space) - first + 1);
}

}  // namespace

HeadersInspected inspect_headers(ByteView bytes, std::uint32_t start_height, const Rules& rules) {
  HeadersInspected result;
  if (bytes.empty()) {
    result.error = "The file is empty: expected block headers of 80 bytes each.";
    return result;
  }
  if (bytes.size() % Header::size != 0) {
    result.error = "The file is truncated: " + std::to_string(bytes.size()) + " bytes are " +
                   std::to_string(bytes.size() / Header::size) + " headers of 80 bytes and " +
                   std::to_string(bytes.size() % Header::size) + " bytes more.";
    return result;
  }
  result.in_file = bytes.size() / Header::size;
  if (result.in_file - 1 > 0xffffffff - std::uint64_t{start_height}) {
    result.error = "The start height " + std::to_string(start_height) + " is too large: heights end at 4294967295.";
    result.in_file = 0;
    return result;
  }
  HeaderChain chain(rules, start_height);
  Reader in(bytes);
  while (!in.finished()) {
    const Verdict verdict = chain.add(decode_header(in));
    if (verdict == Verdict::ok) continue;
    result.violation = Violation{start_height + static_cast<std::uint32_t>(chain.count()), verdict};
    break;
  }
  result.count = chain.count();
  result.tip_height = chain.count() > 0 ? chain.tip_height() : start_height;
  result.tip = chain.tip();
  result.work = chain.work();
  result.checks = chain.checks();
  return result;
}

MerkleInspected inspect_merkle(std::string_view text) {
  MerkleInspected result;
  std::vector<Hash256> ids;
  std::size_t number = 0;
  while (!text.empty()) {
    ++number;
    const std::size_t end = text.find('\n');
    const std::string_view line = trimmed(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    if (line.empty() || line.front() == '#' || line == "txid") continue;
    const std::optional<Hash256> id = hash_from_display_hex(line);
    if (!id) {
      result.error = "Line " + std::to_string(number) + " is not a transaction id: expected 64 hexadecimal digits.";
      return result;
    }
    ids.push_back(*id);
  }
  if (ids.empty()) {
    result.error = "The file holds no transaction ids: expected one of 64 hexadecimal digits per line.";
    return result;
  }
  result.count = ids.size();
  const Merkle tree = merkle(std::move(ids));
  result.root = tree.root;
  result.mutated = tree.mutated;
  return result;
}

}  // namespace peerlab
