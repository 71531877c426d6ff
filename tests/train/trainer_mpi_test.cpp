// The trainer on a problem whose answer is known: a line through points, each rank with its own. 1, 2 and 4 ranks.
#include "autograd/grad.hpp"
#include "train/trainer.hpp"

#include <cmath>
#include <filesystem>

#include <gtest/gtest.h>
#include <unistd.h>

namespace protolith::train {
namespace {

/// mean over this rank's items of (w − target_i)², i the item; its gradient is 2(w − mean target).
class Line {
  public:
    Line(const Communicator& comm, Queue& queue, double first = 0.0)
        : queue_(queue),
          comm_(comm),
          w_{"w", autograd::Var(Tensor::full(queue_, {1}, DataType::float64, first), true)},
          statistic_{"seen", Tensor::zeros(queue_, {1}, DataType::float64)} {}

    static double target(std::uint64_t item) { return 1.0 + 0.25 * static_cast<double>(item % 8); }

    Player player(double learning_rate = 0.05) {
        Player player;
        player.name = "line";
        player.parameters = {w_};
        player.buffers = {statistic_};
        player.adam = {.learning_rate = learning_rate, .beta1 = 0.9, .beta2 = 0.999};
        player.updates = 2;
        player.terms = {"loss"};
        player.differentiate = [this](std::uint64_t update, const GradientReady& ready) -> ReadLosses {
            const double w = w_.var.value().item();
            double loss = 0, slope = 0;
            const auto mine = comm_.share(8);
            for (std::size_t i = mine.first; i < mine.last; ++i) {
                loss += std::pow(w - target(i + update), 2) / static_cast<double>(mine.size());
                slope += 2 * (w - target(i + update)) / static_cast<double>(mine.size());
            }
            statistic_.value.data<double>()[0] += comm_.rank();
            ready(0, autograd::Var(Tensor::full(queue_, {1}, DataType::float64, slope)));
            return [loss]() -> Losses { return {loss, {loss}}; };
        };
        return player;
    }
    double w() const { return w_.var.value().item(); }
    double statistic() const { return statistic_.value.item(); }

  private:
    Queue& queue_;
    const Communicator& comm_;
    nn::Parameter w_;
    nn::Buffer statistic_;
};

TEST(Trainer, LetsTheLearningRateFallAsItsScheduleSays) {
    const Communicator comm;
    Queue queue;
    const parallel::Replicas replicas(comm, queue);
    PhaseTimers timers;
    Line line(comm, queue, 0.0);
    auto player = line.player(0.05);
    player.updates = 1;
    player.schedule = {.kind = optim::ScheduleKind::linear, .from = 0, .to = 2};
    Trainer trainer(replicas, {player}, 1e6, timers);
    trainer.step();
    EXPECT_NEAR(line.w(), 0.05, 1e-8);  // Adam's first step is the learning rate itself, against the gradient's sign
    trainer.step();
    const double after = line.w();
    EXPECT_NEAR(after, 0.075, 1e-3);  // the second is half of it, the gradient being nearly the same
    trainer.step();
    EXPECT_EQ(line.w(), after);
}

TEST(Trainer, FindsTheMinimumAndIsTheSameOnAnyNumberOfRanks) {
    const Communicator comm, alone(MPI_COMM_SELF);
    Queue queue;
    const parallel::Replicas replicas(comm, queue), one(alone, queue);
    PhaseTimers timers;
    Line line(comm, queue, comm.rank()), by_itself(alone, queue, 0);
    Trainer trainer(replicas, {line.player()}, 1e6, timers), reference(one, {by_itself.player()}, 1e6, timers);
    EXPECT_EQ(trainer.columns(), std::vector<std::string>{"line loss"});
    for (int step = 0; step < 200; ++step) {
        const double loss = trainer.step().at(0), alone_loss = reference.step().at(0);
        EXPECT_NEAR(loss, alone_loss, 1e-12) << step;
    }
    EXPECT_NEAR(line.w(), by_itself.w(), 1e-12) << "first values are rank 0's";
    EXPECT_NEAR(line.w(), 1.875, 1e-3) << "the mean of the targets";
    EXPECT_EQ(trainer.steps(), 200u);
    EXPECT_NEAR(line.statistic(), 400 * (comm.size() - 1) / 2.0, 1e-9) << "statistics are means over ranks";
}

TEST(Trainer, DivergesTogetherWithTheWeightsOfBefore) {
    const Communicator comm;
    Queue queue;
    const parallel::Replicas replicas(comm, queue);
    PhaseTimers timers;
    Line line(comm, queue);
    Trainer trainer(replicas, {line.player(1e5)}, 100, timers);
    std::string message;
    double before = 0;
    try {
        for (int step = 0; step < 10; ++step) {
            trainer.step();
            before = line.w();
        }
    } catch (const Diverged& diverged) {
        message = diverged.what();
    }
    EXPECT_NE(message.find("step 1: the loss of the line is"), std::string::npos) << message;
    EXPECT_EQ(before, 0) << "no step was finished";
}

class Restart : public ::testing::Test {
  protected:
    Restart() {
        on_root(comm, [&] { std::filesystem::create_directories(folder); });
    }
    ~Restart() override {
        comm.barrier();
        if (comm.is_root()) std::filesystem::remove_all(folder);
    }
    void save(const Trainer& trainer) {
        io::CheckpointWriter writer(comm, folder / "checkpoint.h5", io::describe_run(comm), "deck", trainer.steps());
        trainer.save(writer);
        writer.commit();
    }

    Communicator comm;
    Queue queue;
    parallel::Replicas replicas{comm, queue};
    PhaseTimers timers;
    std::filesystem::path folder = std::filesystem::path(::testing::TempDir()) /
                                   ("protolith_trainer_" + comm.broadcast(std::to_string(::getpid())));
};

TEST_F(Restart, EqualsTheUninterruptedTrainingBitForBit) {
    Line whole(comm, queue), first(comm, queue), second(comm, queue, 77);
    Trainer uninterrupted(replicas, {whole.player()}, 1e6, timers), before(replicas, {first.player()}, 1e6, timers),
        after(replicas, {second.player()}, 1e6, timers);
    for (int step = 0; step < 7; ++step) uninterrupted.step();
    for (int step = 0; step < 3; ++step) before.step();
    save(before);
    const auto checkpoint = io::load_checkpoint(comm, folder / "checkpoint.h5", "deck", [](const std::string&) {});
    ASSERT_TRUE(checkpoint.has_value());
    after.restore(*checkpoint);
    EXPECT_EQ(after.steps(), 3u);
    for (int step = 3; step < 7; ++step) after.step();
    EXPECT_EQ(second.w(), whole.w());
    EXPECT_EQ(second.statistic(), whole.statistic());
}

TEST_F(Restart, DoesNotSaveWhatHasDivergedOrDrifted) {
    Line line(comm, queue);
    Trainer trainer(replicas, {line.player()}, 1e6, timers);
    line.player().parameters[0].var.value().data<double>()[0] = std::nan("");
    EXPECT_THROW(save(trainer), Error);
    EXPECT_FALSE(std::filesystem::exists(folder / "checkpoint.h5"));
    line.player().parameters[0].var.value().data<double>()[0] = comm.rank();
    if (comm.size() == 1) return;
    EXPECT_THROW(save(trainer), Error);
}

}  // namespace
}  // namespace protolith::train
