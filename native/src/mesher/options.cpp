#include "mesher/options.hpp"

#include <cmath>
#include <fstream>
#include <sstream>

#include "common/errors.hpp"
#include "mesher/json.hpp"

namespace artificer::mesher {

namespace {

/** Sets `target` from an optional number that must lie in [low, high]. */
void readNumber(const Json& json, const char* name, double low, double high, double& target) {
  const Json* found = json.find(name);
  if (found == nullptr || std::holds_alternative<std::nullptr_t>(found->value)) return;
  const double value = found->number(name);
  if (!std::isfinite(value) || value < low || value > high) {
    std::ostringstream message;
    message << name << " must lie between " << low << " and " << high;
    throw CoreError("bad-options", message.str());
  }
  target = value;
}

Refinement readRefinement(const Json& json) {
  if (!json.isObject()) throw CoreError("bad-options", "each refinement must be an object");
  Refinement refinement;
  double index = -1;
  const auto place = [&](const char* name, Refinement::Place kind) {
    if (json.find(name) == nullptr) return;
    readNumber(json, name, 0, 1e9, index);
    refinement.place = kind;
    refinement.index = static_cast<int>(index);
  };
  place("face", Refinement::Place::face);
  place("edge", Refinement::Place::edge);
  place("vertex", Refinement::Place::vertex);
  if (const Json* point = json.find("point")) {
    const auto& coordinates = point->array("point");
    if (coordinates.size() != 3) throw CoreError("bad-options", "a refinement's point needs three coordinates");
    refinement.place = Refinement::Place::point;
    refinement.point = gp_Pnt(coordinates[0].number("point"), coordinates[1].number("point"), coordinates[2].number("point"));
  } else if (refinement.index < 0) {
    throw CoreError("bad-options", "a refinement needs a face, an edge, a vertex or a point");
  }
  readNumber(json, "size_mm", 1e-12, 1e12, refinement.size);
  if (refinement.size <= 0) throw CoreError("bad-options", "a refinement needs a size_mm");
  readNumber(json, "radius_mm", 0, 1e12, refinement.radius);
  return refinement;
}

}  // namespace

Options readOptions(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw CoreError("bad-options", "The options file could not be read: " + path);
  std::stringstream text;
  text << file.rdbuf();
  const Json json = parseJson(text.str());
  if (!json.isObject()) throw CoreError("bad-options", "The options must be a JSON object");

  Options options;
  readNumber(json, "maxSize_mm", 0, 1e12, options.maxSize);
  readNumber(json, "minSize_mm", 0, 1e12, options.minSize);
  readNumber(json, "grading", 0.01, 1, options.grading);
  readNumber(json, "elementsPerCurvature", 0.1, 100, options.elementsPerCurvature);
  readNumber(json, "elementsPerEdge", 0.1, 1000, options.elementsPerEdge);
  readNumber(json, "mostElements", 0, 1e9, options.mostElements);
  double steps = options.optimisationSteps, seed = 0;
  readNumber(json, "optimisationSteps", 0, 20, steps);
  readNumber(json, "seed", -2147483648.0, 2147483647.0, seed);
  options.optimisationSteps = static_cast<int>(steps);
  options.seed = static_cast<int>(seed);
  if (const Json* list = json.find("refinements"))
    for (const auto& item : list->array("refinements")) options.refinements.push_back(readRefinement(item));
  return options;
}

}  // namespace artificer::mesher
