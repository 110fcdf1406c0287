#include "mesher/vol_file.hpp"

#include <fstream>

#include "common/errors.hpp"

namespace artificer::mesher {

namespace {

[[noreturn]] void corrupt(const std::string& section) {
  throw CoreError("meshing-failed", "Netgen's mesh could not be read (" + section + ").");
}

/** Columns: surface, boundary condition (= face), domain in, domain out, node count, nodes, then u v of each node. */
void readTriangles(std::istream& in, LinearMesh& mesh) {
  long count = 0;
  in >> count;
  for (long i = 0; i < count; i++) {
    LinearMesh::Triangle triangle;
    int surface, face, domainIn, domainOut, nodes;
    in >> surface >> face >> domainIn >> domainOut >> nodes;
    if (!in || nodes != 3) corrupt("surface elements");
    for (int& node : triangle.node) {
      in >> node;
      node--;
    }
    for (auto& uv : triangle.uv) {
      double u, v;
      in >> u >> v;
      uv.SetCoord(u, v);
    }
    triangle.face = face - 1;
    mesh.triangles.push_back(triangle);
  }
  if (!in) corrupt("surface elements");
}

void readTetrahedra(std::istream& in, LinearMesh& mesh) {
  long count = 0;
  in >> count;
  for (long i = 0; i < count; i++) {
    LinearMesh::Tetrahedron tetrahedron;
    int nodes;
    in >> tetrahedron.solid >> nodes;
    if (!in || nodes != 4) corrupt("volume elements");
    tetrahedron.solid--;
    for (int& node : tetrahedron.node) {
      in >> node;
      node--;
    }
    mesh.tetrahedra.push_back(tetrahedron);
  }
  if (!in) corrupt("volume elements");
}

/** Columns: face, 0, two nodes, two triangles, two surfaces, running number, parameter, edge, parameter. */
void readSegments(std::istream& in, LinearMesh& mesh) {
  long count = 0;
  in >> count;
  for (long i = 0; i < count; i++) {
    LinearMesh::Segment segment;
    double skipped;
    in >> skipped >> skipped >> segment.node[0] >> segment.node[1];
    for (int k = 0; k < 5; k++) in >> skipped;
    in >> segment.parameter[0] >> segment.edge >> segment.parameter[1];
    segment.node[0]--;
    segment.node[1]--;
    segment.edge--;
    mesh.segments.push_back(segment);
  }
  if (!in) corrupt("edge segments");
}

void readPoints(std::istream& in, LinearMesh& mesh) {
  long count = 0;
  in >> count;
  for (long i = 0; i < count; i++) {
    double x, y, z;
    in >> x >> y >> z;
    mesh.points.emplace_back(x, y, z);
  }
  if (!in) corrupt("points");
}

}  // namespace

LinearMesh readVolFile(const std::string& path) {
  std::ifstream in(path);
  if (!in) corrupt("the file is missing");
  LinearMesh mesh;
  for (std::string line; std::getline(in, line);) {
    if (line == "surfaceelementsuv") readTriangles(in, mesh);
    else if (line == "volumeelements") readTetrahedra(in, mesh);
    else if (line == "edgesegmentsgi2") readSegments(in, mesh);
    else if (line == "points") readPoints(in, mesh);
  }
  const int nodes = static_cast<int>(mesh.points.size());
  const auto requireNodes = [&](const auto& items) {
    for (const auto& item : items)
      for (const int node : item.node)
        if (node < 0 || node >= nodes) corrupt("node numbers");
  };
  requireNodes(mesh.triangles);
  requireNodes(mesh.tetrahedra);
  requireNodes(mesh.segments);
  if (mesh.triangles.empty() || mesh.tetrahedra.empty()) corrupt("nothing was meshed");
  return mesh;
}

}  // namespace artificer::mesher
