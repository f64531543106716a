// The program in a folder of its own, as people and scripts start it.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

namespace peerlab::test {

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

inline const std::string small =
    "schema: 1\nname: small\nquestion: Does it work?\nduration: 20 min\nnetwork: {users: 12, degree: 4}\n"
    "systems: {p2p: {protocol: nakamoto, block_interval: 1 min}}\n"
    "workload: [{kind: publish, rate: 1 per min in total}]\n";

inline bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace peerlab::test
