// The program as people and scripts meet it: help, suggestions, lists, completion, and judging files.
#include <gtest/gtest.h>

#include "tests/sim/cli/program.h"

namespace peerlab {
namespace {

using test::Ended;
using test::has;
using test::Program;
using test::small;
namespace fs = std::filesystem;

TEST_F(Program, AloneShowsWhatItCanDo) {
  const Ended e = run({});
  EXPECT_EQ(e.code, 0);
  EXPECT_TRUE(has(e.out, "peerlab run hello"));
  EXPECT_EQ(e.err, "");
  EXPECT_EQ(run({"--version"}).out, "peerlab " PEERLAB_VERSION "\n");
}

TEST_F(Program, HelpsAtOnce) {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"--help"}, {"run", "--help"}, {"inspect", "headers", "--help"}}) {
    auto best = std::chrono::steady_clock::duration::max();
    for (int i = 0; i < 5; ++i) {
      const auto begin = std::chrono::steady_clock::now();
      const Ended e = run(words);
      best = std::min(best, std::chrono::steady_clock::now() - begin);
      EXPECT_EQ(e.code, 0);
      EXPECT_TRUE(has(e.out, "Usage:"));
    }
    EXPECT_LT(best, std::chrono::milliseconds(200)) << "20 ms alone; other tests may be running";
  }
  EXPECT_TRUE(has(run({"run", "--help"}).out, "Examples:"));
}

TEST_F(Program, SuggestsWhatATypistMeant) {
  const Ended command = run({"rnu", "hello"});
  EXPECT_EQ(command.code, 2);
  EXPECT_EQ(command.out, "");
  EXPECT_TRUE(has(command.err, "There is no command `rnu`. Did you mean `run`?")) << command.err;
  const Ended option = run({"run", "hello", "--qick"});
  EXPECT_EQ(option.code, 2);
  EXPECT_TRUE(has(option.err, "There is no option `--qick` here. Did you mean `--quick`?")) << option.err;
  EXPECT_TRUE(has(run({"inspect", "heders", "x"}).err, "Did you mean `headers`?"));
  EXPECT_TRUE(has(run({"inspect", "headers"}).err, "`peerlab inspect headers --help`"));
  EXPECT_TRUE(has(run({"run", "helo"}).err, "Did you mean `hello`?"));
  EXPECT_TRUE(has(run({"explain", "propagtion"}).err, "Did you mean `propagation`?"));
  for (const std::vector<std::string>& words : {std::vector<std::string>{"run"},
                                                {"run", "hello", "-j", "0"},
                                                {"run", "hello", "-j", "x"},
                                                {"run", "hello", "--seed"},
                                                {"explain"},
                                                {"inspect"},
                                                {"list", "x"},
                                                {"--x"}}) {
    EXPECT_EQ(run(words).code, 2);
  }
}

TEST_F(Program, WritesAScenarioToBeginWith) {
  const Ended e = run({"new", "my-question"});
  EXPECT_EQ(e.code, 0) << e.err;
  EXPECT_TRUE(has(e.out, "peerlab run my-question.yaml --quick"));
  const std::string text = read(folder_ / "my-question.yaml");
  EXPECT_EQ(run({"validate", "my-question.yaml"}).code, 0) << read(folder_ / "err");
  EXPECT_NE(run({"run", "my-question.yaml", "--quick", "--quiet"}).code, 2) << read(folder_ / "err");
  const Ended again = run({"new", "my-question"});
  EXPECT_EQ(again.code, 2);
  EXPECT_TRUE(has(again.err, "exists already and stays as it is")) << again.err;
  EXPECT_EQ(read(folder_ / "my-question.yaml"), text);
  EXPECT_EQ(run({"new", "scenario", "another.yaml"}).code, 0);
  EXPECT_TRUE(fs::exists(folder_ / "another.yaml"));
  for (const std::vector<std::string>& words : {std::vector<std::string>{"new", "two words"},
                                                {"new", "a", "b"},
                                                {"new", "../x y"},
                                                {"new", "nowhere/x"},
                                                {"new", ""},
                                                {"new", std::string(65, 'x')},
                                                {"new"}}) {
    const Ended bad = run(words);
    EXPECT_EQ(bad.code, 2);
    EXPECT_EQ(bad.out, "");
    EXPECT_NE(bad.err, "");
  }
}

TEST_F(Program, CompletesCommandsInEachShell) {
  for (const std::string& shell : std::vector<std::string>{"bash", "zsh", "fish"}) {
    const Ended e = run({"completion", shell});
    EXPECT_EQ(e.code, 0);
    for (const std::string& word :
         std::vector<std::string>{"compare", "hello", "network.users", "block_interval", "markdown"})
      EXPECT_TRUE(has(e.out, word)) << shell << " " << word;
    EXPECT_FALSE(has(e.out, "private-pools")) << "modes of tests are not for people";
  }
  EXPECT_TRUE(has(run({"completion", "tcsh"}).err, "bash, zsh and fish"));
  if (std::system("bash --version > /dev/null 2>&1") != 0) GTEST_SKIP() << "no bash here";
  write("bash.sh", run({"completion", "bash"}).out +
                       "ask() { COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _peerlab; echo \"${COMPREPLY[*]}\"; }\n"
                       "ask peerlab comp\nask peerlab run hel\nask peerlab run hello --qu\n"
                       "ask peerlab run hello --set network.us\nask peerlab completion f\n"
                       "ask peerlab theory double\n");
  EXPECT_EQ(
      std::system(("bash " + (folder_ / "bash.sh").string() + " > " + (folder_ / "said").string() + " 2>&1").c_str()),
      0);
  EXPECT_EQ(read(folder_ / "said"), "compare completion\nhello\n--quick --quiet\nnetwork.users=\nfish\ndouble-spend\n");
}

TEST_F(Program, ValidatesAllScenariosOfTheTree) {
  const Ended e = run({"validate"});
  EXPECT_EQ(e.code, 0) << e.err;
  EXPECT_TRUE(has(e.out, "hello.yaml: valid"));
  write("bad.yaml", "schema: 1\n");
  const Ended json = run({"validate", "bad.yaml", "--json"});
  EXPECT_EQ(json.code, 2);
  EXPECT_TRUE(has(json.out, "\"valid\": false"));
}

TEST_F(Program, ListsAndExplains) {
  const Ended list = run({"list"});
  EXPECT_EQ(list.code, 0);
  for (const std::string name : {"hello", "nakamoto", "partition", "propagation", "bad-peer", "internet-2019"})
    EXPECT_TRUE(has(list.out, name)) << name;
  const Ended told = run({"explain", "systems.p2p.block_interval", "bad_merkle_root"});
  EXPECT_EQ(told.code, 0);
  EXPECT_TRUE(has(told.out, "default:"));
  EXPECT_TRUE(has(told.out, "a verdict of the ledger"));
}

TEST_F(Program, ComputesClosedForms) {
  const Ended e = run({"theory", "double-spend", "q=30 %", "z=5"});
  EXPECT_EQ(e.code, 0);
  EXPECT_TRUE(has(e.out, "approximation        17.7352 %")) << e.out;  // Nakamoto 2008, section 11: .1773523
  EXPECT_TRUE(has(run({"explain", "double-spend"}).out, "Nakamoto 2008")) << "with its source";
  EXPECT_TRUE(has(run({"list"}).out, "eyal-sirer"));
  const Ended json = run({"theory", "eyal-sirer", "gamma=50%", "--json"});
  EXPECT_TRUE(has(json.out, "{\"name\": \"threshold\", \"value\": 0.25, \"unit\": \"share\"}")) << json.out;
  for (const auto& [words, said] : std::vector<std::pair<std::vector<std::string>, std::string>>{
           {{"theory", "doublespend"}, "Did you mean `double-spend`?"},
           {{"theory", "double-spend", "Z=3"}, "Did you mean `z`?"},
           {{"theory", "double-spend", "q=0.3"}, "has no unit"},
           {{"theory", "double-spend", "q=60 %"}, "the most is 49 %"},
           {{"theory", "double-spend", "q"}, "key=value"},
           {{"theory", "erlang-c", "rate=500 per s in total"}, "grows without end"},
           {{"theory"}, "NAME is required"}}) {
    const Ended bad = run(words);
    EXPECT_EQ(bad.code, 2);
    EXPECT_EQ(bad.out, "");
    EXPECT_TRUE(has(bad.err, said)) << bad.err;
  }
}

TEST_F(Program, InspectsHeadersAndMerkleRoots) {
  const std::string data = PEERLAB_SOURCE_DIR "/tests/data/bitcoin/";
  const Ended good = run({"inspect", "headers", data + "mainnet_headers_0_4099.bin"});
  EXPECT_EQ(good.code, 0);
  EXPECT_TRUE(has(good.out, "headers accepted      4100"));
  EXPECT_TRUE(has(good.out, "first violation       none"));
  std::string bytes = read(data + "mainnet_headers_0_4099.bin");
  ASSERT_EQ(bytes.size(), 328000U);
  bytes[80 * 3000 + 76] = static_cast<char>(bytes[80 * 3000 + 76] ^ 1);  // the nonce of header 3000
  const Ended bad = run({"inspect", "headers", write("bad.bin", bytes).string()});
  EXPECT_EQ(bad.code, 1);
  EXPECT_TRUE(has(bad.out, "height 3000: bad_proof_of_work")) << bad.out;
  const Ended cut = run({"inspect", "headers", write("cut.bin", bytes.substr(0, 1000)).string(), "--json"});
  EXPECT_EQ(cut.code, 2);
  EXPECT_TRUE(has(cut.err, "truncated")) << cut.err;
  EXPECT_EQ(run({"inspect", "headers", "missing.bin"}).code, 2);
  EXPECT_EQ(run({"inspect", "headers", "."}).code, 2);
  EXPECT_EQ(run({"inspect", "headers", write("empty.bin", "").string()}).code, 2);
  const Ended merkle = run({"inspect", "merkle", data + "block_831328_txids.csv"});
  EXPECT_EQ(merkle.code, 0);
  EXPECT_TRUE(has(merkle.out, "merkle root    4c1725a8ee64917ff7c93907926cc8539afff6161053506b9fbcea15106c5720"))
      << merkle.out;
  EXPECT_EQ(run({"inspect", "merkle", write("bad.txt", "nonsense\n").string()}).code, 2);
}

TEST_F(Program, SaysWhatARunWillCostAndRunsNothing) {
  const Ended e = run({"run", "hello", "--quick", "--dry-run"});
  EXPECT_EQ(e.code, 0) << e.err;
  EXPECT_TRUE(has(e.out, "hello: an estimate, nothing was run to its end.")) << e.out;
  EXPECT_TRUE(has(e.out, "p2p: one world takes")) << e.out;
  EXPECT_TRUE(has(e.out, "Carried on from")) << e.out;
  EXPECT_FALSE(fs::exists(folder_ / "results"));
}

TEST_F(Program, ProfilesARunWithoutChangingIt) {
  const std::string file = write("short.yaml",
                                 "schema: 1\nname: short\nreplications: 1\nduration: 2 h\n"
                                 "network: {users: 10}\nsystems: {p2p: {protocol: nakamoto}}\n")
                               .string();
  const Ended plain = run({"run", file, "--json", "-o", "plain"});
  const Ended timed = run({"run", file, "--json", "-o", "timed", "--profile"});
  EXPECT_EQ(plain.out, timed.out);
  EXPECT_TRUE(has(timed.err, "Where the time of p2p went")) << timed.err;
  EXPECT_TRUE(has(timed.err, "block inventory")) << timed.err;
  EXPECT_TRUE(has(timed.err, "queue, links and observers")) << timed.err;
  EXPECT_EQ(read(folder_ / "plain" / "metrics.csv"), read(folder_ / "timed" / "metrics.csv"));
}

TEST_F(Program, RefusesAWorldThatNoMemoryHolds) {
  std::ifstream meminfo("/proc/meminfo");
  if (!meminfo) GTEST_SKIP() << "this system does not say how much memory is free";
  double kibibytes = 0;
  for (std::string word; meminfo >> word;) {
    if (word == "MemAvailable:") meminfo >> kibibytes;
  }
  if (kibibytes > 80e6) GTEST_SKIP() << "sixteen million nodes may fit here";
  const Ended e = run({"run", "hello", "--set", "network.users=16000000"});
  EXPECT_EQ(e.code, 2);
  EXPECT_TRUE(has(e.err, "of memory to begin with")) << e.err;
  EXPECT_TRUE(has(e.err, "--anyway")) << e.err;
  EXPECT_FALSE(fs::exists(folder_ / "results"));
}

TEST_F(Program, IsHealthyHere) {
  const Ended e = run({"doctor"});
  EXPECT_EQ(e.code, 0) << e.out << e.err;
  EXPECT_TRUE(has(e.out, "BIP340 signatures   correct"));
}

}  // namespace
}  // namespace peerlab
