#include "elasticity/rigid_motion.hpp"

#include <cmath>
#include <numeric>
#include <string>

#include "common/errors.hpp"
#include "elasticity/frames.hpp"

namespace artificer {

namespace {

using RigidModes = Eigen::Matrix<double, 3, 6>;

class DisjointSets {
 public:
  explicit DisjointSets(int count) : parent_(count) { std::iota(parent_.begin(), parent_.end(), 0); }
  int root(int i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  void join(int a, int b) { parent_[root(a)] = root(b); }

 private:
  std::vector<int> parent_;
};

struct Part {
  Eigen::Vector3d low = Eigen::Vector3d::Constant(1e300), high = Eigen::Vector3d::Constant(-1e300);
  int body = 0;
  Eigen::Vector3d centre() const { return 0.5 * (low + high); }
  double size() const { return std::max((high - low).norm() / 2, 1e-300); }
  Eigen::Matrix<double, 6, 6> resistance = Eigen::Matrix<double, 6, 6>::Zero();
};

/** Displacement at a point of the six unit motions: translations, then rotations scaled by the part's size. */
RigidModes modesAt(const Part& part, const Eigen::Vector3d& point) {
  RigidModes modes;
  modes.leftCols<3>().setIdentity();
  const Eigen::Vector3d arm = (point - part.centre()) / part.size();
  for (int axis = 0; axis < 3; axis++) modes.col(3 + axis) = Eigen::Vector3d::Unit(axis).cross(arm);
  return modes;
}

std::string describe(const Eigen::Matrix<double, 6, 1>& motion) {
  const bool turns = motion.tail<3>().norm() > motion.head<3>().norm();
  const Eigen::Vector3d direction = (turns ? motion.tail<3>() : motion.head<3>()).normalized();
  Eigen::Index axis;
  const double largest = direction.cwiseAbs().maxCoeff(&axis);
  const std::string name(1, "xyz"[axis]);
  const std::string along = largest > 0.95 ? name : "a direction near " + name;
  return turns ? "turn about " + along : "move along " + along;
}

}  // namespace

void requireHeldInPlace(const StaticModel& model) {
  // What constraints tie together is found by whoever made them; a factorisation that meets a free motion says so anyway.
  if (!model.constraints.empty()) return;
  const int n = model.nodeCount();
  DisjointSets sets(n);
  for (int e = 0; e < model.elementCount(); e++)
    for (int a = 1; a < tet10::NODES; a++) sets.join(model.element(e)[a], model.element(e)[0]);

  std::vector<int> partOfRoot(n, -1);
  std::vector<Part> parts;
  std::vector<int> partOf(n, -1);
  for (int e = 0; e < model.elementCount(); e++)
    for (int a = 0; a < tet10::NODES; a++) {
      const int node = model.element(e)[a], root = sets.root(node);
      if (partOfRoot[root] < 0) {
        partOfRoot[root] = static_cast<int>(parts.size());
        parts.emplace_back();
        parts.back().body = model.elementBody[e];
      }
      partOf[node] = partOfRoot[root];
      Part& part = parts[partOf[node]];
      const Eigen::Vector3d point = Eigen::Map<const Eigen::Vector3d>(&model.nodes[3 * static_cast<std::size_t>(node)]);
      part.low = part.low.cwiseMin(point);
      part.high = part.high.cwiseMax(point);
    }

  const auto pointOf = [&](int node) -> Eigen::Vector3d {
    return Eigen::Map<const Eigen::Vector3d>(&model.nodes[3 * static_cast<std::size_t>(node)]);
  };
  const FrameTable frames(n, model.frames);
  for (int dof : model.fixedDofs) {
    const int node = dof / 3;
    if (partOf[node] < 0) continue;
    Part& part = parts[partOf[node]];
    const Eigen::Vector3d direction = frames.axesOrIdentity(node).row(dof % 3).transpose();
    const Eigen::Matrix<double, 6, 1> moved = modesAt(part, pointOf(node)).transpose() * direction;
    part.resistance += moved * moved.transpose();
  }
  for (const auto& added : model.addedStiffness) {
    const double scale = added.block.cwiseAbs().maxCoeff();
    if (scale == 0 || added.nodeA != added.nodeB || partOf[added.nodeA] < 0) continue;
    Part& part = parts[partOf[added.nodeA]];
    const RigidModes modes = modesAt(part, pointOf(added.nodeA));
    part.resistance += modes.transpose() * (added.block / scale) * modes;
  }

  for (std::size_t i = 0; i < parts.size(); i++) {
    Eigen::SelfAdjointEigenSolver<Eigen::Matrix<double, 6, 6>> solver(parts[i].resistance);
    const double largest = solver.eigenvalues()[5];
    if (solver.eigenvalues()[0] > 1e-11 * largest && largest > 0) continue;
    const Eigen::Matrix<double, 6, 1> motion =
        largest > 0 ? Eigen::Matrix<double, 6, 1>(solver.eigenvectors().col(0)) : Eigen::Matrix<double, 6, 1>::Unit(0);
    throw CoreError("singular", "Body " + std::to_string(parts[i].body) + " is not held in place: it can " +
                                    (largest > 0 ? describe(motion) : std::string("move freely")) + ".");
  }
}

}  // namespace artificer
