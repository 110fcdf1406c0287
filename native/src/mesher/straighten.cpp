#include "mesher/straighten.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "common/errors.hpp"
#include "mesh/quality.hpp"

namespace artificer::mesher {

namespace {

/** A curved element this distorted gives poor stress long before its Jacobian changes sign. */
constexpr double ACCEPTED = 0.1;
constexpr double STEP = 0.25;

double scaledJacobian(const QuadraticMesh& mesh, int e) {
  return elementQuality(tet10::gather(mesh.nodes.data(), &mesh.elements[10 * static_cast<std::size_t>(e)])).scaledJacobian;
}

void place(QuadraticMesh& mesh, const QuadraticMesh::CurvedNode& curved) {
  for (int axis = 0; axis < 3; axis++)
    mesh.nodes[3 * static_cast<std::size_t>(curved.node) + axis] =
        curved.chord[axis] + curved.share * (curved.onGeometry[axis] - curved.chord[axis]);
}

}  // namespace

int straightenDistorted(QuadraticMesh& mesh) {
  std::unordered_map<int, int> curvedOf;
  for (std::size_t i = 0; i < mesh.curved.size(); i++) curvedOf[mesh.curved[i].node] = static_cast<int>(i);

  for (int pass = 0; pass < static_cast<int>(1 / STEP) + 1; pass++) {
    std::vector<int> toMove;
    for (int e = 0; e < mesh.elementCount(); e++) {
      if (scaledJacobian(mesh, e) >= ACCEPTED) continue;
      for (int k = 4; k < tet10::NODES; k++) {
        const auto curved = curvedOf.find(mesh.elements[10 * static_cast<std::size_t>(e) + k]);
        if (curved != curvedOf.end() && mesh.curved[curved->second].share > 0) toMove.push_back(curved->second);
      }
    }
    if (toMove.empty()) break;
    std::sort(toMove.begin(), toMove.end());
    toMove.erase(std::unique(toMove.begin(), toMove.end()), toMove.end());
    for (const int index : toMove) {
      auto& curved = mesh.curved[index];
      curved.share = std::max(0.0, curved.share - STEP);
      place(mesh, curved);
    }
  }

  int inverted = 0;
  for (int e = 0; e < mesh.elementCount(); e++)
    if (scaledJacobian(mesh, e) <= 0) inverted++;
  if (inverted > 0)
    throw CoreError("inverted-elements", std::to_string(inverted) + " elements are inverted.",
                    "Try a smaller element size or more optimisation steps.");
  int straightened = 0;
  for (int e = 0; e < mesh.elementCount(); e++) {
    const int* nodes = &mesh.elements[10 * static_cast<std::size_t>(e)];
    straightened += std::any_of(nodes + 4, nodes + tet10::NODES, [&](int node) {
      const auto curved = curvedOf.find(node);
      return curved != curvedOf.end() && mesh.curved[curved->second].share < 1;
    });
  }
  return straightened;
}

}  // namespace artificer::mesher
