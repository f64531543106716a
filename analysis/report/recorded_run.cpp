#include "analysis/report/recorded_run.h"

#include <nlohmann/json.hpp>

#include "analysis/report/html_text.h"

namespace peerlab {
namespace {

using Json = nlohmann::json;

// A row of numbers, seven bits a byte; past its end everything is 0.
class NumberRow {
 public:
  explicit NumberRow(std::string bytes) : bytes_(std::move(bytes)) {}
  std::uint64_t next() {
    std::uint64_t value = 0;
    for (int shift = 0; at_ < bytes_.size() && shift < 64; shift += 7) {
      const auto byte = static_cast<unsigned char>(bytes_[at_++]);
      value |= std::uint64_t{byte & 0x7fU} << shift;
      if (byte < 0x80) break;
    }
    return value;
  }
  [[nodiscard]] bool over() const { return at_ >= bytes_.size(); }

 private:
  std::string bytes_;
  std::size_t at_ = 0;
};

void read_cast(const Json& json, RecordedRun& run) {
  const auto roles = json.at("roles").get<std::vector<std::string>>();
  const auto regions = json.at("regions").get<std::vector<std::string>>();
  const Json& shown = json.at("shown");
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const auto region = json.at("region").at(i).get<std::size_t>();
    run.nodes.push_back({shown.at(i).get<std::uint32_t>(), roles.at(json.at("role").at(i).get<std::size_t>()),
                         region < regions.size() ? regions[region] : ""});
  }
}

void read_events(const Json& json, double tick, RecordedRun& run) {
  for (const Json& step : json.at("steps")) {
    run.blocks.push_back({step.at(0).get<std::string>(), step.at(2).get<std::uint32_t>(),
                          step.at(3).get<std::uint32_t>(), step.at(4).get<double>() * tick,
                          step.at(5).get<int>() == 1});
  }
  for (const Json& fault : json.at("faults")) run.faults.push_back(fault.at("name").get<std::string>());
  for (const Json& mark : json.at("marks")) {
    if (mark.at(1).get<int>() > static_cast<int>(RecordedRun::Mark::Kind::reorganised)) continue;
    run.marks.push_back({mark.at(0).get<double>() * tick, static_cast<RecordedRun::Mark::Kind>(mark.at(1).get<int>()),
                         mark.at(2).get<std::uint32_t>(), static_cast<std::uint32_t>(mark.at(3).get<std::int64_t>())});
  }
  NumberRow row(bytes_of_base64(json.at("events").get<std::string>()));
  for (std::size_t s = 0; s < run.blocks.size(); ++s) {  // who held it when: not drawn
    for (std::uint64_t many = row.next(); many > 0 && !row.over(); --many) {
      row.next();
      row.next();
    }
  }
  std::uint64_t ticks = 0;
  for (std::uint64_t many = row.next(); many > 0 && !row.over(); --many) {
    ticks += row.next();
    const std::uint64_t place = row.next();
    const std::uint64_t what = row.next();
    if (what <= 1 && place < run.nodes.size())
      run.powers.push_back({static_cast<double>(ticks) * tick, run.nodes[place].number, what == 1});
  }
}

void read_messages(const Json& json, RecordedRun& run) {
  run.kinds = json.at("kinds").get<std::vector<std::string>>();
  run.messages_left_out = json.at("left_out").get<std::uint64_t>();
  NumberRow row(bytes_of_base64(json.at("data").get<std::string>()));
  std::uint64_t sent = 0;
  for (auto many = json.at("many").get<std::uint64_t>(); many > 0 && !row.over(); --many) {
    RecordedRun::Message m;
    sent += row.next();
    m.from = static_cast<std::uint32_t>(row.next());
    m.to = static_cast<std::uint32_t>(row.next());
    m.kind = row.next();
    m.bytes = static_cast<std::uint32_t>(row.next());
    const std::uint64_t took = row.next();
    m.sent = static_cast<double>(sent) / 1e6;
    m.ended = static_cast<double>(sent + took / 2) / 1e6;
    m.arrived = took % 2 == 1;
    if (m.kind < run.kinds.size()) run.messages.push_back(m);
  }
}

}  // namespace

std::optional<RecordedRun> read_recorded_run(std::string_view recording) {
  try {
    const Json json = Json::parse(recording);
    if (!json.contains("messages")) return std::nullopt;
    RecordedRun run;
    const auto tick = json.at("tick_s").get<double>();
    run.end = json.at("end").get<double>() * tick;
    read_cast(json, run);
    read_events(json, tick, run);
    read_messages(json.at("messages"), run);
    return run;
  } catch (const Json::exception&) {
    return std::nullopt;
  } catch (const std::out_of_range&) {
    return std::nullopt;
  }
}

}  // namespace peerlab
