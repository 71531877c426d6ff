#include "base/deck/writer.hpp"

namespace protolith::deck {

namespace {

/// "help; unit; range; source" of a key.
std::string remark(const Key& key) {
    std::string text = key.description;
    const auto add = [&](const std::string& part) {
        if (!part.empty()) text += (text.empty() ? "" : "; ") + part;
    };
    if (key.unit != "1") add(key.unit);
    add(key.range());
    add(key.origin);
    return text;
}

class Writer : public Visitor {
  public:
    std::string text;

  private:
    void visit_value(const Key& key, Value value) override {
        require(table_open_, "key '{}' is described after a sub-table: keys of a table come first", key.name);
        const std::string text_of_value = to_toml(value);
        const std::string line = fmt::format("{}{} = {}", text_of_value.empty() ? "# " : "", key.name, text_of_value);
        text += fmt::format("{:<32}  # {}\n", line, remark(key));
    }
    void visit_section(const std::string& name, const std::string& help, const std::function<void()>& body) override {
        inside(name, fmt::format("\n[{}]  # {}\n", path_ + name, help), body);
    }
    void visit_list(const Key& key, std::size_t size, const std::function<void(std::size_t)>&,
                    const std::function<void(std::size_t)>& item, const std::function<void()>&) override {
        for (std::size_t i = 0; i < size; ++i)
            inside(key.name, fmt::format("\n[[{}]]  # {}\n", path_ + key.name, key.description), [&] { item(i); });
    }
    void inside(const std::string& name, const std::string& header, const std::function<void()>& body) {
        const std::string outer = std::exchange(path_, path_ + name + ".");
        text += header;
        table_open_ = true;
        body();
        path_ = outer;
        table_open_ = false;
    }
    std::string path_;
    bool table_open_ = true;
};

class Helper : public Visitor {
  public:
    std::string text;

  private:
    void visit_value(const Key& key, Value value) override {
        const std::string standard = key.must_be_set ? "required" : to_toml(value).empty() ? "not set" : to_toml(value);
        text += fmt::format("  {:<24} {:<22} {}\n", key.name, standard, remark(key));
    }
    void visit_section(const std::string& name, const std::string& help, const std::function<void()>& body) override {
        inside(name, fmt::format("\n[{}]  {}\n", path_ + name, help), body);
    }
    void visit_list(const Key& key, std::size_t, const std::function<void(std::size_t)>&,
                    const std::function<void(std::size_t)>&, const std::function<void()>& example) override {
        inside(key.name,
               fmt::format("\n[[{}]]  {}{}\n", path_ + key.name, key.description,
                           key.must_be_set ? " (at least one)" : " (any number)"),
               example);
    }
    void inside(const std::string& name, const std::string& header, const std::function<void()>& body) {
        const std::string outer = std::exchange(path_, path_ + name + ".");
        text += header;
        body();
        path_ = outer;
    }
    std::string path_;
};

}  // namespace

std::string resolved_from(const std::function<void(Visitor&)>& visit) {
    Writer writer;
    visit(writer);
    return writer.text;
}

std::string help_from(const std::function<void(Visitor&)>& visit) {
    Helper helper;
    visit(helper);
    return helper.text;
}

}  // namespace protolith::deck
