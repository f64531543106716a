// Published results as users see them: one table for a folder of them, and what each compares with what.
#include <gtest/gtest.h>

#include "tests/sim/cli/program.h"

namespace peerlab {
namespace {

using test::Ended;
using test::has;
using test::Program;
namespace fs = std::filesystem;

std::string law(const std::string& name, const std::string& item, const std::string& delay, const std::string& more) {
  return "schema: 1\nname: " + name +
         "\nquestion: How many heights fork?\nduration: 10 h\nsettle: 10 min\nreplications: 4\n"
         "network: {preset: uniform, users: 30, topology: full, latency: " +
         delay +
         "}\nsystems: {p2p: {protocol: nakamoto, block_interval: 1 min, relay: ideal-broadcast, compact: \"off\", "
         "coins_per_user: 0}}\ncpu: {price: free}\nmeasure: [stale]\nvalidation: {item: " +
         item +
         ", compares: Forks with their law., source: Somebody 1990}\n"
         "compare_with: [{metric: stale.forked, law: constant-delay, gives: fork, inputs: {delay: 6 s, interval: "
         "systems.p2p.block_interval}" +
         more + "}]\n";
}

TEST_F(Program, SeveralValidationsEndInOneTable) {
  fs::create_directories(folder_ / "laws");
  write("laws/right.yaml", law("right", "V10", "6 s", ""));
  write("laws/wrong.yaml", law("wrong", "V9", "40 s", ""));
  const Ended e = run({"run", "./laws", "-o", "result"});
  EXPECT_EQ(e.code, 1) << "a disagreement that nobody has explained: " << e.err;
  EXPECT_TRUE(has(e.out, "item  scenario")) << e.out;
  EXPECT_LT(e.out.find("V9"), e.out.find("V10"));
  EXPECT_TRUE(has(e.out, "1 of 1 disagree")) << e.out;
  EXPECT_TRUE(has(e.out, "agrees")) << e.out;
  EXPECT_TRUE(has(read(folder_ / "result" / "right" / "summary.json"), "\"distance_in_standard_errors\""));
  EXPECT_TRUE(has(read(folder_ / "result" / "right" / "methods.md"), "Compared with the literature"));
  EXPECT_TRUE(has(read(folder_ / "result" / "right" / "report.html"), "id=\"theory\""));
}

TEST_F(Program, ADisagreementThatIsExplainedFailsNothing) {
  write("wrong.yaml", law("wrong", "V9", "40 s", ", differs: Blocks take longer here."));
  const Ended e = run({"run", "wrong.yaml", "-o", "result"});
  EXPECT_EQ(e.code, 0) << e.err;
  EXPECT_TRUE(has(e.out, "Known: Blocks take longer here.")) << e.out;
}

TEST_F(Program, AReportMadeAnewKeepsWhatWasCompared) {
  write("right.yaml", law("right", "V10", "6 s", ""));
  ASSERT_EQ(run({"run", "right.yaml", "-o", "result", "--quiet"}).code, 0);
  const std::string before = read(folder_ / "result" / "report.html");
  const Ended e = run({"report", "result"});
  EXPECT_EQ(e.code, 0) << e.err;
  EXPECT_EQ(read(folder_ / "result" / "report.html"), before);
}

TEST_F(Program, ExplainsWhatAPublishedResultIsComparedWith) {
  const Ended e = run({"explain", "V4"});
  EXPECT_EQ(e.code, 0) << e.err;
  for (const char* part : {"selfish-mining-law", "Eyal & Sirer", "3.9 standard errors", "in 12 cells"})
    EXPECT_TRUE(has(e.out, part)) << part << "\n" << e.out;
  EXPECT_EQ(run({"explain", "V99"}).code, 2);
}

TEST_F(Program, TheQuickAndTheFullFormDoNotGoTogether) {
  const Ended e = run({"run", "partition", "--quick", "--full"});
  EXPECT_EQ(e.code, 2);
  EXPECT_TRUE(has(e.err, "do not go together")) << e.err;
}

}  // namespace
}  // namespace peerlab
