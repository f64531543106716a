// Owners delete records. A record that was asked to be deleted is not asked about again.
#include "models/workloads/arrivals.h"
#include "models/workloads/keys.h"
#include "models/workloads/rows.h"

namespace peerlab {

namespace {

Fields fields() {
  Fields all = arrival_fields("10 min", false);
  for (Field& field : record_fields("uniform", "1 min")) all.push_back(std::move(field));
  return all;
}

class Erase final : public Asker {
 public:
  explicit Erase(const Params& params) : choice_(params) {}

  bool ask(Stream& random, History& history, Request& request) override {
    const std::optional<std::size_t> index = choice_.draw(random, history, request.issued);
    if (!index) return false;
    RecordSoFar& record = history.at(*index);
    request.what = Asked::erase;
    request.record = record.name;
    request.is_private = record.is_private;
    request.user = record.owner;
    record.changed = request.issued;
    record.erased = true;
    return true;
  }

 private:
  RecordChoice choice_;
};

std::unique_ptr<Asker> make(const Params& params, const WorkloadContext&, std::uint32_t) {
  return std::make_unique<Erase>(params);
}

}  // namespace

WorkloadRow erase_workload() {
  return {.name = "erase",
          .sentence = "Owners delete their records; who asks follows from the record that is chosen.",
          .fields = fields,
          .needs_records = true,
          .check = check_keys,
          .make = make};
}

}  // namespace peerlab
