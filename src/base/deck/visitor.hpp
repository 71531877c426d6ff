// The description of a deck's keys, written once per settings struct and read by everyone:
//
//   struct Schedule {
//       double T0 = 1e-8;
//       void visit(deck::Visitor& v) {
//           v.entry(Key("T0").help("initial temperature").above(0).source("Yeong & Torquato 1998"), T0);
//       }
//   };
//
// Visitors read a deck into the struct (reader.hpp), write the resolved deck (writer.hpp) and print the help
// (help.hpp). Keys of a table come before its sub-tables, as in TOML.
#pragma once

#include "base/error.hpp"

#include <concepts>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace protolith::deck {

/// Everything that is said about a key: name, unit, range or allowed values, one line of help, source.
class Key {
  public:
    explicit Key(std::string key_name) : name(std::move(key_name)) {}

    Key help(std::string text) && {
        description = std::move(text);
        return std::move(*this);
    }
    Key units(std::string text) && {
        unit = std::move(text);
        return std::move(*this);
    }
    Key source(std::string text) && {
        origin = std::move(text);
        return std::move(*this);
    }
    Key above(double low) && {
        lowest = low;
        lowest_excluded = true;
        return std::move(*this);
    }
    Key below(double high) && {
        highest = high;
        highest_excluded = true;
        return std::move(*this);
    }
    Key at_least(double low) && {
        lowest = low;
        return std::move(*this);
    }
    Key at_most(double high) && {
        highest = high;
        return std::move(*this);
    }
    Key between(double low, double high) && {
        lowest = low;
        highest = high;
        return std::move(*this);
    }
    Key one_of(std::vector<std::string> names) && {
        allowed = std::move(names);
        return std::move(*this);
    }
    /// Names files: made absolute when read, looked for from the working directory, then from the deck's folder.
    Key input_path() && {
        names_files = true;
        return std::move(*this);
    }
    /// The deck must set it.
    Key required() && {
        must_be_set = true;
        return std::move(*this);
    }

    /// "in (0, 1]", "≥ 1", "one of a, b", or empty.
    std::string range() const;
    bool admits(double value) const noexcept;

    std::string name, description, unit, origin;
    std::vector<std::string> allowed;
    double lowest = -std::numeric_limits<double>::infinity(), highest = std::numeric_limits<double>::infinity();
    bool lowest_excluded = false, highest_excluded = false, must_be_set = false, names_files = false;
};

/// The kinds of value that a key may have.
using Value = std::variant<bool*, std::int64_t*, double*, std::string*, std::vector<std::int64_t>*,
                           std::vector<double>*, std::vector<std::string>*, std::optional<double>*>;

class Visitor {
  public:
    virtual ~Visitor() = default;

    /// A key of the present table.
    void entry(const Key& key, bool& value) { visit_value(key, &value); }
    void entry(const Key& key, double& value) { visit_value(key, &value); }
    /// A number that may be left out.
    void entry(const Key& key, std::optional<double>& value) { visit_value(key, &value); }
    void entry(const Key& key, std::string& value) { visit_value(key, &value); }
    void entry(const Key& key, std::vector<std::int64_t>& value) { visit_value(key, &value); }
    void entry(const Key& key, std::vector<double>& value) { visit_value(key, &value); }
    void entry(const Key& key, std::vector<std::string>& value) { visit_value(key, &value); }
    /// Integers of any width; the deck's range is narrowed to what the type holds.
    template <std::integral T>
    requires(!std::same_as<T, bool>) void entry(Key key, T& value) {
        auto wide = static_cast<std::int64_t>(value);
        key.lowest = std::max(key.lowest, static_cast<double>(std::numeric_limits<T>::lowest()));
        if constexpr (sizeof(T) < 8)
            key.highest = std::min(key.highest, static_cast<double>(std::numeric_limits<T>::max()));
        visit_value(key, &wide);
        value = static_cast<T>(wide);
    }
    /// An enumeration by the names of its values.
    template <class E>
    requires std::is_enum_v<E>
    void choice(Key key, E& value, const std::vector<std::pair<const char*, E>>& names) {
        std::string text;
        for (const auto& [name, e] : names) {
            key.allowed.emplace_back(name);
            if (e == value) text = name;
        }
        visit_value(key, &text);
        for (const auto& [name, e] : names)
            if (text == name) value = e;
    }
    /// A sub-table [name] described by its struct's own visit().
    template <class T>
    void section(const std::string& name, const std::string& help, T& settings) {
        visit_section(name, help, [&] { settings.visit(*this); });
    }
    /// An array of tables [[name]], one struct each.
    template <class T>
    void list(const Key& key, std::vector<T>& items) {
        visit_list(
            key, items.size(), [&](std::size_t n) { items.resize(n); }, [&](std::size_t i) { items[i].visit(*this); },
            [&] {
                T example;
                example.visit(*this);
            });
    }

  protected:
    virtual void visit_value(const Key& key, Value value) = 0;
    virtual void visit_section(const std::string& name, const std::string& help, const std::function<void()>& body) = 0;
    /// `resize` sets the number of items, `item` visits one, `example` visits one with its defaults.
    virtual void visit_list(const Key& key, std::size_t size, const std::function<void(std::size_t)>& resize,
                            const std::function<void(std::size_t)>& item, const std::function<void()>& example) = 0;
};

/// A value as TOML writes it; numbers read back exactly. Empty for a number that is left out.
std::string to_toml(const Value& value);

}  // namespace protolith::deck
