#pragma once

#include <array>

#include <Eigen/Dense>

/** The 10-node tetrahedron. Node order: corners 0-3, then midsides 01, 12, 02, 03, 13, 23 (Abaqus/CalculiX C3D10). */
namespace artificer::tet10 {

inline constexpr int NODES = 10;
inline constexpr int CORNERS = 4;
inline constexpr int EDGES = 6;
inline constexpr int DOFS = 30;

/** Corners of the edge that midside node 4 + e lies on. */
inline constexpr int EDGE_CORNERS[EDGES][2] = {{0, 1}, {1, 2}, {0, 2}, {0, 3}, {1, 3}, {2, 3}};

/** Nodes of the four sides as 6-node triangles (corners, then midsides 01, 12, 20), outward for a positive element. */
inline constexpr int SIDE_NODES[4][6] = {{0, 2, 1, 6, 5, 4}, {0, 1, 3, 4, 8, 7}, {1, 2, 3, 5, 9, 8}, {0, 3, 2, 7, 9, 6}};

using Barycentric = std::array<double, 4>;
using Gradients = Eigen::Matrix<double, NODES, 3>;
using Shape = Eigen::Matrix<double, NODES, 1>;
using Coordinates = Eigen::Matrix<double, NODES, 3>;

/** Shape functions at a point given by its four barycentric coordinates. */
inline Shape shape(const Barycentric& l) {
  Shape n;
  for (int i = 0; i < CORNERS; i++) n[i] = l[i] * (2 * l[i] - 1);
  for (int e = 0; e < EDGES; e++) n[4 + e] = 4 * l[EDGE_CORNERS[e][0]] * l[EDGE_CORNERS[e][1]];
  return n;
}

/** Derivatives of the shape functions by the local coordinates (l1, l2, l3), where l0 = 1 - l1 - l2 - l3. */
inline Gradients localGradients(const Barycentric& l) {
  Eigen::Matrix<double, NODES, 4> g = Eigen::Matrix<double, NODES, 4>::Zero();
  for (int i = 0; i < CORNERS; i++) g(i, i) = 4 * l[i] - 1;
  for (int e = 0; e < EDGES; e++) {
    const int a = EDGE_CORNERS[e][0], b = EDGE_CORNERS[e][1];
    g(4 + e, a) = 4 * l[b];
    g(4 + e, b) = 4 * l[a];
  }
  Gradients local;
  for (int axis = 0; axis < 3; axis++) local.col(axis) = g.col(axis + 1) - g.col(0);
  return local;
}

/** The 4-point rule, exact to degree 2 (Hammer, Marlowe, Stroud 1956): every weight is 1/24 of the local volume 1/6. */
inline constexpr double GAUSS_NEAR = 0.58541019662496845446;
inline constexpr double GAUSS_FAR = 0.13819660112501051518;
inline constexpr double GAUSS_WEIGHT = 1.0 / 24;
inline constexpr int GAUSS_POINTS = 4;

inline Barycentric gaussPoint(int q) {
  Barycentric l{GAUSS_FAR, GAUSS_FAR, GAUSS_FAR, GAUSS_FAR};
  l[q] = GAUSS_NEAR;
  return l;
}

/** Barycentric coordinates of the ten nodes. */
inline Barycentric nodePoint(int node) {
  Barycentric l{0, 0, 0, 0};
  if (node < CORNERS) {
    l[node] = 1;
  } else {
    l[EDGE_CORNERS[node - 4][0]] = 0.5;
    l[EDGE_CORNERS[node - 4][1]] = 0.5;
  }
  return l;
}

/** Coordinates of an element's nodes out of 3n node coordinates. */
inline Coordinates gather(const double* nodes, const int* element) {
  Coordinates x;
  for (int a = 0; a < NODES; a++)
    for (int axis = 0; axis < 3; axis++) x(a, axis) = nodes[3 * static_cast<long>(element[a]) + axis];
  return x;
}

/** The Jacobian dx_i/dl_j at a point with the given local gradients. */
inline Eigen::Matrix3d jacobian(const Coordinates& x, const Gradients& local) { return x.transpose() * local; }

/** Degree-5 conical product rule of 27 points (Stroud 1971), for fields such as gravity that need more than 4 points. */
struct ConicalRule {
  std::array<Barycentric, 27> point;
  std::array<double, 27> weight;
};
const ConicalRule& conicalRule();

}  // namespace artificer::tet10
