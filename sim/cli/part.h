// A part of a campaign: what one shard has run, as a folder beside the result's, to be merged with the others.
//
// It holds one file per run (kept_run.h), the scenario with all its values, and part.txt, written last, that says which part
// of which campaign this is. A folder without part.txt is a part that is not complete.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace peerlab {

struct Part {
  std::string scenario;  ///< its name
  std::string file;      ///< where it was read: what files it names lie beside it
  std::string identity;
  std::string command;  ///< reproduces the whole
  std::uint32_t shard = 0;
  std::uint32_t shards = 1;
  bool quick = false;
  std::string resolved;  ///< the scenario with all its values
};

/// `FOLDER.part-1-of-3` for shard 0 of 3.
std::string part_folder(const std::string& folder, std::uint32_t shard, std::uint32_t shards);
/// A sentence when it cannot be written.
std::string write_part(const std::string& folder, const Part& part);
/// The part, or nothing and a sentence.
std::optional<Part> read_part(const std::string& folder, std::string& error);

}  // namespace peerlab
