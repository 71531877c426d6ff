// The visitor that fills a settings struct from a TOML table and collects every mistake with its place.
#pragma once

#include "base/deck/visitor.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include <toml++/toml.h>

namespace protolith::deck {

/// "file:line:column: " of a node, or "--set a.b=v: " for a value given on the command line.
std::string place(const toml::source_region& source);

class TableVisitor : public Visitor {
  public:
    /// `folder` is the deck's, where files that it names are looked for after the working directory.
    TableVisitor(const toml::table& root, std::filesystem::path folder);

    /// After the visit: InputError with all mistakes, a line each, unknown keys among them.
    void finish();

  private:
    void visit_value(const Key& key, Value value) override;
    void visit_section(const std::string& name, const std::string& help, const std::function<void()>& body) override;
    void visit_list(const Key& key, std::size_t size, const std::function<void(std::size_t)>& resize,
                    const std::function<void(std::size_t)>& item, const std::function<void()>& example) override;

    /// The node of a key, noted as known; nullptr, and a mistake if it is required, when the deck does not have it.
    /// `written` is how the message shows the key.
    const toml::node* find(const Key& key, const std::string& written);
    /// Files named in the deck become absolute; a file that is not there is a mistake.
    void locate(const Key& key, const Value& value, const toml::node& node);
    /// Range and allowed words.
    void check(const Key& key, const Value& value, const toml::node& node);
    void inside(const toml::table* table, const std::string& name, const std::function<void()>& body);
    /// What the table holds beyond the keys that were asked for.
    void close_table();

    void mistake(std::string text) { mistakes_.push_back(std::move(text)); }
    std::string in_table() const;
    std::string place_of_table() const { return table_ ? place(table_->source()) : ""; }

    const toml::table* table_;
    std::filesystem::path folder_;
    std::string path_;
    std::vector<std::string> known_, mistakes_;
};

}  // namespace protolith::deck
