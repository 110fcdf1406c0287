#pragma once

#include <stdexcept>
#include <string>

namespace artificer {

/** A failure the caller can act on; `code` is one of those listed in index.d.ts or printed by the mesher. */
class CoreError : public std::runtime_error {
 public:
  CoreError(std::string code, const std::string& message, std::string hint = {})
      : std::runtime_error(message), code_(std::move(code)), hint_(std::move(hint)) {}
  const std::string& code() const { return code_; }
  const std::string& hint() const { return hint_; }

 private:
  std::string code_;
  std::string hint_;
};

}  // namespace artificer
