// The grammar of selectors: [ choice [ "of" ] ] term { "and" term }, or "rest" alone. A choice is "random", "highest-degree" or
// "busiest" with an amount, or "largest" with "owner", "host" or "version".
#include <algorithm>
#include <array>
#include <charconv>
#include <utility>
#include <vector>

#include "models/base/quantity.h"
#include "models/disturbances/selector.h"

namespace peerlab {

namespace {

struct Token {
  std::string_view text;
  std::size_t offset = 0;
};

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// Words; `=`, `%` and `..` stand for themselves, with or without spaces around them.
std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  std::size_t i = 0;
  const auto sign_length = [&](std::size_t at) -> std::size_t {
    if (text[at] == '=' || text[at] == '%') return 1;
    return text.substr(at, 2) == ".." ? 2 : 0;
  };
  while (i < text.size()) {
    if (is_space(text[i])) {
      ++i;
      continue;
    }
    std::size_t length = sign_length(i);
    if (length == 0) {
      while (i + length < text.size() && !is_space(text[i + length]) && sign_length(i + length) == 0) ++length;
    }
    tokens.push_back({text.substr(i, length), i});
    i += length;
  }
  return tokens;
}

/// Words that choose some of those who match.
constexpr std::array<std::pair<std::string_view, Selector::Pick>, 4> picks = {{
    {"random", Selector::Pick::random},
    {"highest-degree", Selector::Pick::highest_degree},
    {"busiest", Selector::Pick::busiest},
    {"largest", Selector::Pick::largest},
}};

/// Words before `=`.
constexpr std::array<std::pair<std::string_view, Selector::Term::What>, 6> properties = {{
    {"role", Selector::Term::What::role},
    {"region", Selector::Term::What::region},
    {"group", Selector::Term::What::group},
    {"owner", Selector::Term::What::owner},
    {"host", Selector::Term::What::host},
    {"version", Selector::Term::What::version},
}};

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text), tokens_(tokens_of(text)) {}

  ParsedSelector parse() {
    selector_.text = std::string(text_);
    if (done()) return fail("Nobody is chosen here: write `all`, `role=peer`, `random 5 % of role=peer` or the like.");
    if (take("rest")) {
      selector_.pick = Selector::Pick::rest;
      if (!done()) return fail("`rest` stands alone: it means whoever is in no other side.");
      return {std::move(selector_), "", 0};
    }
    for (const auto& [word, pick] : picks) {
      if (!take(word)) continue;
      selector_.pick = pick;
      if (pick == Selector::Pick::largest ? !kind() : !amount(std::string(word))) return std::move(failure_);
      if (done()) {
        selector_.terms.push_back({});
        return {std::move(selector_), "", 0};
      }
      if (!take("of")) return fail("Expected `of` and whom to choose among, as in `random 5 % of role=peer`.");
      if (done()) return fail("Of whom? Write `of role=peer` or the like, or leave `of` out to choose among all.");
      break;
    }
    while (true) {
      if (!term()) return std::move(failure_);
      if (done()) return {std::move(selector_), "", 0};
      if (!take("and")) return fail("Expected `and` or the end here.");
      if (done()) return fail("Something must follow `and`.");
    }
  }

 private:
  [[nodiscard]] bool done() const { return at_ == tokens_.size(); }
  [[nodiscard]] std::size_t offset() const { return done() ? text_.size() : tokens_[at_].offset; }
  bool take(std::string_view word) {
    if (done() || tokens_[at_].text != word) return false;
    ++at_;
    return true;
  }
  ParsedSelector fail(std::string sentence) { return {std::nullopt, std::move(sentence), offset()}; }
  bool refuse(std::string sentence) {
    failure_ = fail(std::move(sentence));
    return false;
  }

  bool whole(std::uint32_t& out) {
    if (done()) return false;
    const std::string_view word = tokens_[at_].text;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), out);
    if (error != std::errc{} || end != word.data() + word.size()) return false;
    ++at_;
    return true;
  }

  /// What `largest` counts machines by.
  bool kind() {
    for (const std::string_view word : {"owner", "host", "version"}) {
      if (!take(word)) continue;
      selector_.by = word == "owner"  ? Selector::Term::What::owner
                     : word == "host" ? Selector::Term::What::host
                                      : Selector::Term::What::version;
      return true;
    }
    return refuse("Largest what? Write `largest owner of role=store`, `largest host` or `largest version`.");
  }

  bool amount(const std::string& pick) {
    if (done()) return refuse("How many? Write `" + pick + " 3` or `" + pick + " 5 %`.");
    const bool share = at_ + 1 < tokens_.size() && tokens_[at_ + 1].text == "%";
    if (share) {
      const Parsed<double> percent = parse_share(std::string(tokens_[at_].text) + " %");
      if (!percent) return refuse(percent.error);
      if (*percent.value <= 0) return refuse("0 % is nobody.");
      selector_.is_share = true;
      selector_.share = *percent.value;
      at_ += 2;
      return true;
    }
    const std::string word(tokens_[at_].text);
    if (!whole(selector_.count)) {
      return refuse("`" + word + "` is not a number of machines: write `" + pick + " 3` or `" + pick + " 5 %`.");
    }
    if (selector_.count == 0) {
      --at_;
      return refuse("0 machines are nobody.");
    }
    return true;
  }

  bool term() {
    Selector::Term term;
    term.offset = offset();
    const std::string word(tokens_[at_].text);
    if (std::any_of(picks.begin(), picks.end(), [&](const auto& pick) { return pick.first == word; })) {
      return refuse("`" + word + "` comes first: `" + word + (word == "largest" ? " host" : " 5 %") +
                    " of role=peer and region=EU`.");
    }
    if (word == "rest") return refuse("`rest` stands alone: it means whoever is in no other side.");
    if (take("all")) {
      selector_.terms.push_back(term);
      return true;
    }
    if (word == "node" || word == "nodes") {
      ++at_;
      return nodes(term);
    }
    const auto known =
        std::find_if(properties.begin(), properties.end(), [&](const auto& p) { return p.first == word; });
    if (known != properties.end()) {
      ++at_;
      if (!take("=")) return refuse("Expected `=` after `" + word + "`, as in `" + word + "=x`.");
      const bool sign = !done() && (tokens_[at_].text == "=" || tokens_[at_].text == "%" || tokens_[at_].text == "..");
      if (done() || sign) return refuse("Expected a name after `" + word + "=`.");
      term.what = known->second;
      term.name = std::string(tokens_[at_++].text);
      selector_.terms.push_back(std::move(term));
      return true;
    }
    std::string sentence = "`" + word + "` chooses nobody known.";
    if (const auto meant =
            nearest_name(word, {"all", "rest", "role", "region", "group", "owner", "host", "version", "node", "nodes",
                                "random", "highest-degree", "busiest", "largest", "and", "of"})) {
      sentence += " Did you mean `" + *meant + "`?";
    } else {
      sentence +=
          " Write `all`, `role=`, `region=`, `group=`, `owner=`, `host=`, `version=`, `node 17` or `nodes 3..9`.";
    }
    return refuse(std::move(sentence));
  }

  bool nodes(Selector::Term& term) {
    term.what = Selector::Term::What::nodes;
    if (!whole(term.first)) return refuse("Expected the number of a node, as in `node 17` or `nodes 3..9`.");
    term.last = term.first;
    if (take("..")) {
      const std::size_t before = at_;
      if (!whole(term.last)) return refuse("Expected the last number of the range, as in `nodes 3..9`.");
      if (term.last < term.first) {
        at_ = before;
        return refuse("The range runs backwards.");
      }
    }
    selector_.terms.push_back(std::move(term));
    return true;
  }

  std::string_view text_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  Selector selector_;
  ParsedSelector failure_;
};

}  // namespace

ParsedSelector parse_selector(std::string_view text) { return Parser(text).parse(); }

}  // namespace peerlab
