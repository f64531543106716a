// The program as people and scripts meet it: what it prints where, and how it ends.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

namespace peerlab {
namespace {

namespace fs = std::filesystem;

struct Ended {
  int code = -1;  ///< exit code; -1 when a signal ended it
  std::string out;
  std::string err;
};

class Program : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("peerlab-cli-" + std::to_string(::getpid()) + "-" +
                                           ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return folder_ / name;
  }
  std::string read(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  pid_t start(const std::vector<std::string>& arguments, const std::string& out) {
    const pid_t child = ::fork();
    if (child != 0) return child;
    if (::chdir(folder_.c_str()) != 0) ::_exit(126);
    const int to = stdout_ >= 0 ? stdout_ : ::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    const int error = ::open("err", O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ::dup2(to, STDOUT_FILENO);
    ::dup2(error, STDERR_FILENO);
    std::vector<char*> argv;
    std::vector<std::string> words{PEERLAB_PROGRAM};
    words.insert(words.end(), arguments.begin(), arguments.end());
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    ::execv(argv.front(), argv.data());
    ::_exit(127);
  }
  Ended wait(pid_t child) {
    int status = 0;
    ::waitpid(child, &status, 0);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read(folder_ / "out"), read(folder_ / "err")};
  }
  Ended run(const std::vector<std::string>& arguments, const std::string& out = "out") {
    return wait(start(arguments, out));
  }
  /// Until the program catches SIGINT, or five seconds have passed.
  static void wait_until_it_listens(pid_t child) {
    for (int i = 0; i < 500; ++i) {
      std::ifstream status("/proc/" + std::to_string(child) + "/status");
      for (std::string line; std::getline(status, line);) {
        if (line.starts_with("SigCgt:") && (std::stoull(line.substr(7), nullptr, 16) & 1U << (SIGINT - 1)) != 0) return;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  }
  fs::path folder_;
  int stdout_ = -1;  ///< where the program's stdout leads instead of a file
};

const std::string small =
    "schema: 1\nname: small\nquestion: Does it work?\nduration: 20 min\nnetwork: {users: 12, degree: 4}\n"
    "systems: {p2p: {protocol: nakamoto, block_interval: 1 min}}\n"
    "workload: [{kind: publish, rate: 1 per min in total}]\n";

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST_F(Program, AloneShowsWhatItCanDo) {
  const Ended e = run({});
  EXPECT_EQ(e.code, 0);
  EXPECT_TRUE(has(e.out, "peerlab run hello"));
  EXPECT_EQ(e.err, "");
  EXPECT_EQ(run({"--version"}).out, "peerlab " PEERLAB_VERSION "\n");
}

TEST_F(Program, HelpsAtOnce) {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"--help"}, {"run", "--help"}, {"inspect", "headers", "--help"}}) {
    auto best = std::chrono::steady_clock::duration::max();
    for (int i = 0; i < 5; ++i) {
      const auto begin = std::chrono::steady_clock::now();
      const Ended e = run(words);
      best = std::min(best, std::chrono::steady_clock::now() - begin);
      EXPECT_EQ(e.code, 0);
      EXPECT_TRUE(has(e.out, "Usage:"));
    }
    EXPECT_LT(best, std::chrono::milliseconds(200)) << "20 ms alone; other tests may be running";
  }
  EXPECT_TRUE(has(run({"run", "--help"}).out, "Examples:"));
}

TEST_F(Program, SuggestsWhatATypistMeant) {
  const Ended command = run({"rnu", "hello"});
  EXPECT_EQ(command.code, 2);
  EXPECT_EQ(command.out, "");
  EXPECT_TRUE(has(command.err, "There is no command `rnu`. Did you mean `run`?")) << command.err;
  const Ended option = run({"run", "hello", "--qick"});
  EXPECT_EQ(option.code, 2);
  EXPECT_TRUE(has(option.err, "There is no option `--qick` here. Did you mean `--quick`?")) << option.err;
  EXPECT_TRUE(has(run({"inspect", "heders", "x"}).err, "Did you mean `headers`?"));
  EXPECT_TRUE(has(run({"inspect", "headers"}).err, "`peerlab inspect headers --help`"));
  EXPECT_TRUE(has(run({"run", "helo"}).err, "Did you mean `hello`?"));
  EXPECT_TRUE(has(run({"explain", "propagtion"}).err, "Did you mean `propagation`?"));
  for (const std::vector<std::string>& words : {std::vector<std::string>{"run"},
                                                {"run", "hello", "-j", "0"},
                                                {"run", "hello", "-j", "x"},
                                                {"run", "hello", "--seed"},
                                                {"explain"},
                                                {"inspect"},
                                                {"list", "x"},
                                                {"--x"}}) {
    EXPECT_EQ(run(words).code, 2);
  }
}

TEST_F(Program, RunsAScenarioAndWritesItsFolder) {
  write("small.yaml", small + "expect: [blocks.mined > 0]\n");
  const Ended e = run({"run", "small.yaml", "-r", "2"});
  EXPECT_EQ(e.code, 0) << e.err;
  EXPECT_TRUE(has(e.out, "Does it work?"));
  EXPECT_TRUE(has(e.out, "propagation")) << e.out;
  EXPECT_EQ(e.err, "") << "no progress line where nobody looks";
  for (const std::string name :
       {"summary.json", "runs.csv", "metrics.csv", "scenario.resolved.yaml", "SHA256SUMS", "manifest.json"}) {
    EXPECT_TRUE(fs::exists(folder_ / "results" / "small" / name)) << name;
  }
}

TEST_F(Program, GivesTheSameFilesForTheSameSeedAtAnyNumberOfThreads) {
  write("small.yaml", small);
  EXPECT_EQ(run({"run", "small.yaml", "-r", "3", "-j", "1", "-o", "one"}).code, 0);
  EXPECT_EQ(run({"run", "small.yaml", "-r", "3", "-j", "2", "-o", "two"}).code, 0);
  for (const fs::directory_entry& file : fs::directory_iterator(folder_ / "one")) {
    const std::string name = file.path().filename().string();
    if (name != "manifest.json") {
      EXPECT_EQ(read(file.path()), read(folder_ / "two" / name)) << name;
    }
  }
  EXPECT_NE(run({"run", "small.yaml", "--json", "--seed", "1"}).out,
            run({"run", "small.yaml", "--json", "--seed", "2"}).out);
  EXPECT_EQ(run({"run", "small.yaml", "--verify", "--quiet"}).code, 0);
}

TEST_F(Program, RunsTheResolvedScenarioToTheSameDigest) {
  write("small.yaml", small);
  EXPECT_EQ(run({"run", "small.yaml", "-o", "one", "--set", "network.users=13"}).code, 0);
  const Ended again = run({"run", "one/scenario.resolved.yaml", "--json"});
  EXPECT_EQ(again.code, 0) << again.err;
  const std::string summary = read(folder_ / "one" / "summary.json");
  const std::size_t from = summary.find("\"digests\"");
  const std::string digests = summary.substr(from, summary.find(']', from) - from);
  EXPECT_TRUE(has(again.out, digests)) << digests << again.out.substr(0, 600);
}

TEST_F(Program, EndsAsTheExpectationsDid) {
  write("holds.yaml", small + "expect: [blocks.mined > 1 blocks]\n");
  write("fails.yaml", small + "expect: [propagation.p50 > 1 h]\n");
  EXPECT_EQ(run({"run", "holds.yaml", "--quiet", "-r", "4", "--strict"}).code, 0);
  EXPECT_EQ(run({"run", "fails.yaml", "--quiet", "-r", "4"}).code, 1);
  EXPECT_EQ(run({"run", "holds.yaml", "--quiet", "-r", "1"}).code, 0) << "one run gives no interval: inconclusive";
  EXPECT_EQ(run({"run", "holds.yaml", "--quiet", "-r", "1", "--strict"}).code, 3);
  EXPECT_EQ(run({"run", "holds.yaml", "fails.yaml", "--quiet", "-r", "4"}).code, 1) << "the worst of several";
}

TEST_F(Program, RunsNothingWhenAnythingIsInvalid) {
  write("good.yaml", small);
  write("bad.yaml", small + "druation: 5 h\nwarmup: 7\n");
  const Ended e = run({"run", "good.yaml", "bad.yaml"});
  EXPECT_EQ(e.code, 2);
  EXPECT_EQ(e.out, "");
  EXPECT_TRUE(has(e.err, "bad.yaml:8:1: There is no key `druation`")) << e.err;
  EXPECT_TRUE(has(e.err, "bad.yaml:9:9: `warmup`: `7` has no unit.")) << e.err;
  EXPECT_FALSE(fs::exists(folder_ / "results"));
  EXPECT_EQ(run({"run", "good.yaml", "--set", "network.usrs=5"}).code, 2);
  EXPECT_EQ(run({"run", "missing.yaml"}).code, 2);
  EXPECT_EQ(run({"run", "good.yaml", "-r", "0"}).code, 2);
  EXPECT_EQ(run({"run", "good.yaml", "--seed", "-1"}).code, 2);
}

TEST_F(Program, OverwritesNothingOfOthers) {
  write("small.yaml", small);
  fs::create_directories(folder_ / "mine");
  write("mine/thesis.txt", "years of work\n");
  const Ended e = run({"run", "small.yaml", "-o", "mine"});
  EXPECT_EQ(e.code, 2);
  EXPECT_EQ(e.out, "") << "said before anything was run";
  EXPECT_EQ(read(folder_ / "mine/thesis.txt"), "years of work\n");
  EXPECT_EQ(run({"run", "small.yaml", "-o", "/proc/peerlab/x"}).code, 2);
  write("file", "x");
  EXPECT_EQ(run({"run", "small.yaml", "-o", "file"}).code, 2);
  EXPECT_EQ(run({"run", "small.yaml", "-o", "file/below"}).code, 2);
  EXPECT_EQ(run({"run", "small.yaml"}).code, 0);
  EXPECT_EQ(run({"run", "small.yaml", "--seed", "5"}).code, 0);
  std::size_t folders = 0;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder_ / "results"))
    folders += entry.is_directory() ? 1 : 0;
  EXPECT_EQ(folders, 2U) << "a changed scenario takes a new folder";
}

TEST_F(Program, RunsAgainIntoTheSameFolder) {
  // The manifest once named another identity than the one that was looked for: the second run took a second folder.
  write("small.yaml", small);
  EXPECT_EQ(run({"run", "small.yaml", "--quiet"}).code, 0);
  EXPECT_EQ(run({"run", "small.yaml", "--quiet"}).code, 0);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_ / "results"), fs::directory_iterator()), 1);
  EXPECT_EQ(run({"run", "small.yaml", "--quiet", "-o", "results/small"}).code, 0);
}

TEST_F(Program, ComparesResultsScenariosAndSystems) {
  write("two.yaml",
        "schema: 1\nname: two\nduration: 1 h\nnetwork: {users: 12, degree: 4}\nsystems:\n"
        "  p2p: {protocol: nakamoto, block_interval: 1 min}\n"
        "  slow: {protocol: nakamoto, block_interval: 10 min}\n"
        "workload: [{kind: publish, rate: 1 per min in total}]\n");
  const Ended first = run({"compare", "two.yaml", "p2p", "slow", "-r", "4"});  // runs it first
  EXPECT_EQ(first.code, 0) << first.err;
  EXPECT_TRUE(has(first.err, "runs two first, into results/two")) << first.err;
  EXPECT_TRUE(has(first.out, "p2p against slow")) << first.out;
  EXPECT_TRUE(has(first.out, "4 pairs of runs with the same seed."));
  EXPECT_TRUE(has(first.out, "figures differ"));
  const Ended again = run({"compare", "two.yaml", "p2p", "slow", "-r", "4"});
  EXPECT_EQ(again.err, "") << "the result is there";
  EXPECT_EQ(again.out, first.out);
  EXPECT_EQ(run({"compare", "results/two", "p2p", "slow"}).out, first.out);
  EXPECT_TRUE(has(run({"compare", "results/two", "p2p", "slow", "--markdown"}).out, "| figure | p2p | slow |"));
  EXPECT_TRUE(has(run({"compare", "results/two", "slow", "p2p", "--json"}).out, "\"first\": \"slow\""));
  EXPECT_EQ(run({"run", "two.yaml", "-r", "2", "--set", "network.users=20", "-o", "more", "--quiet"}).code, 0);
  const Ended both = run({"compare", "results/two", "more"});
  EXPECT_TRUE(has(both.out, "two@p2p against more@p2p")) << both.out << both.err;
  EXPECT_TRUE(has(both.out, "two@slow against more@slow"));
}

TEST_F(Program, RefusesToCompareWhatIsNotComparable) {
  write("small.yaml", small);
  EXPECT_EQ(run({"run", "small.yaml", "--quiet", "-o", "one"}).code, 0);
  EXPECT_EQ(run({"run", "small.yaml", "--quiet", "--seed", "99", "-o", "two"}).code, 0);
  const auto refused = [&](const std::vector<std::string>& words, const std::string& sentence) {
    std::vector<std::string> all{"compare"};
    all.insert(all.end(), words.begin(), words.end());
    const Ended e = run(all);
    EXPECT_EQ(e.code, 2);
    EXPECT_EQ(e.out, "");
    EXPECT_TRUE(has(e.err, sentence)) << e.err;
  };
  refused({"one", "two"}, "share no seed");
  refused({"one", "p2p", "central"}, "has no system `central`. There are: p2p.");
  refused({"one", "p2p", "p2p"}, "does not differ from itself");
  refused({"one@nobody", "two"}, "has no system `nobody`");
  refused({"one", "nowhere"}, "There is no scenario `nowhere`.");
  refused({"./", "one"}, "holds no result");
  refused({"one", "two", "--json", "--markdown"}, "Either");
  write("two/runs.csv", "x");
  refused({"one", "two"}, "damaged: runs.csv");
  fs::remove(folder_ / "two" / "runs.csv");
  refused({"one", "two"}, "only half there");
  std::string manifest = read(folder_ / "one" / "manifest.json");
  const std::string version = "\"version\": \"" PEERLAB_VERSION "\"";
  manifest.replace(manifest.find(version), version.size(), "\"version\": \"0.0.1\"");
  write("one/manifest.json", manifest);
  refused({"one", "two"}, "is of peerlab 0.0.1");
}

TEST_F(Program, WritesAScenarioToBeginWith) {
  const Ended e = run({"new", "my-question"});
  EXPECT_EQ(e.code, 0) << e.err;
  EXPECT_TRUE(has(e.out, "peerlab run my-question.yaml --quick"));
  const std::string text = read(folder_ / "my-question.yaml");
  EXPECT_EQ(run({"validate", "my-question.yaml"}).code, 0) << read(folder_ / "err");
  EXPECT_NE(run({"run", "my-question.yaml", "--quick", "--quiet"}).code, 2) << read(folder_ / "err");
  const Ended again = run({"new", "my-question"});
  EXPECT_EQ(again.code, 2);
  EXPECT_TRUE(has(again.err, "exists already and stays as it is")) << again.err;
  EXPECT_EQ(read(folder_ / "my-question.yaml"), text);
  EXPECT_EQ(run({"new", "scenario", "another.yaml"}).code, 0);
  EXPECT_TRUE(fs::exists(folder_ / "another.yaml"));
  for (const std::vector<std::string>& words : {std::vector<std::string>{"new", "two words"},
                                                {"new", "a", "b"},
                                                {"new", "../x y"},
                                                {"new", "nowhere/x"},
                                                {"new", ""},
                                                {"new", std::string(65, 'x')},
                                                {"new"}}) {
    const Ended bad = run(words);
    EXPECT_EQ(bad.code, 2);
    EXPECT_EQ(bad.out, "");
    EXPECT_NE(bad.err, "");
  }
}

TEST_F(Program, CompletesCommandsInEachShell) {
  for (const std::string& shell : std::vector<std::string>{"bash", "zsh", "fish"}) {
    const Ended e = run({"completion", shell});
    EXPECT_EQ(e.code, 0);
    for (const std::string& word :
         std::vector<std::string>{"compare", "hello", "network.users", "block_interval", "markdown"})
      EXPECT_TRUE(has(e.out, word)) << shell << " " << word;
    EXPECT_FALSE(has(e.out, "private-pools")) << "modes of tests are not for people";
  }
  EXPECT_TRUE(has(run({"completion", "tcsh"}).err, "bash, zsh and fish"));
  if (std::system("bash --version > /dev/null 2>&1") != 0) GTEST_SKIP() << "no bash here";
  write("bash.sh", run({"completion", "bash"}).out +
                       "ask() { COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _peerlab; echo \"${COMPREPLY[*]}\"; }\n"
                       "ask peerlab comp\nask peerlab run hel\nask peerlab run hello --qu\n"
                       "ask peerlab run hello --set network.us\nask peerlab completion f\n");
  EXPECT_EQ(
      std::system(("bash " + (folder_ / "bash.sh").string() + " > " + (folder_ / "said").string() + " 2>&1").c_str()),
      0);
  EXPECT_EQ(read(folder_ / "said"), "compare completion\nhello\n--quick --quiet\nnetwork.users=\nfish\n");
}

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
  for (int i = 0; i < 3000 && kept().size() < 2; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(5));
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
  for (const fs::directory_entry& file : fs::directory_iterator(folder_ / "whole")) {
    const std::string name = file.path().filename().string();
    if (name == "manifest.json") continue;
    EXPECT_EQ(read(file.path()), read(folder_ / "results" / "small" / name)) << name;
  }
}

TEST_F(Program, EndsAFolderWithOneTable) {
  fs::create_directories(folder_ / "mine");
  write("mine/a.yaml", small + "expect: [blocks.mined > 1, propagation.p50 > 1 h]\n");
  write("mine/b.yaml", small + "expect: [blocks.mined > 1]\n");
  write("mine/a.yaml", small.substr(0, small.find("name:")) + "name: a\n" + small.substr(small.find("question:")) +
                           "expect: [blocks.mined > 1, propagation.p50 > 1 h]\n");
  const Ended two = run({"run", "mine/", "-r", "3"});
  EXPECT_EQ(two.code, 1) << two.err;
  EXPECT_TRUE(has(two.out, "scenario  held  failed  inconclusive  time\na            1       1             0  "))
      << two.out;
  EXPECT_TRUE(has(two.out, "\nsmall        1       0             0  ")) << two.out;
  EXPECT_TRUE(has(two.out, "\nall          2       1             0  ")) << two.out;
  EXPECT_FALSE(has(run({"run", "mine/", "-r", "3", "--quiet"}).out, "scenario"));
  write("mine/c.yaml", small + "seed: 5\n");  // of the same name as b.yaml: each keeps its own folder
  EXPECT_EQ(run({"run", "mine/b.yaml", "mine/c.yaml", "-r", "2", "--quiet"}).code, 0) << read(folder_ / "err");
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
  const pid_t child = start({"run", "long.yaml", "--set", "duration=2000 d", "-j", "1"}, "out");
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

// Only the last of several `--set` counted once: the earlier ones were dropped without a word.
TEST_F(Program, AppliesEveryChangeThatIsGiven) {
  write("small.yaml", small);
  const Ended e = run({"run", "--set", "network.users=77", "--set", "duration=3 h", "--set", "seed=5", "small.yaml",
                       "--print-resolved"});
  EXPECT_EQ(e.code, 0) << e.err;
  EXPECT_TRUE(has(e.out, "users: 77")) << e.out;
  EXPECT_TRUE(has(e.out, "duration: 3 h")) << e.out;
  EXPECT_TRUE(has(e.out, "seed: 5")) << e.out;
}

TEST_F(Program, ShowsEveryValueAndRunsNothing) {
  write("small.yaml", small);
  const Ended e = run({"run", "small.yaml", "--print-resolved", "--set", "network.users=77"});
  EXPECT_EQ(e.code, 0);
  EXPECT_TRUE(has(e.out, "users: 77")) << e.out;
  EXPECT_TRUE(has(e.out, "# --set"));
  EXPECT_TRUE(has(e.out, "# default"));
  EXPECT_TRUE(has(e.out, "# small.yaml:4"));
  EXPECT_FALSE(fs::exists(folder_ / "results"));
}

TEST_F(Program, ValidatesAllScenariosOfTheTree) {
  const Ended e = run({"validate"});
  EXPECT_EQ(e.code, 0) << e.err;
  EXPECT_TRUE(has(e.out, "hello.yaml: valid"));
  write("bad.yaml", "schema: 1\n");
  const Ended json = run({"validate", "bad.yaml", "--json"});
  EXPECT_EQ(json.code, 2);
  EXPECT_TRUE(has(json.out, "\"valid\": false"));
}

TEST_F(Program, ListsAndExplains) {
  const Ended list = run({"list"});
  EXPECT_EQ(list.code, 0);
  for (const std::string name : {"hello", "nakamoto", "partition", "propagation", "bad-peer", "internet-2019"})
    EXPECT_TRUE(has(list.out, name)) << name;
  const Ended told = run({"explain", "systems.p2p.block_interval", "bad_merkle_root"});
  EXPECT_EQ(told.code, 0);
  EXPECT_TRUE(has(told.out, "default:"));
  EXPECT_TRUE(has(told.out, "a verdict of the ledger"));
}

TEST_F(Program, InspectsHeadersAndMerkleRoots) {
  const std::string data = PEERLAB_SOURCE_DIR "/tests/data/bitcoin/";
  const Ended good = run({"inspect", "headers", data + "mainnet_headers_0_4099.bin"});
  EXPECT_EQ(good.code, 0);
  EXPECT_TRUE(has(good.out, "headers accepted      4100"));
  EXPECT_TRUE(has(good.out, "first violation       none"));
  std::string bytes = read(data + "mainnet_headers_0_4099.bin");
  ASSERT_EQ(bytes.size(), 328000U);
  bytes[80 * 3000 + 76] = static_cast<char>(bytes[80 * 3000 + 76] ^ 1);  // the nonce of header 3000
  const Ended bad = run({"inspect", "headers", write("bad.bin", bytes).string()});
  EXPECT_EQ(bad.code, 1);
  EXPECT_TRUE(has(bad.out, "height 3000: bad_proof_of_work")) << bad.out;
  const Ended cut = run({"inspect", "headers", write("cut.bin", bytes.substr(0, 1000)).string(), "--json"});
  EXPECT_EQ(cut.code, 2);
  EXPECT_TRUE(has(cut.err, "truncated")) << cut.err;
  EXPECT_EQ(run({"inspect", "headers", "missing.bin"}).code, 2);
  EXPECT_EQ(run({"inspect", "headers", "."}).code, 2);
  EXPECT_EQ(run({"inspect", "headers", write("empty.bin", "").string()}).code, 2);
  const Ended merkle = run({"inspect", "merkle", data + "block_831328_txids.csv"});
  EXPECT_EQ(merkle.code, 0);
  EXPECT_TRUE(has(merkle.out, "merkle root    4c1725a8ee64917ff7c93907926cc8539afff6161053506b9fbcea15106c5720"))
      << merkle.out;
  EXPECT_EQ(run({"inspect", "merkle", write("bad.txt", "nonsense\n").string()}).code, 2);
}

TEST_F(Program, IsHealthyHere) {
  const Ended e = run({"doctor"});
  EXPECT_EQ(e.code, 0) << e.out << e.err;
  EXPECT_TRUE(has(e.out, "BIP340 signatures   correct"));
}

}  // namespace
}  // namespace peerlab
