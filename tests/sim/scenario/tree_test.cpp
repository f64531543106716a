#include "sim/scenario/tree.h"

#include <gtest/gtest.h>

namespace peerlab {
namespace {

struct Parsed {
  std::optional<Tree> tree;
  Problems problems;
  std::string text;
};

Parsed parse(std::string yaml) {
  Sources sources;
  Parsed out;
  const std::uint32_t source = sources.add("t.yaml", std::move(yaml));
  out.tree = parse_tree(sources, source, out.problems);
  out.text = format_problems(out.problems);
  return out;
}

TEST(Tree, KeepsScalarsAsText) {
  const auto parsed = parse("a: 010\nb: no\nc: '5'\nd: 1e3\ne: ~\n");
  ASSERT_TRUE(parsed.tree) << parsed.text;
  EXPECT_EQ(parsed.tree->find("a")->text, "010");
  EXPECT_EQ(parsed.tree->find("b")->text, "no");
  EXPECT_EQ(parsed.tree->find("c")->text, "5");
  EXPECT_EQ(parsed.tree->find("d")->text, "1e3");
  EXPECT_EQ(parsed.tree->find("e")->kind, Tree::Kind::nothing);
}

TEST(Tree, KnowsThePlaceOfEverything) {
  const auto parsed = parse("a: 1\nlist:\n  - {x: 10 ms}\n");
  ASSERT_TRUE(parsed.tree);
  const Tree& item = parsed.tree->find("list")->items.at(0);
  EXPECT_EQ(item.find("x")->spot.line, 3U);
  EXPECT_EQ(item.find("x")->spot.column, 9U);
  EXPECT_EQ(item.members.at(0).spot.column, 6U);
}

TEST(Tree, RefusesWhatYamlOffersAndScenariosDoNotNeed) {
  EXPECT_NE(parse("a: 1\na: 2\n").text.find("t.yaml:2:1: The key `a` stands here twice; the first one is in line 1."),
            std::string::npos);
  EXPECT_NE(parse("a: {x: 1, x: 2}\n").text.find("t.yaml:1:11: The key `x` stands here twice"), std::string::npos);
  EXPECT_NE(parse("<<: {a: 1}\n").text.find("Merge keys"), std::string::npos);
  EXPECT_NE(parse("a: &x 1\n").text.find("Anchors"), std::string::npos);
  EXPECT_NE(parse("a: &x 1\nb: *x\n").text.find("t.yaml:2:4: Aliases"), std::string::npos);
  EXPECT_NE(parse("a: !!int 3\n").text.find("Tags"), std::string::npos);
  EXPECT_NE(parse("[a, b]: 1\n").text.find("A key is a plain word"), std::string::npos);
  EXPECT_NE(parse("a: 1\n---\nb: 2\n").text.find("second document"), std::string::npos);
  EXPECT_NE(parse("# nothing\n").text.find("nothing in it but comments"), std::string::npos);
}

TEST(Tree, SaysInWordsWhereTheGrammarEnds) {
  EXPECT_NE(parse("a: {b: 1\n").text.find("not closed"), std::string::npos);
  EXPECT_NE(parse("a: [1, 2\n").text.find("not closed"), std::string::npos);
  EXPECT_NE(parse("a: 'x\n").text.find("quotes that begin"), std::string::npos);
  EXPECT_NE(parse("question: what: this\n").text.find("`: `"), std::string::npos);
  EXPECT_NE(parse("a: 1\n  b: 2\n").text.find("t.yaml:2:"), std::string::npos);
  EXPECT_NE(parse("a:\n\tb: 2\n").text.find("Tabs do not indent"), std::string::npos);
  EXPECT_NE(parse("a: \"x\\\"\nb: 1\n").text.find("t.yaml:1:4: The quotes that begin here"), std::string::npos);
  EXPECT_TRUE(parse("a: 'it''s'\nb: \"\\\"\"\n").tree);
  EXPECT_NE(parse("a: ]\n").text.find("closes nothing"), std::string::npos);
  EXPECT_NE(parse("a: @x\n").text.find("put the text in quotes"), std::string::npos);
}

TEST(Tree, IsNeverDeeperThanItsBound) {
  for (const std::string& deep :
       {std::string(20000, '['), std::string(20000, '{'), std::string("a: ") + std::string(200000, '[')}) {
    const auto parsed = parse(deep);
    EXPECT_FALSE(parsed.tree);
    EXPECT_NE(parsed.text.find("nested more than 64 deep"), std::string::npos) << parsed.text;
  }
  std::string dashes;
  std::string questions;
  std::string maps;
  std::string indented;
  for (int i = 0; i < 20000; ++i) {
    dashes += "- ";
    questions += "? ";
    maps += "{a: ";
    if (i < 300) indented += std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
  }
  for (const std::string& deep :
       {dashes, questions, maps, indented, std::string(20000, '[') + std::string(20000, ']')}) {
    const auto parsed = parse(deep);
    EXPECT_FALSE(parsed.tree);
    EXPECT_FALSE(parsed.text.empty());
  }
}

TEST(Tree, TakesNoBombsOfAliases) {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 40; ++i) {
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int j = 0; j < 9; ++j) bomb += (j == 0 ? "*a" : ", *a") + std::to_string(i - 1);
    bomb += "]\n";
  }
  const auto parsed = parse(bomb);
  EXPECT_FALSE(parsed.tree);
  EXPECT_NE(parsed.text.find("Anchors"), std::string::npos);
}

TEST(Tree, EndsAMapOfEndlessKeysInTime) {
  std::string wide = "{";
  for (int i = 0; i < 100000; ++i) wide += "k" + std::to_string(i) + ": 1, ";
  const auto parsed = parse(wide + "}");
  EXPECT_FALSE(parsed.tree);
  EXPECT_NE(parsed.text.find("more than 4096 keys"), std::string::npos);
}

TEST(Tree, EndsEndlessListsInTime) {
  std::string wide = "a: [";
  for (int i = 0; i < 500000; ++i) wide += "x, ";
  EXPECT_NE(parse(wide + "x]").text.find("more than 4096 entries"), std::string::npos);
  std::string square = "a:\n";
  for (int i = 0; i < 1000; ++i) {
    square += "  - [";
    for (int j = 0; j < 100; ++j) square += "x, ";
    square += "x]\n";
  }
  EXPECT_NE(parse(square).text.find("more than 50000 values"), std::string::npos);
}

TEST(Tree, LaysMapsOnMapsAndReplacesEverythingElse) {
  auto base = parse("a: {x: 1, y: 2}\nb: [1, 2]\nc: 3\n");
  const auto over = parse("a: {y: 20, z: 30}\nb: [9]\nd: 4\n");
  ASSERT_TRUE(base.tree && over.tree);
  overlay(*base.tree, *over.tree);
  EXPECT_EQ(base.tree->find("a")->find("x")->text, "1");
  EXPECT_EQ(base.tree->find("a")->find("y")->text, "20");
  EXPECT_EQ(base.tree->find("a")->find("z")->text, "30");
  EXPECT_EQ(base.tree->find("b")->items.size(), 1U);
  EXPECT_EQ(base.tree->find("c")->text, "3");
  EXPECT_EQ(base.tree->find("d")->text, "4");
}

}  // namespace
}  // namespace peerlab
