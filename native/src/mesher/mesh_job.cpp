#include "mesher/mesh_job.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <sstream>

#include "common/errors.hpp"
#include "mesh/quality.hpp"
#include "mesher/bundle_writer.hpp"
#include "mesher/json.hpp"
#include "mesher/messages.hpp"
#include "mesher/netgen_session.hpp"
#include "mesher/straighten.hpp"
#include "mesher/wall_layers.hpp"

namespace artificer::mesher {

namespace {

constexpr int HISTOGRAM_BINS = 10;
/** The mesh's volume may differ this much from the solid's: coarse facets on curved sides, no more. */
constexpr double VOLUME_TOLERANCE = 0.03;

/** Attempts in order: as asked, then gentler and finer. Lengths are scaled. */
std::vector<Attempt> attemptsFor(const Options& options, const Geometry& geometry) {
  const double maxSize = options.maxSize > 0 ? options.maxSize * geometry.scale : geometry.diagonal / 12;
  const double minSize = std::min(options.minSize * geometry.scale, maxSize);
  const int steps = options.optimisationSteps;
  const Attempt asked{maxSize, minSize, options.grading, options.elementsPerCurvature, options.elementsPerEdge, 3, steps};
  Attempt divided = asked;
  divided.elementsPerEdge = std::max(2.0, asked.elementsPerEdge);  // Netgen's own default: closes what 1 leaves open
  // Coarse facets of neighbouring walls cut through each other: smaller ones do not, and are still few.
  Attempt smaller = asked;
  smaller.maxSize *= 0.6;
  smaller.minSize *= 0.6;
  // A floor above the smallest features leaves their faces without a mesh: one below them, before everything gets finer.
  Attempt lower = asked;
  lower.minSize *= 0.25;
  Attempt gentler = divided;
  gentler.maxSize *= 0.85;
  gentler.grading = std::min(asked.grading, 0.2);
  gentler.volumeSteps = std::max(steps, 4);
  gentler.surfaceSteps = 5;
  Attempt finer = gentler;
  finer.maxSize = 0.5 * maxSize;
  finer.minSize *= 0.25;
  finer.elementsPerCurvature *= 1.5;
  // Without a floor the smallest blends take most of the elements: only where nothing else will do.
  Attempt finest = finer;
  finest.minSize = 0;
  return {asked, divided, smaller, lower, gentler, finer, finest};
}

std::vector<Refinement> scaled(std::vector<Refinement> refinements, double scale) {
  for (auto& wish : refinements) {
    wish.size *= scale;
    wish.radius *= scale;
    wish.point.ChangeCoord().Multiply(scale);
  }
  return refinements;
}

double volumeOf(const QuadraticMesh& mesh, int solid) {
  double volume = 0;
  for (int e = 0; e < mesh.elementCount(); e++)
    if (mesh.elementSolid[e] == solid)
      volume += elementQuality(tet10::gather(mesh.nodes.data(), &mesh.elements[10 * static_cast<std::size_t>(e)])).volume;
  return volume;
}

/** Every solid must be filled. */
void requireComplete(const Geometry& geometry, const std::vector<int>& group, const QuadraticMesh& mesh) {
  for (const int solid : group) {
    const double expected = geometry.solidVolume[solid], meshed = volumeOf(mesh, solid);
    if (!(std::abs(meshed - expected) <= VOLUME_TOLERANCE * expected))
      throw CoreError("meshing-failed",
                      "The mesh of solid " + std::to_string(solid) + " fills " +
                          std::to_string(static_cast<int>(std::lround(100 * meshed / expected))) + " % of its volume.",
                      "Try a smaller element size, or repair the geometry.");
  }
}

/** Where the thinnest wall is that has one element through, as JSON. */
std::string wallsOf(const WallLayers& layers, bool kept, double scale) {
  std::ostringstream text;
  text.precision(6);
  text << "{\"dividedEdges\":" << layers.divided << ",\"singleEdges\":" << layers.single.size()
       << ",\"full\":" << (layers.full && !kept ? "true" : "false") << ",\"kept\":" << (kept ? "true" : "false");
  const auto thinnest = std::min_element(layers.single.begin(), layers.single.end(),
                                         [](const auto& a, const auto& b) { return a.thickness < b.thickness; });
  if (thinnest != layers.single.end())
    text << ",\"thickness_mm\":" << thinnest->thickness / scale << ",\"at_mm\":[" << thinnest->at.X() / scale << ','
         << thinnest->at.Y() / scale << ',' << thinnest->at.Z() / scale << ']';
  text << '}';
  return text.str();
}

/** Meshes one group, with a few attempts, into a mesh of its own. */
QuadraticMesh meshWithRetries(const Geometry& geometry, const std::vector<int>& group, const std::vector<Attempt>& attempts,
                              const std::vector<Refinement>& refinements, std::size_t mostElements, double from, double to,
                              int& tries, int& straightened, WallLayers& layers) {
  for (std::size_t attempt = 0;; attempt++) {
    tries = std::max(tries, static_cast<int>(attempt) + 1);
    try {
      QuadraticMesh mesh;
      auto linear = meshGroup(geometry, group, attempts[attempt], refinements, from, to);
      const auto own = divideThroughWalls(geometry, linear, mostElements);
      addSecondOrder(geometry, linear, mesh);
      straightened += straightenDistorted(mesh);
      requireComplete(geometry, group, mesh);
      layers.divided += own.divided;
      layers.single.insert(layers.single.end(), own.single.begin(), own.single.end());
      layers.full = layers.full || own.full;
      return mesh;
    } catch (const CoreError& error) {
      if (error.code() == "bad-options" || attempt + 1 == attempts.size()) throw;
      sendProgress("another attempt", from);
    }
  }
}

/** Adds a group's mesh behind the others. */
void append(QuadraticMesh& whole, QuadraticMesh&& part) {
  const int firstNode = static_cast<int>(whole.nodes.size() / 3), firstElement = whole.elementCount();
  const auto shifted = [](std::vector<int>& target, const std::vector<int>& values, int shift) {
    for (const int value : values) target.push_back(value < 0 ? value : value + shift);
  };
  whole.nodes.insert(whole.nodes.end(), part.nodes.begin(), part.nodes.end());
  whole.elementSolid.insert(whole.elementSolid.end(), part.elementSolid.begin(), part.elementSolid.end());
  whole.facetFace.insert(whole.facetFace.end(), part.facetFace.begin(), part.facetFace.end());
  shifted(whole.elements, part.elements, firstNode);
  shifted(whole.facets, part.facets, firstNode);
  shifted(whole.facetElement, part.facetElement, firstElement);
  shifted(whole.facetOtherElement, part.facetOtherElement, firstElement);
  whole.edgeNodes.resize(part.edgeNodes.size());
  whole.vertexNodes.resize(part.vertexNodes.size());
  for (std::size_t i = 0; i < part.edgeNodes.size(); i++) shifted(whole.edgeNodes[i], part.edgeNodes[i], firstNode);
  for (std::size_t i = 0; i < part.vertexNodes.size(); i++) shifted(whole.vertexNodes[i], part.vertexNodes[i], firstNode);
  for (auto curved : part.curved) {
    curved.node += firstNode;
    whole.curved.push_back(curved);
  }
  whole.strayed += part.strayed;
}

template <typename T>
std::string list(const std::vector<T>& values) {
  std::ostringstream text;
  text.precision(12);
  text << '[';
  for (std::size_t i = 0; i < values.size(); i++) text << (i > 0 ? "," : "") << values[i];
  text << ']';
  return text.str();
}

}  // namespace

std::string runMeshJob(const std::string& brepPath, const std::string& bundlePath, const Options& options) {
  const auto started = std::chrono::steady_clock::now();
  sendProgress("read", 0);
  const Geometry geometry = readGeometry(brepPath);
  const auto attempts = attemptsFor(options, geometry);
  const auto refinements = scaled(options.refinements, geometry.scale);

  QuadraticMesh mesh;
  WallLayers layers;
  int tries = 1, straightened = 0;
  for (std::size_t g = 0; g < geometry.groups.size(); g++) {
    const double from = 0.05 + 0.9 * g / geometry.groups.size(), to = 0.05 + 0.9 * (g + 1) / geometry.groups.size();
    const auto room = std::max(options.mostElements - mesh.elementCount(), 0.0);
    append(mesh, meshWithRetries(geometry, geometry.groups[g], attempts, refinements, static_cast<std::size_t>(room), from, to,
                                 tries, straightened, layers));
  }
  for (double& coordinate : mesh.nodes) coordinate /= geometry.scale;

  sendProgress("check", 0.96);
  const auto quality = meshQuality(mesh.nodes, mesh.elements);
  std::vector<int> histogram(HISTOGRAM_BINS, 0);
  for (const double value : quality.scaledJacobian)
    histogram[std::clamp(static_cast<int>(value * HISTOGRAM_BINS), 0, HISTOGRAM_BINS - 1)]++;
  std::vector<double> solidVolume, meshVolume;
  for (std::size_t s = 0; s < geometry.solids.size(); s++) {
    solidVolume.push_back(geometry.solidVolume[s] / std::pow(geometry.scale, 3));
    meshVolume.push_back(volumeOf(mesh, static_cast<int>(s)));
  }

  std::ostringstream meta;
  meta.precision(12);
  meta << "{\"nodes\":" << mesh.nodes.size() / 3 << ",\"elements\":" << mesh.elementCount()
       << ",\"facets\":" << mesh.facetFace.size() << ",\"solids\":" << geometry.solids.size()
       << ",\"faces\":" << geometry.faces.Extent() << ",\"edges\":" << geometry.edges.Extent()
       << ",\"vertices\":" << geometry.vertices.Extent() << ",\"attempts\":" << tries
       << ",\"straightened\":" << straightened << ",\"strayedNodes\":" << mesh.strayed
       << ",\"maxSize_mm\":" << attempts[tries - 1].maxSize / geometry.scale
       << ",\"walls\":" << wallsOf(layers, options.mostElements == 0, geometry.scale) << ",\"minimumScaledJacobian\":" << quality.minimumScaledJacobian
       << ",\"histogram\":" << list(histogram) << ",\"volume_mm3\":" << quality.volume
       << ",\"solidVolume_mm3\":" << list(solidVolume) << ",\"meshVolume_mm3\":" << list(meshVolume)
       << ",\"units\":\"mm\",\"mesher\":\"Netgen\"}";
  sendProgress("write", 0.98);
  writeBundle(bundlePath, mesh, meta.str());

  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  std::ostringstream result;
  result << "{\"done\":true,\"fraction\":1,\"seconds\":" << seconds << ",\"mesh\":" << meta.str() << "}";
  return result.str();
}

}  // namespace artificer::mesher
