#include "models/attacks/eclipse.h"

#include <algorithm>

#include "models/attacks/silence.h"
#include "models/attacks/sybil.h"
#include "models/protocols/peer_discovery.h"

namespace peerlab {
namespace {

constexpr Duration line_back_after = seconds(1);
constexpr std::uint32_t trash_groups = 60'000;
constexpr std::uint64_t own_draws = std::uint64_t{1} << 37;  // beyond what the honest node takes of the same stream

Fields fields() {
  return {
      identities_field("0"),
      field("from", Kind::duration, "0 s", "When the attack begins.", "1 h", "0 s", "10000 d"),
      field("every", Kind::duration, "1 min",
            "How often each node of the attacker tells each victim of addresses, and connects again where it was cut "
            "off.",
            "1 min", "1 s", "1 d"),
      field("tell", Kind::whole, "200", "Addresses that are told each time; 0: none, the tables are left alone.",
            "1000", "0", "1000"),
      field("trash", Kind::share, "50 %", "Share of the addresses told at which nobody answers.", "80 %"),
      field("mute", Kind::flag, "yes", "The victims are told nothing of blocks and transactions.", "no"),
      field("deaf", Kind::flag, "no", "What the victims say of blocks and transactions is not passed on either.",
            "yes"),
  };
}

}  // namespace

Eclipse::Eclipse(std::unique_ptr<Node> honest, const AttackSetup& setup)
    : Wrapper(std::move(honest), setup.home),
      attackers_(setup.attackers),
      victims_(setup.victims),
      chance_(setup.home.random),
      from_(Time::zero() + setup.params.duration("from")),
      every_(setup.params.duration("every")),
      tell_(static_cast<std::uint32_t>(setup.params.whole("tell"))),
      trash_(setup.params.share("trash")),
      mute_(setup.params.flag("mute")),
      deaf_(setup.params.flag("deaf")) {
  chance_.seek(chance_.position() + own_draws);
}

void Eclipse::start(Time now, const Disk& survived, Outbox& out) {
  Wrapper::start(now, survived, out);
  const auto phase = static_cast<std::int64_t>(chance_.below(static_cast<std::uint64_t>(every_.ns)));
  out.arm(slot(), std::max(now, from_) + (keeps_line() ? Duration{} : Duration{phase}));
}

bool Eclipse::is_victim(NodeId peer) const {
  return std::find(victims_.begin(), victims_.end(), peer) != victims_.end();
}

void Eclipse::receive(Time now, NodeId from, const Message& message, Outbox& out) {
  const bool unheard = deaf_ && now >= from_ && brings_news(message.kind) && is_victim(from);
  if (!unheard) Wrapper::receive(now, from, message, out);
}

void Eclipse::disconnected(Time now, NodeId peer, Reason reason, Outbox& out) {
  Wrapper::disconnected(now, peer, reason, out);
  if (now >= from_ && keeps_line() && is_victim(peer)) out.arm(slot(), now + line_back_after);
}

void Eclipse::edit(Time now, Outbox& out) {
  if (mute_ && now >= from_) keep_silent(out, home(), victims_);
}

void Eclipse::strike(Time now, Outbox& out) {
  Duration next = every_;
  for (const NodeId victim : victims_) {
    if (home().links->place(home().self, victim) == Links::no_place) {
      dynamic_cast<PeerDiscovery&>(participant()).let_in(victim, now);
      out.connect(victim);
      if (keeps_line()) next = std::min(next, line_back_after);
    } else if (tell_ > 0) {
      poison(victim, now, out);
    }
  }
  out.arm(slot(), now + next);
}

void Eclipse::poison(NodeId victim, Time now, Outbox& out) {
  const AddressBook& book = dynamic_cast<const PeerDiscovery&>(participant()).book();
  std::vector<ToldAddress> list;
  for (std::uint32_t i = 0; i < tell_; ++i) {
    NetAddress address;
    if (chance_.chance(trash_)) {
      const std::uint64_t group = AddressBook::first_group + chance_.below(trash_groups);
      const std::uint64_t host = chance_.below(1U << 16);
      address = NetAddress(static_cast<std::uint32_t>(group << 16 | host));
    } else {
      address = book.of(attackers_[chance_.below(attackers_.size())]);
    }
    list.push_back({address, seen_at(now)});
  }
  out.send(victim, addresses(*home().parcels, std::move(list)));
}

AttackRow eclipse_row_of_attacks() {
  AttackRow row;
  row.name = "eclipse";
  row.sentence = "Takes all connections of a victim by poisoning its tables of addresses, and tells it nothing.";
  row.source =
      "Heilman, Kendler, Zohar & Goldberg 2015, Eclipse Attacks on Bitcoin's Peer-to-Peer Network, USENIX Security";
  row.fields = fields;
  row.wrap = [](std::unique_ptr<Node> honest, const AttackSetup& setup) -> std::unique_ptr<Node> {
    return std::make_unique<Eclipse>(std::move(honest), setup);
  };
  row.victim = AttackRow::Victim::wanted;
  row.decides = "to whom its nodes speak";
  row.identities = identities_of;
  row.fits = needs_peer_selection;
  row.check = [](const Params& params, Duration run) -> std::string {
    if (params.duration("from") < run) return {};
    return "from: the attack would begin when the run is over (" + write_duration(run) + ").";
  };
  return row;
}

}  // namespace peerlab
