#include "models/protocols/nakamoto_options.h"

#include <optional>

#include "models/base/check.h"
#include "models/ledger/reversal.h"
#include "models/ledger/target.h"
#include "models/protocols/sealing.h"

namespace peerlab {
namespace {

/// The depth in `depth 6`; 0 when it is not one.
std::uint32_t parse_ack(std::string_view text) {
  constexpr std::string_view head = "depth ";
  if (!text.starts_with(head)) return 0;
  const auto number = parse_whole(text.substr(head.size()));
  if (!number || *number.value < 1 || *number.value > 10'000) return 0;
  return static_cast<std::uint32_t>(*number.value);
}

/// `first-seen`, `random` or `gamma 50 %`; nothing when it is none of them.
std::optional<TieBreak> parse_tie_break(std::string_view text) {
  constexpr std::string_view scripted = "gamma ";
  if (text == "first-seen") return TieBreak{};
  if (text == "random") return TieBreak{TieBreak::Rule::random, 0.5};
  if (!text.starts_with(scripted)) return std::nullopt;
  const auto share = parse_share(text.substr(scripted.size()));
  if (!share || *share.value < 0 || *share.value > 1) return std::nullopt;
  return TieBreak{TieBreak::Rule::gamma, *share.value};
}

/// `50 % 30 % 20 %`, one share after the other: empty when they are not 100 % together; nothing when it is no such list.
std::optional<std::vector<double>> parse_shares(std::string_view text) {
  std::vector<double> shares;
  double sum = 0;
  for (std::size_t sign = 0; (sign = text.find('%')) != std::string_view::npos; text.remove_prefix(sign + 1)) {
    const auto share = parse_share(text.substr(0, sign + 1));
    if (!share) return std::nullopt;
    shares.push_back(*share.value);
    sum += *share.value;
  }
  if (shares.empty() || text.find_first_not_of(' ') != std::string_view::npos) return std::nullopt;
  if (sum < 1 - 1e-9 || sum > 1 + 1e-9) shares.clear();
  return shares;
}

}  // namespace

Fields nakamoto_fields() {
  Fields fields = {
      field("block_interval", Kind::duration, "600 s", "Mean time between blocks that the difficulty aims at.", "1 min",
            "1 s", "30 d"),
      field("retarget", Kind::whole, "0", "Blocks between changes of the difficulty; 0 keeps it constant.", "2016", "0",
            "1000000"),
      field("easy_hashes", Kind::whole, "16",
            "Real hashes that a block needs on average; each stands for many modelled ones.", "16", "2", "65536"),
      field("block_size", Kind::size, "4 MB", "Largest allowed block.", "1 MB", "1 kB", "32 MB"),
      field("ack", Kind::text, "depth 6",
            "When the system says that an operation is done: depth d = d blocks, its own included, stand on it.",
            "depth 6"),
      field("adversary", Kind::share, "10 %",
            "Share of the hash power against which an operation must be safe to be called final.", "30 %", "0 %",
            "49 %"),
      field("reversal", Kind::share, "0.1 %",
            "An operation is final at the smallest depth at which that adversary ever undoes it with at most this "
            "chance, "
            "by the exact law of the double-spend race.",
            "1 %", "0.000001 %", "50 %"),
      field(
          "hash_shares", Kind::text, "equal",
          "Hash power of the peers: equal; pools-2022, some peers being pools with the shares of Bitcoin's in December "
          "2022; shares of the first peers such as `50 % 30 % 20 %`, which are 100 % together, the others having none; "
          "or a "
          "law of which each draws once, at least 1.",
          "normal 400000 sd 100000"),
      field(
          "relay", Kind::choice, "inventory",
          "How blocks travel: inventory = announced and asked for; push = the body is sent to every neighbour at once; "
          "ideal-broadcast = so does the miner, and nobody passes it on, for the assumptions of theory (with "
          "`topology: "
          "full`).",
          "inventory", "", "", {"inventory", "push", "ideal-broadcast"}),
      field("tie_break", Kind::text, "first-seen",
            "Which of two branches with equal work a peer stands on: first-seen, random (a coin is tossed for every "
            "rival), or "
            "`gamma 50 %`, a scripted oracle for validation only: that share of the honest peers goes over to an "
            "attacker's branch.",
            "random"),
      field("compact", Kind::choice, "real",
            "Compact blocks: off, real (rebuilt from the mempool as in BIP 152), or modelled (failures drawn as "
            "measured).",
            "real", "", "", {"off", "real", "modelled"}),
      field("compact_size", Kind::size, "18 kB", "Size of a modelled compact block.", "18 kB", "1 kB", "65535 B"),
      field("compact_share", Kind::share, "96.4 %",
            "Share of the nodes that use compact blocks when they are modelled.", "96.4 %", "0 %", "100 %"),
      field("churn_share", Kind::share, "97.6 %",
            "Share of the nodes whose modelled reconstruction fails as often as that of nodes that come and go.",
            "97.6 %", "0 %", "100 %"),
      field("announce", Kind::choice, "unknown-only",
            "Who is told of a new block: unknown-only = neighbours who have not announced it to us, or all.", "all", "",
            "", {"unknown-only", "all"}),
      field("announce_every", Kind::duration, "5 s", "Time between two batches of transaction announcements of a node.",
            "5 s", "1 ms", "1 h"),
      field("transactions", Kind::choice, "single",
            "How transactions are sent to whoever asks: single = each in a message of its own, as Bitcoin's nodes do; "
            "bundled = what was asked for in one message is sent in one.",
            "bundled", "", "", {"single", "bundled"}),
      field("block_timeout", Kind::duration, "20 s",
            "A block that was asked for and has not come is asked of another peer.", "20 s", "10 ms", "1 h"),
      field("transaction_timeout", Kind::duration, "60 s",
            "A transaction that was asked for and has not come is asked of another peer.", "60 s", "10 ms", "1 h"),
      field("mempool", Kind::size, "300 MB", "Most that a node keeps of unconfirmed transactions.", "50 MB", "10 kB",
            "4 GB"),
      field("body_size", Kind::size, "0 B",
            "Blocks are filled up to this size with declared content in the coinbase; 0 B: not filled.", "535 kB",
            "0 B", "32 MB"),
      field("subsidy", Kind::whole, "5000000000", "New coins in each block, in smallest units.", "5000000000", "0",
            "100000000000"),
      field("maturity", Kind::whole, "100", "Blocks until the coins of a block's miner may be spent.", "100", "1",
            "10000"),
      field("coins_per_user", Kind::whole, "10", "Coins that the genesis block gives to each user; 0 funds nobody.",
            "10", "0", "1000"),
      field("coin_amount", Kind::whole, "100000000", "Worth of each of these coins, in smallest units.", "100000000",
            "1000", "100000000000"),
      field("fee_rate", Kind::whole, "1", "Fee that wallets offer per byte, in smallest units.", "1", "0", "100000"),
      field("light", Kind::share, "0 %",
            "Share of the users without a copy of their own: they keep headers, do not mine, and ask full peers. The "
            "same "
            "persons in every system of a replication.",
            "80 %", "0 %", "99 %"),
      field("light_peers", Kind::whole, "2",
            "Full peers that each light user is linked to: the same ones all the time, unless `peer_selection` says "
            "otherwise.",
            "3", "1", "100"),
      field("light_timeout", Kind::duration, "5 s",
            "A light user who has asked a full peer and has no answer asks the next one.", "2 s", "10 ms", "1 h"),
      encryption_field(),
  };
  for (Field& one : peer_selection_fields()) fields.push_back(std::move(one));
  return fields;
}

std::string check_nakamoto(const Params& params) {
  if (params.duration("block_interval") < seconds(1)) {
    return "block_interval: intervals under one second are refused: header times are whole seconds.";
  }
  if (parse_ack(params.text("ack")) == 0) return "ack: write `depth 6`, with a whole number from 1 to 10000.";
  const std::string& shares = params.text("hash_shares");
  const std::optional<std::vector<double>> listed = parse_shares(shares);
  if (listed && params.share("light") > 0)
    return "hash_shares: who is light is drawn by lots and does not mine, so that shares cannot be listed beside "
           "`light`.";
  if (listed && listed->empty()) return "hash_shares: the listed shares are 100 % together.";
  if (shares != "equal" && shares != "pools-2022" && !listed) {
    const auto law = parse_law(shares, Kind::real);
    if (!law)
      return "hash_shares: write `equal`, `pools-2022`, shares such as `50 % 30 % 20 %`, or a law such as `normal "
             "400000 sd "
             "100000`. " +
             law.error;
    if (!(law.value->mean() > 0)) return "hash_shares: the mean hash power must be positive and finite.";
  }
  if (!parse_tie_break(params.text("tie_break"))) {
    return "tie_break: write `first-seen`, `random`, or `gamma 50 %` with a share from 0 % to 100 %.";
  }
  if (final_depth(params.share("adversary"), params.share("reversal")) == 0) {
    return "reversal: against an adversary with " + write_share(params.share("adversary")) +
           " of the hash power no depth up to " + std::to_string(most_final_depth) + " makes an operation final.";
  }
  if (params.share("light") > 0 && params.text("relay") != "inventory") {
    return "relay: light users keep headers only, blocks cannot be pushed to them; write `relay: inventory`.";
  }
  if (params.size("body_size") > params.size("block_size")) {
    return "body_size: no block may be larger than block_size (" + write_size(params.size("block_size")) + ").";
  }
  return {};
}

NakamotoOptions NakamotoOptions::from(const Params& params, const Params& protection) {
  CHECK(check_nakamoto(params).empty());
  NakamotoOptions o;
  o.rules.spacing = params.duration("block_interval");
  o.rules.retarget_interval = static_cast<std::uint32_t>(params.whole("retarget"));
  o.rules.genesis_bits = bits_for_hashes(static_cast<double>(params.whole("easy_hashes")));
  o.rules.block_size_limit = static_cast<std::uint32_t>(params.size("block_size"));
  o.rules.subsidy = static_cast<std::uint64_t>(params.whole("subsidy"));
  o.rules.coinbase_maturity = static_cast<std::uint32_t>(params.whole("maturity"));
  const std::string& compact = params.text("compact");
  o.relay.compact = compact == "off" ? CompactMode::off : compact == "real" ? CompactMode::real : CompactMode::modelled;
  o.relay.compact_size = static_cast<std::uint16_t>(params.size("compact_size"));
  o.compact_share = params.share("compact_share");
  o.churn_share = params.share("churn_share");
  o.relay.announce_to_all = params.text("announce") == "all";
  o.relay.push = params.text("relay") != "inventory";
  o.relay.once = params.text("relay") == "ideal-broadcast";
  o.tie_break = *parse_tie_break(params.text("tie_break"));
  o.announce_every = params.duration("announce_every");
  o.bundles = params.text("transactions") == "bundled";
  o.block_timeout = params.duration("block_timeout");
  o.transaction_timeout = params.duration("transaction_timeout");
  o.mempool_limit = static_cast<std::uint64_t>(params.size("mempool"));
  o.ack_depth = parse_ack(params.text("ack"));
  o.final_depth = peerlab::final_depth(params.share("adversary"), params.share("reversal"));
  o.equal_shares = params.text("hash_shares") == "equal";
  o.pool_shares = params.text("hash_shares") == "pools-2022";
  if (const auto listed = parse_shares(params.text("hash_shares"))) o.listed_shares = *listed;
  if (!o.equal_shares && !o.pool_shares && o.listed_shares.empty())
    o.hash_shares = *parse_law(params.text("hash_shares"), Kind::real).value;
  o.body_size = static_cast<std::uint32_t>(params.size("body_size"));
  o.coins_per_user = static_cast<std::uint32_t>(params.whole("coins_per_user"));
  o.coin_amount = static_cast<std::uint64_t>(params.whole("coin_amount"));
  o.fee_rate = static_cast<std::uint64_t>(params.whole("fee_rate"));
  o.light_share = params.share("light");
  o.light_peers = static_cast<std::uint32_t>(params.whole("light_peers"));
  o.light_timeout = params.duration("light_timeout");
  o.encrypt_private = seals_private(params, protection);
  o.selection = PeerSelection::from(params);
  return o;
}

}  // namespace peerlab
