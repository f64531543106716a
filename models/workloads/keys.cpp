#include "models/workloads/keys.h"

#include "models/base/check.h"
#include "models/workloads/zipf.h"

namespace peerlab {

namespace {
constexpr double most_skew = 10;
constexpr int tries = 40;

std::string how_to_write() { return " Write `uniform`, `zipf 0.99` or `latest 0.99`."; }
}  // namespace

Parsed<KeyLaw> parse_key_law(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  const std::size_t space = text.find(' ');
  const std::string_view name = text.substr(0, space);
  if (name == "uniform") {
    if (space == std::string_view::npos) return {KeyLaw{}, ""};
    return {std::nullopt, "`uniform` takes no number." + how_to_write()};
  }
  if (name != "zipf" && name != "latest") {
    return {std::nullopt, "`" + std::string(text) + "` does not say how records are chosen." + how_to_write()};
  }
  if (space == std::string_view::npos) {
    return {std::nullopt, "`" + std::string(name) + "` needs its exponent." + how_to_write()};
  }
  std::string_view number = text.substr(space + 1);
  while (!number.empty() && number.front() == ' ') number.remove_prefix(1);
  const Parsed<double> skew = parse_real(number);
  if (!skew) return {std::nullopt, skew.error};
  if (*skew.value < 0 || *skew.value > most_skew) {
    return {std::nullopt, "The exponent of `" + std::string(name) + "` lies between 0 and 10."};
  }
  return {KeyLaw{name == "zipf" ? KeyLaw::Law::zipf : KeyLaw::Law::latest, *skew.value}, ""};
}

Fields record_fields(std::string_view keys, std::string_view least_age) {
  return {
      {.name = "keys",
       .kind = Kind::text,
       .fallback = std::string(keys),
       .sentence = "Which record: `uniform`, `zipf S` (rank in the order of publication, exponent S) or `latest S` "
                   "(rank from the newest back).",
       .example = "zipf 0.99"},
      {.name = "least_age",
       .kind = Kind::duration,
       .fallback = std::string(least_age),
       .sentence = "Only records whose publication and last change were asked for at least this long ago.",
       .example = "10 min",
       .least = "0 s"},
  };
}

std::pair<std::string, std::string> check_keys(const Params& params) {
  const Parsed<KeyLaw> keys = parse_key_law(params.text("keys"));
  if (keys) return {};
  return {"keys", keys.error};
}

RecordChoice::RecordChoice(const Params& params) : least_age_(params.duration("least_age")) {
  const Parsed<KeyLaw> keys = parse_key_law(params.text("keys"));
  CHECK(keys.value.has_value());
  keys_ = *keys.value;
}

std::optional<std::size_t> RecordChoice::draw(Stream& random, const History& history, Time now) const {
  const Time latest = now - least_age_;
  const std::size_t published = history.published_by(latest);
  if (published == 0) return std::nullopt;
  for (int i = 0; i < tries; ++i) {
    std::uint64_t index = 0;
    switch (keys_.law) {
      case KeyLaw::Law::uniform: index = random.below(published); break;
      case KeyLaw::Law::zipf: index = zipf(random, published, keys_.skew) - 1; break;
      case KeyLaw::Law::latest: index = published - zipf(random, published, keys_.skew); break;
    }
    const RecordSoFar& record = history.at(index);
    if (!record.erased && record.changed <= latest) return index;
  }
  return std::nullopt;
}

}  // namespace peerlab
