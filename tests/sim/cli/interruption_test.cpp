// Ctrl-C, a reader that left, a full disk: what is finished stays, and a second run goes on from there.
#include <gtest/gtest.h>

#include "tests/sim/cli/program.h"

namespace peerlab {
namespace {

using test::Ended;
using test::has;
using test::Program;
using test::small;
namespace fs = std::filesystem;

TEST_F(Program, GoesOnAfterAnInterruptionWithTheSameBytes) {
  write("long.yaml", small + "expect: [blocks.mined > 0]\n");
  const std::vector<std::string> command{"run", "long.yaml", "--set", "duration=2 d", "-r", "4", "-j", "1", "--quiet"};
  const auto kept = [&] {
    std::vector<fs::path> files;
    std::error_code none;
    if (!fs::exists(folder_ / "results", none)) return files;
    for (const fs::directory_entry& at : fs::recursive_directory_iterator(folder_ / "results")) {
      if (at.path().extension() == ".run") files.push_back(at.path());
    }
    return files;
  };
  const pid_t child = start(command, "out");
  for (int i = 0; i < 24000 && kept().size() < 2; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  ::kill(child, SIGINT);
  const Ended e = wait(child);
  ASSERT_EQ(e.code, 130) << "the runs are too short to be interrupted: " << e.err;
  EXPECT_TRUE(has(e.err, "of 4 runs of small were finished and are kept")) << e.err;
  EXPECT_FALSE(fs::exists(folder_ / "results" / "small"));
  const std::vector<fs::path> files = kept();
  ASSERT_GE(files.size(), 2U);
  std::string damaged = read(files.front());
  damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 1);
  std::ofstream(files.front(), std::ios::binary) << damaged;
  const Ended on = run(command);
  EXPECT_EQ(on.code, 0) << on.err;
  EXPECT_TRUE(has(on.err, "is damaged and is done again")) << on.err;
  EXPECT_TRUE(has(on.err, std::to_string(files.size() - 1) + " of 4 runs of small were finished before")) << on.err;
  EXPECT_TRUE(kept().empty());
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_ / "results"), fs::directory_iterator()), 1)
      << "nothing stays behind";
  std::vector<std::string> whole = command;
  whole.insert(whole.end(), {"-o", "whole"});
  EXPECT_EQ(run(whole).err, "");
  for (const fs::directory_entry& file : fs::recursive_directory_iterator(folder_ / "whole")) {
    const std::string name = file.path().lexically_relative(folder_ / "whole").string();
    if (name == "manifest.json" || file.is_directory()) continue;
    EXPECT_EQ(read(file.path()), read(folder_ / "results" / "small" / name)) << name;
  }
}

TEST_F(Program, SaysThatTheOutputCannotBeWritten) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "no /dev/full here";
  const Ended e = run({"list"}, "/dev/full");
  EXPECT_EQ(e.code, 2);
  EXPECT_TRUE(has(e.err, "The output cannot be written")) << e.err;
}

TEST_F(Program, OutlivesAReaderThatLeft) {
  int ends[2] = {};
  ASSERT_EQ(::pipe(ends), 0);
  ::close(ends[0]);
  stdout_ = ends[1];
  const Ended e = run({"list"});
  ::close(ends[1]);
  EXPECT_EQ(e.code, 2) << "and not a signal";
  EXPECT_TRUE(has(e.err, "Broken pipe")) << e.err;
}

TEST_F(Program, EndsOnCtrlCWithWhatIsFinished) {
  write("long.yaml", small);
  const pid_t child = start({"run", "long.yaml", "--set", "duration=200 d", "-j", "1"}, "out");
  wait_until_it_listens(child);
  std::this_thread::sleep_for(std::chrono::milliseconds(300));  // so that it is in the middle of something
  ::kill(child, SIGINT);
  const auto begin = std::chrono::steady_clock::now();
  const Ended e = wait(child);
  EXPECT_EQ(e.code, 130) << e.err;
  EXPECT_TRUE(has(e.err, "Interrupted")) << e.err;
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
  EXPECT_FALSE(fs::exists(folder_ / "results" / "long")) << "nothing half-written";
}

}  // namespace
}  // namespace peerlab
