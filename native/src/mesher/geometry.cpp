#include "mesher/geometry.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <numeric>

#include <BRepBndLib.hxx>
#include <BRepBuilderAPI_Transform.hxx>
#include <BRepGProp.hxx>
#include <BRepTools.hxx>
#include <BRep_Builder.hxx>
#include <BinTools.hxx>
#include <Bnd_Box.hxx>
#include <GProp_GProps.hxx>
#include <Message.hxx>
#include <Message_Messenger.hxx>
#include <TopExp.hxx>
#include <TopExp_Explorer.hxx>
#include <TopoDS.hxx>

#include "common/errors.hpp"

namespace artificer::mesher {

namespace {

/** Shapes whose diagonal lies in this range are meshed as they are. */
constexpr double SMALLEST_DIAGONAL = 5, LARGEST_DIAGONAL = 2000, SCALED_DIAGONAL = 100;

bool isBinary(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  char head[32] = {};
  file.read(head, sizeof head - 1);
  return std::string(head).find("Open CASCADE Topology V") != std::string::npos;
}

TopoDS_Shape readShape(const std::string& path) {
  TopoDS_Shape shape;
  BRep_Builder builder;
  const bool read = isBinary(path) ? BinTools::Read(shape, path.c_str()) : BRepTools::Read(shape, path.c_str(), builder);
  if (!read || shape.IsNull())
    throw CoreError("unreadable-geometry", "The geometry could not be read.", "Export the body again.");
  return shape;
}

double diagonalOf(const TopoDS_Shape& shape) {
  Bnd_Box box;
  BRepBndLib::AddOptimal(shape, box, false, false);
  if (box.IsVoid()) throw CoreError("unreadable-geometry", "The geometry is empty.");
  return std::sqrt(box.SquareExtent());
}

std::vector<std::vector<int>> groupBySharedFaces(const Geometry& geometry) {
  const int count = static_cast<int>(geometry.solids.size());
  std::vector<int> parent(count);
  std::iota(parent.begin(), parent.end(), 0);
  const auto root = [&](int i) {
    while (parent[i] != i) i = parent[i];
    return i;
  };
  std::vector<int> owner(geometry.faces.Extent() + 1, -1);
  for (int s = 0; s < count; s++)
    for (TopExp_Explorer faces(geometry.solids[s], TopAbs_FACE); faces.More(); faces.Next()) {
      int& first = owner[geometry.faces.FindIndex(faces.Current())];
      if (first < 0) {
        first = s;
      } else {
        const int a = root(first), b = root(s);
        parent[std::max(a, b)] = std::min(a, b);
      }
    }
  std::map<int, std::vector<int>> byRoot;
  for (int s = 0; s < count; s++) byRoot[root(s)].push_back(s);
  std::vector<std::vector<int>> groups;
  for (auto& [first, members] : byRoot) groups.push_back(std::move(members));
  return groups;
}

}  // namespace

Geometry readGeometry(const std::string& path) {
  Message::DefaultMessenger()->ChangePrinters().Clear();
  Geometry geometry;
  geometry.shape = readShape(path);
  geometry.diagonal = diagonalOf(geometry.shape);
  if (!(geometry.diagonal > 0) || !std::isfinite(geometry.diagonal))
    throw CoreError("unreadable-geometry", "The geometry has no extent.");
  if (geometry.diagonal < SMALLEST_DIAGONAL || geometry.diagonal > LARGEST_DIAGONAL) {
    geometry.scale = SCALED_DIAGONAL / geometry.diagonal;
    gp_Trsf scaling;
    scaling.SetScaleFactor(geometry.scale);
    geometry.shape = BRepBuilderAPI_Transform(geometry.shape, scaling, true).Shape();
    geometry.diagonal = SCALED_DIAGONAL;
  }
  TopExp::MapShapes(geometry.shape, TopAbs_FACE, geometry.faces);
  TopExp::MapShapes(geometry.shape, TopAbs_EDGE, geometry.edges);
  TopExp::MapShapes(geometry.shape, TopAbs_VERTEX, geometry.vertices);
  for (TopExp_Explorer solids(geometry.shape, TopAbs_SOLID); solids.More(); solids.Next()) {
    geometry.solids.push_back(solids.Current());
    GProp_GProps properties;
    BRepGProp::VolumeProperties(solids.Current(), properties);
    geometry.solidVolume.push_back(std::abs(properties.Mass()));
  }
  if (geometry.solids.empty())
    throw CoreError("no-solid", "The geometry holds no solid, only surfaces or curves.",
                    "Close the surfaces into a solid first.");
  geometry.groups = groupBySharedFaces(geometry);
  return geometry;
}

}  // namespace artificer::mesher
