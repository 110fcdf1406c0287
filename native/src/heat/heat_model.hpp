#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <Eigen/Dense>

#include "heat/property_table.hpp"
#include "mesh/tet10.hpp"

namespace artificer {

/** Stefan-Boltzmann constant (CODATA 2018: 5.670374419e-8 W/(m^2 K^4)), mW/(mm^2 K^4). */
inline constexpr double STEFAN_BOLTZMANN = 5.670374419e-11;
/** Temperatures are in degC throughout; radiation alone needs the absolute ones: K = degC + 273.15. */
inline constexpr double KELVIN_OFFSET = 273.15;

/** The units of heat: N mm/s = mW, mJ. Conductivity 1 W/(m K) is 1 mW/(mm K). */
struct HeatMaterial {
  Table<3> conductivity;     // along the material's three axes, mW/(mm K), by degC
  Eigen::Matrix3d axes = Eigen::Matrix3d::Identity();  // rows: the material's axes
  ScalarTable specificHeat;  // mJ/(tonne K), by degC; only for transients
  double density = 0;        // tonne/mm^3; only for transients

  bool isotropic() const {
    for (std::size_t row = 0; row < conductivity.values.size(); row += 3)
      if (conductivity.values[row] != conductivity.values[row + 1] || conductivity.values[row] != conductivity.values[row + 2])
        return false;
    return true;
  }
};

enum class SurfaceKind { convection, radiation, flux };

/** What happens on a set of 6-node facets. `history` (-1: none) scales the ambient temperature or the flux over time. */
struct SurfaceCondition {
  SurfaceKind kind = SurfaceKind::flux;
  std::vector<int> facets;   // 6 a facet, outward
  double coefficient = 0;    // film coefficient mW/(mm^2 K); emissivity -; flux into the body mW/mm^2
  double ambient = 0;        // degC, of convection and radiation
  int history = -1;
};

/** Heat made inside elements, mW/mm^3. */
struct HeatSource {
  std::vector<int> elements;
  double generation = 0;
  int history = -1;
};

/** Everything a thermal solution depends on: the meanings are those of HeatModel in index.d.ts. */
struct HeatModel {
  std::vector<double> nodes;
  std::vector<int> elements;
  std::vector<int> elementMaterial;
  std::vector<int> elementBody;
  std::vector<HeatMaterial> materials;
  std::vector<int> fixedNodes;
  std::vector<double> fixedTemperatures;
  std::vector<int> fixedHistory;  // empty, or one a fixed node (-1: none)
  std::vector<SurfaceCondition> surfaces;
  std::vector<HeatSource> sources;
  std::vector<double> nodalHeat;  // empty, or n, mW
  /** Contact samples: heat conductance[i] * (sum of weights * temperatures) flows; weights of the two sides have opposite signs. */
  std::vector<int> contactOffsets, contactNodes;
  std::vector<double> contactWeights, contactConductance;
  std::vector<double> initialTemperature;  // empty, or n, degC
  std::vector<ScalarTable> histories;

  int nodeCount() const { return static_cast<int>(nodes.size() / 3); }
  int elementCount() const { return static_cast<int>(elements.size() / tet10::NODES); }
  int contactCount() const { return static_cast<int>(contactConductance.size()); }
  const int* element(int e) const { return &elements[static_cast<std::size_t>(tet10::NODES) * e]; }
  const HeatMaterial& materialOf(int e) const { return materials[elementMaterial[e]]; }
  double historyAt(int history, double time) const { return history < 0 ? 1 : valueAt(histories[history], time); }
};

/** Throws CoreError 'bad-model' that names the first thing that is wrong; `transient` needs heat capacity as well. */
void validate(const HeatModel& model, bool transient);

/** Throws 'singular' when some connected part of the mesh has nothing that sets its temperature. */
void requireTemperatureSet(const HeatModel& model);

/** A copy with nodes and elements along a Morton curve; `nodeOf[i]` is the caller's number of node i. */
struct RenumberedHeatModel {
  HeatModel model;
  std::vector<int> nodeOf, elementOf, newNumber;
};
RenumberedHeatModel renumber(const HeatModel& model);

}  // namespace artificer
