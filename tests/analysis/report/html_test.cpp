// The page of a result: complete, quiet, and deaf to markup in names.
#include "analysis/report/html.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "analysis/report/folder.h"
#include "analysis/report/html_text.h"
#include "analysis/report/saved.h"
#include "tests/analysis/report/example_result.h"

namespace peerlab {
namespace {

namespace fs = std::filesystem;

// 64 digits that depend on every byte; the report does not care which hash it is.
std::string digest(std::string_view text) {
  std::uint64_t h = 1469598103934665603U;
  for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 1099511628211U;
  const std::string number = std::to_string(h);
  return std::string(64 - number.size(), '0') + number;
}

std::string page(const ScenarioResult& result) {
  const ScenarioResult saved = as_saved(result);
  return report_html({{&saved, ""}}, digest);
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// The page without its script, whose text is ours.
std::string without_script(std::string html) {
  const std::size_t from = html.rfind("<script>");
  html.erase(from, html.rfind("</script>") - from);
  return html;
}

TEST(ReportPage, BeginsWithQuestionAnswerVerdictsAndCommand) {
  const std::string html = page(example_result());
  EXPECT_TRUE(has(html, "<h1>How long do two halves of a network need to agree again after they were cut apart?</h1>"));
  EXPECT_TRUE(has(html, "<p class=\"answer\"><code>cost.bytes_sent</code> is 7.50 GB [")) << html.substr(0, 20000);
  EXPECT_TRUE(has(html, "1 of 3 expectations held, 1 failed, 1 is undecided."));
  EXPECT_TRUE(has(html, "<code>peerlab run partition-and-heal --seed 7</code>"));
  EXPECT_TRUE(has(html, "How far to trust it"));
  EXPECT_LT(html.find("class=\"answer\""), html.find("id=\"charts\""));
  EXPECT_TRUE(has(html, "not challenged")) << "and never 0";
}

TEST(ReportPage, AsksForNothingFromElsewhere) {
  const std::string html = without_script(page(example_result()));
  EXPECT_TRUE(has(html, "default-src 'none'"));
  for (const char* mark : {" src=", "href=\"http", "@import", "url(", "<link", "<iframe", "<form"})
    EXPECT_FALSE(has(html, mark)) << mark;
  EXPECT_FALSE(has(html, "<script src"));
}

TEST(ReportPage, TakesHostileNamesForText) {
  const std::string hostile = "</script><img src=x onerror=alert(1)>\"'&\xE2\x80\xAE";
  ScenarioResult result = example_result();
  result.scenario = result.question = result.command = result.setup = hostile;
  result.look = result.warnings = result.assumptions = {hostile};
  for (std::string& system : result.systems) system = hostile + system;
  for (RunRecord& run : result.runs) {
    run.system = hostile + run.system;
    for (Metric& m : run.metrics) m.note = hostile;
  }
  result.expectations[0].text = result.expectations[0].explanation = hostile;
  summarise(result);
  const std::string html = without_script(page(result));
  EXPECT_FALSE(has(html, "<img"));
  EXPECT_FALSE(has(html, "\xE2\x80\xAE"));
  std::size_t ends = 0;
  for (std::size_t at = 0; (at = html.find("</script>", at)) != std::string::npos; ++at) ++ends;
  EXPECT_EQ(ends, 2U) << "that of the data and that of the script";
}

TEST(ReportPage, HoldsDataThatAScriptCanRead) {
  ScenarioResult result = example_result();
  result.runs[0].recording = R"({"nodes":3,"name":"</script>"})";
  const std::string html = page(result);
  const std::string begin = "id=\"peerlab-data\">";
  const std::size_t from = html.find(begin) + begin.size();
  const nlohmann::json data = nlohmann::json::parse(html.substr(from, html.find("</script>", from) - from));
  ASSERT_FALSE(data["charts"].empty());
  ASSERT_EQ(data["runs"].size(), 1U) << "the servers have no blocks";
  EXPECT_EQ(data["runs"][0]["recording"]["name"], "</script>");
}

TEST(ReportPage, ComesBackFromItsFolderByteForByte) {
  ScenarioResult result = example_result();
  result.warnings = {"Something of the run itself."};
  result.runs[0].recording = R"({"nodes":3})";
  const std::string folder = (fs::temp_directory_path() / ("peerlab-html-" + std::to_string(::getpid()))).string();
  fs::remove_all(folder);
  const std::vector<ResultFile> files = result_files(result, "schema: 1\n", {}, "i", digest);
  ASSERT_EQ(write_result_folder(folder, files, "i"), "");
  fs::remove(fs::path(folder) / "report.html");  // it is made of the others, so nothing is missing without it
  const SavedResult saved = read_result_folder(folder, "0.1.0", digest);
  fs::remove_all(folder);
  ASSERT_EQ(saved.error, "");
  std::string written;
  for (const ResultFile& file : files) written += file.name == "report.html" ? file.content : "";
  EXPECT_EQ(report_html({{&saved.result, ""}}, digest), written);
}

TEST(ReportPage, LaysSeveralResultsSideBySide) {
  const ScenarioResult one = as_saved(example_result());
  ScenarioResult other = one;
  other.question = "And then?";
  for (RunRecord& run : other.runs) run.metrics[0].value *= 2;
  summarise(other);
  const std::string html = report_html({{&one, "before"}, {&other, "after"}}, digest);
  EXPECT_TRUE(has(html, "<h1>2 results side by side</h1>"));
  EXPECT_TRUE(has(html, "<h2>before</h2>"));
  EXPECT_TRUE(has(html, "<p class=\"question\">And then?</p>"));
  EXPECT_TRUE(has(html, "before@p2p against after@p2p"));
  EXPECT_TRUE(has(html, "id=\"r1-chart-cost\""));
}

TEST(ReportPage, NamesTheHashOfItsScriptAsPoliciesDo) {
  EXPECT_EQ(base64_of(bytes_of_hex("")), "");
  EXPECT_EQ(base64_of(bytes_of_hex("66")), "Zg==");
  EXPECT_EQ(base64_of(bytes_of_hex("666f6f62")), "Zm9vYg==");
  EXPECT_EQ(base64_of(bytes_of_hex("666F6F626172")), "Zm9vYmFy");
}

}  // namespace
}  // namespace peerlab
