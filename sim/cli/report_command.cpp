// `peerlab report`: the page of a result made again, or several results on one page.
#include <algorithm>
#include <filesystem>
#include <fstream>

#include "analysis/report/folder.h"
#include "analysis/report/html.h"
#include "analysis/report/saved.h"
#include "models/base/decimal.h"
#include "sim/cli/commands.h"
#include "sim/cli/console.h"
#include "sim/cli/running.h"
#include "sim/run/campaign_file.h"

namespace peerlab {
namespace {

namespace fs = std::filesystem;

struct ReportArguments {
  std::vector<std::string> words;
  std::string file;
};

/// The folder a word stands for: itself, or the one of that name in results/.
std::string folder_of(const std::string& word) {
  std::error_code ignored;
  const fs::path in_results = fs::path("results") / word;
  const bool there = looks_like_result(word) || fs::exists(word, ignored);
  return !there && looks_like_result(in_results.string()) ? in_results.string() : word;
}

/// Whether the word names the database of a campaign, not a folder.
bool is_database(const std::string& word) {
  std::error_code ignored;
  return !fs::is_directory(word, ignored) && (word.ends_with(".sqlite") || looks_like_campaign(word));
}

std::string last_word(const std::string& folder) {
  fs::path path(folder);
  if (!path.has_filename()) path = path.parent_path();
  return path.filename().string();
}

/// Each result by its folder's name; by its whole path where two are called the same.
std::vector<std::string> labels_of(const std::vector<std::string>& folders) {
  std::vector<std::string> labels;
  for (const std::string& folder : folders) {
    const auto same = std::count_if(folders.begin(), folders.end(),
                                    [&](const std::string& other) { return last_word(other) == last_word(folder); });
    labels.push_back(same > 1 ? folder : last_word(folder));
  }
  return labels;
}

/// Whether the file may be replaced: there is none, or it is a page of ours.
bool replaceable(const std::string& file) {
  std::error_code ignored;
  if (!fs::exists(file, ignored)) return true;
  if (!fs::is_regular_file(file, ignored)) return false;
  std::ifstream in(file, std::ios::binary);
  std::string begin(4096, '\0');
  in.read(begin.data(), static_cast<std::streamsize>(begin.size()));
  begin.resize(static_cast<std::size_t>(in.gcount()));
  return begin.starts_with("<!doctype html>") && begin.find(" - peerlab</title>") != std::string::npos;
}

int write_page(const std::string& file, const std::string& page) {
  if (!replaceable(file)) {
    complain(file + " is no report of peerlab, so it is not overwritten; -o FILE names another one.");
    return exit_code::wrong_usage;
  }
  if (const std::string error = replace_file(file, page); !error.empty()) {
    complain(error);
    return exit_code::wrong_usage;
  }
  return print_out(file + "\n");
}

int run(const ReportArguments& arguments) {
  std::vector<std::string> folders;
  for (const std::string& word : arguments.words) folders.push_back(folder_of(word));
  std::vector<SavedResult> saved;
  for (const std::string& folder : folders) {
    saved.push_back(is_database(folder) ? read_campaign_file(folder, PEERLAB_VERSION)
                                        : read_result_folder(folder, PEERLAB_VERSION, sha256_text));
    if (!saved.back().error.empty()) {
      complain(saved.back().error);
      return exit_code::wrong_usage;
    }
  }
  const std::vector<std::string> labels = labels_of(folders);
  std::vector<ReportPart> parts;
  for (std::size_t i = 0; i < saved.size(); ++i) parts.push_back({&saved[i].result, labels[i]});
  const std::string page = report_html(parts, sha256_text);
  if (!arguments.file.empty()) return write_page(arguments.file, page);
  if (folders.size() > 1) return write_page("side-by-side.html", page);
  // Beside a database, not in place of the page of its folder, which knows more than the database does.
  if (is_database(folders.front())) return write_page(folders.front() + ".html", page);
  const std::string file = (fs::path(folders.front()) / "report.html").string();
  if (const int code = write_page(file, page); code != exit_code::fine) return code;
  const std::string error = list_file(folders.front(), "report.html", sha256_text(page));
  if (!error.empty()) complain(error);
  return error.empty() ? exit_code::fine : exit_code::wrong_usage;
}

}  // namespace

void add_report(Command root, int& code) {
  const Command command = root.add("report", "Make the page of a result again, or put several results on one page");
  auto arguments = std::make_shared<ReportArguments>();
  command.words("RESULT", arguments->words, "Result folders, their names in results/, or campaign.sqlite of a sweep", 1,
                64);
  command.option("-o,--output", arguments->file, "FILE",
                 "Where the page goes (default: report.html in the result, FILE.html beside a database; "
                 "side-by-side.html for several)");
  command.footer(
      "The page needs no network: it opens from disk in any browser, and prints.\n"
      "\n"
      "Examples:\n"
      "  peerlab report results/hello\n"
      "  peerlab report results/before results/after -o both.html");
  command.runs([arguments, &code] { code = run(*arguments); });
}

}  // namespace peerlab
