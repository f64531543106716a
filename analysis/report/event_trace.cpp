#include "analysis/report/event_trace.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "analysis/observation/message_rows.h"
#include "models/base/lookup.h"

namespace peerlab {
namespace {

std::string json_text(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string seconds_text(Time at) { return fmt::format("{}.{:09}", at.ns / 1'000'000'000, at.ns % 1'000'000'000); }
std::string microseconds_text(Time at) { return fmt::format("{}.{:03}", at.ns / 1000, at.ns % 1000); }

bool is_of_message(const Row& row) {
  return row.kind == happened::message_sent || row.kind == happened::message_received ||
         row.kind == happened::message_dropped;
}

// What both forms ask of a row.
class TraceWords {
 public:
  explicit TraceWords(const TracedRun& run) : run_(run) {}

  // The messages of a run are counted as they are sent.
  std::string message_number(const Row& row) {
    if (row.subject == no_message) return "null";
    return std::to_string(*numbers_.insert(row.subject, numbers_.size() + 1).first);
  }
  [[nodiscard]] std::string kind(const Row& row) const {
    const MessageKindRow* known = row_of(run_.kinds, message_kind_of(row));
    return json_text(known == nullptr ? "unreadable" : known->name);
  }
  [[nodiscard]] std::string fault(const Row& row) const {
    const CastFault& fault = run_.cast.faults[row.subject];
    return fmt::format(R"("fault":{},"what":{})", json_text(fault.name), json_text(fault.what));
  }

 private:
  const TracedRun& run_;
  Lookup<std::uint64_t, std::uint64_t> numbers_;
};

std::string_view event_word(HappeningKind kind) {
  if (kind == happened::message_sent) return "sent";
  if (kind == happened::message_received) return "received";
  if (kind == happened::message_dropped) return "dropped";
  if (kind == happened::block_mined) return "block";
  if (kind == happened::log_grew) return "entry";
  if (kind == happened::tip_moved) return "tip";
  if (kind == happened::reorganised) return "reorganised";
  if (kind == happened::machine_up) return "on";
  if (kind == happened::machine_down) return "off";
  return kind == happened::fault_began ? "fault begins" : "fault ends";
}

// What a row says besides when, what and where.
std::string particulars(const Row& row, TraceWords& words) {
  if (is_of_message(row)) {
    return fmt::format(R"("{}":{},"kind":{},"bytes":{},"message":{})",
                       row.kind == happened::message_received ? "from" : "to", other_end_of(row).value, words.kind(row),
                       row.amount, words.message_number(row));
  }
  if (row.kind == happened::block_mined || row.kind == happened::log_grew)
    return fmt::format(R"("block":"{:016x}","parent":"{:016x}","height":{})", row.subject, row.detail, row.amount);
  if (row.kind == happened::tip_moved) return fmt::format(R"("block":"{:016x}","height":{})", row.subject, row.amount);
  if (row.kind == happened::reorganised)
    return fmt::format(R"("block":"{:016x}","undone":{},"applied":{})", row.subject, row.amount, row.detail);
  if (row.kind == happened::fault_began || row.kind == happened::fault_ended) return words.fault(row);
  return "";
}

}  // namespace

std::string events_jsonl(const TracedRun& run) {
  TraceWords words(run);
  const std::string system = json_text(run.system);
  std::string out;
  for (const Row& row : run.log.rows()) {
    out += fmt::format(R"({{"system":{},"t":{},"event":"{}")", system, seconds_text(row.at), event_word(row.kind));
    if (row.who.valid()) out += fmt::format(R"(,"node":{})", row.who.value);
    const std::string more = particulars(row, words);
    out += (more.empty() ? "" : "," + more) + "}\n";
  }
  if (run.log.left_out() > 0) {
    out += fmt::format(
        "{{\"system\":{},\"event\":\"cut short\",\"why\":\"A trace keeps the first {} events of a run; {} came after "
        "them.\"}}\n",
        system, run.log.rows().size(), run.log.left_out());
  }
  return out;
}

std::string perfetto_events(const TracedRun& run) {
  if (run.cast.nodes.size() > most_threads) return "";
  TraceWords words(run);
  std::string out;
  const auto add = [&](const std::string& fields) { out += (out.empty() ? "{" : ",\n{") + fields + "}"; };
  const std::string process = fmt::format(R"("pid":{})", run.number + 1);
  add(fmt::format(R"("ph":"M",{},"name":"process_name","args":{{"name":{}}})", process, json_text(run.system)));
  for (std::size_t i = 0; i < run.cast.nodes.size(); ++i) {
    const CastNode& node = run.cast.nodes[i];
    const std::string role = node.role < run.cast.roles.size() ? run.cast.roles[node.role] : "node";
    add(fmt::format(R"("ph":"M",{},"tid":{},"name":"thread_name","args":{{"name":{}}})", process, i + 1,
                    json_text(role + " " + std::to_string(i))));
  }
  for (const Row& row : run.log.rows()) {
    const std::string where =
        row.who.valid() ? fmt::format(R"({},"tid":{},"ts":{})", process, row.who.value + 1, microseconds_text(row.at))
                        : fmt::format(R"({},"tid":1,"ts":{})", process, microseconds_text(row.at));
    const std::string more = particulars(row, words);
    if (!is_of_message(row) || row.kind == happened::message_dropped) {
      const bool of_all = !row.who.valid();
      add(fmt::format(R"("ph":"i",{},"s":"{}","name":"{}","args":{{{}}})", where, of_all ? "p" : "t",
                      event_word(row.kind), more));
      continue;
    }
    const bool sent = row.kind == happened::message_sent;
    const std::string number = words.message_number(row);
    add(fmt::format(R"("ph":"X",{},"dur":1,"name":{},"cat":"{}","args":{{{}}})", where, words.kind(row),
                    event_word(row.kind), more));
    add(fmt::format(R"("ph":"{}",{},"id":"{}-{}","name":"message","cat":"message"{})", sent ? "s" : "f", where,
                    run.number + 1, number, sent ? "" : R"(,"bp":"e")"));
  }
  return out;
}

std::string perfetto_json(std::span<const std::string> runs) {
  std::string out = "{\"displayTimeUnit\":\"ms\",\"traceEvents\":[";
  bool first = true;
  for (const std::string& run : runs) {
    if (run.empty()) continue;
    out += (first ? "\n" : ",\n") + run;
    first = false;
  }
  return out + "\n]}\n";
}

}  // namespace peerlab
