// A recording (recording.h) read back, as far as pictures from single messages need it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace peerlab {

struct RecordedRun {
  struct Node {
    std::uint32_t number = 0;
    std::string role;
    std::string region;
  };
  struct Block {
    std::string id;
    std::uint32_t height = 0;
    std::uint32_t maker = 0;  ///< node
    double made = 0;          ///< seconds, as all instants here
    bool entry = false;       ///< of a log
  };
  struct Message {
    double sent = 0;
    double ended = 0;
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    std::size_t kind = 0;
    std::uint32_t bytes = 0;
    bool arrived = false;
  };
  /// A fault begins or ends, or a node undoes blocks; attacks are left out.
  struct Mark {
    enum class Kind : std::uint8_t { fault_began, fault_ended, reorganised };
    double at = 0;
    Kind kind = Kind::fault_began;
    std::uint32_t number = 0;  ///< of the fault, or of blocks
    std::uint32_t node = 0;    ///< of a reorganisation
  };
  struct Power {
    double at = 0;
    std::uint32_t node = 0;
    bool on = false;
  };

  double end = 0;
  std::vector<Node> nodes;
  std::vector<Block> blocks;
  std::vector<std::string> faults;
  std::vector<Mark> marks;
  std::vector<Power> powers;
  std::vector<std::string> kinds;
  std::vector<Message> messages;  ///< in the order in which they were sent
  std::uint64_t messages_left_out = 0;
};

/// Nothing where the recording holds no messages, or is not as it was written.
std::optional<RecordedRun> read_recorded_run(std::string_view recording);

}  // namespace peerlab
