// The header rules hold for Bitcoin's own chain: every header, retarget, work and merkle root in tests/data/bitcoin.

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "models/ledger/genesis.h"
#include "models/ledger/header_tree.h"
#include "models/ledger/inspect.h"

namespace peerlab {
namespace {

std::string data(const std::string& name) {
  std::ifstream in(std::string(PEERLAB_SOURCE_DIR) + "/tests/data/bitcoin/" + name, std::ios::binary);
  EXPECT_TRUE(in.good()) << name;
  return {std::istreambuf_iterator<char>(in), {}};
}
Bytes first_headers() {
  const std::string text = data("mainnet_headers_0_4099.bin");
  return {text.begin(), text.end()};
}

struct Boundary {
  std::uint32_t height = 0;
  Header header;
  std::string work;
};

std::vector<Boundary> boundaries() {
  std::vector<Boundary> rows;
  std::istringstream in(data("retarget_boundaries_0_401184.csv"));
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#' || line[0] == 'h') continue;
    const std::size_t one = line.find(',');
    const std::size_t two = line.find(',', one + 1);
    const Bytes raw = *from_hex(line.substr(one + 1, two - one - 1));
    Reader reader(raw);
    rows.push_back(
        {static_cast<std::uint32_t>(std::stoul(line.substr(0, one))), decode_header(reader), line.substr(two + 1, 64)});
    EXPECT_TRUE(reader.finished());
  }
  return rows;
}

TEST(Mainnet, TheFirst4100HeadersKeepEveryRule) {
  const HeadersInspected seen = inspect_headers(first_headers(), 0);
  EXPECT_EQ(seen.error, "");
  EXPECT_FALSE(seen.violation.has_value());
  EXPECT_EQ(seen.count, 4100U);
  EXPECT_EQ(seen.tip_height, 4099U);
  EXPECT_EQ(seen.checks.proof_of_work, 4100U);
  EXPECT_EQ(seen.checks.previous, 4100U);
  EXPECT_EQ(seen.checks.target_kept, 4098U);
  EXPECT_EQ(seen.checks.target_changed, 2U);
  EXPECT_EQ(seen.checks.median_time, 4099U);
}

TEST(Mainnet, TheGenesisBlockHasItsFamousId) {
  const HeadersInspected seen = inspect_headers(ByteView(first_headers()).first(80), 0);
  EXPECT_EQ(display_hex(seen.tip), "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f");
  EXPECT_EQ(seen.work.hex(), "0000000000000000000000000000000000000000000000000000000100010001");
}

TEST(Mainnet, TheSameHeadersAreAcceptedByTheTree) {
  const Bytes raw = first_headers();
  Reader in(raw);
  HeaderTree tree(Rules::bitcoin_mainnet(), decode_header(in));
  BlockRef last = tree.genesis();
  while (!in.finished()) {
    last = tree.intern(decode_header(in));
    ASSERT_EQ(tree.judge(last).verdict, Verdict::ok) << tree.height(last);
  }
  EXPECT_EQ(tree.height(last), 4099U);
  EXPECT_EQ(tree.work(last).hex(), inspect_headers(raw, 0).work.hex());
}

TEST(Mainnet, AnyChangedByteIsFound) {
  const Bytes good = first_headers();
  for (const std::size_t at :
       {std::size_t{3}, std::size_t{80 * 100 + 10}, std::size_t{80 * 2016 + 73}, good.size() - 1}) {
    Bytes bad = good;
    bad[at] = static_cast<std::uint8_t>(bad[at] ^ 0x10);
    const HeadersInspected seen = inspect_headers(bad, 0);
    ASSERT_TRUE(seen.violation.has_value()) << at;
    EXPECT_EQ(seen.violation->height, at / 80);
    EXPECT_EQ(seen.count, at / 80);
    EXPECT_EQ(seen.in_file, 4100U);
  }
}

TEST(Mainnet, ViolationsAreNamed) {
  const Bytes good = first_headers();
  const auto verdict_of = [&](std::size_t header, std::size_t byte) {
    Bytes bad = good;
    bad[header * 80 + byte] = static_cast<std::uint8_t>(bad[header * 80 + byte] ^ 1);
    return inspect_headers(bad, 0).violation->verdict;
  };
  EXPECT_EQ(verdict_of(50, 76), Verdict::bad_proof_of_work);  // nonce
  EXPECT_EQ(verdict_of(50, 40), Verdict::bad_proof_of_work);  // merkle root
  EXPECT_EQ(verdict_of(50, 4), Verdict::unknown_previous);
  EXPECT_EQ(verdict_of(50, 72), Verdict::bad_target);
  EXPECT_EQ(verdict_of(2016, 72), Verdict::bad_target);
}

TEST(Mainnet, AboveHeightZeroTheFirstHeaderIsTakenOnTrust) {
  const Bytes all = first_headers();
  const HeadersInspected seen = inspect_headers(ByteView(all).subspan(80 * 1000), 1000);
  EXPECT_FALSE(seen.violation.has_value());
  EXPECT_EQ(seen.count, 3100U);
  EXPECT_EQ(seen.tip_height, 4099U);
  EXPECT_EQ(seen.checks.proof_of_work, 3100U);
  EXPECT_EQ(seen.checks.previous, 3099U);
  EXPECT_EQ(seen.checks.median_time, 3100U - 11);
  EXPECT_EQ(seen.checks.target_changed, 1U) << "the period that ends at 2015 is not whole here, the one at 4031 is";
  EXPECT_EQ(seen.checks.target_kept, 3099U - 2);
}

TEST(Mainnet, AFileThatIsCutOffIsTheUsersError) {
  const Bytes all = first_headers();
  const HeadersInspected seen = inspect_headers(ByteView(all).first(1000), 0);
  EXPECT_EQ(seen.error, "The file is truncated: 1000 bytes are 12 headers of 80 bytes and 40 bytes more.");
  EXPECT_NE(inspect_headers({}, 0).error, "");
  EXPECT_NE(inspect_headers(ByteView(all).first(160), 0xffffffff).error, "");
}

TEST(Mainnet, EveryRetargetUpTo401184IsTheOneOurRuleAsksFor) {
  const Rules rules = Rules::bitcoin_mainnet();
  const std::vector<Boundary> rows = boundaries();
  ASSERT_EQ(rows.size(), 399U);
  int changes = 0;
  for (std::size_t i = 0; i + 2 < rows.size(); i += 2) {
    const Boundary& first = rows[i];
    const Boundary& last = rows[i + 1];
    const Boundary& next = rows[i + 2];
    ASSERT_EQ(first.height % 2016, 0U);
    ASSERT_EQ(last.height, first.height + 2015);
    ASSERT_EQ(next.height, last.height + 1);
    EXPECT_EQ(next.header.previous, last.header.id()) << next.height;
    EXPECT_EQ(retarget(rules, first.header.time, last.header.time, last.header.bits), next.header.bits) << next.height;
    if (next.header.bits != last.header.bits) ++changes;
  }
  EXPECT_GT(changes, 150);
}

TEST(Mainnet, TheWorkOfEveryPeriodAddsUp) {
  const std::vector<Boundary> rows = boundaries();
  U256 work;
  std::uint32_t height = 0;
  for (const Boundary& row : rows) {
    EXPECT_TRUE(meets_target(row.header.id(), row.header.bits)) << row.height;
    // From the last row to this one all blocks have this row's bits: a period has one target.
    for (; height <= row.height; ++height) work += work_of(row.header.bits);
    EXPECT_EQ(work.hex(), row.work) << row.height;
  }
}

TEST(Mainnet, TheMerkleRootOfBlock831328ComesOut) {
  const std::string text = data("block_831328_txids.csv");
  const MerkleInspected seen = inspect_merkle(text);
  EXPECT_EQ(seen.error, "");
  EXPECT_FALSE(seen.mutated);
  const std::size_t at = text.find("# header: ") + 10;
  const Bytes raw = *from_hex(text.substr(at, 160));
  Reader in(raw);
  const Header header = decode_header(in);
  EXPECT_EQ(seen.root, header.merkle_root);
  EXPECT_TRUE(meets_target(header.id(), header.bits));
  EXPECT_EQ(seen.count, 1979U);
}

TEST(InspectMerkle, SaysWhichLineIsWrong) {
  const std::string id(64, 'a');
  EXPECT_EQ(inspect_merkle("# a comment\ntxid\n" + id + "\nhello\n").error,
            "Line 4 is not a transaction id: expected 64 hexadecimal digits.");
  EXPECT_NE(inspect_merkle("").error, "");
  EXPECT_NE(inspect_merkle("# nothing\n").error, "");
  const MerkleInspected one = inspect_merkle("\r\n" + id + "\r\n");
  EXPECT_EQ(display_hex(one.root), id) << "the root of one transaction is its id";
  EXPECT_TRUE(inspect_merkle(id + "\n" + id).mutated);
}

}  // namespace
}  // namespace peerlab
