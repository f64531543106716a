#include "sim/cli/part.h"

#include <cstdio>
#include <filesystem>
#include <map>

#include "models/base/decimal.h"
#include "models/base/quantity.h"
#include "sim/cli/running.h"
#include "sim/cli/whole_file.h"

namespace peerlab {
namespace {

namespace fs = std::filesystem;

constexpr const char* heading = "peerlab part 1";

}  // namespace

std::string part_folder(const std::string& folder, std::uint32_t shard, std::uint32_t shards) {
  std::string base = folder;
  while (base.size() > 1 && base.back() == '/') base.pop_back();
  return base + ".part-" + std::to_string(shard + 1) + "-of-" + std::to_string(shards);
}

std::string write_part(const std::string& folder, const Part& part) {
  std::error_code problem;
  fs::create_directories(folder, problem);
  const std::string body = "scenario " + part.scenario + "\nfile " + part.file + "\nidentity " + part.identity +
                           "\ncommand " + part.command + "\nshard " + std::to_string(part.shard + 1) + "\nshards " +
                           std::to_string(part.shards) + "\nquick " + (part.quick ? "1" : "0") + "\nresolved " +
                           sha256_text(part.resolved) + "\n";
  if (!problem && write_in_place(fs::path(folder) / "scenario.resolved.yaml", part.resolved) &&
      write_in_place(fs::path(folder) / "part.txt",
                     std::string(heading) + "\n" + body + "sum " + sha256_text(body) + "\n"))
    return {};
  return "The part could not be written into " + folder + (problem ? ": " + problem.message() : "") + ".";
}

std::optional<Part> read_part(const std::string& folder, std::string& error) {
  const auto fail = [&](const std::string& sentence) {
    error = sentence;
    return std::nullopt;
  };
  const std::optional<std::string> text = read_file(fs::path(folder) / "part.txt");
  if (!text) return fail("The folder " + folder + " holds no complete part of a sweep: part.txt is missing.");
  std::istringstream lines(*text);
  std::string line;
  std::getline(lines, line);
  if (line != heading) return fail("The folder " + folder + " holds a part that this version of peerlab cannot read.");
  std::map<std::string, std::string> values;
  std::string body;
  while (std::getline(lines, line)) {
    const std::size_t blank = line.find(' ');
    const std::string key = line.substr(0, blank);
    values[key] = blank == std::string::npos ? "" : line.substr(blank + 1);
    if (key != "sum") body += line + "\n";
  }
  Part part;
  part.resolved = read_file(fs::path(folder) / "scenario.resolved.yaml").value_or("");
  const Parsed<std::int64_t> shard = parse_whole(values["shard"]);
  const Parsed<std::int64_t> shards = parse_whole(values["shards"]);
  if (values["sum"] != sha256_text(body) || values["resolved"] != sha256_text(part.resolved) || !shard || !shards)
    return fail("The part in " + folder + " is damaged; run that shard again.");
  part.scenario = values["scenario"];
  part.file = values["file"];
  part.identity = values["identity"];
  part.command = values["command"];
  part.shard = static_cast<std::uint32_t>(*shard.value - 1);
  part.shards = static_cast<std::uint32_t>(*shards.value);
  part.quick = values["quick"] == "1";
  return part;
}

}  // namespace peerlab
