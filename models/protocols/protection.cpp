// What every system honours alike, so that the effect of architecture and that of cryptography come out separately.
#include "models/protocols/protocol.h"
#include "models/protocols/sealing.h"

namespace peerlab {

Fields protection_fields() {
  return {
      field("signatures", Kind::choice, "owner",
            "Who authorises an operation: owner = the owner's own signature, checked by everybody who stores it.",
            "owner", "", "", {"owner"}),
      field("encryption", Kind::choice, "none",
            "Whether private records are sealed to their owner before they leave his machine.", "end-to-end", "", "",
            {"none", "end-to-end"}),
      field("key_copies", Kind::whole, "1",
            "How many copies of his key an owner keeps: the one in use on his own machine, each further one on another "
            "user's machine. Wiping a disk wipes the copies on it; a machine that returns gets its copies back while "
            "one is left anywhere. Without any he can sign nothing and open nothing.",
            "2", "1", "100"),
  };
}

Field encryption_field() {
  return field("encryption", Kind::choice, "as-protection",
               "Whether private records are sealed to their owner before they leave his machine, in this system: "
               "as-protection = as `protection` says for all.",
               "end-to-end", "", "", {"as-protection", "none", "end-to-end"});
}

bool seals_private(const Params& system, const Params& protection) {
  const bool own = system.has("encryption") && system.text("encryption") != "as-protection";
  return (own ? system : protection).text("encryption") == "end-to-end";
}

}  // namespace peerlab
