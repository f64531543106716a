#pragma once
// The picture of the project as tables: who may include whom, where each third-party package is let in, and which
// names are not used because a result would then depend on the machine, the library or the day.
//
// Adding a module means one row here and one in the root CMakeLists.txt; a test holds the two together.

#include <string>
#include <vector>

namespace peerlab::layering {

// A module may include itself, the modules of its row, and whatever those may include.
struct Module {
  std::string folder;
  std::vector<std::string> includes;
};

inline const std::vector<Module>& modules() {
  static const std::vector<Module> table = {
      // models: what exists
      {"models/base", {}},
      {"models/crypto", {"models/base"}},
      {"models/ledger", {"models/base", "models/crypto"}},
      {"models/node", {"models/base"}},
      {"models/replication", {"models/base", "models/crypto", "models/ledger", "models/node"}},
      {"models/protocols", {"models/base", "models/crypto", "models/ledger", "models/node", "models/replication"}},
      {"models/attacks",
       {"models/base", "models/crypto", "models/ledger", "models/node", "models/replication", "models/protocols"}},
      {"models/network", {"models/base"}},
      {"models/disturbances", {"models/base", "models/node", "models/network"}},
      {"models/workloads", {"models/base", "models/node", "models/ledger"}},
      {"models/registry",
       {"models/base", "models/crypto", "models/ledger", "models/node", "models/replication", "models/protocols",
        "models/attacks", "models/network", "models/disturbances", "models/workloads"}},
      // analysis: what it means
      {"analysis/observation", {"models/base", "models/node"}},
      {"analysis/statistics", {"models/base"}},
      {"analysis/theory", {"models/base"}},
      {"analysis/measures", {"analysis/observation", "analysis/statistics"}},
      {"analysis/report", {"analysis/observation", "analysis/measures", "analysis/statistics"}},
      // sim: what happens
      {"sim/engine", {"models/base"}},
      {"sim/fabric", {"sim/engine", "models/network"}},
      {"sim/world", {"sim/engine", "sim/fabric", "models/registry", "analysis/observation"}},
      {"sim/scenario", {"models/registry", "analysis/measures", "analysis/theory"}},
      {"sim/run", {"sim/world", "sim/scenario", "analysis/measures", "analysis/statistics", "analysis/report"}},
      {"sim/cli", {"sim/run", "sim/scenario", "analysis/report"}},
  };
  return table;
}

// A header that is not C++'s own may be included only in the places named: a module, or a whole folder ("sim").
// The first row whose beginning fits decides.
struct Fence {
  std::string header_begins;
  std::string package;
  std::vector<std::string> places;
};

inline const std::vector<Fence>& fences() {
  static const std::vector<Fence> table = {
      {"Random123/", "Random123", {"models/base"}},
      {"openssl/", "OpenSSL", {"models/crypto"}},
      {"secp256k1", "libsecp256k1", {"models/crypto"}},
      {"boost/math/", "Boost.Math", {"analysis/statistics"}},
      {"boost/container/", "Boost.Container", {"models/base"}},
      {"boost/", "Boost.Graph", {"models/network"}},
      {"Eigen/", "Eigen", {"analysis/theory"}},
      {"nlohmann/", "nlohmann-json", {"analysis/report"}},
      {"zlib.h", "zlib", {"analysis/report"}},
      {"yaml-cpp/", "yaml-cpp", {"sim/scenario"}},
      {"sqlite3.h", "SQLite", {"sim/run"}},
      {"CLI/", "CLI11", {"sim/cli"}},
      {"mpi.h", "MPI", {"sim/cli"}},
      {"fmt/", "fmt", {"analysis", "sim"}},
      {"gtest/", "GoogleTest", {"tests"}},
      {"gmock/", "GoogleTest", {"tests"}},
      {"rapidcheck", "RapidCheck", {"tests"}},
      {"benchmark/", "Google Benchmark", {"bench"}},
      {"sys/mman.h", "the system's memory pages", {"models/base"}},
      {"", "the operating system", {"sim/run", "sim/cli"}},  // <unistd.h>, <sys/stat.h>, ...
  };
  return table;
}

// How a name is recognised, after comments and literals have been taken out.
enum class Shape {
  standard,  // std::name, std::ranges::name, std::chrono::name; a * at either end stands for anything
  call,      // name(...) as a call of the C library: not a member, not a declaration, not other::name
  word,      // the word itself
  header,    // #include <name>
};

struct Ban {
  Shape shape;
  std::vector<std::string> names;
  std::vector<std::string> within;  // folders where it holds
  std::vector<std::string> except;  // modules or files where it does not
  std::string instead;              // the replacement, as the end of a sentence
};

inline const std::vector<Ban>& bans() {
  static const std::vector<std::string> everywhere = {"models", "analysis", "sim"};
  static const std::vector<std::string> clock_calls = {"time",      "gettimeofday", "clock_gettime", "clock",
                                                       "localtime", "gmtime",       "timespec_get"};
  static const std::vector<std::string> libm = {"log",   "log2",  "log10", "log1p", "exp",    "exp2",  "expm1",
                                                "pow",   "sin",   "cos",   "tan",   "asin",   "acos",  "atan",
                                                "atan2", "sinh",  "cosh",  "tanh",  "asinh",  "acosh", "atanh",
                                                "cbrt",  "hypot", "erf",   "erfc",  "tgamma", "lgamma"};
  static const std::vector<Ban> table = {
      // wall clocks
      {Shape::standard,
       {"system_clock", "steady_clock", "high_resolution_clock", "file_clock", "utc_clock", "time", "clock",
        "localtime", "gmtime", "timespec_get"},
       everywhere,
       {"sim/cli"},
       "simulated time arrives as an argument (models/base/time.h); only sim/cli reads a wall clock"},
      {Shape::call,
       clock_calls,
       everywhere,
       {"sim/cli"},
       "simulated time arrives as an argument (models/base/time.h); only sim/cli reads a wall clock"},
      {Shape::word, {"__DATE__", "__TIME__", "__TIMESTAMP__"}, everywhere, {}, "a build must not know its day"},

      // chance
      {Shape::standard,
       {"random_device", "*_distribution", "shuffle", "random_shuffle", "sample", "mt19937*", "minstd_rand*", "ranlux*",
        "knuth_b", "default_random_engine", "*_engine", "seed_seq", "rand", "srand", "generate_canonical"},
       everywhere,
       {},
       "draw from a named Stream (models/base/random.h): the same on every library and processor"},
      {Shape::call,
       {"rand", "srand", "srandom", "drand48", "getrandom", "getentropy", "arc4random"},
       everywhere,
       {},
       "draw from a named Stream (models/base/random.h)"},
      {Shape::header, {"random"}, everywhere, {}, "draw from a named Stream (models/base/random.h)"},

      // order
      {Shape::standard,
       {"unordered_*"},
       everywhere,
       {"models/base/lookup.h"},
       "use Lookup (models/base/lookup.h), which cannot be iterated, or an ordered or dense container"},
      {Shape::header,
       {"unordered_map", "unordered_set"},
       everywhere,
       {"models/base/lookup.h"},
       "use Lookup (models/base/lookup.h), which cannot be iterated, or an ordered or dense container"},
      {Shape::standard,
       {"hash"},
       everywhere,
       {"models/base/lookup.h"},
       "std::hash differs between libraries: hash bytes with models/crypto, or use Lookup (models/base/lookup.h)"},

      // numbers
      {Shape::standard,
       libm,
       {"models", "sim"},
       {},
       "libm differs between processors: use exact::log and its kin (models/base/numeric.h); sqrt is exact and "
       "allowed"},
      {Shape::call,
       libm,
       {"models", "sim"},
       {"models/base/numeric.cpp"},
       "libm differs between processors: write exact::log and so on (models/base/numeric.h); sqrt is exact and "
       "allowed"},
      {Shape::header, {"math.h"}, everywhere, {}, "include <cmath>"},

      // the outside world
      {Shape::standard,
       {"cout", "printf", "puts", "putchar"},
       everywhere,
       {"sim/cli"},
       "only sim/cli writes to stdout: return a value, or write to an std::ostream that you are given"},
      {Shape::call,
       {"printf", "puts", "putchar"},
       everywhere,
       {"sim/cli"},
       "only sim/cli writes to stdout: return a value, or write to an std::ostream that you are given"},
      {Shape::standard, {"getenv"}, everywhere, {"sim/cli"}, "only sim/cli reads the environment"},
      {Shape::call, {"getenv"}, everywhere, {"sim/cli"}, "only sim/cli reads the environment"},
      {Shape::standard,
       {"thread", "jthread", "async"},
       everywhere,
       {"sim/run", "sim/cli"},
       "one world is one thread: sim/run runs many worlds in parallel"},
      {Shape::call, {"main"}, everywhere, {"sim/cli/main.cpp"}, "sim/cli/main.cpp is the only main"},
  };
  return table;
}

}  // namespace peerlab::layering
