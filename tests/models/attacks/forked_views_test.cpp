// A server with an audit log in the hands of somebody who alters what it answers: who believes it, and who does not.
#include "models/attacks/forked_views.h"

#include <gtest/gtest.h>

#include "models/attacks/forged_answer.h"
#include "models/node/audit_happening.h"
#include "tests/models/protocols/central_table.h"

namespace peerlab {
namespace {

constexpr RecordName first_record{UserId(0), 0};
constexpr auto audited = std::pair("audit_log", "clients-check");

/// What was wrong with the answer to operation `number`; ok when nothing was told.
AuditVerdict failed(const CentralTable& table, std::uint32_t number) {
  const auto* told = table.said(happened::audit_failed, number);
  return told == nullptr ? AuditVerdict::ok : static_cast<AuditVerdict>(told->what.amount);
}

/// What becomes of an answer that somebody who holds the server, and the operator's key, alters on its way out.
class Forged : public ::testing::Test {
 protected:
  CentralTable table_{{.users = 3, .set = {audited, {"signatures", "none"}}}};
  std::unique_ptr<ForkedViews> views_ = std::make_unique<ForkedViews>();

  void forge(Forgery how, bool fit = true) {
    table_.edits = [this, how, fit](NodeId from, NodeId to, const Message& m) {
      Message now = m;
      Home home = table_.home(from);
      if (const auto forged = forge_answer(m, how, home)) now = forged->message;
      if (from != table_.server_id(0) || !fit) return now;
      Work work;
      const auto fitted = views_->fit(to, now, table_.server(0), table_.parcels(), work);
      return fitted ? *fitted : now;
    };
  }
  std::uint32_t read(std::uint32_t user, std::uint32_t ordinal = 0) {
    const std::uint32_t asked = table_.read(user, {UserId(0), ordinal});
    table_.run(seconds(1));
    return asked;
  }
  void publish(std::uint32_t ordinal) {
    (void)table_.publish(0, ordinal);
    table_.run(seconds(1));
  }
  [[nodiscard]] bool believed(std::uint32_t asked) const {
    const auto* told = table_.said(happened::read_answered, asked);
    return told != nullptr && told->what.amount == 1;
  }
};

TEST_F(Forged, WithTheTrueProofNobodyBelievesIt) {
  publish(0);
  forge(Forgery::altered, false);
  EXPECT_EQ(failed(table_, read(1)), AuditVerdict::not_in_the_log);
}

TEST_F(Forged, WhoHasSeenTheWriteIsNotFooled) {
  publish(0);
  (void)read(1);
  forge(Forgery::altered);
  EXPECT_NE(failed(table_, read(1)), AuditVerdict::ok);
}

TEST_F(Forged, WhoHasSeenNothingBelievesAndFindsOutWhenTheLieEnds) {
  publish(0);
  publish(1);
  forge(Forgery::altered);
  EXPECT_TRUE(believed(read(1)));
  EXPECT_TRUE(believed(read(1))) << "the same lie again";
  EXPECT_FALSE(believed(read(1, 1))) << "he has seen that leaf meanwhile, as it was";
  table_.edits = nullptr;
  EXPECT_EQ(failed(table_, read(1)), AuditVerdict::not_continued);
}

TEST_F(Forged, ALieAboutWhatIsNewerThanTheLastHeadIsBelieved) {
  publish(0);
  (void)read(1);
  publish(1);
  forge(Forgery::altered);
  EXPECT_TRUE(believed(read(1, 1)));
  EXPECT_FALSE(believed(read(1, 0)));
}

// A log says that what is shown was written, not that nothing newer was.
TEST_F(Forged, AnAnswerWithoutTheLastWriteIsBelieved) {
  publish(0);
  (void)table_.change(Asked::transfer, 0, first_record, 2);
  table_.run(seconds(1));
  (void)read(1);
  forge(Forgery::shortened);
  const std::uint32_t asked = read(1);
  EXPECT_TRUE(believed(asked));
  EXPECT_EQ(table_.said(happened::read_answered, asked)->what.detail, 0U) << "the publication";
}

}  // namespace
}  // namespace peerlab
