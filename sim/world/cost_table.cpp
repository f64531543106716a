#include "sim/world/cost_table.h"

namespace peerlab {

Fields cost_fields() {
  const auto duration = [](std::string_view name, std::string_view fallback, std::string_view sentence) {
    return field(name, Kind::duration, fallback, sentence, fallback, "0 ns", "1 h");
  };
  return {
      field("price", Kind::choice, "reference",
            "Whether work takes CPU time: `reference` prices it as measured on the reference machine, `free` "
            "makes it instantaneous.",
            "free", "", "", {"reference", "free"}),
      field("speed", Kind::real, "1", "Speed of every machine relative to the reference machine.", "0.5", "0.001",
            "1000"),
      duration("message", "2 us", "CPU time of handling any message, timer or request, before the work it causes."),
      duration("signature", "37 us", "CPU time of checking one BIP340 signature."),
      duration("sign", "45 us", "CPU time of making one BIP340 signature."),
      duration("header", "150 ns", "CPU time of hashing and judging one 80-byte header."),
      duration("state_step", "400 ns", "CPU time of looking up, creating or spending one output."),
      duration("hash_per_kilobyte", "2500 ns", "CPU time of hashing 1,000 bytes."),
      duration("code_per_kilobyte", "500 ns", "CPU time of encoding, decoding, sealing or opening 1,000 bytes."),
      duration("sync", "1 ms",
               "Time until a disk has really kept what was written: 1 ms on a cloud's block storage, 50 us on an SSD "
               "with a battery, 8 ms on a turning disk."),
      duration("disk_per_kilobyte", "2 us", "Time of reading or writing 1,000 bytes of disk."),
  };
}

CostTable CostTable::from(const Params& params) {
  CostTable table;
  table.free = params.text("price") == "free";
  table.speed = params.real("speed");
  table.message = params.duration("message");
  table.signature_check = params.duration("signature");
  table.signature_made = params.duration("sign");
  table.header = params.duration("header");
  table.state_step = params.duration("state_step");
  table.sync = params.duration("sync");
  table.hash_ns_per_byte = static_cast<double>(params.duration("hash_per_kilobyte").ns) / 1000;
  table.code_ns_per_byte = static_cast<double>(params.duration("code_per_kilobyte").ns) / 1000;
  table.disk_ns_per_byte = static_cast<double>(params.duration("disk_per_kilobyte").ns) / 1000;
  return table;
}

Duration CostTable::price(const Work& work) const {
  if (free) return {};
  const std::int64_t whole = message.ns + signature_check.ns * work.signatures + signature_made.ns * work.signed_ +
                             header.ns * work.headers + state_step.ns * work.state_steps + sync.ns * work.syncs;
  const double bytes = hash_ns_per_byte * static_cast<double>(work.bytes_hashed) +
                       code_ns_per_byte * static_cast<double>(work.bytes_coded) +
                       disk_ns_per_byte * static_cast<double>(work.bytes_read + work.bytes_written);
  return Duration{static_cast<std::int64_t>((static_cast<double>(whole) + bytes) / speed + 0.5)};
}

}  // namespace peerlab
