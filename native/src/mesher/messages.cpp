#include "mesher/messages.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>

#include "mesher/json.hpp"

namespace artificer::mesher {

namespace {
std::FILE* messages = stdout;
}

void claimStandardOutput() {
  std::fflush(stdout);
  const int copy = dup(STDOUT_FILENO);
  const int nowhere = open("/dev/null", O_WRONLY);
  if (copy < 0 || nowhere < 0) return;
  dup2(nowhere, STDOUT_FILENO);
  close(nowhere);
  if (auto* stream = fdopen(copy, "w")) messages = stream;
}

void sendLine(const std::string& json) {
  std::fprintf(messages, "%s\n", json.c_str());
  std::fflush(messages);
}

void sendProgress(const std::string& stage, double fraction) {
  char number[32];
  std::snprintf(number, sizeof number, "%.3f", fraction);
  sendLine("{\"stage\":" + quoted(stage) + ",\"fraction\":" + number + "}");
}

void sendError(const std::string& code, const std::string& message, const std::string& hint) {
  sendLine("{\"error\":{\"code\":" + quoted(code) + ",\"message\":" + quoted(message) + ",\"hint\":" + quoted(hint) +
           "}}");
}

}  // namespace artificer::mesher
