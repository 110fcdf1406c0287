#pragma once

#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace artificer::mesher {

/** A parsed JSON value: just what an options file needs. */
class Json {
 public:
  using Array = std::vector<Json>;
  using Object = std::map<std::string, Json>;
  std::variant<std::nullptr_t, bool, double, std::string, Array, Object> value = nullptr;

  bool isObject() const { return std::holds_alternative<Object>(value); }
  /** Member of an object, or nullptr. */
  const Json* find(const std::string& name) const;
  /** Throw CoreError 'bad-options' when the value is of another kind; `name` is for the message. */
  double number(const std::string& name) const;
  const Array& array(const std::string& name) const;
};

/** Throws CoreError 'bad-options'. */
Json parseJson(const std::string& text);

/** A string in JSON quotes. */
std::string quoted(const std::string& text);

}  // namespace artificer::mesher
