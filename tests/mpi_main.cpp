// Google Test under MPI: every rank runs every test; only rank 0 prints, and a failure on any rank fails the run.
#include <gtest/gtest.h>
#include <mpi.h>

int main(int argc, char** argv) {
    MPI_Init(&argc, &argv);
    ::testing::InitGoogleTest(&argc, argv);
    int rank = 0;
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    auto& listeners = ::testing::UnitTest::GetInstance()->listeners();
    if (rank != 0) delete listeners.Release(listeners.default_result_printer());
    int failed = RUN_ALL_TESTS();
    if (rank != 0 && failed != 0) {
        for (int i = 0; i < ::testing::UnitTest::GetInstance()->total_test_suite_count(); ++i) {
            const auto* suite = ::testing::UnitTest::GetInstance()->GetTestSuite(i);
            for (int k = 0; k < suite->total_test_count(); ++k) {
                const auto* result = suite->GetTestInfo(k)->result();
                for (int p = 0; p < result->total_part_count(); ++p)
                    if (result->GetTestPartResult(p).failed())
                        std::fprintf(stderr, "rank %d: %s.%s: %s\n", rank, suite->name(), suite->GetTestInfo(k)->name(),
                                     result->GetTestPartResult(p).message());
            }
        }
    }
    MPI_Allreduce(MPI_IN_PLACE, &failed, 1, MPI_INT, MPI_MAX, MPI_COMM_WORLD);
    MPI_Finalize();
    return failed;
}
