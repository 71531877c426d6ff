// Reads a TOML deck into a settings struct. Every mistake is collected and told with file, line and column.
#pragma once

#include "base/deck/visitor.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace protolith::deck {

/// A parsed deck with the changes of --set on top.
class Deck {
  public:
    /// Parses `file`; InputError "file:line:column: …" for TOML that is not valid (duplicate keys among it).
    static Deck from_file(const std::filesystem::path& file);
    /// Parses text; `name` stands for the file in messages.
    static Deck from_text(const std::string& text, const std::string& name);
    static Deck empty();
    ~Deck();
    Deck(Deck&&) noexcept;
    Deck& operator=(Deck&&) noexcept;

    /// Applies one "a.b=value" (value as TOML; a bare word is taken as a string). Items of lists by number:
    /// set.0.path=x.
    void set(const std::string& assignment);

    /// Fills `settings` from the deck: unknown keys, wrong types, values out of range and missing required keys are
    /// collected into one InputError, a line each.
    template <class Settings>
    void read_into(Settings& settings) const {
        read([&](Visitor& v) { settings.visit(v); });
    }

  private:
    struct State;
    explicit Deck(std::unique_ptr<State> state);
    void read(const std::function<void(Visitor&)>& visit) const;
    std::unique_ptr<State> state_;
};

}  // namespace protolith::deck
