// Several processes of this program, started by mpirun, that take the runs of a campaign from one queue.
//
// Each process (rank) runs what it draws, and keeps it beside the result's folder, which all of them must see; the first one joins
// everything when nobody has anything left, and writes the files. They are the same bytes as those of one process. The
// first process hands out tickets from a thread of its own while it works like the others, so that nobody waits for a run to end.
//
// MPI is optional when the program is built. Without it a process that mpirun has started says so instead of doing
// everybody's work.
#pragma once

#include <atomic>
#include <cstddef>
#include <mutex>
#include <string>
#include <thread>

namespace peerlab {

class Ranks {
 public:
  /// Joins the others if mpirun has started this process; else it is alone.
  Ranks();
  ~Ranks();
  Ranks(const Ranks&) = delete;
  Ranks& operator=(const Ranks&) = delete;

  /// Why the processes cannot work together, as a sentence; empty when they can, or there is only one.
  [[nodiscard]] const std::string& refusal() const { return refusal_; }
  [[nodiscard]] bool several() const { return size_ > 1; }
  [[nodiscard]] bool first() const { return rank_ == 0; }
  [[nodiscard]] unsigned rank() const { return rank_; }
  [[nodiscard]] unsigned size() const { return size_; }

  /// The next place of the queue, from 0: no other process gets the same. From any thread.
  std::size_t ticket();
  /// This process takes nothing more; returns in the first one when all have said so, in the others at once. The queue is then anew.
  void leave_queue();
  /// Returns when all processes have come here.
  void meet();

 private:
  void serve();

  unsigned rank_ = 0;
  unsigned size_ = 1;
  std::string refusal_;
  std::mutex mpi_;                    ///< one thread at a time speaks
  std::atomic<std::size_t> next_{0};  ///< of the first process
  std::thread clerk_;                 ///< of the first process: answers the others
};

}  // namespace peerlab
