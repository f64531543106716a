#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "analysis/report/html_sections.h"
#include "analysis/report/html_text.h"
#include "analysis/report/words.h"

namespace peerlab {
namespace {

using Json = nlohmann::ordered_json;

Json number(double value) {
  if (!std::isfinite(value)) return nullptr;
  return std::stod(in_file(value));
}

// [time, share, then the ends of the interval: of the time where they lie across, else of the share]; a time of null: never.
Json curve_json(const Curve& curve) {
  Json dots = Json::array();
  for (const CurveDot& d : curve.dots) {
    dots.push_back({number(d.seconds), number(d.share), number(d.across.low), number(d.across.high),
                    number(d.upright.low), number(d.upright.high)});
  }
  return {{"label", curve.label}, {"series", curve.series}, {"note", curve.note}, {"dots", std::move(dots)}};
}

Json charts_of(const PagePart& part) {
  Json charts = Json::array();
  for (const Picture& picture : part.pictures) {
    if (picture.curves.empty()) continue;
    Json curves = Json::array();
    for (const Curve& curve : picture.curves) curves.push_back(curve_json(curve));
    charts.push_back({{"id", part.ids + "chart-" + html_id(picture.id)},
                      {"time", picture.axes.time},
                      {"share", picture.axes.share},
                      {"curves", std::move(curves)}});
  }
  return charts;
}

// The blocks of a run that was not recorded: the tree, without who knew it when.
Json blocks_of(const RunRecord& run) {
  Json blocks = Json::array();
  for (const BlockLine& b : run.blocks) {
    const auto hex = [](std::uint64_t id) {
      constexpr std::string_view digits = "0123456789abcdef";
      std::string text;
      for (int shift = 60; shift >= 0; shift -= 4) text += digits[id >> shift & 0xf];
      return text;
    };
    blocks.push_back({hex(b.block), hex(b.parent), b.height, b.miner, number(b.mined.seconds()), b.main_chain ? 1 : 0,
                      number(b.s50), number(b.s99)});
  }
  return blocks;
}

// What a page holds of single events, all runs together: the rest is in the result's folder.
constexpr std::size_t most_bytes_of_events = 5'000'000;

// The first run of each system stands for all in pictures of single events.
std::string runs_of(const PagePart& part, std::size_t& room) {
  std::string out;
  for (std::size_t s = 0; s < part.result->systems.size(); ++s) {
    const auto run = std::find_if(part.result->runs.begin(), part.result->runs.end(),
                                  [&](const RunRecord& r) { return r.system == part.result->systems[s]; });
    if (run == part.result->runs.end() || (run->recording.empty() && run->blocks.empty())) continue;
    Json head = {{"part", part.label},
                 {"system", run->system},
                 {"series", s},
                 {"cell", run->cell},
                 {"seed", std::to_string(run->seed)}};
    std::string drawn = run->recording;
    std::string name = "recording";
    if (drawn.empty() || drawn.size() > room) {
      drawn = blocks_of(*run).dump();
      name = "blocks";
    }
    if (!run->recording.empty() && name == "blocks") head["too_large"] = true;
    std::string text = head.dump(-1, ' ', false, Json::error_handler_t::replace);
    if (drawn.size() <= room) {
      room -= drawn.size();
      text.insert(text.size() - 1, ",\"" + name + "\":" + drawn);
    }
    out += (out.empty() ? "" : ",\n") + text;
  }
  return out;
}

}  // namespace

std::string html_data(const std::vector<PagePart>& parts) {
  std::string charts;
  std::string runs;
  std::size_t room = most_bytes_of_events;
  for (const PagePart& part : parts) {
    for (const Json& chart : charts_of(part))
      charts += (charts.empty() ? "" : ",\n") + chart.dump(-1, ' ', false, Json::error_handler_t::replace);
    const std::string more = runs_of(part, room);
    runs += (runs.empty() || more.empty() ? "" : ",\n") + more;
  }
  return "{\"schema\":1,\n\"charts\":[" + charts + "],\n\"runs\":[" + runs + "]}";
}

}  // namespace peerlab
