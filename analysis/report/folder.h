// Puts a set of files on disk as one folder: whole or not at all.
//
// The files are written into a sibling folder with a temporary name, which then takes the place of the old one by renaming.
// An existing folder is replaced only if it is a result of the same scenario (manifest.json, field `identity`) and holds
// nothing, at any depth, that peerlab did not write; otherwise it is left as it is and the sentence says why. A full disk, a place that
// cannot be written, a file in the way: a sentence, and nothing half-written stays behind.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analysis/report/files.h"

namespace peerlab {

/// What is in the way of writing results for `identity` into `folder`, as a sentence; empty: nothing.
std::string folder_refusal(const std::string& folder, std::string_view identity);
/// Writes; returns an empty string, or the sentence that says why not.
std::string write_result_folder(const std::string& folder, const std::vector<ResultFile>& files,
                                std::string_view identity);
/// Puts `content` in the place of one file, whole or not at all. An empty string, or the sentence that says why not.
std::string replace_file(const std::string& file, std::string_view content);
/// Makes SHA256SUMS of `folder` name that file with that hash, in its old line or a new one. An empty string, or a sentence.
std::string list_file(const std::string& folder, std::string_view name, std::string_view hash);
/// Whether `folder` holds a complete result of `identity`: every file that its SHA256SUMS lists is there.
bool holds_result(const std::string& folder, std::string_view identity);

}  // namespace peerlab
