#include "models/attacks/sybil.h"

#include "models/attacks/silence.h"

namespace peerlab {

Field identities_field(std::string_view fallback) {
  return field("identities", Kind::whole, fallback,
               "Further nodes that each of the attacker's machines runs, each with an address of its own there.", "20",
               "0", "10000");
}

std::uint32_t identities_of(const Params& params) { return static_cast<std::uint32_t>(params.whole("identities")); }

std::string needs_peer_selection(const Params& system) {
  if (!system.has("peer_selection")) return "its members do not choose their neighbours.";
  if (system.text("peer_selection") == "fixed") {
    return "its links are fixed. Write `peer_selection: uniform` or `peer_selection: address-manager` there.";
  }
  return {};
}

Sybil::Sybil(std::unique_ptr<Node> honest, const AttackSetup& setup)
    : Wrapper(std::move(honest), setup.home), mute_(setup.params.flag("mute")) {}

void Sybil::edit(Time, Outbox& out) {
  if (mute_) keep_silent(out, home(), {});
}

AttackRow sybil_row() {
  AttackRow row;
  row.name = "sybil";
  row.sentence = "One person takes part under many identities, which fill the slots of those who choose them.";
  row.source = "Douceur 2002, The Sybil Attack, IPTPS";
  row.fields = [] {
    return Fields{
        identities_field("20"),
        field("mute", Kind::flag, "no",
              "The attacker's nodes pass no blocks and no transactions on; otherwise they are honest.", "yes")};
  };
  row.wrap = [](std::unique_ptr<Node> honest, const AttackSetup& setup) -> std::unique_ptr<Node> {
    return std::make_unique<Sybil>(std::move(honest), setup);
  };
  row.decides = "to whom its nodes speak";
  row.identities = identities_of;
  row.fits = needs_peer_selection;
  return row;
}

}  // namespace peerlab
