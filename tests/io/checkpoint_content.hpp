// The checkpoint that the tests write and expect back: items of several types and blobs, different for every step.
#pragma once

#include "io/checkpoint.hpp"
#include "temporary_folder.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace protolith::io::test {

inline constexpr std::size_t chains = 7, pixels = 6;
inline const std::string deck = "deck A";

inline std::vector<std::uint8_t> images_of(ItemRange mine, std::uint64_t step) {
    std::vector<std::uint8_t> values;
    for (std::size_t i = mine.first; i < mine.last; ++i)
        for (std::size_t p = 0; p < pixels; ++p) values.push_back(static_cast<std::uint8_t>(31 * i + p + step));
    return values;
}

// Blobs of different lengths, some empty.
inline std::vector<std::string> blobs_of(ItemRange mine, std::uint64_t step) {
    std::vector<std::string> values;
    for (std::size_t i = mine.first; i < mine.last; ++i)
        values.emplace_back((i * 5) % 7, static_cast<char>('a' + (i + step) % 26));
    return values;
}

inline void write_generation(const Communicator& comm, const std::filesystem::path& path, std::uint64_t step,
                             ItemRange mine) {
    CheckpointWriter writer(comm, path, describe_run(comm), text_hash(deck), step);
    writer.replicated("schedule", std::vector<double>{0.5, 1e-9, static_cast<double>(step)});
    writer.replicated("nothing", std::vector<double>{});
    writer.text("state", "step " + std::to_string(step));
    writer.items<std::uint8_t>("images", chains, mine, {2, 3}, images_of(mine, step));
    writer.items<std::uint64_t>("draws", chains, mine, {}, std::vector<std::uint64_t>(mine.size(), step));
    writer.blobs("history", chains, mine, blobs_of(mine, step));
    writer.commit();
}

inline void write_generation(const Communicator& comm, const std::filesystem::path& path, std::uint64_t step) {
    write_generation(comm, path, step, comm.share(chains));
}

inline std::optional<Checkpoint> load(const Communicator& comm, const std::filesystem::path& path,
                                      std::vector<std::string>* warnings = nullptr,
                                      const std::string& for_deck = deck) {
    return load_checkpoint(comm, path, text_hash(for_deck), [&](const std::string& text) {
        if (warnings) warnings->push_back(text);
    });
}

inline void expect_content(const Checkpoint& checkpoint, std::uint64_t step, ItemRange mine) {
    EXPECT_EQ(checkpoint.step(), step);
    EXPECT_EQ(checkpoint.replicated<double>("schedule"), (std::vector<double>{0.5, 1e-9, static_cast<double>(step)}));
    EXPECT_TRUE(checkpoint.replicated<double>("nothing").empty());
    EXPECT_EQ(checkpoint.text("state"), "step " + std::to_string(step));
    EXPECT_EQ(checkpoint.count("images"), chains);
    EXPECT_EQ(checkpoint.count("history"), chains);
    EXPECT_EQ(checkpoint.items<std::uint8_t>("images", mine), images_of(mine, step));
    EXPECT_EQ(checkpoint.items<std::uint64_t>("draws", mine), std::vector<std::uint64_t>(mine.size(), step));
    EXPECT_EQ(checkpoint.blobs("history", mine), blobs_of(mine, step));
}

inline std::string message_of(const std::function<void()>& work) {
    try {
        work();
    } catch (const Error& e) {
        return e.what();
    }
    return "no error";
}

}  // namespace protolith::io::test
