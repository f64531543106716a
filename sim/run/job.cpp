#include "sim/run/job.h"

#include "analysis/report/event_trace.h"
#include "analysis/report/recording.h"
#include "models/base/check.h"
#include "sim/run/block_sizes.h"
#include "sim/run/network_file.h"
#include "sim/run/stage.h"
#include "sim/world/world.h"

namespace peerlab {
namespace {

/// Notes how long the steps of a profiled run take; without a profile it does nothing.
class Stopwatch {
 public:
  explicit Stopwatch(Profile* profile) : profile_(profile), last_(profile != nullptr ? profile->host_time() : 0) {}
  void lap(std::int64_t Profile::*step) {
    if (profile_ == nullptr) return;
    const std::int64_t now = profile_->host_time();
    profile_->*step += now - last_;
    last_ = now;
  }

 private:
  Profile* profile_;
  std::int64_t last_;
};

/// Takes over what an earlier, interrupted run has kept. Checkpoints are not kept: whoever verifies runs everything.
bool recalled(const RunOptions& options, RunJob& job) {
  if (!options.recall || options.verify || options.clock != nullptr) return false;
  std::optional<RunRecord> record = options.recall({job.cell_name, job.system->name, job.replication, job.seed});
  if (!record) return false;
  job.record = std::move(*record);
  job.events = job.record.events;
  job.now_ns = job.scenario->duration.ns;
  job.done = true;
  return true;
}

/// What the report and other programs show of single events.
void draw_events(const Staged& staged, Time end, const std::vector<std::pair<NodeId, NodeId>>& links, RunJob& job) {
  const std::span<const MessageKindRow> kinds = staged.built->system->message_kinds();
  if (staged.records && (!staged.recorder.steps().empty() || staged.logs)) {
    const bool drawn = staged.logs && staged.built->cast.nodes.size() <= most_nodes_to_draw;
    RecordedMessages messages{{}, staged.log.left_out(), kinds};
    if (drawn) {
      std::vector<MessagePassage> all = message_passages(staged.log.rows());
      const std::size_t before = all.size();
      messages.passages = passages_around(std::move(all), staged.recorder.moments(), RecordedMessages::most);
      messages.left_out += before - messages.passages.size();
    }
    job.record.recording = recording_json(staged.recorder, staged.built->cast, end, links, drawn ? &messages : nullptr);
  }
  if (!job.scenario->record_trace || !staged.logs) return;
  const auto& systems = job.scenario->systems;
  const auto number = static_cast<std::size_t>(job.system - systems.data());
  const TracedRun traced{job.system->name, number, staged.built->cast, staged.log, kinds};
  job.record.trace = events_jsonl(traced);
  job.record.perfetto = perfetto_events(traced);
}

}  // namespace

void run_job(const RunOptions& options, RunJob& job, const std::function<void()>& look) {
  if (recalled(options, job) || options.only_recall) return;
  const Scenario& scenario = *job.scenario;
  if (options.clock != nullptr) job.profile = std::make_unique<Profile>(options.clock);
  Stopwatch stopwatch(job.profile.get());
  const std::unique_ptr<Staged> staged = stage(scenario, *job.system, job.seed, options.modes, job.problems);
  if (staged == nullptr || (options.interrupt != nullptr && options.interrupt->load())) return;
  WorldPlan& plan = staged->built->plan;
  plan.profile = job.profile.get();
  if (scenario.record_network) job.record.network = network_graphml(*staged->built);
  const auto links = staged->records ? plan.links : decltype(plan.links)();  // the world takes the plan
  plan.keep_going = [&](Time now, std::uint64_t events) {
    job.now_ns = now.ns;
    job.events = events;
    look();
    return options.interrupt == nullptr || !options.interrupt->load();
  };
  check_context().replay = options.command;
  WorldOutcome outcome;
  {
    World world(std::move(plan));
    stopwatch.lap(&Profile::build_ns);
    outcome = world.run();
    if (staged->records) weigh_blocks(world.pool_of(NodeId(0)), staged->recorder);
    stopwatch.lap(&Profile::run_ns);
  }
  check_context().replay.clear();
  job.events = outcome.events;
  if (outcome.interrupted) return;
  job.now_ns = scenario.duration.ns;

  MetricList metrics;
  for (const auto& measure : staged->measures) {
    measure->finish(outcome.end, outcome.totals);
    measure->metrics(metrics);
  }
  if (scenario.record_trees) job.record.trees = staged->trees.csv();
  // Of a sweep the runs of the first cell are drawn event by event.
  if (job.cell == 0) draw_events(*staged, outcome.end, links, job);
  stopwatch.lap(&Profile::finish_ns);
  if (job.profile != nullptr) {
    job.profile->name(staged->built->system->message_kinds());
    job.profile->events = outcome.events;
    job.profile->runs = 1;
  }
  job.record.system = job.system->name;
  job.record.cell = job.cell_name;
  job.record.replication = job.replication;
  job.record.seed = job.seed;
  job.record.digest = digest_text(outcome.digest);
  job.record.end = outcome.end;
  job.record.events = outcome.events;
  job.record.metrics = std::move(metrics.metrics);
  job.record.blocks = std::move(metrics.blocks);
  job.checkpoints = std::move(outcome.checkpoints);
  job.done = true;
  if (options.keep && !options.verify) options.keep(job.record);
}

}  // namespace peerlab
