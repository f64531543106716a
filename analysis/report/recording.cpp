#include "analysis/report/recording.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "analysis/report/html_text.h"

namespace peerlab {
namespace {

using Json = nlohmann::ordered_json;
using What = Recorder::What;

// A millisecond, or longer where a run is so long that nobody could see one.
std::int64_t tick_of(Time end) {
  std::int64_t tick = 1'000'000;
  while (end.ns / tick > 4'000'000'000) tick *= 10;
  return tick;
}

class Numbers {
 public:
  void add(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) bytes_ += static_cast<char>((value & 0x7f) | 0x80);
    bytes_ += static_cast<char>(value);
  }
  [[nodiscard]] std::string base64() const { return base64_of(bytes_); }

 private:
  std::string bytes_;
};

class RecordingWriter {
 public:
  RecordingWriter(const Recorder& recorder, const Cast& cast, Time end)
      : recorder_(recorder), cast_(cast), end_(end), tick_(tick_of(end)), place_(cast.nodes.size(), Recorder::none) {}

  std::string write(const std::vector<std::pair<NodeId, NodeId>>& links, const RecordedMessages* of_messages) {
    Json json;
    json["tick_s"] = static_cast<double>(tick_) / 1e9;
    json["end"] = ticks(end_);
    json["nodes"] = cast_.nodes.size();
    json["every"] = recorder_.every();
    json["left_out"] = {{"steps", recorder_.steps_left_out()}, {"marks", recorder_.marks_left_out()}};
    cast(json);
    marks(json);
    steps(json);
    constexpr std::size_t few = 300;
    if (cast_.nodes.size() <= few) {
      json["links"] = Json::array();
      for (const auto& [a, b] : links) {
        json["links"].push_back(a.value);
        json["links"].push_back(b.value);
      }
    }
    json["events"] = events();
    if (of_messages != nullptr) json["messages"] = messages(*of_messages);
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
  }

 private:
  [[nodiscard]] std::int64_t ticks(Time at) const { return at.ns / tick_; }

  void cast(Json& json) {
    for (const char* list : {"shown", "role", "region", "store", "attacker", "user"}) json[list] = Json::array();
    for (std::uint32_t i = 0; i < cast_.nodes.size(); ++i) {
      if (!recorder_.shows(i)) continue;
      const CastNode& node = cast_.nodes[i];
      place_[i] = static_cast<std::uint32_t>(json["shown"].size());
      json["shown"].push_back(i);
      json["role"].push_back(node.role);
      json["region"].push_back(node.region.value);
      json["store"].push_back(node.store ? 1 : 0);
      json["attacker"].push_back(node.attacker ? 1 : 0);
      json["user"].push_back(node.user.valid() ? 1 : 0);
    }
    json["roles"] = cast_.roles;
    json["regions"] = cast_.regions;
  }

  void marks(Json& json) const {
    json["faults"] = Json::array();
    for (const CastFault& fault : cast_.faults) json["faults"].push_back({{"name", fault.name}, {"what", fault.what}});
    json["marks"] = Json::array();
    for (const Recorder::Mark& m : recorder_.marks()) {
      json["marks"].push_back(
          {ticks(m.at), static_cast<int>(m.kind), m.number, m.node == Recorder::none ? Json(-1) : Json(m.node)});
    }
  }

  void steps(Json& json) const {
    json["steps"] = Json::array();
    for (const Recorder::Step& s : recorder_.steps()) {
      json["steps"].push_back({hex(s.id), s.parent == Recorder::none ? Json(-1) : Json(s.parent), s.height, s.maker,
                               ticks(s.made), s.entry ? 1 : 0, s.bytes, s.transactions});
    }
  }

  static Json messages(const RecordedMessages& told) {
    Json kinds = Json::array();
    std::array<std::size_t, 256> place_of_kind{};
    place_of_kind.fill(unnamed);
    Numbers out;
    const std::size_t many = std::min(told.passages.size(), RecordedMessages::most);
    Time last;
    for (std::size_t i = 0; i < many; ++i) {
      const MessagePassage& m = told.passages[i];
      std::size_t& kind = place_of_kind[m.kind];
      if (kind == unnamed) {
        kind = kinds.size();
        const MessageKindRow* row = row_of(told.kinds, m.kind);
        kinds.push_back(row == nullptr ? "unreadable" : std::string(row->name));
      }
      out.add(static_cast<std::uint64_t>(microseconds(m.sent) - microseconds(last)));
      out.add(m.from.value);
      out.add(m.to.value);
      out.add(kind);
      out.add(m.bytes);
      out.add(static_cast<std::uint64_t>(microseconds(m.ended) - microseconds(m.sent)) * 2 + (m.arrived ? 1 : 0));
      last = m.sent;
    }
    return {{"kinds", std::move(kinds)},
            {"many", many},
            {"left_out", told.left_out + told.passages.size() - many},
            {"data", out.base64()}};
  }

  static std::int64_t microseconds(Time at) { return at.ns / 1000; }
  static constexpr std::size_t unnamed = 256;

  static std::string hex(std::uint64_t id) {
    std::string text;
    for (int shift = 60; shift >= 0; shift -= 4) text += "0123456789abcdef"[id >> shift & 0xf];
    return text;
  }

  // A node that moves to a step for the first time holds it from then on at the latest; a log's entries are held in no other way.
  [[nodiscard]] std::string events() const {
    std::vector<std::vector<Recorder::Event>> held(recorder_.steps().size());
    std::vector<Recorder::Event> others;
    Lookup<std::uint64_t, bool> known;
    for (const Recorder::Event& e : recorder_.events()) {
      if (!recorder_.shows(e.node)) continue;
      const bool holds = e.what == What::held || e.what == What::tip;
      if (holds && known.insert(std::uint64_t{e.node} << 32 | e.step, true).second) {
        held[e.step].push_back(e);
      } else if (e.what != What::held) {
        others.push_back(e);
      }
    }
    Numbers out;
    for (std::size_t s = 0; s < held.size(); ++s) {
      out.add(held[s].size());
      std::int64_t last = ticks(recorder_.steps()[s].made);
      for (const Recorder::Event& e : held[s]) {
        out.add(static_cast<std::uint64_t>(ticks(e.at) - last));
        out.add(std::uint64_t{place_[e.node]} * 2 + (e.what == What::tip ? 1 : 0));
        last = ticks(e.at);
      }
    }
    out.add(others.size());
    std::int64_t last = 0;
    for (const Recorder::Event& e : others) {
      out.add(static_cast<std::uint64_t>(ticks(e.at) - last));
      out.add(place_[e.node]);
      out.add(e.what == What::off ? 0 : e.what == What::on ? 1 : std::uint64_t{e.step} + 2);
      last = ticks(e.at);
    }
    return out.base64();
  }

  const Recorder& recorder_;
  const Cast& cast_;
  Time end_;
  std::int64_t tick_;
  std::vector<std::uint32_t> place_;  // by node
};

}  // namespace

std::string recording_json(const Recorder& recorder, const Cast& cast, Time end,
                           const std::vector<std::pair<NodeId, NodeId>>& links, const RecordedMessages* messages) {
  return RecordingWriter(recorder, cast, end).write(links, messages);
}

}  // namespace peerlab
