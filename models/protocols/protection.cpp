// What every system honours alike, so that the effect of architecture and that of cryptography come out separately.
#include "models/protocols/protocol.h"

namespace peerlab {

Fields protection_fields() {
  return {
      {.name = "signatures",
       .kind = Kind::choice,
       .fallback = "owner",
       .sentence =
           "Who authorises an operation: owner = the owner's own signature, checked by everybody who stores it.",
       .example = "owner",
       .least = "",
       .most = "",
       .choices = {"owner"}},
      {.name = "encryption",
       .kind = Kind::choice,
       .fallback = "none",
       .sentence = "Whether private records are sealed to their owner before they leave his machine.",
       .example = "end-to-end",
       .least = "",
       .most = "",
       .choices = {"none", "end-to-end"}},
      {.name = "key_copies",
       .kind = Kind::whole,
       .fallback = "1",
       .sentence =
           "How many copies of his key an owner keeps: the one in use on his own machine, each further one on another "
           "user's machine. Wiping a disk wipes the copies on it; a machine that returns gets its copies back while "
           "one is "
           "left anywhere. Without any he can sign nothing and open nothing.",
       .example = "2",
       .least = "1",
       .most = "100",
       .choices = {}},
  };
}

}  // namespace peerlab
