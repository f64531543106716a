// Users pay one another. Amounts are drawn without looking at balances: who has spent all is refused, as in life.
#include "models/workloads/arrivals.h"
#include "models/workloads/people.h"
#include "models/workloads/rows.h"

namespace peerlab {

namespace {

constexpr double most_amount = 0x1p53;  // every whole number up to here is a double

Fields fields() {
  Fields all = arrival_fields("10 min", true);
  all.push_back({.name = "amount",
                 .kind = Kind::law,
                 .fallback = "lognormal median 1000 sigma 1",
                 .sentence = "What is paid, in the smallest unit of the coin: a number or a law; at least 1.",
                 .example = "uniform 1..5000",
                 .of = Kind::real});
  return all;
}

class Pay final : public Asker {
 public:
  Pay(const Params& params, std::uint32_t users) : amount_(params.law("amount")), users_(users) {}

  bool ask(Stream& random, History&, Request& request) override {
    request.what = Asked::pay;
    request.other = somebody_else(random, request.user, users_);
    const double amount = amount_.sample(random) + 0.5;
    request.amount = amount < 1 ? 1 : static_cast<std::uint64_t>(amount < most_amount ? amount : most_amount);
    return true;
  }

 private:
  Distribution amount_;
  std::uint32_t users_;
};

std::unique_ptr<Asker> make(const Params& params, const WorkloadContext& context, std::uint32_t) {
  return std::make_unique<Pay>(params, context.users);
}

}  // namespace

WorkloadRow pay_workload() {
  return {.name = "pay",
          .sentence = "Users pay coins to one another.",
          .fields = fields,
          .needs_two_users = true,
          .make = make};
}

}  // namespace peerlab
