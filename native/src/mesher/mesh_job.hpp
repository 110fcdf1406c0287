#pragma once

#include <string>

#include "mesher/options.hpp"

namespace artificer::mesher {

/** Reads, meshes, checks and writes; sends progress. Returns the final JSON line. Throws CoreError. */
std::string runMeshJob(const std::string& brepPath, const std::string& bundlePath, const Options& options);

}  // namespace artificer::mesher
