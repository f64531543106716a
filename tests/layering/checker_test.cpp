// The watchman is watched: each rule is shown a line that breaks it and one that looks like it.

#include "tests/layering/checker.h"

#include <gtest/gtest.h>

namespace peerlab::layering {
namespace {

// What is said about one file, as one text.
std::string said(const std::string& path, const std::string& text) {
  std::string all;
  for (const auto& sentence : offences({path, text})) all += sentence + "\n";
  return all;
}

TEST(Layering, LetsAModuleIncludeItsRowAndWhatLiesBelow) {
  EXPECT_EQ(said("models/ledger/block.cpp", "#include \"models/ledger/block.h\"\n#include \"models/base/time.h\"\n"),
            "");
  EXPECT_EQ(said("sim/fabric/link.cpp", "#include \"models/base/time.h\"\n#include <vector>\n"), "");
  EXPECT_EQ(said("sim/cli/run.cpp", "#include \"models/protocols/nakamoto.h\"\n"), "");
}

TEST(Layering, NamesFileAndLineOfAnIncludeThatPointsTheOtherWay) {
  const std::string verdict = said("models/node/node.cpp", "\n#include \"sim/engine/queue.h\"\n");
  EXPECT_NE(verdict.find("models/node/node.cpp:2: models/node may not include sim/engine/queue.h"), std::string::npos)
      << verdict;
  EXPECT_NE(said("models/ledger/x.cpp", "#include \"models/node/node.h\"\n"), "");
  EXPECT_NE(said("analysis/measures/x.cpp", "#  include \"sim/world/world.h\"\n"), "");
  EXPECT_NE(said("models/base/x.cpp", "#include \"models/crypto/hash.h\"\n"), "");
}

TEST(Layering, AsksForPathsFromTheRoot) {
  EXPECT_NE(said("models/base/x.cpp", "#include \"time.h\"\n"), "");
  EXPECT_NE(said("models/base/x.cpp", "#include \"../base/time.h\"\n"), "");
}

TEST(Layering, KnowsEveryModule) {
  EXPECT_NE(said("models/surprise/x.cpp", "").find("models/surprise is no module"), std::string::npos);
  EXPECT_NE(said("sim/x.cpp", ""), "");
}

TEST(Layering, KeepsEachPackageBehindItsFence) {
  EXPECT_EQ(said("models/crypto/sha.cpp", "#include <openssl/evp.h>\n"), "");
  EXPECT_EQ(said("models/network/graph.h", "#pragma once\n#include <boost/graph/adjacency_list.hpp>\n"), "");
  EXPECT_NE(said("models/ledger/sha.cpp", "#include <openssl/evp.h>\n").find("OpenSSL"), std::string::npos);
  EXPECT_NE(said("models/network/x.cpp", "#include <boost/math/distributions/beta.hpp>\n"), "");
  EXPECT_NE(said("sim/run/x.cpp", "#include <yaml-cpp/yaml.h>\n"), "");
  EXPECT_NE(said("models/node/x.cpp", "#include <sys/time.h>\n"), "");
  EXPECT_NE(said("models/node/x.cpp", "#include <fmt/format.h>\n"), "");
  EXPECT_NE(said("sim/world/x.cpp", "#include <gtest/gtest.h>\n"), "");
}

TEST(Layering, AsksHeadersForPragmaOnce) {
  EXPECT_EQ(said("models/base/x.h", "// why\n#pragma once\n"), "");
  EXPECT_NE(said("models/base/x.h", "// #pragma once\n"), "");
  EXPECT_NE(said("tests/support/x.h", "int a;\n"), "");
}

TEST(Layering, SeesWallClocks) {
  EXPECT_NE(said("sim/world/x.cpp", "auto t = std::chrono::steady_clock::now();"), "");
  EXPECT_NE(said("sim/world/x.cpp", "using namespace std; auto t = chrono::system_clock::now();"), "");
  EXPECT_NE(said("models/base/x.cpp", "auto t = time(nullptr);"), "");
  EXPECT_NE(said("models/base/x.cpp", "auto t = ::time(nullptr);"), "");
  EXPECT_NE(said("models/base/x.cpp", "auto t = std::time(nullptr);"), "");
  EXPECT_NE(said("models/base/x.cpp", "gettimeofday(&tv, nullptr);"), "");
  EXPECT_NE(said("models/base/x.cpp", "auto d = __DATE__;"), "");
  EXPECT_EQ(said("sim/cli/x.cpp", "auto t = std::chrono::steady_clock::now();"), "");
  EXPECT_EQ(said("models/base/x.cpp",
                 "Time time() const; auto t = header.time(); int time = 3; f(block->time()); E(Time t) : time(t) {}"),
            "");
}

TEST(Layering, SeesChanceThatIsNotOurs) {
  EXPECT_NE(said("models/base/x.cpp", "std::random_device d;"), "");
  EXPECT_NE(said("models/base/x.cpp", "std::uniform_int_distribution<int> d;"), "");
  EXPECT_NE(said("models/base/x.cpp", "std::shuffle(a, b, g);"), "");
  EXPECT_NE(said("models/base/x.cpp", "std::ranges::shuffle(a, g);"), "");
  EXPECT_NE(said("models/base/x.cpp", "int a = rand();"), "");
  EXPECT_NE(said("models/base/x.cpp", "std::mt19937_64 g;"), "");
  EXPECT_NE(said("models/base/x.cpp", "#include <random>\n"), "");
  EXPECT_EQ(said("models/base/x.cpp", "shuffle(peers, stream); Stream random; auto r = home.random(3);"), "");
}

TEST(Layering, SeesOrderThatComesFromHashing) {
  EXPECT_NE(said("models/base/x.cpp", "std::unordered_map<int, int> m;"), "");
  EXPECT_NE(said("models/base/x.cpp", "struct std::hash<Id> {};"), "");
  EXPECT_NE(said("models/base/x.cpp", "#include <unordered_set>\n"), "");
  EXPECT_NE(said("models/base/x.cpp", "#include <unordered_map>\n").find("models/base/lookup.h"), std::string::npos);
  EXPECT_EQ(said("models/base/lookup.h", "#pragma once\n#include <unordered_map>\nstd::unordered_map<int, int> m;"),
            "");
  EXPECT_EQ(said("models/base/x.cpp", "auto h = hash(bytes); block.hash();"), "");
}

TEST(Layering, SeesLibmOnTheEventPath) {
  EXPECT_NE(said("models/network/x.cpp", "double a = std::log(x);"), "");
  EXPECT_NE(said("models/network/x.cpp", "double a = -log(x);"), "");
  EXPECT_NE(said("models/network/x.cpp", "return exp(x);"), "");
  EXPECT_NE(said("models/network/x.cpp", "double a = 2 * pow(x, y);"), "");
  EXPECT_NE(said("models/network/x.cpp", "double a = scale * log(x);"), "");
  EXPECT_NE(said("sim/engine/x.cpp", "double a = std::sin(x);"), "");
  EXPECT_EQ(said("sim/engine/x.cpp", "double a = std::sqrt(x); double b = std::floor(x);"), "");
  EXPECT_EQ(said("models/base/x.h", "#pragma once\nnamespace maths { double log(double x); }"), "");
  EXPECT_EQ(said("models/network/x.cpp", "double a = exact::log(x); disk.log(entry); server->log(entry);"), "");
  EXPECT_EQ(said("models/node/x.h", "#pragma once\nconst Log& log() const; std::vector<Entry> log() const;"), "");
  EXPECT_EQ(said("analysis/statistics/x.cpp", "double a = std::log(x);"), "");
}

TEST(Layering, SeesTheOutsideWorld) {
  EXPECT_NE(said("analysis/report/x.cpp", "std::cout << 1;"), "");
  EXPECT_NE(said("analysis/report/x.cpp", "printf(\"hello\");"), "");
  EXPECT_NE(said("sim/run/x.cpp", "std::getenv(\"HOME\");"), "");
  EXPECT_NE(said("sim/world/x.cpp", "std::thread t;"), "");
  EXPECT_NE(said("sim/run/x.cpp", "int main() {}"), "");
  EXPECT_EQ(said("analysis/report/x.cpp", "std::snprintf(b, 3, f); out << 1;"), "");
}

TEST(Layering, IsNotMisledByCommentsAndLiterals) {
  EXPECT_EQ(said("models/base/x.cpp", "// std::rand()\n/* time(nullptr)\n std::cout */ const char* s = \"std::hash\";"),
            "");
  EXPECT_EQ(said("models/base/x.cpp", "auto s = R\"(\n#include <random>\nstd::rand();\n)\"; char q = '\"';"), "");
  EXPECT_NE(said("models/base/x.cpp", "int big = 1'000'000; /* ' */ std::rand();"), "");
  EXPECT_NE(said("models/base/x.cpp", "char quote = '\\''; auto s = \"\\\"\"; std::rand();"), "");
}

TEST(Layering, FindsPlugInsAndTheTableTheyStandIn) {
  const Source file = {
      "models/workloads/publish.cpp",
      "WorkloadRow publish_workload();  // a declaration\n"
      "// OtherRow commented_out() { return {\"no\"}; }\n"
      "WorkloadRow publish_workload() {\n  return {.name = \"publish\", .sentence = \"Users do.\"};\n}\n"};
  const auto found = plug_ins_of(file);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].function, "publish_workload");
  EXPECT_EQ(found[0].name, "publish");
  EXPECT_FALSE(calls(file, found[0]));
  EXPECT_TRUE(calls({"models/workloads/rows.cpp", "rows = {\n  read_workload(), publish_workload(),\n};"}, found[0]));
  EXPECT_FALSE(
      calls({"models/workloads/rows.cpp", "rows = {\n  read_workload(), // publish_workload(),\n};"}, found[0]));
}

TEST(Layering, KnowsANameFromAPartOfOne) {
  EXPECT_TRUE(mentions("systems: {p2p: {protocol: nakamoto}}", "nakamoto"));
  EXPECT_FALSE(mentions("protocol: central-server-2", "central-server"));
  EXPECT_EQ(without_yaml_comments("# all\na: 1  # some\nb: x#y\n"), "\na: 1 \nb: x#y\n");
}

}  // namespace
}  // namespace peerlab::layering
