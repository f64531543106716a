// `peerlab doctor`: is everything here that a run needs, and does it compute what it should?
#include <sys/utsname.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include "models/crypto/keys.h"
#include "models/crypto/sha256.h"
#include "sim/cli/commands.h"
#include "sim/cli/console.h"
#include "sim/cli/scenario_arguments.h"
#include "sim/scenario/find.h"

namespace peerlab {
namespace {

struct Finding {
  std::string what;
  std::string said;
  bool good = true;
};

ByteView as_bytes(std::string_view text) { return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}; }

/// Mean nanoseconds of `work` over at least 20 ms.
template <class Work>
double nanoseconds_of(const Work& work) {
  using Clock = std::chrono::steady_clock;
  std::uint64_t times = 0;
  const auto start = Clock::now();
  auto now = start;
  for (; now - start < std::chrono::milliseconds(20); now = Clock::now()) {
    for (int i = 0; i < 16; ++i) work();
    times += 16;
  }
  return std::chrono::duration<double, std::nano>(now - start).count() / static_cast<double>(times);
}

std::string three_digits(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3g", value);
  return text;
}

/// FIPS 180-4's example of one block.
Finding sha256_works() {
  const bool good =
      to_hex(sha256(as_bytes("abc")).view()) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  Bytes header(80);
  const double ns = nanoseconds_of([&] { header[0] ^= double_sha256(header).bytes[0]; });
  return {"SHA-256", good ? "correct; a block header takes " + three_digits(ns) + " ns" : "WRONG RESULT", good};
}

/// BIP340's test vector 0, and the refusal of another message.
Finding schnorr_works() {
  Hash256 secret;
  secret.bytes[31] = 3;
  const KeyPair key = KeyPair::from_secret(secret);
  const Hash256 message;
  const Signature signature = key.sign(message);
  Hash256 other = message;
  other.bytes[0] = 1;
  const bool good =
      to_hex(ByteView(key.public_key().bytes)) == "f9308a019258c31049344f85f89d5229b531c845836f99b08601f113bce036f9" &&
      to_hex(ByteView(signature.bytes)) ==
          "e907831f80848d1069a5371b402410364bdf1c5f8307b0084c55f1ce2dca8215"
          "25f66a4a85ea8b71e482a74f382d2ce5ebeee8fdb2172f477df4900d310536c0" &&
      verify(key.public_key(), message, signature) && !verify(key.public_key(), other, signature);
  const double ns = nanoseconds_of([&] { other.bytes[1] = verify(key.public_key(), message, signature); });
  return {"BIP340 signatures", good ? "correct; a check takes " + three_digits(ns / 1000) + " us" : "WRONG RESULT",
          good};
}

/// Result folders go to the current folder unless -o says otherwise.
Finding place_is_writable() {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::path here = fs::current_path(error);
  if (error) return {"results", "the current folder cannot be found", false};
  const fs::path probe = here / (".peerlab-doctor-" + std::to_string(::getpid()));
  bool good = false;
  {
    std::ofstream file(probe);
    file << "peerlab\n";
    good = static_cast<bool>(file.flush());
  }
  fs::remove(probe, error);
  return {"results",
          good ? "can be written to " + here.string() : "cannot be written to " + here.string() + "; use -o FOLDER",
          good};
}

Finding memory() {
  const long pages = ::sysconf(_SC_PHYS_PAGES);
  const long size = ::sysconf(_SC_PAGESIZE);
  if (pages <= 0 || size <= 0) return {"memory", "unknown", true};
  const double gibibytes = static_cast<double>(pages) * static_cast<double>(size) / (1024.0 * 1024 * 1024);
  return {"memory", three_digits(gibibytes) + " GiB", true};
}

Finding scenarios() {
  const FoundScenarios found = all_scenarios(scenario_roots());
  if (!found.error.empty()) return {"scenarios", found.error, false};
  return {"scenarios", std::to_string(found.files.size()) + " in " + found.root, !found.files.empty()};
}

int doctor() {
  utsname name = {};
  ::uname(&name);
  const std::vector<Finding> findings = {
      {"peerlab", PEERLAB_VERSION ", compiled by " __VERSION__, true},
      {"system", std::string(name.sysname) + " " + name.release + " " + name.machine, true},
      {"cores", std::to_string(std::max(1U, std::thread::hardware_concurrency())), true},
      memory(),
      sha256_works(),
      schnorr_works(),
      place_is_writable(),
      scenarios(),
  };
  std::string out;
  bool good = true;
  for (const Finding& f : findings) {
    std::string line = (f.good ? "  " : "! ") + f.what;
    line.resize(22, ' ');
    out += line + f.said + "\n";
    good = good && f.good;
  }
  out += good ? "All is well. Try `peerlab run hello`.\n" : "The lines marked ! need your attention.\n";
  const int printed = print_out(out);
  return good ? printed : exit_code::wrong_usage;
}

}  // namespace

void add_doctor(Command root, int& code) {
  const Command command = root.add("doctor", "Check that everything a run needs is here and computes what it should");
  command.runs([&code] { code = doctor(); });
}

}  // namespace peerlab
