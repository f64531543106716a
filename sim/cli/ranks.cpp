#include "sim/cli/ranks.h"

#include <cstdint>
#include <cstdlib>

#ifdef PEERLAB_MPI
#define OMPI_SKIP_MPICXX 1
#define MPICH_SKIP_MPICXX 1
#include <mpi.h>

#include <chrono>
#endif

namespace peerlab {
namespace {

/// What mpirun tells the processes that it starts: Open MPI, MPICH and its kin, Slurm's srun with PMIx.
bool started_by_mpirun() {
  for (const char* name : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "PMIX_RANK"}) {
    if (std::getenv(name) != nullptr) return true;
  }
  return false;
}

}  // namespace

#ifdef PEERLAB_MPI

namespace {

constexpr int ask_tag = 1;
constexpr int answer_tag = 2;
constexpr int leave_tag = 3;

}  // namespace

Ranks::Ranks() {
  if (!started_by_mpirun()) return;
  int provided = 0;
  MPI_Init_thread(nullptr, nullptr, MPI_THREAD_SERIALIZED, &provided);
  int rank = 0;
  int size = 1;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &size);
  rank_ = static_cast<unsigned>(rank);
  size_ = static_cast<unsigned>(size);
  if (several() && provided < MPI_THREAD_SERIALIZED) refusal_ = "This MPI does not let threads take turns.";
  if (several() && first()) clerk_ = std::thread([this] { serve(); });
}

Ranks::~Ranks() {
  if (!started_by_mpirun()) return;
  leave_queue();
  MPI_Finalize();
}

void Ranks::serve() {
  for (unsigned left = 0; left + 1 < size_;) {
    int waiting = 0;
    {
      const std::scoped_lock lock(mpi_);
      MPI_Status status;
      MPI_Iprobe(MPI_ANY_SOURCE, MPI_ANY_TAG, MPI_COMM_WORLD, &waiting, &status);
      if (waiting != 0) {
        std::uint64_t ignored = 0;
        MPI_Recv(&ignored, 1, MPI_UINT64_T, status.MPI_SOURCE, status.MPI_TAG, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        if (status.MPI_TAG == leave_tag) {
          ++left;
        } else {
          const std::uint64_t ticket = next_++;
          MPI_Send(&ticket, 1, MPI_UINT64_T, status.MPI_SOURCE, answer_tag, MPI_COMM_WORLD);
        }
      }
    }
    if (waiting == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

std::size_t Ranks::ticket() {
  if (first()) return next_++;
  const std::scoped_lock lock(mpi_);
  std::uint64_t ticket = 0;
  MPI_Send(&ticket, 1, MPI_UINT64_T, 0, ask_tag, MPI_COMM_WORLD);
  MPI_Recv(&ticket, 1, MPI_UINT64_T, 0, answer_tag, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
  return ticket;
}

void Ranks::leave_queue() {
  if (!several()) return;
  if (first()) {
    clerk_.join();
    next_ = 0;
    return;
  }
  const std::scoped_lock lock(mpi_);
  const std::uint64_t nothing = 0;
  MPI_Send(&nothing, 1, MPI_UINT64_T, 0, leave_tag, MPI_COMM_WORLD);
}

void Ranks::meet() {
  if (!several()) return;
  MPI_Barrier(MPI_COMM_WORLD);
  if (first()) clerk_ = std::thread([this] { serve(); });
}

#else

Ranks::Ranks() {
  if (started_by_mpirun())
    refusal_ =
        "mpirun started this program, which was built without MPI. Install libopenmpi-dev and openmpi-bin, delete the "
        "build folder and build again; or split the work with --shard and `peerlab merge`.";
}
Ranks::~Ranks() = default;
void Ranks::serve() {}
std::size_t Ranks::ticket() { return next_++; }
void Ranks::leave_queue() {}
void Ranks::meet() {}

#endif

}  // namespace peerlab
