// Pages of results: made again, put side by side, and never in the place of somebody's own file.
#include <gtest/gtest.h>

#include "tests/sim/cli/program.h"

namespace peerlab {
namespace {

using test::Ended;
using test::has;
using test::Program;
using test::small;
namespace fs = std::filesystem;

TEST_F(Program, MakesAReportAgainByteForByte) {
  write("small.yaml", small);
  EXPECT_EQ(run({"run", "small.yaml", "--quiet", "-r", "2"}).code, 0);
  const fs::path page = folder_ / "results/small/report.html";
  const std::string first = read(page);
  const std::string sums = read(folder_ / "results/small/SHA256SUMS");
  EXPECT_TRUE(has(first, "Does it work?"));
  EXPECT_TRUE(has(first, "\"recording\":{")) << "a small run is recorded unasked";
  EXPECT_TRUE(has(sums, "  report.html\n"));
  fs::remove(page);
  const Ended again = run({"report", "small"});
  EXPECT_EQ(again.code, 0) << again.err;
  EXPECT_EQ(again.out, "results/small/report.html\n");
  EXPECT_TRUE(read(page) == first);
  EXPECT_EQ(read(folder_ / "results/small/SHA256SUMS"), sums);
  EXPECT_EQ(run({"run", "small.yaml", "--quiet", "-r", "2"}).code, 0) << "it is still our own folder";
}

TEST_F(Program, LaysResultsSideBySide) {
  write("small.yaml", small);
  EXPECT_EQ(run({"run", "small.yaml", "--quiet", "-r", "2", "-o", "one"}).code, 0);
  EXPECT_EQ(run({"run", "small.yaml", "--quiet", "-r", "2", "-o", "two", "--set", "network.users=14"}).code, 0);
  const Ended both = run({"report", "one", "two"});
  EXPECT_EQ(both.code, 0) << both.err;
  const std::string page = read(folder_ / "side-by-side.html");
  EXPECT_TRUE(has(page, "2 results side by side"));
  EXPECT_TRUE(has(page, "one@p2p against two@p2p"));
  EXPECT_EQ(run({"report", "one", "two"}).code, 0) << "its own page is replaced";
}

TEST_F(Program, RefusesToReportWhatIsNoResultOrToOverwriteWhatIsNoReport) {
  EXPECT_EQ(run({"report", "nowhere"}).code, 2);
  EXPECT_TRUE(has(run({"report", "nowhere"}).err, "holds no result"));
  write("small.yaml", small);
  EXPECT_EQ(run({"run", "small.yaml", "--quiet", "-r", "1", "-o", "one"}).code, 0);
  write("mine.html", "my own page");
  const Ended refused = run({"report", "one", "-o", "mine.html"});
  EXPECT_EQ(refused.code, 2);
  EXPECT_TRUE(has(refused.err, "not overwritten")) << refused.err;
  EXPECT_EQ(read(folder_ / "mine.html"), "my own page");
  std::ofstream(folder_ / "one/metrics.csv", std::ios::app) << "x";
  EXPECT_TRUE(has(run({"report", "one"}).err, "metrics.csv is not what was written"));
}

TEST_F(Program, ReportsFromTheDatabaseOfASweepAlone) {
  write("small.yaml", small);
  EXPECT_EQ(run({"sweep", "small.yaml", "--quiet", "-r", "2", "--axis", "network.users=12,14", "-o", "two"}).code, 0);
  fs::copy_file(folder_ / "two/campaign.sqlite", folder_ / "sent.sqlite");
  const Ended e = run({"report", "sent.sqlite"});
  EXPECT_EQ(e.code, 0) << e.err;
  EXPECT_EQ(e.out, "sent.sqlite.html\n");
  const std::string page = read(folder_ / "sent.sqlite.html");
  EXPECT_TRUE(has(page, "Does it work?"));
  EXPECT_TRUE(has(page, "users=14"));
  EXPECT_EQ(run({"report", "two", "sent.sqlite"}).code, 0) << "and beside a folder";
  fs::resize_file(folder_ / "sent.sqlite", 5000);
  const Ended cut = run({"report", "sent.sqlite"});
  EXPECT_EQ(cut.code, 2);
  EXPECT_TRUE(has(cut.err, "damaged")) << cut.err;
  EXPECT_TRUE(has(run({"report", "small.yaml.sqlite"}).err, "no database of a campaign"));
}

}  // namespace
}  // namespace peerlab
