#include "sim/scenario/tree.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <sstream>

#include "models/base/decimal.h"

namespace peerlab {
namespace {

/// Ends the parsing of a text that no person wrote. Its problem has been said.
struct TooMuch {};

/// Builds the tree from the parser's events. `open_` is the way from the document's root to where the parser stands.
class Builder final : public YAML::EventHandler {
 public:
  Builder(const Sources& sources, std::uint32_t source, Problems& problems)
      : sources_(sources), source_(source), problems_(problems) {}

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    Tree node;
    node.spot = spot(mark);
    refuse_anchor(node.spot, anchor);
    put(std::move(node));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    Tree node;
    node.spot = spot(mark);
    say(node.spot, "Aliases (`*name`) are not used in scenarios; write the value out, or use `extends`.");
    refused_ = true;
    put(std::move(node));
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    Tree node;
    node.kind = Tree::Kind::text;
    node.text = value;
    node.spot = spot(mark);
    refuse_anchor(node.spot, anchor);
    refuse_tag(node.spot, tag);
    refuse_open_quotes(node.spot);
    put(std::move(node));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    begin(Tree::Kind::list, mark, tag, anchor);
  }
  void OnSequenceEnd() override { end(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    begin(Tree::Kind::map, mark, tag, anchor);
  }
  void OnMapEnd() override { end(); }

  [[nodiscard]] std::optional<Tree> take() { return std::move(root_); }
  [[nodiscard]] bool refused() const { return refused_; }
  [[nodiscard]] Spot spot(const YAML::Mark& mark) const {
    return {source_, static_cast<std::uint32_t>(mark.line + 1), static_cast<std::uint32_t>(mark.column + 1)};
  }
  void say(const Spot& where, std::string sentence) {
    add_problem(problems_, sources_.problem(where, std::move(sentence)));
  }

 private:
  struct Open {
    Tree node;
    std::optional<Tree> key;  ///< of a map: the key whose value comes next
  };

  void refuse_anchor(const Spot& where, YAML::anchor_t anchor) {
    if (anchor == 0) return;
    say(where, "Anchors (`&name`) are not used in scenarios; write the value out, or use `extends`.");
    refused_ = true;
  }
  void refuse_tag(const Spot& where, const std::string& tag) {
    if (tag.empty() || tag == "?" || tag == "!") return;
    say(where, "Tags (" + backquoted(tag) + ") are not used in scenarios.");
    refused_ = true;
  }
  /// yaml-cpp takes the end of the file for the missing quote, and everything up to there for the text.
  void refuse_open_quotes(const Spot& where) {
    const std::string_view text = sources_.from(where);
    if (text.empty() || (text.front() != '\'' && text.front() != '"')) return;
    const char quote = text.front();
    for (std::size_t i = 1; i < text.size(); ++i) {
      if (quote == '"' && text[i] == '\\') {
        ++i;
      } else if (quote == '\'' && text.substr(i, 2) == "''") {
        ++i;
      } else if (text[i] == quote) {
        return;
      }
    }
    say(where, "The quotes that begin here are not closed.");
    refused_ = true;
  }
  void begin(Tree::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    Open next;
    next.node.kind = kind;
    next.node.spot = spot(mark);
    if (open_.size() >= tree_most_depth)
      say_too_much(next.node.spot, "This is nested more than " + std::to_string(tree_most_depth) + " deep.");
    refuse_anchor(next.node.spot, anchor);
    refuse_tag(next.node.spot, tag);
    open_.push_back(std::move(next));
  }
  void end() {
    Tree done = std::move(open_.back().node);
    open_.pop_back();
    put(std::move(done));
  }
  [[noreturn]] void say_too_much(const Spot& where, std::string sentence) {
    say(where, std::move(sentence));
    throw TooMuch{};
  }
  void put(Tree node) {
    if (++values_ > tree_most_values)
      say_too_much(node.spot, "There are more than " + std::to_string(tree_most_values) + " values in this.");
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    Open& parent = open_.back();
    if (parent.node.kind == Tree::Kind::list) {
      if (parent.node.items.size() == tree_most_entries)
        say_too_much(node.spot, "This list has more than " + std::to_string(tree_most_entries) + " entries.");
      parent.node.items.push_back(std::move(node));
    } else if (!parent.key) {
      parent.key = std::move(node);
    } else {
      add_member(parent.node, std::move(*parent.key), std::move(node));
      parent.key.reset();
    }
  }
  void add_member(Tree& map, Tree key, Tree value) {
    if (key.kind != Tree::Kind::text) {
      say(key.spot, "A key is a plain word.");
      return;
    }
    if (key.text == "<<") {
      say(key.spot, "Merge keys (`<<`) are not used in scenarios; use `extends`.");
      return;
    }
    for (const Tree::Member& m : map.members) {
      if (m.key != key.text) continue;
      say(key.spot, "The key " + backquoted(key.text) + " stands here twice; the first one is in line " +
                        std::to_string(m.spot.line) + ".");
      return;
    }
    if (map.members.size() == tree_most_entries)
      say_too_much(key.spot, "This map has more than " + std::to_string(tree_most_entries) + " keys.");
    map.members.push_back({std::move(key.text), key.spot, std::move(value)});
  }

  const Sources& sources_;
  std::uint32_t source_;
  Problems& problems_;
  std::vector<Open> open_;
  std::optional<Tree> root_;
  std::size_t values_ = 0;
  bool refused_ = false;
};

/// The parser's complaint as a sentence for people who do not know YAML's grammar.
std::string in_sentence(const std::string& message) {
  struct Row {
    std::string_view begins;
    std::string_view sentence;
  };
  static constexpr Row rows[] = {
      {"end of map not found", "This map is not closed, or a line in it is indented differently from the others."},
      {"end of sequence not found",
       "This list is not closed, or a line in it is indented differently from the others."},
      {"end of map flow", "The `{` before this place is not closed by a `}`."},
      {"end of sequence flow", "The `[` before this place is not closed by a `]`."},
      {"illegal map value",
       "A `:` is not expected here: either the line is indented wrongly, or a text with `: ` in it wants quotes."},
      {"illegal block entry", "A `-` is not expected here."},
      {"illegal tag", "A text cannot begin with `!`; put it in quotes."},
      {"illegal EOF in scalar", "The quotes that begin here are not closed."},
      {"illegal document indicator", "A `---` or `...` is not expected here."},
      {"illegal flow end", "This bracket closes nothing."},
      {"alias not found", "A `*` does not begin a text; put the text in quotes."},
      {"anchor not found", "A `&` does not begin a text; put the text in quotes."},
      {"invalid anchor", "A `&` does not begin a text; put the text in quotes."},
      {"invalid alias", "A `*` does not begin a text; put the text in quotes."},
      {"unknown token", "This character does not begin a value; put the text in quotes."},
      {"unknown escape", "There is no such escape after `\\`; in single quotes a `\\` stands for itself."},
      {"illegal character", "This character is not expected here; tabs do not indent."},
  };
  for (const Row& row : rows) {
    if (message.rfind(row.begins, 0) == 0) return std::string(row.sentence);
  }
  return "This is not YAML: " + message + ".";
}

}  // namespace

const Tree* Tree::find(std::string_view key) const {
  for (const Member& m : members) {
    if (m.key == key) return &m.value;
  }
  return nullptr;
}

Tree* Tree::find(std::string_view key) {
  for (Member& m : members) {
    if (m.key == key) return &m.value;
  }
  return nullptr;
}

std::optional<Tree> parse_tree(const Sources& sources, std::uint32_t source, Problems& problems) {
  Builder builder(sources, source, problems);
  try {
    std::istringstream in(sources.text(source));
    YAML::Parser parser(in);
    if (!parser.HandleNextDocument(builder)) {
      builder.say({source, 0, 0}, "There is nothing in it but comments.");
      return std::nullopt;
    }
    std::optional<Tree> tree = builder.take();
    Problems of_the_rest;
    Builder rest(sources, source, of_the_rest);
    if (parser.HandleNextDocument(rest)) {
      const std::optional<Tree> second = rest.take();
      builder.say(second ? second->spot : Spot{source, 0, 0},
                  "A scenario is one map, and it ended before this place: a second document, or a line that is "
                  "indented differently.");
    }
    if (builder.refused()) return std::nullopt;
    return tree;
  } catch (const YAML::Exception& e) {
    const Spot where = e.mark.is_null() ? Spot{source, 0, 0} : builder.spot(e.mark);
    const std::string_view line = sources.line(where);
    const std::size_t indent = line.find_first_not_of(" \t");
    const bool tabs = line.substr(0, indent).find('\t') != std::string_view::npos;
    builder.say(where, tabs ? "Tabs do not indent; use blanks." : in_sentence(e.msg));
  } catch (const TooMuch&) {
  }
  return std::nullopt;
}

void overlay(Tree& base, const Tree& over) {
  if (base.kind != Tree::Kind::map || over.kind != Tree::Kind::map) {
    base = over;
    return;
  }
  for (const Tree::Member& m : over.members) {
    if (Tree* below = base.find(m.key)) {
      overlay(*below, m.value);
    } else {
      base.members.push_back(m);
    }
  }
}

void mark(Tree& tree, Origin::From from) {
  tree.from = from;
  for (Tree& item : tree.items) mark(item, from);
  for (Tree::Member& m : tree.members) mark(m.value, from);
}

}  // namespace peerlab
