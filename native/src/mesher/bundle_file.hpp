#pragma once

#include <string>

#include "mesher/volume_mesh.hpp"

namespace artificer::mesher {

/** Writes the mesh as an array bundle (see preload/contract/bundle.ts). Throws CoreError 'cannot-write'. */
void writeBundle(const std::string& path, const VolumeMesh& mesh, const std::string& metaJson);

}  // namespace artificer::mesher
