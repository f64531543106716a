#include "models/node/parcels.h"

#include <gtest/gtest.h>

#include <memory>

namespace peerlab {
namespace {

constexpr MessageKind body = 2;

struct Letter final : Parcel {
  Letter(int& alive_now, int text_in) : alive(alive_now), text(text_in) { ++alive; }
  ~Letter() override { --alive; }
  int& alive;
  int text;
};

TEST(Parcels, AParcelLivesUntilItsLastCarrierIsDone) {
  int alive = 0;
  Parcels parcels;
  const Message message = parcels.add(body, std::make_unique<Letter>(alive, 7), 3);
  EXPECT_EQ(message.kind, body);
  EXPECT_EQ(message.extra, 3);
  parcels.keep(message);
  parcels.keep(message, 2);
  for (int left = 4; left > 1; --left) {
    parcels.drop(message);
    EXPECT_EQ(alive, 1);
    EXPECT_EQ(parcels.as<Letter>(message).text, 7);
  }
  parcels.drop(message);
  EXPECT_EQ(alive, 0);
  EXPECT_EQ(parcels.alive(), 0U);
}

TEST(Parcels, ManyLiveAtOnceAndFreedPlacesAreUsedAgain) {
  int alive = 0;
  Parcels parcels;
  std::vector<Message> messages;
  for (int i = 0; i < 10; ++i) messages.push_back(parcels.add(body, std::make_unique<Letter>(alive, i)));
  parcels.drop(messages[3]);
  parcels.drop(messages[8]);
  EXPECT_EQ(parcels.alive(), 8U);
  const Message again = parcels.add(body, std::make_unique<Letter>(alive, 100));
  EXPECT_TRUE(again.ref == messages[3].ref || again.ref == messages[8].ref);
  EXPECT_EQ(parcels.as<Letter>(again).text, 100);
  EXPECT_EQ(parcels.as<Letter>(messages[4]).text, 4);
  EXPECT_EQ(alive, 9);
}

TEST(Parcels, AllThatIsLeftGoesWithTheWorld) {
  int alive = 0;
  {
    Parcels parcels;
    (void)parcels.add(body, std::make_unique<Letter>(alive, 1));
    EXPECT_EQ(alive, 1);
  }
  EXPECT_EQ(alive, 0);
}

TEST(Parcels, AnInlineMessageIsNobodysParcel) {
  Parcels parcels;
  const Message small{1, 0, 0, 12345};
  parcels.keep(small);
  parcels.drop(small);
  EXPECT_EQ(parcels.alive(), 0U);
}

TEST(ParcelsDeathTest, ReadingOrDroppingWhatIsGoneIsOurFault) {
  int alive = 0;
  Parcels parcels;
  const Message message = parcels.add(body, std::make_unique<Letter>(alive, 1));
  parcels.drop(message);
  EXPECT_EXIT((void)parcels.at(message), testing::ExitedWithCode(70), "parcel != nullptr");
  EXPECT_EXIT(parcels.drop(message), testing::ExitedWithCode(70), "references > 0");
  EXPECT_EXIT((void)parcels.at(Message{}), testing::ExitedWithCode(70), "parcel == 1");
}

}  // namespace
}  // namespace peerlab
