#include "base/deck/reader.hpp"

#include "base/deck/table_visitor.hpp"

#include <fstream>
#include <sstream>

namespace protolith::deck {

struct Deck::State {
    toml::table root;
    std::filesystem::path folder;  // of the deck's file
};

namespace {

toml::table parse(std::string_view text, const std::string& name) {
    try {
        return toml::parse(text, name);
    } catch (const toml::parse_error& e) {
        throw InputError(place(e.source()) + std::string(e.description()));
    }
}

}  // namespace

Deck::Deck(std::unique_ptr<State> state) : state_(std::move(state)) {}
Deck::~Deck() = default;
Deck::Deck(Deck&&) noexcept = default;
Deck& Deck::operator=(Deck&&) noexcept = default;

Deck Deck::empty() { return Deck(std::make_unique<State>()); }

Deck Deck::from_text(const std::string& text, const std::string& name) {
    auto state = std::make_unique<State>();
    state->root = parse(text, name);
    return Deck(std::move(state));
}

Deck Deck::from_file(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    require_input(in.good() && !std::filesystem::is_directory(file), "{}: cannot be read as an input deck",
                  file.string());
    std::ostringstream text;
    text << in.rdbuf();
    Deck deck = from_text(text.str(), file.string());
    deck.state_->folder = file.has_parent_path() ? file.parent_path() : ".";
    return deck;
}

void Deck::set(const std::string& assignment) {
    const auto equals = assignment.find('=');
    require_input(equals != std::string::npos && equals > 0,
                  "--set {}: expected key=value, such as --set anneal.stages=100", assignment);
    const std::string path = assignment.substr(0, equals), text = assignment.substr(equals + 1),
                      source = "--set " + assignment;
    toml::table one;
    try {
        one = toml::parse("value = " + text, source);
    } catch (const toml::parse_error&) {  // a bare word: what a shell user means by it is a string
        one = parse("value = " + to_toml(Value{const_cast<std::string*>(&text)}), source);
    }
    toml::node* at = &state_->root;
    std::istringstream parts(path);
    std::vector<std::string> names;
    for (std::string name; std::getline(parts, name, '.');) names.push_back(name);
    for (std::size_t i = 0; i + 1 < names.size(); ++i) {
        toml::node* next = nullptr;
        if (auto* table = at->as_table()) {
            if (!table->contains(names[i])) table->insert(names[i], toml::table{});
            next = table->get(names[i]);
        } else if (auto* array = at->as_array()) {
            const bool number = names[i].find_first_not_of("0123456789") == std::string::npos && !names[i].empty() &&
                                names[i].size() < 9;
            require_input(number && std::stoul(names[i]) < array->size(), "{}: '{}' is not an item of a list of {}",
                          source, names[i], array->size());
            next = array->get(std::stoul(names[i]));
        }
        require_input(next && (next->is_table() || next->is_array()), "{}: '{}' is a value, not a table", source,
                      names[i]);
        at = next;
    }
    auto* table = at->as_table();
    require_input(table != nullptr && !names.empty() && !names.back().empty(),
                  "{}: expected the name of a key before '='", source);
    table->insert_or_assign(names.back(), std::move(*one.get("value")));
}

void Deck::read(const std::function<void(Visitor&)>& visit) const {
    TableVisitor reader(state_->root, state_->folder);
    visit(reader);
    reader.finish();
}

}  // namespace protolith::deck
