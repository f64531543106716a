#include "models/workloads/burst.h"

#include <string>
#include <utility>
#include <vector>

namespace peerlab {

namespace {

constexpr double most_factor = 1e6;
constexpr Duration least_every = seconds(1);

Parsed<Burst> fail(const std::string& sentence) {
  return {std::nullopt, sentence + " Write `none`, `10 times at 1 h for 10 min`, or the same with `every 6 h` behind."};
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text) {
    if (c != ' ' && c != '\t') {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::exchange(word, {}));
    }
  }
  if (!word.empty()) words.push_back(word);
  return words;
}

bool is_clause(const std::string& word) { return word == "at" || word == "for" || word == "every"; }

}  // namespace

bool Burst::covers(Time now) const {
  if (factor == 1 || now < at) return false;
  const Duration since = now - at;
  return (every.ns == 0 ? since.ns : since.ns % every.ns) < lasts.ns;
}

Duration Burst::within(Time from, Time until) const {
  Duration covered{};
  each(from, until, [&](Time begin, Time end) { covered += end - begin; });
  return covered;
}

Parsed<Burst> parse_burst(std::string_view text) {
  const std::vector<std::string> words = words_of(text);
  if (words.size() == 1 && words[0] == "none") return {Burst{}, ""};
  if (words.empty()) return fail("This burst says nothing.");
  Burst burst;
  const Parsed<double> factor = parse_real(words[0]);
  if (!factor) return fail("`" + words[0] + "` does not say how many times the rate.");
  if (*factor.value < 0 || *factor.value > most_factor) {
    return fail("A burst is between 0 and a million times the rate.");
  }
  if (*factor.value == 1) return fail("Once the rate is no burst.");
  burst.factor = *factor.value;
  std::size_t i = 1;
  if (i < words.size() && (words[i] == "times" || words[i] == "x")) ++i;
  bool said_at = false;
  bool said_for = false;
  bool said_every = false;
  while (i < words.size()) {
    const std::string clause = words[i++];
    if (!is_clause(clause)) return fail("`" + clause + "` is not expected here.");
    std::string quantity;
    for (; i < words.size() && !is_clause(words[i]); ++i) quantity += (quantity.empty() ? "" : " ") + words[i];
    const Parsed<Duration> parsed = parse_duration(quantity);
    if (!parsed) return fail("After `" + clause + "`: " + parsed.error);
    if (parsed.value->ns < 0) return fail("After `" + clause + "`: a time is never negative.");
    bool& said = clause == "at" ? said_at : clause == "for" ? said_for : said_every;
    if (said) return fail("`" + clause + "` stands here twice.");
    said = true;
    if (clause == "at") {
      burst.at = Time::zero() + *parsed.value;
    } else {
      (clause == "for" ? burst.lasts : burst.every) = *parsed.value;
    }
  }
  if (!said_at) return fail("This burst does not say when: give it an `at`.");
  if (!said_for || burst.lasts.ns == 0) return fail("This burst does not say how long: give it a `for`.");
  if (said_every && burst.every < least_every) return fail("A burst comes again after a second at the earliest.");
  if (said_every && burst.every < burst.lasts) {
    return fail("This burst begins again before it is over: `every` must be at least `for`.");
  }
  return {burst, ""};
}

}  // namespace peerlab
