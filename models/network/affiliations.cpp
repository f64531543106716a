#include "models/network/affiliations.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "models/base/check.h"
#include "models/base/numeric.h"
#include "models/base/quantity.h"
#include "models/base/random.h"

namespace peerlab {

namespace {

/// Shares that fall off as 1 / k^skew, added up.
std::vector<double> falling(std::int64_t count, double skew) {
  std::vector<double> reached;
  double total = 0;
  for (std::int64_t k = 1; k <= count; ++k) {
    total += exact::pow(static_cast<double>(k), -skew);
    reached.push_back(total);
  }
  for (double& share : reached) share /= total;
  return reached;
}

/// The shares in `60 % 30 % 10 %`, added up; nothing with a sentence when it is no such list.
std::optional<std::vector<double>> shares_in(std::string_view text, std::string& error) {
  std::vector<double> reached;
  double total = 0;
  double last = 1;
  while (!text.empty()) {
    const std::size_t percent = text.find('%');
    const std::string one(text.substr(0, percent == std::string_view::npos ? percent : percent + 1));
    text.remove_prefix(percent == std::string_view::npos ? text.size() : percent + 1);
    if (percent == std::string_view::npos && one.find_first_not_of(' ') == std::string::npos) break;
    const Parsed<double> share = parse_share(one);
    if (!share) {
      error = share.error;
      return std::nullopt;
    }
    if (*share.value <= 0 || *share.value > last) {
      error = "The shares are positive and stand from the largest to the smallest.";
      return std::nullopt;
    }
    last = *share.value;
    total += last;
    reached.push_back(total);
  }
  constexpr double rounding = 1e-9;
  if (reached.empty() || total < 1 - rounding || total > 1 + rounding) {
    error = "The shares must add up to 100 %, as in `60 % 30 % 10 %`.";
    return std::nullopt;
  }
  return reached;
}

std::uint32_t place_of(const std::vector<double>& reached, double p) {
  const auto it = std::upper_bound(reached.begin(), reached.end(), p);
  const auto place = static_cast<std::uint32_t>(it - reached.begin());
  return std::min(place, static_cast<std::uint32_t>(reached.size() - 1));
}

}  // namespace

Fields affiliation_fields() {
  return {
      {.name = "hosted",
       .kind = Kind::share,
       .fallback = "56 %",
       .sentence =
           "Share of the users' machines that stand at a hosting provider; the others stand at home, each a host of "
           "its own. 56 % of Bitcoin's and 28 % of Ethereum's nodes did (Gencer et al. 2018).",
       .example = "28 %"},
      {.name = "providers",
       .kind = Kind::whole,
       .fallback = "10",
       .sentence = "Hosting providers. Their number and sizes are an assumption.",
       .example = "8",
       .least = "1",
       .most = "10000"},
      {.name = "provider_skew",
       .kind = Kind::real,
       .fallback = "1",
       .sentence =
           "The k-th largest provider has hosted machines in proportion to 1 / k to this power; 0: all are alike.",
       .example = "0",
       .least = "0",
       .most = "10"},
      {.name = "versions",
       .kind = Kind::text,
       .fallback = "60 % 30 % 10 %",
       .sentence = "Shares of the versions of the software, v1 first: a flaw of one opens all machines that run it. An "
                   "assumption.",
       .example = "90 % 10 %"},
  };
}

std::pair<std::string, std::string> check_affiliations(const Params& machines) {
  std::string error;
  if (!shares_in(machines.text("versions"), error)) return {"versions", error};
  return {};
}

Affiliations::Affiliations(const Params& machines, std::uint64_t seed)
    : seed_(seed),
      hosted_(machines.share("hosted")),
      providers_(falling(machines.whole("providers"), machines.real("provider_skew"))) {
  std::string error;
  const auto versions = shares_in(machines.text("versions"), error);
  CHECK_SAYING(versions.has_value(), "the shares of versions were checked");
  versions_ = *versions;
}

Affiliation Affiliations::of(UserId user) const {
  Stream random(seed_, purpose("affiliation"), user.value);
  const bool hosted = random.chance(hosted_);
  const double provider = random.uniform();  // drawn in any case: another `hosted` changes nobody's version
  const double version = random.uniform();
  return {.owner = user.value,
          .host = hosted ? place_of(providers_, provider) : homes_first + user.value,
          .version = place_of(versions_, version)};
}

Affiliation Affiliations::of_service(std::uint32_t owner, std::uint32_t host, std::uint32_t version) const {
  return {.owner = operators_first + owner,
          .host = host % static_cast<std::uint32_t>(providers_.size()),
          .version = version % static_cast<std::uint32_t>(versions_.size())};
}

}  // namespace peerlab
