#include "models/base/field.h"

#include <gtest/gtest.h>

namespace peerlab {
namespace {

Fields sample() {
  return {
      {.name = "block_interval",
       .kind = Kind::duration,
       .fallback = "10 min",
       .sentence = "Mean time between blocks.",
       .example = "1 min",
       .least = "1 s",
       .most = "1 d",
       .choices = {}},
      {.name = "degree",
       .kind = Kind::whole,
       .fallback = "8",
       .sentence = "Links a node opens.",
       .example = "12",
       .least = "1",
       .most = "1000",
       .choices = {}},
      {.name = "relay",
       .kind = Kind::choice,
       .fallback = "inventory",
       .sentence = "How blocks travel.",
       .example = "flood",
       .least = "",
       .most = "",
       .choices = {"inventory", "headers", "flood"}},
      {.name = "compact",
       .kind = Kind::flag,
       .fallback = "yes",
       .sentence = "Compact blocks.",
       .example = "no",
       .least = "",
       .most = "",
       .choices = {}},
      {.name = "latency",
       .kind = Kind::law,
       .fallback = "50 ms",
       .sentence = "Delay of a link.",
       .example = "uniform 10 ms..50 ms",
       .least = "1 ms",
       .most = "10 s",
       .choices = {},
       .of = Kind::duration},
      {.name = "loss",
       .kind = Kind::share,
       .fallback = "0 %",
       .sentence = "Lost messages.",
       .example = "1 %",
       .least = "",
       .most = "50 %",
       .choices = {}},
      {.name = "uplink",
       .kind = Kind::bandwidth,
       .fallback = "8 Mbit/s",
       .sentence = "Upload bandwidth.",
       .example = "1 Gbit/s",
       .least = "",
       .most = "",
       .choices = {}},
      {.name = "size",
       .kind = Kind::size,
       .fallback = "1 MB",
       .sentence = "Largest block.",
       .example = "4 MB",
       .least = "",
       .most = "",
       .choices = {}},
      {.name = "rate",
       .kind = Kind::rate,
       .fallback = "1 per min in total",
       .sentence = "How often.",
       .example = "2 per s in total",
       .least = "",
       .most = "",
       .choices = {}},
      {.name = "name",
       .kind = Kind::text,
       .fallback = "",
       .sentence = "What it is called.",
       .example = "one",
       .least = "",
       .most = "",
       .choices = {}},
  };
}

TEST(Params, BeginAtTheDefaultsOfTheTable) {
  const Params p = Params::defaults(sample());
  EXPECT_EQ(p.duration("block_interval"), minutes(10));
  EXPECT_EQ(p.whole("degree"), 8);
  EXPECT_EQ(p.text("relay"), "inventory");
  EXPECT_TRUE(p.flag("compact"));
  EXPECT_EQ(p.law("latency"), Distribution::constant(5e7));
  EXPECT_EQ(p.share("loss"), 0.0);
  EXPECT_EQ(p.bandwidth("uplink"), 8e6);
  EXPECT_EQ(p.size("size"), 1'000'000);
  EXPECT_EQ(p.rate("rate"), (Rate{1.0 / 60, false}));
  EXPECT_EQ(p.text("name"), "");
}

TEST(Params, TakeAValueOrSayWhyNot) {
  Params p = Params::defaults(sample());
  EXPECT_EQ(p.set("block_interval", "1 min"), "");
  EXPECT_EQ(p.duration("block_interval"), minutes(1));
  EXPECT_NE(p.set("block_interval", "500 ms").find("the least is 1 s"), std::string::npos);
  EXPECT_EQ(p.duration("block_interval"), minutes(1)) << "a refused value leaves the old one";
  EXPECT_NE(p.set("degree", "1001").find("the most is 1000"), std::string::npos);
  EXPECT_NE(p.set("relay", "flod").find("Did you mean `flood`"), std::string::npos);
  EXPECT_NE(p.set("latency", "uniform 10 ms..20 s").find("too large"), std::string::npos);
  EXPECT_NE(p.set("latency", "0 ms").find("too small"), std::string::npos);
  EXPECT_NE(p.set("degre", "4").find("Did you mean `degree`"), std::string::npos);
}

TEST(Params, WriteEveryValueSoThatItReadsBack) {
  for (const Field& field : sample()) {
    for (const std::string& text : {field.fallback, field.example}) {
      const Parsed<Value> value = parse_value(field, text);
      ASSERT_TRUE(value) << field.name << ": " << value.error;
      EXPECT_EQ(write_value(field, *value.value), text);
    }
  }
}

TEST(ParamsDeathTest, AskingForAFieldThatIsNotThereIsOurFault) {
  const Params p = Params::defaults(sample());
  EXPECT_EXIT((void)p.whole("missing"), testing::ExitedWithCode(70), "no field of that name: missing");
  EXPECT_EXIT((void)p.whole("relay"), testing::ExitedWithCode(70), "the field is of another kind: relay");
}

}  // namespace
}  // namespace peerlab
