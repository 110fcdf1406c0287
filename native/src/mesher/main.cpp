/**
 * artificer-mesher IN.brep OUT.bin OPTIONS.json
 *
 * Fills the solids of a BREP file with ten-node tetrahedra. A program of its own, so that it can be bounded and killed, and
 * so that a crash of Netgen takes nothing with it. Standard output is JSON lines: progress, then a summary or an error.
 */
#include <algorithm>
#include <array>
#include <cstdio>
#include <exception>
#include <new>
#include <span>
#include <string>

#include <Standard_Failure.hxx>

#include "common/errors.hpp"
#include "mesh/quality.hpp"
#include "mesher/bundle_file.hpp"
#include "mesher/geometry.hpp"
#include "mesher/messages.hpp"
#include "mesher/netgen_session.hpp"
#include "mesher/options.hpp"
#include "mesher/second_order.hpp"

namespace artificer::mesher {

namespace {

constexpr double SIZES_A_DIAGONAL = 12;

std::string numberText(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.17g", value);
  return text;
}

Attempt attemptOf(const Options& options, const Geometry& geometry) {
  const double size = options.maxSize > 0 ? options.maxSize * geometry.scale : geometry.diagonal / SIZES_A_DIAGONAL;
  return {size,
          options.minSize * geometry.scale,
          options.grading,
          options.elementsPerCurvature,
          options.elementsPerEdge,
          options.optimisationSteps,
          options.optimisationSteps};
}

/** The wishes in the scaled geometry's lengths. */
std::vector<Refinement> scaled(std::vector<Refinement> refinements, double scale) {
  for (auto& wish : refinements) {
    wish.point.SetCoord(wish.point.X() * scale, wish.point.Y() * scale, wish.point.Z() * scale);
    wish.size *= scale;
    wish.radius *= scale;
  }
  return refinements;
}

std::string summaryOf(const VolumeMesh& mesh) {
  const auto quality = meshQuality(std::span<const double>(mesh.nodes), std::span<const int>(mesh.elements));
  if (!quality.invertedElements.empty())
    throw CoreError("inverted-elements", "The mesh has elements that are inside out.",
                    "Try a smaller element size, or repair the geometry.");
  std::array<long, 10> histogram{};
  for (const double q : quality.scaledJacobian) histogram[std::min<std::size_t>(9, static_cast<std::size_t>(q * 10))]++;
  std::string bins;
  for (const long count : histogram) bins += (bins.empty() ? "" : ",") + std::to_string(count);
  return "{\"nodes\":" + std::to_string(mesh.nodes.size() / 3) + ",\"elements\":" + std::to_string(mesh.elementSolid.size()) +
         ",\"facets\":" + std::to_string(mesh.facetFace.size()) + ",\"straightened\":" + std::to_string(mesh.straightened) +
         ",\"minimumScaledJacobian\":" + numberText(quality.minimumScaledJacobian) +
         ",\"volume_mm3\":" + numberText(quality.volume) + ",\"histogram\":[" + bins + "]}";
}

void run(const std::string& input, const std::string& output, const std::string& optionsPath) {
  const auto options = readOptions(optionsPath);
  sendProgress("reading the geometry", 0);
  const auto geometry = readGeometry(input);
  const auto refinements = scaled(options.refinements, geometry.scale);
  VolumeMesh mesh;
  const double groups = static_cast<double>(geometry.groups.size());
  for (std::size_t g = 0; g < geometry.groups.size(); g++) {
    const double from = 0.05 + 0.85 * static_cast<double>(g) / groups;
    const auto linear =
        meshGroup(geometry, geometry.groups[g], attemptOf(options, geometry), refinements, from, from + 0.85 / groups);
    appendSecondOrder(geometry, linear, mesh);
  }
  sendProgress("checking the elements", 0.92);
  finishTopology(geometry, mesh);
  const auto summary = summaryOf(mesh);
  writeBundle(output, mesh, summary);
  sendLine(summary);
}

}  // namespace

}  // namespace artificer::mesher

int main(int count, char** arguments) {
  using namespace artificer;
  mesher::claimStandardOutput();
  if (count != 4) {
    mesher::sendError("usage", "The mesher takes IN.brep OUT.bin OPTIONS.json.", "");
    return 2;
  }
  try {
    mesher::run(arguments[1], arguments[2], arguments[3]);
    return 0;
  } catch (const CoreError& error) {
    mesher::sendError(error.code(), error.what(), error.hint());
  } catch (const std::bad_alloc&) {
    mesher::sendError("out-of-memory", "The mesh does not fit into memory.", "Use a larger element size.");
  } catch (const Standard_Failure& failure) {
    const char* words = failure.GetMessageString();
    mesher::sendError("meshing-failed", std::string("The geometry kernel gave up: ") + (words ? words : "no reason given"),
                      "Repair the geometry.");
  } catch (const std::exception& error) {
    mesher::sendError("meshing-failed", error.what(), "Repair the geometry.");
  }
  return 3;
}
