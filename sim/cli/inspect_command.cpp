// `peerlab inspect`: real headers and transaction ids, judged by the code that the simulated nodes run.
#include <filesystem>
#include <fstream>

#include "models/base/decimal.h"
#include "models/ledger/inspect.h"
#include "sim/cli/commands.h"
#include "sim/cli/console.h"

namespace peerlab {
namespace {

namespace fs = std::filesystem;

/// The bytes of a file, or a sentence.
struct FileBytes {
  Bytes bytes;
  std::string error;
};

FileBytes read_file(const std::string& path) {
  constexpr std::uintmax_t most = 1'000'000'000;
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) return {{}, "There is no file " + backquoted(path) + "."};
  if (status.type() == fs::file_type::directory) return {{}, backquoted(path) + " is a folder."};
  const std::uintmax_t size = fs::file_size(path, error);
  if (!error && size > most) return {{}, backquoted(path) + " has more than 1 GB."};
  std::ifstream in(path, std::ios::binary);
  FileBytes out;
  std::array<char, 65536> buffer{};
  while (in) {
    in.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    out.bytes.insert(out.bytes.end(), buffer.begin(), buffer.begin() + in.gcount());
    if (out.bytes.size() > most) return {{}, backquoted(path) + " has more than 1 GB."};
  }
  if (!in.eof()) return {{}, backquoted(path) + " cannot be read."};
  return out;
}

int fail(const std::string& sentence) {
  complain(sentence);
  return exit_code::wrong_usage;
}

int inspect_header_file(const std::string& path, std::uint32_t start_height, bool json) {
  const FileBytes file = read_file(path);
  if (!file.error.empty()) return fail(file.error);
  const HeadersInspected seen = inspect_headers(file.bytes, start_height);
  if (!seen.error.empty()) return fail(path + ": " + seen.error);
  const auto& c = seen.checks;
  const auto number = [](std::uint64_t n) { return std::to_string(n); };
  const bool bad = seen.violation.has_value();
  std::string out;
  if (json) {
    out = "{\"headers\": " + number(seen.in_file) + ", \"accepted\": " + number(seen.count);
    if (seen.count > 0) {
      out += ", \"tip_height\": " + number(seen.tip_height) + ", \"tip\": " + json_string(display_hex(seen.tip)) +
             ", \"work\": " + json_string(seen.work.hex());
    }
    out += ", \"checks\": {\"proof_of_work\": " + number(c.proof_of_work) + ", \"previous\": " + number(c.previous) +
           ", \"target_kept\": " + number(c.target_kept) + ", \"target_changed\": " + number(c.target_changed) +
           ", \"median_time\": " + number(c.median_time) + "}";
    if (bad)
      out += ", \"violation\": {\"height\": " + number(seen.violation->height) +
             ", \"verdict\": " + json_string(name(seen.violation->verdict)) + "}";
    out += "}\n";
  } else {
    out = "headers in the file   " + number(seen.in_file) + "\nheaders accepted      " + number(seen.count) + "\n";
    if (seen.count > 0) {
      out += "tip                   height " + number(seen.tip_height) + "\n                      " +
             display_hex(seen.tip) + "\n";
      out += "work                  " + seen.work.hex() + "\n";
    }
    out += "checks made           proof of work " + number(c.proof_of_work) + ", previous hash " + number(c.previous) +
           ",\n";
    out += "                      target kept " + number(c.target_kept) + ", target retargeted " +
           number(c.target_changed) + ", median time " + number(c.median_time) + "\n";
    out += bad ? "first violation       height " + number(seen.violation->height) + ": " +
                     std::string(name(seen.violation->verdict)) + "\n                      " +
                     std::string(sentence(seen.violation->verdict)) + "\n"
               : "first violation       none\n";
  }
  const int printed = print_out(out);
  if (printed != exit_code::fine) return printed;
  return bad ? exit_code::expectation_failed : exit_code::fine;
}

int inspect_merkle_file(const std::string& path, bool json) {
  const FileBytes file = read_file(path);
  if (!file.error.empty()) return fail(file.error);
  const MerkleInspected seen =
      inspect_merkle(std::string_view(reinterpret_cast<const char*>(file.bytes.data()), file.bytes.size()));
  if (!seen.error.empty()) return fail(path + ": " + seen.error);
  std::string out;
  if (json) {
    out = "{\"transactions\": " + std::to_string(seen.count) + ", \"root\": " + json_string(display_hex(seen.root)) +
          ", \"mutated\": " + (seen.mutated ? "true" : "false") + "}\n";
  } else {
    out = "transactions   " + std::to_string(seen.count) + "\nmerkle root    " + display_hex(seen.root) + "\n";
    if (seen.mutated)
      out += "mutated        the list repeats its tail, which leaves the root as it is (CVE-2012-2459): refused\n";
  }
  const int printed = print_out(out);
  if (printed != exit_code::fine) return printed;
  return seen.mutated ? exit_code::expectation_failed : exit_code::fine;
}

}  // namespace

void add_inspect(Command root, int& code) {
  struct Arguments {
    std::string file;
    std::uint32_t start_height = 0;
    bool json = false;
  };
  const Command command = root.add("inspect", "Judge real block headers and merkle roots with the nodes' own code");
  command.needs_command();
  auto arguments = std::make_shared<Arguments>();
  const Command headers = command.add("headers", "Judge concatenated 80-byte headers by Bitcoin's rules");
  headers.word("FILE", arguments->file, "The headers");
  headers.option("--start-height", arguments->start_height, "H",
                 "Height of the first header, which is taken on trust above 0");
  headers.flag("--json", arguments->json, "Print the answer as JSON");
  headers.runs(
      [arguments, &code] { code = inspect_header_file(arguments->file, arguments->start_height, arguments->json); });
  const Command merkle = command.add("merkle", "Print the merkle root of the transaction ids in a file, one a line");
  merkle.word("FILE", arguments->file, "The transaction ids");
  merkle.flag("--json", arguments->json, "Print the answer as JSON");
  merkle.runs([arguments, &code] { code = inspect_merkle_file(arguments->file, arguments->json); });
  command.footer(
      "Exit code 1 when a rule is violated.\n"
      "Examples:\n"
      "  peerlab inspect headers headers.bin --start-height 401184\n"
      "  peerlab inspect merkle txids.txt");
}

}  // namespace peerlab
