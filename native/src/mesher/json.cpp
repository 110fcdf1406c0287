#include "mesher/json.hpp"

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "common/errors.hpp"

namespace artificer::mesher {

namespace {

class Parser {
 public:
  explicit Parser(const std::string& text) : text_(text) {}

  Json parseAll() {
    Json value = parseValue(0);
    skipSpace();
    if (at_ != text_.size()) fail("something follows the value");
    return value;
  }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    throw CoreError("bad-options", "The options are not valid JSON at character " + std::to_string(at_) + ": " + what);
  }
  void skipSpace() {
    while (at_ < text_.size() && std::strchr(" \t\r\n", text_[at_]) != nullptr) at_++;
  }
  bool take(char c) {
    skipSpace();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    at_++;
    return true;
  }
  void expect(char c) {
    if (!take(c)) fail(std::string("expected '") + c + "'");
  }
  bool takeWord(const char* word) {
    const std::size_t length = std::strlen(word);
    if (text_.compare(at_, length, word) != 0) return false;
    at_ += length;
    return true;
  }

  Json parseValue(int depth) {
    if (depth > 32) fail("nested too deeply");
    skipSpace();
    if (at_ >= text_.size()) fail("the text ends early");
    if (text_[at_] == '{') return parseObject(depth);
    if (text_[at_] == '[') return parseArray(depth);
    if (text_[at_] == '"') return {parseString()};
    if (takeWord("true")) return {true};
    if (takeWord("false")) return {false};
    if (takeWord("null")) return {nullptr};
    const char* start = text_.c_str() + at_;
    char* end = nullptr;
    const double number = std::strtod(start, &end);
    if (end == start) fail("expected a value");
    at_ += end - start;
    return {number};
  }

  Json parseObject(int depth) {
    Json::Object object;
    expect('{');
    if (take('}')) return {object};
    do {
      skipSpace();
      const std::string name = parseString();
      expect(':');
      object[name] = parseValue(depth + 1);
    } while (take(','));
    expect('}');
    return {object};
  }

  Json parseArray(int depth) {
    Json::Array array;
    expect('[');
    if (take(']')) return {array};
    do array.push_back(parseValue(depth + 1));
    while (take(','));
    expect(']');
    return {array};
  }

  std::string parseString() {
    expect('"');
    std::string result;
    while (at_ < text_.size() && text_[at_] != '"') {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) at_++;  // escapes beyond quotes have no use in options
      result += text_[at_++];
    }
    expect('"');
    return result;
  }

  const std::string& text_;
  std::size_t at_ = 0;
};

}  // namespace

const Json* Json::find(const std::string& name) const {
  const auto* object = std::get_if<Object>(&value);
  if (object == nullptr) return nullptr;
  const auto at = object->find(name);
  return at == object->end() ? nullptr : &at->second;
}

double Json::number(const std::string& name) const {
  if (const auto* number = std::get_if<double>(&value)) return *number;
  throw CoreError("bad-options", name + " must be a number");
}

const Json::Array& Json::array(const std::string& name) const {
  if (const auto* array = std::get_if<Array>(&value)) return *array;
  throw CoreError("bad-options", name + " must be a list");
}

Json parseJson(const std::string& text) { return Parser(text).parseAll(); }

std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const unsigned char c : text) {
    if (c == '"' || c == '\\') {
      result += '\\';
      result += static_cast<char>(c);
    } else if (c < 0x20) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04x", c);
      result += escape;
    } else {
      result += static_cast<char>(c);
    }
  }
  return result + '"';
}

}  // namespace artificer::mesher
