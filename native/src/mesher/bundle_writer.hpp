#pragma once

#include <string>
#include <vector>

#include "mesher/quadratic_mesh.hpp"

namespace artificer::mesher {

/** Writes the mesh as an array bundle (format: preload/contract/bundle.ts); `meta` is JSON. Throws 'not-written'. */
void writeBundle(const std::string& path, const QuadraticMesh& mesh, const std::string& meta);

/** Writes moved nodes (3n, mm) and marks of those on the surface (n) alone. */
void writeArrays(const std::string& path, const std::vector<double>& nodes, const std::vector<int>& surface,
                 const std::string& meta);

}  // namespace artificer::mesher
