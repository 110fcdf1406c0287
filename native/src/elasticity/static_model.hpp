#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "constraints/equations.hpp"
#include "elasticity/material.hpp"
#include "mesh/tet10.hpp"

namespace artificer {

/**
 * A 3x3 stiffness block between two nodes (nodeB >= nodeA or not); its transpose belongs to (nodeB, nodeA). N/mm. The nodes
 * share an element, or constraint equations are there to give them a place in the equations.
 */
struct AddedStiffness {
  int nodeA, nodeB;
  Eigen::Matrix3d block;
};

/** The rows are a node's local axes. */
struct NodeFrame {
  int node;
  Eigen::Matrix3d axes;
};

/** Everything a linear static solution depends on: the meanings are those of StaticModel in index.d.ts. */
struct StaticModel {
  std::vector<double> nodes;
  std::vector<int> elements;
  std::vector<int> elementMaterial;
  std::vector<Material> materials;
  std::vector<int> elementBody;
  std::vector<int> fixedDofs;
  std::vector<double> fixedValues;
  std::vector<NodeFrame> frames;
  std::vector<double> forces;
  /** Acceleration that acts as a load: gravity + accelerationGradient * x, so that rotation has its place. */
  Eigen::Vector3d gravity = Eigen::Vector3d::Zero();
  Eigen::Matrix3d accelerationGradient = Eigen::Matrix3d::Zero();
  std::vector<double> temperatureChange;  // empty: none
  /** degC of the stress-free state, to which temperatureChange adds: only materials that depend on temperature ask. */
  double referenceTemperature = 20;
  std::vector<AddedStiffness> addedStiffness;
  ConstraintEquations constraints;  // may name nodes of no element: further unknowns, at places of the caller's choice

  int nodeCount() const { return static_cast<int>(nodes.size() / 3); }
  int elementCount() const { return static_cast<int>(elements.size() / tet10::NODES); }
  const int* element(int e) const { return &elements[static_cast<std::size_t>(tet10::NODES) * e]; }
  const Material& materialOf(int e) const { return materials[elementMaterial[e]]; }
};

/** The material at a point of an element, given by the values of the shape functions there. */
PointMaterial materialAt(const StaticModel& model, int e, const tet10::Shape& shape);
/** The same at other temperatures than the model's own: of a load case. */
PointMaterial materialAt(const StaticModel& model, const std::vector<double>& temperatureChange, int e,
                         const tet10::Shape& shape);

/** A material at a node's temperature. */
PointMaterial materialAtNode(const StaticModel& model, const std::vector<double>& temperatureChange, int material,
                             int node);

/** Throws CoreError 'bad-model' that names the first thing that is wrong. */
void validate(const StaticModel& model);

}  // namespace artificer
