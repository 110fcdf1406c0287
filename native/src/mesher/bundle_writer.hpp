#pragma once

#include <string>

#include "mesher/quadratic_mesh.hpp"

namespace artificer::mesher {

/** Writes the mesh as an array bundle (format: preload/contract/bundle.ts); `meta` is JSON. Throws 'not-written'. */
void writeBundle(const std::string& path, const QuadraticMesh& mesh, const std::string& meta);

}  // namespace artificer::mesher
