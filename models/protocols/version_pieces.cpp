#include "models/protocols/version_pieces.h"

#include "models/replication/content.h"

namespace peerlab {

std::uint64_t fold_version(MessageKind which, std::uint64_t content, const Answer& state) {
  const int carrier = state.carrier();
  for (std::size_t i = 0; i < state.custody.size(); ++i) {
    const Operation& write = *state.custody[i];
    content = content_of(which, content, write.digest.low64());
    if (write.signature) {
      for (const std::uint8_t b : write.signature->bytes) content = content_of(which, content, b);
    }
    if (static_cast<int>(i) == carrier) content = content_of(which, content, write.id.low64());
  }
  return content;
}

void put_list(const std::vector<Offered>& list, Writer& w) {
  w.compact_size(list.size());
  for (const Offered& one : list) {
    w.u64(one.record);
    w.u32(one.stamp);
  }
}

std::optional<std::vector<Offered>> take_list(Reader& in) {
  const std::uint64_t count = in.compact_size();
  if (!in.ok() || count > in.left() / 12) return std::nullopt;
  std::vector<Offered> list;
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t record = in.u64();
    list.push_back({record, in.u32()});
  }
  if (!in.finished()) return std::nullopt;
  return list;
}

std::size_t encoded_size(const std::vector<Offered>& list) {
  return compact_size_length(list.size()) + 12 * list.size();
}

std::uint64_t content_of_list(MessageKind which, const std::vector<Offered>& list) {
  std::uint64_t content = content_of(which, list.size(), 0);
  for (const Offered& one : list) {
    content = content_of(which, content, one.record);
    content = content_of(which, content, one.stamp);
  }
  return content;
}

void write_down(const Version& version, std::uint32_t kind, std::uint64_t before, Outbox& out) {
  ++out.work.state_steps;
  out.work.bytes_written += version.bytes;
  ++out.work.syncs;
  out.write({kind, version.place, version.bytes});
  out.sync();
  const auto fresh = [&](const Operation& write) { return before == happened::no_version || write.number > before; };
  if (const int carrier = version.state.carrier(); carrier >= 0) {
    const Operation& brings = *version.state.custody[static_cast<std::size_t>(carrier)];
    if (fresh(brings) && brings.what != Asked::transfer && brings.content) {
      out.report({happened::record_held, static_cast<std::uint32_t>(brings.content->size()), brings.number, 0});
    }
  }
  for (const OperationPtr& write : version.state.custody) {
    if (fresh(*write)) out.report({happened::operation_shown, 0, write->number, 0});
  }
}

}  // namespace peerlab
