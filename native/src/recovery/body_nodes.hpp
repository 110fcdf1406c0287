#pragma once

#include <vector>

#include "elasticity/static_model.hpp"

namespace artificer {

/**
 * Nodes counted once for every body, and every material in it, that they belong to: stress may jump between those, so it is
 * recovered in each alone.
 */
class BodyNodes {
 public:
  explicit BodyNodes(const StaticModel& model);

  int count() const { return static_cast<int>(node_.size()); }
  /** The mesh node behind a body node. */
  int node(int bodyNode) const { return node_[bodyNode]; }
  /** The material of the elements that share a body node. */
  int material(int bodyNode) const { return material_[bodyNode]; }
  /** The ten body nodes of an element. */
  const int* element(int e) const { return &elements_[static_cast<std::size_t>(tet10::NODES) * e]; }

 private:
  std::vector<int> node_, material_;
  std::vector<int> elements_;
};

}  // namespace artificer
