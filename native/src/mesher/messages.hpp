#pragma once

#include <string>

namespace artificer::mesher {

/**
 * Keeps standard output for JSON lines: Netgen and OpenCascade write theirs to it too, so that is sent to nowhere and
 * messages go to a copy of the original. Call once, before either library.
 */
void claimStandardOutput();

void sendLine(const std::string& json);
void sendProgress(const std::string& stage, double fraction);
void sendError(const std::string& code, const std::string& message, const std::string& hint);

}  // namespace artificer::mesher
