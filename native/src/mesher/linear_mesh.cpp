#include "mesher/linear_mesh.hpp"

#include <algorithm>

#include "common/errors.hpp"

namespace artificer::mesher {

void keepUsedPoints(LinearMesh& mesh) {
  std::vector<int> number(mesh.points.size(), -1);
  for (const auto& tetrahedron : mesh.tetrahedra)
    for (const int node : tetrahedron.node) number[node] = 0;
  int kept = 0;
  for (std::size_t i = 0; i < number.size(); i++)
    if (number[i] == 0) {
      mesh.points[kept] = mesh.points[i];
      number[i] = kept++;
    }
  mesh.points.resize(kept);
  const auto renumber = [&](auto& item) {
    for (int& node : item.node) node = number[node];
    return std::all_of(item.node.begin(), item.node.end(), [](int node) { return node >= 0; });
  };
  for (auto& tetrahedron : mesh.tetrahedra) renumber(tetrahedron);
  for (auto& triangle : mesh.triangles)
    if (!renumber(triangle))
      throw CoreError("meshing-failed", "Part of the surface mesh has no volume behind it.",
                      "Try a smaller element size, or repair the geometry.");
  std::erase_if(mesh.segments, [&](auto& segment) { return !renumber(segment); });
}

}  // namespace artificer::mesher
