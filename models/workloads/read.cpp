// Users read records that were published earlier. A public record is read by whoever asks, a private one by its owner.
#include "models/workloads/arrivals.h"
#include "models/workloads/keys.h"
#include "models/workloads/rows.h"

namespace peerlab {

namespace {

Fields fields() {
  Fields all = arrival_fields("10 s", true);
  for (Field& field : record_fields("zipf 0.99", "0 s")) all.push_back(std::move(field));
  return all;
}

class Read final : public Asker {
 public:
  explicit Read(const Params& params) : choice_(params) {}

  bool ask(Stream& random, History& history, Request& request) override {
    const std::optional<std::size_t> index = choice_.draw(random, history, request.issued);
    if (!index) return false;
    const RecordSoFar& record = history.at(*index);
    request.what = Asked::read;
    request.record = record.name;
    request.is_private = record.is_private;
    if (record.is_private) request.user = record.owner;
    return true;
  }

 private:
  RecordChoice choice_;
};

std::unique_ptr<Asker> make(const Params& params, const WorkloadContext&, std::uint32_t) {
  return std::make_unique<Read>(params);
}

}  // namespace

WorkloadRow read_workload() {
  return {.name = "read",
          .sentence = "Users read records that were published earlier; a private one is read by its owner.",
          .fields = fields,
          .needs_records = true,
          .check = check_keys,
          .make = make};
}

}  // namespace peerlab
