#include "base/deck/table_visitor.hpp"

#include "base/deck/input_path.hpp"
#include "base/deck/suggest.hpp"

#include <algorithm>
#include <array>
#include <sstream>
#include <utility>

namespace protolith::deck {

namespace {

std::string shown(const toml::node& node) {
    std::ostringstream text;
    node.visit([&](const auto& n) { text << n; });
    std::string value = text.str();
    if (value.size() > 60) value = value.substr(0, 57) + "...";
    return value;
}

const char* kind_of(const Value& value) {
    constexpr std::array<const char*, 8> names = {
        "true or false",      "an integer",        "a number",          "a string",
        "a list of integers", "a list of numbers", "a list of strings", "a number"};
    return names[value.index()];
}

/// Takes a TOML node into a C++ value; false if it is of another type.
struct Taker {
    const toml::node& node;
    bool operator()(bool* v) const { return take(node, v); }
    bool operator()(std::int64_t* v) const { return take(node, v); }
    bool operator()(double* v) const {
        if (const auto i = node.as_integer()) return *v = static_cast<double>(i->get()), true;
        return take(node, v);
    }
    bool operator()(std::optional<double>* v) const {
        double number = 0;
        if (!(*this)(&number)) return false;
        *v = number;
        return true;
    }
    bool operator()(std::string* v) const { return take(node, v); }
    bool operator()(std::vector<std::int64_t>* v) const { return items(v); }
    bool operator()(std::vector<double>* v) const { return items(v); }
    bool operator()(std::vector<std::string>* v) const { return items(v); }

    template <class T>
    static bool take(const toml::node& n, T* v) {
        if (const auto* typed = n.as<T>()) return *v = typed->get(), true;
        return false;
    }
    template <class T>
    bool items(std::vector<T>* v) const {
        const auto* array = node.as_array();
        std::vector<T> taken;
        if (!array) {  // a single value serves as a list of one
            T one{};
            if (!Taker{node}(&one)) return false;
            *v = {one};
            return true;
        }
        for (const auto& item : *array) {
            T one{};
            if (!Taker{item}(&one)) return false;
            taken.push_back(one);
        }
        *v = std::move(taken);
        return true;
    }
};

}  // namespace

std::string place(const toml::source_region& source) {
    if (!source.path) return "";
    if (source.path->starts_with("--set")) return *source.path + ": ";
    return fmt::format("{}:{}:{}: ", *source.path, source.begin.line, source.begin.column);
}

TableVisitor::TableVisitor(const toml::table& root, std::filesystem::path folder)
    : table_(&root), folder_(std::move(folder)) {}

void TableVisitor::finish() {
    close_table();
    if (mistakes_.empty()) return;
    std::string text;
    for (const auto& m : mistakes_) text += (text.empty() ? "" : "\n") + m;
    throw InputError(text);
}

const toml::node* TableVisitor::find(const Key& key, const std::string& written) {
    known_.push_back(key.name);
    const toml::node* node = table_ ? table_->get(key.name) : nullptr;
    if (!node && key.must_be_set)
        mistake(fmt::format("{}{} is required{}: {}", place_of_table(), written, in_table(), key.description));
    return node;
}

void TableVisitor::visit_value(const Key& key, Value value) {
    const toml::node* node = find(key, "'" + key.name + "'");
    if (!node) return;
    if (!std::visit(Taker{*node}, value)) {
        mistake(
            fmt::format("{}{}: expected {}, found {}", place(node->source()), key.name, kind_of(value), shown(*node)));
        return;
    }
    check(key, value, *node);
    if (key.names_files) locate(key, value, *node);
}

void TableVisitor::locate(const Key& key, const Value& value, const toml::node& node) {
    const auto one = [&](std::string& path) {
        if (path.empty()) return;
        const std::string found = locate_input(path, folder_);
        if (found.empty())
            mistake(fmt::format("{}{} = '{}': no such file (looked in {}{})", place(node.source()), key.name, path,
                                std::filesystem::current_path().string(),
                                folder_.empty() ? "" : " and " + std::filesystem::absolute(folder_).string()));
        else
            path = found;
    };
    if (auto* s = std::get_if<std::string*>(&value)) one(**s);
    if (auto* l = std::get_if<std::vector<std::string>*>(&value))
        for (auto& path : **l) one(path);
}

void TableVisitor::check(const Key& key, const Value& value, const toml::node& node) {
    const auto bad = [&](const std::string& found, const std::string& hint = "") {
        mistake(fmt::format("{}{} = {}: expected {}{}{}", place(node.source()), key.name, found, key.range(),
                            key.unit.empty() || key.unit == "1" ? "" : " " + key.unit, hint));
    };
    const auto number = [&](double v) {
        if (!key.admits(v)) bad(shown(node));
    };
    const auto word = [&](const std::string& v) {
        if (!key.allowed.empty() && std::find(key.allowed.begin(), key.allowed.end(), v) == key.allowed.end())
            bad("'" + v + "'", did_you_mean(v, key.allowed));
    };
    if (auto* d = std::get_if<double*>(&value)) number(**d);
    if (auto* o = std::get_if<std::optional<double>*>(&value)) number((*o)->value());
    if (auto* i = std::get_if<std::int64_t*>(&value)) number(static_cast<double>(**i));
    if (auto* s = std::get_if<std::string*>(&value)) word(**s);
    if (auto* l = std::get_if<std::vector<double>*>(&value))
        for (double v : **l) number(v);
    if (auto* l = std::get_if<std::vector<std::int64_t>*>(&value))
        for (auto v : **l) number(static_cast<double>(v));
    if (auto* l = std::get_if<std::vector<std::string>*>(&value))
        for (const auto& v : **l) word(v);
}

void TableVisitor::visit_section(const std::string& name, const std::string&, const std::function<void()>& body) {
    known_.push_back(name);
    const toml::node* node = table_ ? table_->get(name) : nullptr;
    if (node && !node->is_table()) {
        mistake(fmt::format("{}{}: expected a table [{}], found {}", place(node->source()), name, path_ + name,
                            shown(*node)));
        return;
    }
    inside(node ? node->as_table() : nullptr, name, body);
}

void TableVisitor::visit_list(const Key& key, std::size_t, const std::function<void(std::size_t)>& resize,
                              const std::function<void(std::size_t)>& item, const std::function<void()>&) {
    const toml::node* node = find(key, "[[" + key.name + "]]");
    if (!node) return;
    const auto* array = node->as_array();
    if (!array || !array->is_homogeneous(toml::node_type::table)) {
        mistake(fmt::format("{}{}: expected tables [[{}]], found {}", place(node->source()), key.name, path_ + key.name,
                            shown(*node)));
        return;
    }
    resize(array->size());
    for (std::size_t i = 0; i < array->size(); ++i) inside(array->get_as<toml::table>(i), key.name, [&] { item(i); });
}

void TableVisitor::inside(const toml::table* table, const std::string& name, const std::function<void()>& body) {
    const auto outer_table = std::exchange(table_, table);
    const auto outer_path = std::exchange(path_, path_ + name + ".");
    const auto outer_known = std::exchange(known_, {});
    body();
    close_table();
    table_ = outer_table;
    path_ = outer_path;
    known_ = outer_known;
}

void TableVisitor::close_table() {
    if (!table_) return;
    for (const auto& [key, node] : *table_) {
        const std::string name(key.str());
        if (std::find(known_.begin(), known_.end(), name) != known_.end()) continue;
        auto source = node.source();
        if (source.path && !source.path->starts_with("--set")) source.begin = key.source().begin;
        mistake(fmt::format("{}unknown key '{}'{}{}", place(source), name, in_table(), did_you_mean(name, known_)));
    }
}

std::string TableVisitor::in_table() const {
    return path_.empty() ? "" : " in [" + path_.substr(0, path_.size() - 1) + "]";
}

}  // namespace protolith::deck
