#include "sim/scenario/layers.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <system_error>

#include "models/base/decimal.h"

namespace peerlab {
namespace {

namespace fs = std::filesystem;

/// The way from the top file to the one being read, as canonical paths.
using Trail = std::vector<fs::path>;

constexpr std::size_t longest_trail = 16;

bool lies_in(const fs::path& path, const fs::path& root) {
  const auto [end, rest] = std::mismatch(root.begin(), root.end(), path.begin(), path.end());
  return end == root.end() || (end->empty() && std::next(end) == root.end());
}

std::optional<Tree> load(Sources& sources, std::uint32_t source, const fs::path& root, Trail& trail,
                         Problems& problems);

/// The tree that `value`, the text after `extends:`, names; nothing after saying why not.
std::optional<Tree> load_base(const Tree& value, Sources& sources, const fs::path& root, Trail& trail,
                              Problems& problems) {
  const auto say = [&](std::string sentence) {
    add_problem(problems, sources.problem(value.spot, std::move(sentence)));
  };
  if (value.kind != Tree::Kind::text || value.text.empty()) {
    say("`extends` names one scenario file, such as `extends: hello.yaml`.");
    return std::nullopt;
  }
  std::error_code error;
  fs::path wanted = value.text;
  if (wanted.extension().empty()) wanted += ".yaml";
  if (wanted.is_relative()) wanted = trail.back().parent_path() / wanted;
  const fs::path path = fs::weakly_canonical(wanted, error);
  if (error || !lies_in(path, root)) {
    say(backquoted(value.text) + " lies outside of the scenario's folder.");
    return std::nullopt;
  }
  if (std::find(trail.begin(), trail.end(), path) != trail.end()) {
    say("`extends` leads back to " + backquoted(value.text) + ": a scenario cannot extend itself.");
    return std::nullopt;
  }
  if (trail.size() >= longest_trail) {
    say("`extends` is nested more than " + std::to_string(longest_trail) + " files deep.");
    return std::nullopt;
  }
  Problems of_the_file;
  const fs::path shown = fs::path(sources.name(value.spot.source)).parent_path() / value.text;
  fs::path named = shown;
  if (named.extension().empty()) named += ".yaml";
  if (!fs::exists(path, error)) {
    say("There is no file " + backquoted(named.string()) + ".");
    return std::nullopt;
  }
  const std::uint32_t source = sources.add_file(named.string(), of_the_file);
  if (source == Sources::none) {
    for (Problem& p : of_the_file) say(backquoted(named.string()) + ": " + p.sentence);
    return std::nullopt;
  }
  trail.push_back(path);
  std::optional<Tree> base = load(sources, source, root, trail, problems);
  trail.pop_back();
  return base;
}

void remove_member(Tree& tree, std::string_view key) {
  std::erase_if(tree.members, [&](const Tree::Member& m) { return m.key == key; });
}

std::optional<Tree> load(Sources& sources, std::uint32_t source, const fs::path& root, Trail& trail,
                         Problems& problems) {
  std::optional<Tree> tree = parse_tree(sources, source, problems);
  if (!tree) return std::nullopt;
  if (tree->kind != Tree::Kind::map) {
    add_problem(problems,
                sources.problem(tree->spot, "A scenario is a map of keys and values, such as `duration: 24 h`."));
    return std::nullopt;
  }
  const Tree* extends = tree->find("extends");
  if (extends == nullptr) return tree;
  std::optional<Tree> base = load_base(*extends, sources, root, trail, problems);
  remove_member(*tree, "extends");
  if (!base) return tree;
  remove_member(*base, "name");
  overlay(*base, *tree);
  base->spot = tree->spot;
  return base;
}

}  // namespace

std::vector<std::string> split_path(std::string_view path) {
  std::vector<std::string> out;
  for (std::size_t from = 0;;) {
    const std::size_t dot = path.find('.', from);
    out.emplace_back(path.substr(from, dot == std::string_view::npos ? dot : dot - from));
    if (dot == std::string_view::npos) return out;
    from = dot + 1;
  }
}

std::string set_at(Tree& tree, std::string_view path, const Spot& spot, const Tree& value) {
  const std::vector<std::string> steps = split_path(path);
  Tree* at = &tree;
  std::string walked;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const std::string& step = steps[i];
    if (step.empty())
      return backquoted(path) + " is no path: names are joined by single points, as in `network.users`.";
    const bool last = i + 1 == steps.size();
    if (at->kind == Tree::Kind::list) {
      std::size_t index = 0;
      const auto [end, error] = std::from_chars(step.data(), step.data() + step.size(), index);
      if (error != std::errc{} || end != step.data() + step.size()) {
        return backquoted(walked) + " is a list: say which entry, as in `" + walked + ".0" +
               (step.empty() ? "" : "." + step) + "`.";
      }
      if (index >= at->items.size()) {
        return backquoted(walked) + " has " + std::to_string(at->items.size()) +
               " entries, counted from 0; there is no " + step + ".";
      }
      at = &at->items[index];
    } else if (at->kind == Tree::Kind::text) {
      return backquoted(walked) + " holds a single value and nothing below it.";
    } else {
      at->kind = Tree::Kind::map;
      Tree* below = at->find(step);
      if (below == nullptr) {
        Tree fresh;
        fresh.spot = spot;
        fresh.from = value.from;
        if (!last) fresh.kind = Tree::Kind::map;
        at->members.push_back({step, spot, std::move(fresh)});
        below = &at->members.back().value;
      }
      at = below;
    }
    walked += (walked.empty() ? "" : ".") + step;
  }
  overlay(*at, value);
  return {};
}

std::string home_of(const std::string& path, const std::string& root) {
  std::error_code error;
  const fs::path file = fs::weakly_canonical(fs::absolute(path, error), error);
  const fs::path home = root.empty() ? fs::path() : fs::weakly_canonical(fs::absolute(root, error), error);
  return !home.empty() && lies_in(file, home) ? home.string() : file.parent_path().string();
}

bool leads_into(const std::string& path, const std::string& folder) {
  std::error_code error;
  const fs::path to = fs::weakly_canonical(fs::absolute(path, error), error);
  return !error && lies_in(to, folder);
}

std::optional<Tree> load_layers(Sources& sources, std::uint32_t top, const std::string& root, Problems& problems) {
  std::error_code error;
  Trail trail{fs::weakly_canonical(fs::absolute(sources.name(top), error), error)};
  return load(sources, top, home_of(sources.name(top), root), trail, problems);
}

namespace {

/// Lays the section `name` over the rest of the tree.
void apply_section(Tree& tree, const std::string& name, Origin::From from, const Sources& sources, Problems& problems) {
  const Tree* found = tree.find(name);
  if (found == nullptr) return;
  Tree over = *found;
  if (over.kind != Tree::Kind::map) {
    add_problem(problems, sources.problem(over.spot, backquoted(name) + " is a map of what is different, such as `" +
                                                         name + ": {replications: 2}`."));
    return;
  }
  mark(over, from);
  for (const Tree::Member& m : over.members) {
    const bool fixed = m.key == "quick" || m.key == "full" || m.key == "extends" || m.key == "schema";
    std::string error =
        fixed ? backquoted(name) + " cannot change " + backquoted(m.key) + "." : set_at(tree, m.key, m.spot, m.value);
    if (!error.empty()) add_problem(problems, sources.problem(m.spot, std::move(error)));
  }
}

}  // namespace

void apply_quick(Tree& tree, const Sources& sources, Problems& problems) {
  apply_section(tree, "quick", Origin::From::quick, sources, problems);
}

void apply_full(Tree& tree, const Sources& sources, Problems& problems) {
  apply_section(tree, "full", Origin::From::full, sources, problems);
}

namespace {

/// PATH=VALUE, taken apart.
struct ParsedOverride {
  std::string path;
  Spot start;
  Tree value;
};

std::optional<ParsedOverride> parse_override(const Override& given, Sources& sources, Problems& problems) {
  const std::uint32_t source = sources.add(given.option, given.text);
  const Spot start{source, 1, 1};
  const auto refuse = [&](std::string sentence) {
    add_problem(problems, sources.problem(start, std::move(sentence)));
    return std::nullopt;
  };
  if (std::string refusal = text_refusal(given.text, "The argument"); !refusal.empty()) return refuse(refusal);
  const std::size_t equals = given.text.find('=');
  if (equals == std::string::npos || equals == 0) {
    return refuse("Write PATH=VALUE, for example `network.users=100`.");
  }
  const std::string path(trimmed(std::string_view(given.text).substr(0, equals)));
  const std::string_view text = trimmed(std::string_view(given.text).substr(equals + 1));
  Tree value;
  value.spot = {source, 1, static_cast<std::uint32_t>(text.data() - given.text.data() + 1)};
  if (!text.empty() && (text.front() == '[' || text.front() == '{')) {
    // The path becomes blanks, so that columns stay those of the argument.
    const std::uint32_t blanked =
        sources.add(given.option, std::string(equals + 1, ' ') + given.text.substr(equals + 1));
    Problems of_the_value;
    std::optional<Tree> parsed = parse_tree(sources, blanked, of_the_value);
    for (Problem& p : of_the_value) add_problem(problems, std::move(p));
    if (!parsed) return std::nullopt;
    value = std::move(*parsed);
  } else {
    value.kind = Tree::Kind::text;
    value.text = std::string(text);
  }
  mark(value, Origin::From::set);
  if (path == "extends" || path == "schema") return refuse(backquoted(path) + " cannot be set from outside.");
  return ParsedOverride{path, start, std::move(value)};
}

/// The map of that name in `tree`, made if there is nothing; null when something else is there.
Tree* map_in(Tree& tree, const std::string& key, const Spot& spot) {
  Tree* found = tree.find(key);
  if (found == nullptr) {
    Tree fresh;
    fresh.kind = Tree::Kind::map;
    fresh.spot = spot;
    fresh.from = Origin::From::set;
    tree.members.push_back({key, spot, std::move(fresh)});
    found = &tree.members.back().value;
  }
  return found->kind == Tree::Kind::map ? found : nullptr;
}

}  // namespace

void apply_override(Tree& tree, const Override& given, Sources& sources, Problems& problems) {
  const std::optional<ParsedOverride> parsed = parse_override(given, sources, problems);
  if (!parsed) return;
  std::string error = set_at(tree, parsed->path, parsed->start, parsed->value);
  if (!error.empty()) add_problem(problems, sources.problem(parsed->start, std::move(error)));
}

void apply_axis(Tree& tree, const Override& given, Sources& sources, Problems& problems) {
  Override listed = given;
  const std::size_t equals = given.text.find('=');
  if (equals != std::string::npos) {
    const std::string_view values = trimmed(std::string_view(given.text).substr(equals + 1));
    if (values.empty() || (values.front() != '[' && values.front() != '{'))
      listed.text = given.text.substr(0, equals + 1) + "[" + std::string(values) + "]";
  }
  const std::optional<ParsedOverride> parsed = parse_override(listed, sources, problems);
  if (!parsed) return;
  Tree* sweep = map_in(tree, "sweep", parsed->start);
  Tree* grid = sweep == nullptr ? nullptr : map_in(*sweep, "grid", parsed->start);
  if (grid == nullptr) {
    add_problem(problems,
                sources.problem(parsed->start, "The scenario's `sweep` has no place for an axis: it is no map."));
    return;
  }
  remove_member(*grid, parsed->path);
  grid->members.push_back({parsed->path, parsed->start, parsed->value});
}

}  // namespace peerlab
